/**
 * The function pointers of struct arm_pmu and struct pmu, read off the code that sets them: `cpu_pmu->enable = ...` in the
 * driver's init code, `.add = ...` where the PMU is allocated. That code is not run.
 */
import { CError, FunctionPointer, type At, type CValue, type RecordType } from "../../../src/cfront/index.js";
import { fieldKey, functionIn, type Writes } from "./survey.js";

export class Callbacks {
  readonly #writes: Writes;

  readonly #note: (at: At) => void;

  /** `note` is told of the lines that are read. */
  constructor(writes: Writes, note: (at: At) => void) {
    this.#writes = writes;
    this.#note = note;
  }

  /**
   * What the member holds: the one function that it is set to; NULL if nobody sets it, since the structure is allocated as
   * zeros. Throws PMC223 if it is set to several, or to what cannot be read off.
   */
  at(record: RecordType, member: string, at: At): CValue {
    const writes = this.#writes.get(fieldKey(record, member)) ?? [];
    const names = new Set<string>();
    for (const write of writes) {
      const name = write.value === undefined ? undefined : functionIn(write.value);
      if (name === undefined) throw unclear(member, `${write.by}() does not say to which function`, at);
      names.add(name);
      this.#note(write.at);
    }
    const [name] = names;
    if (names.size > 1) throw unclear(member, `it may be ${[...names].join("() or ")}()`, at);
    return name === undefined ? 0n : new FunctionPointer(name);
  }
}

/** A function pointer that is read off the init code. */
export interface Callback {
  /** The structure and its member: `arm_pmu.enable`. */
  readonly member: string;
  readonly function: string;
  /** Where it is set. */
  readonly at: At;
}

/** Where function pointers are set to one of the functions so named. */
export function callbacksTo(names: ReadonlySet<string>, writes: Writes): readonly Callback[] {
  return [...writes].flatMap(([member, all]) =>
    all.flatMap(({ value, at }) => {
      const name = value === undefined ? undefined : functionIn(value);
      return name !== undefined && names.has(name) ? [{ member, function: name, at }] : [];
    }),
  );
}

function unclear(member: string, why: string, at: At): CError {
  return new CError(
    "PMC223",
    at,
    `the callback ${member} cannot be read off the init code: ${why}`,
    "set it once, to a function by name",
  );
}

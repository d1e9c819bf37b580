/**
 * Slots: the state that a driver has and the model has not. Whatever reachable C writes, and no structure of the model has, is a
 * slot of a component beside the kernel's own: per event, per CPU, or of the machine. All are there from the start, as the
 * kernel's allocators and C's rules leave them, so that two equal states are one.
 */
import {
  Aggregate,
  CError,
  linkageName,
  zeroOf,
  type At,
  type CType,
  type CValue,
  type Path,
  type Program,
  type RecordType,
  type Variable,
} from "../../../src/cfront/index.js";
import { component, type Component } from "../../../src/spec/component.js";
import type { AddedState } from "../../../src/spec/scenario.js";
import type { Value } from "../../../src/spec/value.js";
import type { Field } from "../memory.js";
import { variableOn } from "./objects.js";
import type { Records } from "./records.js";
import { fieldKey, type Survey, type Writes } from "./survey.js";

type Per = "event" | "cpu" | "machine";

/** Where slots of an object are: by its name, a component. */
function componentOf(object: string): { readonly per: Per; readonly of: string } | undefined {
  if (object.startsWith("event.")) return { per: "event", of: `c.${object}` };
  const [, cpu] = /^cpu(\d+)[.:]/.exec(object) ?? [];
  if (cpu !== undefined) return { per: "cpu", of: `c.cpu${cpu}` };
  return { per: "machine", of: "c.machine" };
}

/** How a slot's value stands in the state. */
export type Representation = "number" | "bigint" | "pointer";

export interface Slot {
  readonly field: Field<Value>;
  readonly as: Representation;
}

/** What an object of a structure has in slots, by path joined with dots. */
type Leaves = ReadonlyMap<string, { readonly as: Representation; readonly initial: Value }>;

/** What slots need to know of the rest. */
export interface Surroundings {
  /** Has the model the field, by the structure's tag and the path in it? */
  readonly isKnown: (tag: string, path: Path) => boolean;
  /** What a variable outside of functions begins with. */
  readonly initialOf: (variable: Variable) => CValue;
  /** Is told of the lines of init code that are read. */
  readonly note: (at: At) => void;
}

export class Slots {
  readonly #program: Program;
  readonly #records: Records;
  readonly #reachable: Survey;
  readonly #elsewhere: Writes;
  readonly #surroundings: Surroundings;
  #found:
    | { readonly byRecord: ReadonlyMap<string, Leaves>; readonly variables: ReadonlyMap<string, Leaves> }
    | undefined;

  /** `reachable` is what code writes that runs, `elsewhere` what code writes that does not. */
  constructor(
    program: Program,
    records: Records,
    reachable: Survey,
    elsewhere: Writes,
    surroundings: Surroundings,
  ) {
    this.#program = program;
    this.#records = records;
    this.#reachable = reachable;
    this.#elsewhere = elsewhere;
    this.#surroundings = surroundings;
  }

  get #leaves(): {
    readonly byRecord: ReadonlyMap<string, Leaves>;
    readonly variables: ReadonlyMap<string, Leaves>;
  } {
    if (this.#found !== undefined) return this.#found;
    const byRecord = new Map<string, Leaves>();
    const variables = new Map<string, Leaves>();
    for (const tag of ["perf_event", "pmu_hw_events", "arm_pmu"]) {
      const record = this.#records.get(tag);
      if (record !== undefined) byRecord.set(tag, this.#leavesOf(record, tag));
    }
    for (const key of this.#reachable.writes.keys()) {
      const variable = this.#program.variables.get(key);
      if (variable !== undefined) variables.set(key, this.#leavesOfVariable(variable));
    }
    return (this.#found = { byRecord, variables });
  }

  /** The components, for the machine. */
  get state(): readonly AddedState[] {
    const ofEvents = this.#initial([...(this.#leaves.byRecord.get("perf_event") ?? [])], "");
    const ofCpus = {
      ...this.#initial([...(this.#leaves.byRecord.get("pmu_hw_events") ?? [])], ""),
      ...this.#ofVariables(true),
    };
    const ofMachine = {
      ...this.#initial([...(this.#leaves.byRecord.get("arm_pmu") ?? [])], ""),
      ...this.#ofVariables(false),
    };
    const all: AddedState[] = [
      { per: "event", component: (event) => component<object>(`c.event.${event}`), initial: ofEvents },
      { per: "cpu", component: (cpu) => component<object>(`c.cpu${cpu}`), initial: ofCpus },
      { per: "machine", component: (): Component<object> => component("c.machine"), initial: ofMachine },
    ];
    return all.filter(({ initial }) => Object.keys(initial).length > 0);
  }

  /** The names of all slots, for messages. */
  get names(): readonly string[] {
    return this.state.flatMap(({ per, initial }) =>
      Object.keys(initial).map((name) => `${name} (per ${per})`),
    );
  }

  /** The slot at a path of an object; undefined if there is none. */
  at(object: string, tag: string | undefined, path: Path): Slot | undefined {
    const where = componentOf(object);
    if (where === undefined) return undefined;
    const variable = variableOn(object)?.variable ?? object;
    const leaves =
      (tag === undefined ? undefined : this.#leaves.byRecord.get(tag)) ??
      this.#leaves.variables.get(variable);
    const prefix =
      leaves === this.#leaves.variables.get(variable) && leaves !== undefined ? shortName(variable) : "";
    const leaf = leaves?.get(path.join("."));
    if (leaf === undefined) return undefined;
    return { field: { of: where.of, path: [nameIn(prefix, path.join("."))] }, as: leaf.as };
  }

  #ofVariables(perCpu: boolean): Record<string, Value> {
    return Object.assign(
      {},
      ...[...this.#leaves.variables]
        .filter(([name]) => this.#reachable.perCpu.has(name) === perCpu)
        .map(([name, leaves]) => this.#initial([...leaves], shortName(name))),
    ) as Record<string, Value>;
  }

  #initial(leaves: readonly [string, { initial: Value }][], prefix: string): Record<string, Value> {
    return Object.fromEntries(leaves.map(([path, { initial }]) => [nameIn(prefix, path), initial]));
  }

  /** The slots of a structure, and of the structures in it. */
  #leavesOf(record: RecordType, tag: string): Leaves {
    const leaves = new Map<string, { as: Representation; initial: Value }>();
    // Members of an anonymous structure count as those of the one around it.
    const visit = (inner: RecordType, outer: RecordType, path: Path): void => {
      for (const { name, type } of inner.definition.members ?? []) {
        const within = name === undefined ? path : [...path, name];
        if (name !== undefined) this.#member(leaves, tag, outer, name, type, within);
        if (type.kind === "record") visit(type, name === undefined ? outer : type, within);
      }
    };
    visit(record, record, []);
    return leaves;
  }

  #member(
    leaves: Map<string, { as: Representation; initial: Value }>,
    tag: string,
    record: RecordType,
    name: string,
    type: CType,
    path: Path,
  ): void {
    const key = fieldKey(record, name);
    if (!this.#reachable.writes.has(key) || this.#surroundings.isKnown(tag, path)) return;
    const first = this.#firstValue(key, type);
    this.#fill(leaves, type, path, first, this.#reachable.bitmaps.has(key));
  }

  #leavesOfVariable(variable: Variable): Leaves {
    const leaves = new Map<string, { as: Representation; initial: Value }>();
    const key = linkageName(variable);
    const first = this.#surroundings.initialOf(variable);
    this.#fill(leaves, variable.type, [], first, this.#reachable.bitmaps.has(key));
    return leaves;
  }

  /** One slot per scalar; one for a bitmap as a whole. */
  #fill(
    leaves: Map<string, { as: Representation; initial: Value }>,
    type: CType,
    path: Path,
    first: CValue | undefined,
    isBitmap: boolean,
  ): void {
    if (isBitmap) {
      leaves.set(path.join("."), { as: "number", initial: 0 });
      return;
    }
    if (first instanceof Aggregate) {
      for (const [step, part] of first.parts)
        this.#fill(leaves, typeIn(type, step), [...path, step], part, false);
      return;
    }
    const as = representationOf(type);
    const number = typeof first === "bigint" ? first : 0n;
    leaves.set(path.join("."), {
      as,
      initial: as === "pointer" ? null : as === "number" ? Number(number) : number,
    });
  }

  /**
   * What code that is not run gives the field: zero if there is none, a constant if that is all it gives.
   * Throws PMC223 if that cannot be known.
   */
  #firstValue(key: string, type: CType): CValue {
    const given = this.#elsewhere.get(key) ?? [];
    const at = given[0]?.at ?? { file: "(model)", line: 0 };
    const zero = zeroOf(type, at);
    const values = new Set<bigint>();
    for (const { value, by, at: where, always } of given) {
      const isPlain = always && value !== undefined;
      const constant = isPlain ? this.#program.constants.valueOf(value) : undefined;
      if (typeof constant !== "bigint") {
        throw new CError(
          "PMC223",
          where,
          `${key} gets its first value in ${by}(), which is not run here`,
          "give it a constant there in any case, or leave it zero",
        );
      }
      values.add(constant);
      this.#surroundings.note(where);
    }
    const [only] = values;
    if (values.size > 1) {
      throw new CError(
        "PMC223",
        at,
        `${key} gets more than one first value in code that is not run here`,
        "give it one constant",
      );
    }
    return typeof zero === "bigint" ? (only ?? zero) : zero;
  }
}

function typeIn(type: CType, step: string | number): CType {
  if (type.kind === "array") return type.element;
  if (type.kind !== "record") return type;
  return type.definition.members?.find(({ name }) => name === step)?.type ?? type;
}

function representationOf(type: CType): Representation {
  if (type.kind === "integer") return type.bits <= 32 ? "number" : "bigint";
  return "pointer";
}

/** The variable's name without its file. */
function shortName(linkage: string): string {
  return linkage.split(":").at(-1) ?? linkage;
}

function nameIn(prefix: string, path: string): string {
  return prefix === "" ? path : path === "" ? prefix : `${prefix}.${path}`;
}

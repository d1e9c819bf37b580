/**
 * A driver from C: the functions of drivers/perf/arm_pmu.c and of the PMUv3 driver in a kernel tree take the place of the model's
 * of the same names. The core of perf, the scheduler and the hardware stay the model's.
 *
 * Which loads are no step: places.ts. What is passed to whom: convention.ts. What is not evaluated: intrinsics.ts.
 * Not modelled: CPUs that the PMU does not support; KVM's counters; user-space access (sysctl_perf_user_access is 0); time; the
 *   lock of cpuhp. What the init code does is read, not run (callbacks.ts, slots.ts).
 */
import {
  CError,
  Coverage,
  initialValueOf,
  kernelFunctionsOf,
  reachableFrom,
  readProgram,
  World,
  type At,
  type CFunction,
  type CValue,
  type Program,
  type Variable,
} from "../../../src/cfront/index.js";
import { PmucheckError } from "../../../src/spec/errors.js";
import {
  functionsOf,
  kernelFunction,
  override,
  standingFor,
  type FunctionTable,
  type KernelFunction,
} from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import { counterWidth } from "../config.js";
import * as armPmu from "../drivers/perf/arm_pmu.js";
import * as armPmuv3 from "../drivers/perf/arm_pmuv3.js";
import { IRQ_HANDLED } from "../structs.js";
import { Callbacks, callbacksTo, type Callback } from "./callbacks.js";
import { Cells } from "./cells.js";
import { Convention } from "./convention.js";
import { intrinsicsOf } from "./intrinsics.js";
import { KEPT, LinuxMeaning } from "./meaning.js";
import { Objects } from "./objects.js";
import { isKnown, Places } from "./places.js";
import { recordsOf } from "./records.js";
import { Slots } from "./slots.js";
import { planOf, versionOf, type CSource, type KernelVersion } from "./source.js";
import { calledThrough, functionIn, survey, type Survey } from "./survey.js";
import { doingWork } from "./task-work.js";

/** Where a callback_head has the function that its work is. */
const WORK = { record: "callback_head", member: "func" } as const;
const WORK_KEY = `${WORK.record}.${WORK.member}`;

/** What was made of a tree. */
export interface TreeDriver {
  readonly driver: Driver;
  readonly version: KernelVersion | undefined;
  /** Files of the tree that were read, and their text. */
  readonly loaded: ReadonlyMap<string, string>;
  /** The functions that are the tree's C. */
  readonly taken: readonly CFunction[];
  /** Where the init code says which of these are called through pointers. */
  readonly callbacks: readonly Callback[];
  /** Functions of the model's driver files that the tree does not replace, by name. */
  readonly kept: readonly string[];
  /** State that the driver has and the model has not. */
  readonly slots: readonly string[];
  readonly program: Program;
  readonly coverage: Coverage;
  /** `file:line` of init code that is read, not run: callbacks and first values. Filled as they are asked for. */
  readonly readOff: ReadonlySet<string>;
}

/** Throws PMC173 for what is no kernel tree, PMC171 and PMC172 for C that cannot be read, PMC223 for state of unknown origin. */
export function driverFromTree(source: CSource, base: Driver): TreeDriver {
  try {
    return new TreeBinding(source, base).bound();
  } catch (error) {
    throw error instanceof CError ? new PmucheckError(error.code, error.message) : error;
  }
}

class TreeBinding {
  readonly #source: CSource;
  readonly #base: Driver;

  constructor(source: CSource, base: Driver) {
    this.#source = source;
    this.#base = base;
  }

  bound(): TreeDriver {
    const read = planOf(this.#source);
    if ("missing" in read) {
      throw new PmucheckError(
        "PMC173",
        `there is no ${read.missing.join(", and no ")}: give a kernel tree, or a folder with the driver's files`,
      );
    }
    const program = readProgram(read.plan);
    const all = survey(program.functions.values());
    const roots = [...this.#base.functions.keys(), ...worksIn(all)].filter(
      (name) => !KEPT.has(name) && program.functions.has(name),
    );
    const reachable = reachableFrom(program, roots, (of) => calledThrough(of, all.writes));
    const taken = [...reachable].flatMap((name) => program.functions.get(name) ?? []);
    const coverage = new Coverage(program.constants);
    const readOff = new Set<string>();
    const { functions, slots, work } = this.#functionsOf(program, all, taken, coverage, readOff);
    const driver = this.#driverWith(functions, slots, taken, work);
    return {
      driver,
      version: versionOf(this.#source),
      loaded: read.loaded,
      taken,
      callbacks: callbacksTo(new Set(taken.map(({ name }) => name)), all.writes),
      kept: keptOf(this.#base, driver.functions),
      slots: slots.names,
      program,
      coverage,
      readOff,
    };
  }

  #functionsOf(
    program: Program,
    all: Survey,
    taken: readonly CFunction[],
    coverage: Coverage,
    readOff: Set<string>,
  ): { readonly functions: FunctionTable; readonly slots: Slots; readonly work: (() => CValue) | undefined } {
    const names = new Set(taken.map(({ name }) => name));
    const elsewhere = survey([...program.functions.values()].filter(({ name }) => !names.has(name))).writes;
    const records = recordsOf(program);
    const objects = new Objects(program, records);
    const convention = new Convention(objects);
    const note = ({ file, line }: At): void => void readOff.add(`${file}:${line}`);
    // Nothing asks for a first value before there is a world.
    const initialOf = (variable: Variable): CValue => initialValueOf(world, world.definitionOf(variable));
    const slots = new Slots(program, records, survey(taken), elsewhere, { isKnown, initialOf, note });
    const callbacks = new Callbacks(all.writes, note);
    const places = new Places(objects, callbacks, slots, elsewhere, initialOf);
    const cells = new Cells(places, convention);
    const intrinsics = intrinsicsOf(objects, cells);
    const meaning = new LinuxMeaning(this.#base.functions, convention, cells, intrinsics);
    const world = new World(program, meaning, coverage);
    const head = records.get(WORK.record);
    const [set] = all.writes.get(WORK_KEY) ?? [];
    const work =
      head === undefined || set === undefined ? undefined : () => callbacks.at(head, WORK.member, set.at);
    return { functions: kernelFunctionsOf(world, names), slots, work };
  }

  #driverWith(
    c: FunctionTable,
    slots: Slots,
    taken: readonly CFunction[],
    work: (() => CValue) | undefined,
  ): Driver {
    const base = this.#base;
    const functions = new Map([...base.functions, ...withNotations(c, base.functions)]);
    for (const adapt of [noting, scaling]) {
      const adapted = adapt(functions, base.functions);
      if (adapted !== undefined) functions.set(adapted.functionName, adapted);
    }
    const withWork = work === undefined ? undefined : doingWork(functions, work);
    if (withWork !== undefined) functions.set(withWork.functionName, withWork);
    const files = new Map([...(base.files ?? []), ...taken.map(({ name, at }) => [name, at.file] as const)]);
    return { ...base, functions, files, state: [...(base.state ?? []), ...slots.state] };
  }
}

/** C functions have the signatures of the model's, so traces write their arguments and results as they write the model's. */
function withNotations(c: FunctionTable, model: FunctionTable): FunctionTable {
  return new Map(
    [...c].map(([name, of]) => {
      const notations = model.get(name)?.notations;
      return [name, notations === undefined ? of : kernelFunction(name, of.body, notations)];
    }),
  );
}

/** Functions that init code sets as a task's work: the core calls them. */
function worksIn({ writes }: Survey): string[] {
  return (writes.get(WORK_KEY) ?? []).flatMap(({ value }) =>
    value === undefined ? [] : (functionIn(value) ?? []),
  );
}

/** What the handler said, for the properties: the hardware's side of the model asks. */
function noting(functions: FunctionTable): KernelFunction | undefined {
  const c = functions.get("armpmu_dispatch_irq");
  if (c === undefined || c === armPmu.armpmu_dispatch_irq) return undefined;
  return override(armPmu.armpmu_dispatch_irq, function* () {
    const ret = yield* standingFor(c, armPmu.armpmu_dispatch_irq).body();
    yield* armPmu.note_handled(ret === IRQ_HANDLED);
    return ret;
  });
}

/**
 * The one function with a counter's width in it: C knows counters of 32 bits and more, the model's scaled ones may have less.
 */
function scaling(functions: FunctionTable, base: FunctionTable): KernelFunction | undefined {
  const c = functions.get("arm_pmu_event_max_period");
  const model = base.get("arm_pmu_event_max_period");
  if (c === undefined || model === undefined || c === model) return undefined;
  return override(armPmu.arm_pmu_event_max_period, function* (event: string) {
    const chosen = (yield* counterWidth()) < 32 ? model : c;
    return yield* standingFor(chosen, armPmu.arm_pmu_event_max_period).body(event);
  });
}

/** Functions of the model's driver files that stayed; macros of theirs are no functions. */
function keptOf(base: Driver, functions: FunctionTable): string[] {
  const ofDriver = functionsOf(armPmu, armPmuv3);
  return [...ofDriver.values()]
    .filter(
      ({ macro, functionName }) =>
        macro !== true && functions.get(functionName) === base.functions.get(functionName),
    )
    .map(({ functionName }) => functionName);
}

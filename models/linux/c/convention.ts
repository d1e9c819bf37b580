/**
 * The calling convention: how C values stand in the arguments and results of kernel functions, so that C functions have the
 * signatures of those that are written by hand. It goes by type:
 *
 *   struct perf_event *                  the event's name: "A"
 *   struct perf_event_context *          the context's name
 *   integers up to 32 bits, and bool     numbers, and truth values
 *   integers of 64 bits                  bigints
 *   struct arm_pmu *, struct pmu *,      not passed: there is one of each, or one per CPU. The called function has it from its
 *   struct pmu_hw_events *               context, and the caller checks that it is that one.
 *   other pointers                       { of, path }: an object and the way into it
 *
 * Exceptions, by name, are below.
 */
import {
  Aggregate,
  CError,
  FunctionPointer,
  Pointer,
  showType,
  typeAt,
  type At,
  type Callable,
  type CType,
  type CValue,
  type Held,
  type IntegerType,
} from "../../../src/cfront/index.js";
import type { Value } from "../../../src/spec/value.js";
import { PMU_PPI } from "../config.js";
import type { Objects } from "./objects.js";
import { tagOf } from "./records.js";

/** Functions whose 64-bit integers the model has as numbers: registers of 32 bits, which 6.12 widened, and event types. */
const NARROW = new Set([
  "armv8pmu_pmcr_read",
  "armv8pmu_pmcr_write",
  "armv8pmu_enable_counter",
  "armv8pmu_disable_counter",
  "armv8pmu_enable_intens",
  "armv8pmu_disable_intens",
  "armv8pmu_event_cnten_mask",
  "armv8pmu_getreset_flags",
  "armv8pmu_write_evtype",
]);

/** Functions whose `unsigned long cmd` the model has as the enumerator's name. */
const COMMANDS = ["CPU_PM_ENTER", "CPU_PM_ENTER_FAILED", "CPU_PM_EXIT"];
const TAKES_COMMAND = new Set(["cpu_pm_pmu_notify", "cpu_pm_pmu_setup"]);

/** Structures of which the called function has its pointer from its context. */
const FROM_CONTEXT = new Set(["arm_pmu", "pmu", "pmu_hw_events"]);

/** Arguments that nobody passes, by function and position. */
type Unpassed = (objects: Objects) => CValue;
const UNPASSED: ReadonlyMap<string, ReadonlyMap<number, Unpassed>> = new Map([
  ["armv8pmu_reset", new Map<number, Unpassed>([[0, (objects) => objects.armPmu]])],
  [
    "armpmu_dispatch_irq",
    new Map<number, Unpassed>([
      [0, () => BigInt(PMU_PPI)],
      [1, (objects) => objects.interruptCookie],
    ]),
  ],
  [
    "cpu_pm_pmu_notify",
    new Map<number, Unpassed>([
      [0, (objects) => objects.notifierBlock],
      [2, () => 0n],
    ]),
  ],
]);

/** How a parameter gets its value. */
export type Passing =
  | { readonly how: "passed" }
  /** The one that the argument has to be, given the CPU. */
  | { readonly how: "given"; readonly value: (cpu: number) => CValue; readonly perCpu: boolean }
  /** Neither passed nor looked at: the model has no such thing. */
  | { readonly how: "dropped" };

export class Convention {
  readonly #objects: Objects;

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  passing(callable: Callable, i: number, isModels: boolean): Passing {
    const type = callable.parameters[i]?.type;
    // Parts of functions are called by C alone.
    if (callable.isPart || type === undefined) return { how: "passed" };
    const unpassed = UNPASSED.get(callable.name)?.get(i);
    if (unpassed !== undefined) {
      return { how: "given", value: () => unpassed(this.#objects), perCpu: false };
    }
    const tag = type.kind === "pointer" ? tagOf(type) : undefined;
    if (tag === "arm_pmu") return { how: "given", value: () => this.#objects.armPmu, perCpu: false };
    if (tag === "pmu") return { how: "given", value: () => this.#objects.pmu, perCpu: false };
    if (tag === "pmu_hw_events")
      return { how: "given", value: (cpu) => this.#objects.hwEvents(cpu), perCpu: true };
    return { how: isModels && (tag === "perf_sample_data" || tag === "pt_regs") ? "dropped" : "passed" };
  }

  /** Are values of this type passed to kernel functions at all? */
  passes(type: CType): boolean {
    const tag = type.kind === "pointer" ? tagOf(type) : undefined;
    return tag === undefined || !(FROM_CONTEXT.has(tag) || tag === "perf_sample_data");
  }

  /** A C value as an argument or a result. */
  toModel(value: Held, type: CType, functionName: string, at: At): Value {
    if (value === undefined || type.kind === "void") return undefined;
    if (typeof value === "bigint") return this.#integerToModel(value, type, functionName, at);
    if (value instanceof FunctionPointer) return { function: value.name };
    if (value instanceof Pointer) return pointerToModel(value, type);
    const parts = [...value.parts].map(([step, part]) => {
      const partType = typeAt(type, [step]) ?? type;
      return [String(step), this.toModel(part, partType, functionName, at)] as const;
    });
    return { parts: Object.fromEntries(parts) };
  }

  #integerToModel(value: bigint, type: CType, functionName: string, at: At): Value {
    if (type.kind !== "integer") return value === 0n ? null : value;
    if (type.isBool === true) return value !== 0n;
    if (TAKES_COMMAND.has(functionName) && type.bits > 32) return COMMANDS[Number(value)] ?? value;
    if (type.bits <= 32) return Number(value);
    if (!NARROW.has(functionName)) return value;
    if (value <= Number.MAX_SAFE_INTEGER) return Number(value);
    throw new CError(
      "PMC231",
      at,
      `${functionName}() is about 0x${value.toString(16)}, and the model's registers have 32 bits`,
      "keep to counters that there are",
    );
  }

  /** What a C function finds. Never throws for what {@link toModel} or a typed caller made. */
  toC(value: Value, type: CType): Held {
    if (value === undefined) return undefined;
    if (value === null) return 0n;
    if (typeof value === "string") return this.#named(value, type);
    if (typeof value === "object") return this.#object(value, type);
    return type.kind === "integer" ? wrapped(BigInt(value), type) : BigInt(value);
  }

  #named(name: string, type: CType): CValue {
    if (tagOf(type) === "perf_event_context") return this.#objects.context(name);
    const command = type.kind === "integer" ? COMMANDS.indexOf(name) : -1;
    return command >= 0 ? BigInt(command) : this.#objects.event(name);
  }

  #object(value: object, type: CType): Held {
    if ("function" in value) return new FunctionPointer(String(value.function));
    if ("parts" in value) {
      const aggregate = new Aggregate();
      const parts = value.parts as Readonly<Record<string, Value>>;
      for (const [name, part] of Object.entries(parts)) {
        const step = type.kind === "array" ? Number(name) : name;
        aggregate.parts.set(step, this.toC(part, typeAt(type, [step]) ?? type));
      }
      return aggregate;
    }
    const { of, path } = value as PointerValue;
    const object = this.#objects.named(of);
    const to = object === undefined ? undefined : typeAt(object.type, path);
    // toModel() made it of a pointer to such an object.
    if (object === undefined || to === undefined)
      throw new Error(`nothing is called ${of} ${path.join(".")}`);
    return new Pointer({ object, path, type: to });
  }
}

/** A pointer that has no shorter name. */
interface PointerValue {
  readonly of: string;
  readonly path: readonly (string | number)[];
}

function pointerToModel({ to }: Pointer, type: CType): Value {
  const { object, path } = to;
  const [, kind, name] = /^(event|ctx)\.(.+)$/.exec(object.name) ?? [];
  const isNamed = path.length === 0 && name !== undefined;
  if (isNamed && tagOf(type) === (kind === "event" ? "perf_event" : "perf_event_context")) return name;
  // Steps are strings and numbers, which are plain.
  return { of: object.name, path: [...path] };
}

export function wrapped(value: bigint, { bits, signed, isBool }: IntegerType): bigint {
  if (isBool === true) return value === 0n ? 0n : 1n;
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

export function notThatOne(callable: Callable, i: number, at: At): CError {
  const type = callable.parameters[i]?.type;
  const shown = type === undefined ? "an argument" : showType(type);
  return new CError(
    "PMC231",
    at,
    `${callable.name}() is given another ${shown} than this CPU's own`,
    "the model has one PMU, and each CPU works on its own counters: pass that",
  );
}

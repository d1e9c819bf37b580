/**
 * Places: what the fields of the kernel's structures are in the model.
 *
 * A field is looked up by its name in the structures of structs.ts. What it has there decides how its value stands in the state:
 * a number, a bigint, a truth value or a name. Everything that is known in another way is in this file; what is in none of
 * them is an error, never zero.
 */
import {
  Aggregate,
  CError,
  showPlace,
  typeAt,
  type At,
  type CValue,
  type Held,
  type Path,
  type SharedPlace,
  type Variable,
} from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";
import type { Value } from "../../../src/spec/value.js";
import { armpmu_num_events, armv8pmu_has_long_event } from "../config.js";
import { loadStable, type Field } from "../memory.js";
import { newPerfEvent, newPerfEventContext, perf_event, perf_event_context } from "../structs.js";
import type { Callbacks } from "./callbacks.js";
import { PERCPU, type Objects } from "./objects.js";
import { tagOf } from "./records.js";
import type { Slots } from "./slots.js";
import type { Writes } from "./survey.js";

/** How the value at a place stands in the state. */
export type Representation = "number" | "bigint" | "unsigned" | "boolean" | "pointer";

/** A place that is state. */
export interface Cell {
  readonly kind: "cell";
  readonly field: Field<Value>;
  readonly as: Representation;
  /** A load of it is no step. */
  readonly stable: boolean;
}

/** A place whose value never changes while the model runs. */
export interface Fixed {
  readonly kind: "fixed";
  readonly value: () => Kernel<CValue>;
}

/**
 * The loads that are no step, because nothing that can run at the same time writes there: what an event is from its creation on,
 * which counter it has (written by the CPU that schedules it, with interrupts off and the PMU stopped), and the task
 * context of a CPU (written by itself alone, never by an interrupt). The models say loadStable() of the same.
 */
const STABLE = /^(attr\..*|hw\.(idx|flags|config_base)|ctx|group_leader)$/;

/** Fields of 64 bits that the model keeps without a sign. */
const UNSIGNED = new Set(["hw.prev_count"]);

/** ID_AA64DFR0_EL1.PMUVer: PMUv3 for Armv8.5, which has long event counters, and for Armv8.1. */
const PMUVER_V3P5 = 6n;
const PMUVER_V3P1 = 4n;

const PERF_ATTACH_TASK = 4n;

const TEMPLATES: Readonly<Record<string, object>> = {
  perf_event: newPerfEvent,
  perf_event_context: newPerfEventContext,
};

/** Has the model the field itself? */
export function isKnown(tag: string, path: Path): boolean {
  if (tag === "arm_pmu") return path.join(".") in ARM_PMU_FIELDS || path[0] === "pmu";
  if (tag === "pmu_hw_events") return ["events", "used_mask", "percpu_pmu"].includes(String(path[0]));
  if (tag === "perf_event" && ["pmu", "count", "pending_irq", "attach_state"].includes(path.join(".")))
    return true;
  const template = TEMPLATES[tag];
  return template !== undefined && representationAt(template, path) !== undefined;
}

/** Fields of struct arm_pmu that probing fills in, as the model's configuration has them. */
const ARM_PMU_FIELDS: Readonly<Record<string, () => Kernel<CValue>>> = {
  *num_events() {
    return BigInt(yield* armpmu_num_events());
  },
  *pmuver() {
    return (yield* armv8pmu_has_long_event()) ? PMUVER_V3P5 : PMUVER_V3P1;
  },
};

export class Places {
  readonly #objects: Objects;
  readonly #callbacks: Callbacks;
  readonly #slots: Slots;
  readonly #elsewhere: Writes;
  readonly #initialOf: (variable: Variable) => CValue;

  /** `initialOf` gives what a variable outside of functions begins with. */
  constructor(
    objects: Objects,
    callbacks: Callbacks,
    slots: Slots,
    elsewhere: Writes,
    initialOf: (variable: Variable) => CValue,
  ) {
    this.#objects = objects;
    this.#callbacks = callbacks;
    this.#slots = slots;
    this.#elsewhere = elsewhere;
    this.#initialOf = initialOf;
  }

  /** Throws PMC223 for a place whose value is unknown. */
  find(place: SharedPlace, at: At): Cell | Fixed {
    const { object, path } = place;
    const found = object.variable === undefined ? this.#inStructure(place, at) : undefined;
    if (found !== undefined) return found;
    const slot = this.#slots.at(object.name, tagOf(object.type), path);
    if (slot !== undefined) return { kind: "cell", ...slot, stable: false };
    if (object.variable !== undefined) return fixed(this.#initialAt(object.variable, place, at));
    throw unknown(place, at);
  }

  /** What is at a place of a variable that no code writes which runs. */
  #initialAt(variable: Variable, place: SharedPlace, at: At): CValue {
    const [write] = this.#elsewhere.get(place.object.name) ?? [];
    if (write !== undefined) {
      throw new CError(
        "PMC223",
        at,
        `${showPlace(place)} gets its value in ${write.by}(), which is not run here`,
        "give the variable its value where it is defined",
      );
    }
    let held: Held = this.#initialOf(variable);
    for (const step of place.path) held = held instanceof Aggregate ? held.parts.get(step) : undefined;
    if (held === undefined) throw unknown(place, at);
    return held;
  }

  #inStructure(place: SharedPlace, at: At): Cell | Fixed | undefined {
    const { object, path } = place;
    switch (tagOf(object.type)) {
      case "perf_event":
        if (path.join(".") === "pmu") return fixed(this.#objects.pmu);
        if (path.join(".") === "attach_state") return attachState(object.name.replace(/^event\./, ""));
        return templateCell(object.name, newPerfEvent, path, STABLE);
      case "perf_event_context":
        // User space does not read the counters here.
        if (path.join(".") === "nr_user") return fixed(0n);
        return templateCell(object.name, newPerfEventContext, path, STABLE);
      case "pmu_hw_events":
        return this.#inHwEvents(place, at);
      case "perf_cpu_context":
        return path.join(".") === "task_ctx" ? this.#taskContext(place, at) : undefined;
      case "arm_pmu":
        return object.name === "cpu_armpmu" ? fixed(this.#objects.armPmu) : this.#inArmPmu(place, at);
      default:
        return undefined;
    }
  }

  #inHwEvents(place: SharedPlace, at: At): Cell | Fixed | undefined {
    const { path } = place;
    const [member, index] = path;
    if (member === "percpu_pmu") return fixed(this.#objects.armPmu);
    const of = percpuOf(place, at);
    if (member === "used_mask" && index === undefined) return cell(of, ["hw_events", "used_mask"], "number");
    if (member === "events" && index !== undefined)
      return cell(of, ["hw_events", "events", String(index)], "pointer");
    return undefined;
  }

  /** perf_cpu_context.task_ctx: only the CPU itself writes it. */
  #taskContext(place: SharedPlace, at: At): Cell {
    return { ...cell(percpuOf(place, at), ["task_ctx"], "pointer"), stable: true };
  }

  #inArmPmu({ object, path }: SharedPlace, at: At): Fixed | undefined {
    const name = path.join(".");
    const known = ARM_PMU_FIELDS[name];
    if (known !== undefined) return { kind: "fixed", value: known };
    if (name === "hw_events") return fixed(this.#objects.hwEvents(PERCPU));
    if (name === "pmu.pmu_cpu_context") return fixed(this.#objects.cpuContext(PERCPU));
    const outer = typeAt(object.type, path.slice(0, -1));
    const type = typeAt(object.type, path);
    if (outer?.kind !== "record" || type?.kind !== "pointer" || type.to.kind !== "function") return undefined;
    return fixed(this.#callbacks.at(outer, String(path.at(-1)), at));
  }
}

/** perf_event.attach_state: is it a task's event? Set when the event is opened. */
function attachState(event: string): Fixed {
  return {
    kind: "fixed",
    *value() {
      const ctx = yield* loadStable(perf_event(event).ctx);
      return (yield* loadStable(perf_event_context(ctx).task)) === null ? 0n : PERF_ATTACH_TASK;
    },
  };
}

function percpuOf({ object, path, type }: SharedPlace, at: At): string {
  const [cpu] = object.name.split(".");
  if (cpu !== PERCPU) return `${cpu}.percpu`;
  throw new CError(
    "PMC225",
    at,
    `${showPlace({ object, path, type })} is per CPU, and is used without this_cpu_ptr()`,
    "say of which CPU",
  );
}

function fixed(value: CValue): Fixed {
  return {
    kind: "fixed",
    // oxlint-disable-next-line require-yield -- the answer takes no step
    *value() {
      return value;
    },
  };
}

function cell(of: string, path: readonly string[], as: Representation): Cell {
  return { kind: "cell", field: { of, path }, as, stable: false };
}

function templateCell(of: string, template: object, path: Path, stable: RegExp): Cell | undefined {
  const as = representationAt(template, path);
  if (as === undefined) return undefined;
  const name = path.join(".");
  const isUnsigned = as === "bigint" && UNSIGNED.has(name);
  return { ...cell(of, path.map(String), isUnsigned ? "unsigned" : as), stable: stable.test(name) };
}

/** How the model's structure has what is at the path; undefined if it has not. */
function representationAt(template: object, path: Path): Representation | undefined {
  let at: unknown = template;
  for (const step of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[String(step)];
  }
  switch (typeof at) {
    case "number":
    case "bigint":
    case "boolean":
      return typeof at as "number" | "bigint" | "boolean";
    case "string":
      return "pointer";
    default:
      return at === null ? "pointer" : undefined;
  }
}

function unknown(place: SharedPlace, at: At): CError {
  return new CError(
    "PMC223",
    at,
    `nobody says what ${showPlace(place)} holds: the model has no such field, and no code that runs writes it`,
    "write it before it is read, or use a field that the model has",
  );
}

/**
 * What C pointers point to: one shared object per thing of the machine, by name.
 *
 *   event.A            struct perf_event          the event's component
 *   ctx.T              struct perf_event_context  the context's component
 *   arm_pmu            struct arm_pmu             nothing of it is state, but for what a driver adds
 *   cpu0.hw_events     struct pmu_hw_events       a part of cpu0.percpu
 *   cpu0.cpu_context   struct perf_cpu_context    likewise
 *   percpu.hw_events   what a per-CPU pointer points to before this_cpu_ptr() has said of which CPU
 *   cpu0:calls         a per-CPU variable of the driver's own
 *   file.c:calls       any other variable
 */
import {
  Pointer,
  wholeOf,
  type CType,
  type Program,
  type RecordType,
  type SharedObject,
  type Variable,
} from "../../../src/cfront/index.js";
import type { Records } from "./records.js";

/** The kinds of objects that every CPU has one of, and the structure that each is. */
const PER_CPU: Readonly<Record<string, string>> = {
  hw_events: "pmu_hw_events",
  cpu_context: "perf_cpu_context",
};

export const PERCPU = "percpu";

export class Objects {
  readonly #program: Program;
  readonly #records: Records;
  readonly #made = new Map<string, SharedObject>();

  constructor(program: Program, records: Records) {
    this.#program = program;
    this.#records = records;
  }

  event(name: string): Pointer {
    return this.#whole(`event.${name}`, this.#record("perf_event"));
  }

  context(name: string): Pointer {
    return this.#whole(`ctx.${name}`, this.#record("perf_event_context"));
  }

  get armPmu(): Pointer {
    return this.#whole("arm_pmu", this.#record("arm_pmu"));
  }

  /** struct pmu, within struct arm_pmu. */
  get pmu(): Pointer {
    return this.#memberOfArmPmu("pmu", this.#record("pmu"));
  }

  get notifierBlock(): Pointer {
    return this.#memberOfArmPmu("cpu_pm_nb", this.#record("notifier_block"));
  }

  #memberOfArmPmu(name: string, type: CType): Pointer {
    return new Pointer({ object: this.armPmu.to.object, path: [name], type });
  }

  /** Of a CPU, or before this_cpu_ptr(). */
  hwEvents(cpu: number | typeof PERCPU): Pointer {
    return this.#ofCpu(cpu, "hw_events");
  }

  cpuContext(cpu: number | typeof PERCPU): Pointer {
    return this.#ofCpu(cpu, "cpu_context");
  }

  /** The registers that the interrupt saved; the task's own, at its return to user mode. */
  get irqRegs(): Pointer {
    return this.#whole("irq_regs", this.#record("pt_regs"));
  }

  /** The registers of the task's user mode, as task_pt_regs(current) says. */
  get userRegs(): Pointer {
    return this.#whole("user_regs", this.#record("pt_regs"));
  }

  get currentTask(): Pointer {
    return this.#whole("current", this.#record("task_struct"));
  }

  /** What the PMU's interrupt was requested with: this CPU's pointer to struct arm_pmu. */
  get interruptCookie(): Pointer {
    return this.#whole("cpu_armpmu", { kind: "pointer", to: this.#record("arm_pmu") });
  }

  #ofCpu(cpu: number | typeof PERCPU, kind: keyof typeof PER_CPU): Pointer {
    const of = cpu === PERCPU ? PERCPU : `cpu${cpu}`;
    return this.#whole(`${of}.${kind}`, this.#record(PER_CPU[kind] ?? ""));
  }

  /** A pointer to a per-CPU object as a CPU's own; undefined if it is none. */
  onCpu({ to }: Pointer, cpu: number): Pointer | undefined {
    const { object, path, type } = to;
    const moved = this.#objectOnCpu(object, cpu);
    return moved === undefined ? undefined : new Pointer({ object: moved, path, type });
  }

  #objectOnCpu(object: Pointer["to"]["object"], cpu: number): SharedObject | undefined {
    if (object.kind !== "shared") return undefined;
    const { name, type, variable } = object;
    if (variable !== undefined && variableOn(name) === undefined) {
      return this.#object(`cpu${cpu}:${name}`, type, variable);
    }
    const [, kind] = /^percpu\.(\w+)$/.exec(name) ?? [];
    return kind === undefined ? undefined : this.#object(`cpu${cpu}.${kind}`, type);
  }

  /** The object that has this name; undefined if there is none. */
  named(name: string): SharedObject | undefined {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const [, kind, rest = ""] = /^(\w+)\.(.+)$/.exec(name) ?? [];
    if (kind === "event") return shared(this.event(rest));
    if (kind === "ctx") return shared(this.context(rest));
    if (kind !== undefined && rest in PER_CPU) return this.#object(name, this.#record(PER_CPU[rest] ?? ""));
    const [, ofCpu] = /^cpu\d+:(.+)$/.exec(name) ?? [];
    const variable = this.#program.variables.get(ofCpu ?? name);
    return variable === undefined ? undefined : this.#object(name, variable.type, variable);
  }

  #record(tag: string): RecordType {
    const found = this.#records.get(tag);
    if (found !== undefined) return found;
    // A structure of which the driver reads no member.
    const definition = { keyword: "struct" as const, tag, at: { file: "(model)", line: 0 } };
    return {
      kind: "record",
      definition: { ...definition, members: undefined, packed: false, alignment: undefined },
    };
  }

  #whole(name: string, type: CType): Pointer {
    return new Pointer(wholeOf(this.#object(name, type)));
  }

  #object(name: string, type: CType, variable?: Variable): SharedObject {
    let object = this.#made.get(name);
    if (object === undefined) {
      object = { kind: "shared", name, type, ...(variable === undefined ? {} : { variable }) };
      this.#made.set(name, object);
    }
    return object;
  }
}

function shared({ to }: Pointer): SharedObject {
  // It was made as one.
  return to.object as SharedObject;
}

/** `cpu0:file.c:calls` is `file.c:calls` on CPU 0. */
export function variableOn(name: string): { readonly cpu: number; readonly variable: string } | undefined {
  const [, cpu, variable] = /^cpu(\d+):(.+)$/.exec(name) ?? [];
  return cpu === undefined || variable === undefined ? undefined : { cpu: Number(cpu), variable };
}

/** Are they pointers to one place? */
export function isPointerTo(value: unknown, other: Pointer): boolean {
  if (!(value instanceof Pointer)) return false;
  const { object, path } = value.to;
  return (
    object.kind === "shared" &&
    object.name === other.to.object.name &&
    path.length === other.to.path.length &&
    path.every((step, i) => step === other.to.path[i])
  );
}

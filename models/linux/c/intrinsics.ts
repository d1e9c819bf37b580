/**
 * Functions that C calls and that are done here: registers, bitmaps, atomic accesses, and what the model has no part in.
 *
 * Not evaluated, so that what their arguments would load is no step: perf_sample_data_init, perf_event_update_userpage,
 * perf_sample_event_took. Their effects are not modelled (arm_pmu.ts says so).
 */
import {
  CError,
  Pointer,
  textAt,
  type CValue,
  type Held,
  type Intrinsic,
  type IntrinsicCall,
} from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";
import type { Value } from "../../../src/spec/value.js";
import { addToCount } from "../../ground-truth.js";
import { isb } from "../arch/arm64/include/asm/arm_pmuv3.js";
import { smp_processor_id, WARN_ON_ONCE } from "../config.js";
import { load, loadStable, local64_cmpxchg, local64_sub, store, type Field } from "../memory.js";
import { per_cpu } from "../structs.js";
import { Bitmaps } from "./bitmaps.js";
import type { Cells } from "./cells.js";
import { context } from "./context.js";
import { isPointerTo, type Objects } from "./objects.js";
import { readRegister, writeRegister } from "./registers.js";
import { taskWork } from "./task-work.js";

type Run = (call: IntrinsicCall) => Kernel<Held>;

const NOTHING: Intrinsic = {
  evaluated: false,
  // oxlint-disable-next-line require-yield -- it does nothing
  *run() {
    return undefined;
  },
};

/** By name. Throws, when run, what their arguments deserve. */
export function intrinsicsOf(objects: Objects, cells: Cells): ReadonlyMap<string, Intrinsic> {
  const evaluated = (runs: Readonly<Record<string, Run>>): [string, Intrinsic][] =>
    Object.entries(runs).map(([name, run]) => [name, { evaluated: true, run }]);
  return new Map<string, Intrinsic>([
    ...["perf_sample_data_init", "perf_event_update_userpage", "perf_sample_event_took"].map(
      (name): [string, Intrinsic] => [name, NOTHING],
    ),
    ...evaluated(registers()),
    ...evaluated(cpus(objects)),
    ...evaluated(bitmaps(new Bitmaps(cells))),
    ...evaluated(counters(cells)),
    ...evaluated(core(objects, cells)),
    ...evaluated(context(objects)),
    ...evaluated(taskWork(objects)),
    ...evaluated(constants()),
  ]);
}

function registers(): Readonly<Record<string, Run>> {
  return {
    *isb() {
      yield* isb();
      return undefined;
    },
    *__read_sysreg({ arguments: [name], at }) {
      return yield* readRegister(textAt(name) ?? "?", at);
    },
    *__write_sysreg({ arguments: [value, name], at }) {
      yield* writeRegister(textAt(name) ?? "?", value as bigint, at);
      return undefined;
    },
  };
}

function cpus(objects: Objects): Readonly<Record<string, Run>> {
  return {
    *smp_processor_id() {
      return BigInt(yield* smp_processor_id());
    },
    // oxlint-disable-next-line require-yield -- an address
    *__per_cpu_ptr({ arguments: [pointer = 0n, cpu], at }) {
      const own = pointer instanceof Pointer ? objects.onCpu(pointer, Number(cpu)) : undefined;
      if (own !== undefined) return own;
      throw new CError(
        "PMC231",
        at,
        "this_cpu_ptr() is given what is not per CPU",
        "use the pointer as it is",
      );
    },
    // oxlint-disable-next-line require-yield -- every CPU has the PMU
    *cpumask_test_cpu() {
      return 1n;
    },
    // oxlint-disable-next-line require-yield -- the time is not modelled
    *sched_clock() {
      return 0n;
    },
  };
}

function bitmaps(maps: Bitmaps): Readonly<Record<string, Run>> {
  const next = function* (
    { arguments: [map = 0n, size, from], at }: IntrinsicCall,
    isSet: boolean,
  ): Kernel<bigint> {
    const bits = new Set(yield* maps.bits(map, at));
    for (let bit = Number(from); bit < Number(size); bit++) if (bits.has(bit) === isSet) return BigInt(bit);
    return size as bigint;
  };
  return {
    *test_and_set_bit({ arguments: [nr, map = 0n], at }) {
      return (yield* maps.testAndSet(nr as bigint, map, at)) ? 1n : 0n;
    },
    *clear_bit({ arguments: [nr, map = 0n], at }) {
      yield* maps.clear(nr as bigint, map, at);
      return undefined;
    },
    *set_bit({ arguments: [nr, map = 0n], at }) {
      yield* maps.set(nr as bigint, map, at);
      return undefined;
    },
    *test_bit({ arguments: [nr, map = 0n], at }) {
      return (yield* maps.bits(map, at)).includes(Number(nr)) ? 1n : 0n;
    },
    *bitmap_zero({ arguments: [map = 0n], at }) {
      yield* maps.clearAll(map, at);
      return undefined;
    },
    *bitmap_empty({ arguments: [map = 0n, bits], at }) {
      return (yield* maps.bits(map, at)).some((bit) => bit < Number(bits)) ? 0n : 1n;
    },
    *bitmap_weight({ arguments: [map = 0n, bits], at }) {
      return BigInt((yield* maps.bits(map, at)).filter((bit) => bit < Number(bits)).length);
    },
    find_next_bit: (call) => next(call, true),
    find_next_zero_bit: (call) => next(call, false),
    *find_next_andnot_bit({ arguments: [a = 0n, b = 0n, size, from], at }) {
      const inB = new Set(yield* maps.bits(b, at));
      const found = (yield* maps.bits(a, at)).find(
        (bit) => bit >= Number(from) && bit < Number(size) && !inB.has(bit),
      );
      return found === undefined ? size : BigInt(found);
    },
    *bitmap_to_arr64({ arguments: [words, map = 0n, bits], at, store: storeAt }) {
      const set = (yield* maps.bits(map, at)).filter((bit) => bit < Number(bits));
      // A pointer, by its prototype.
      if (words instanceof Pointer)
        yield* storeAt(
          words.to,
          set.reduce((word, bit) => word | (1n << BigInt(bit)), 0n),
        );
      return undefined;
    },
  };
}

/** local64_t: accesses of one step. */
function counters(cells: Cells): Readonly<Record<string, Run>> {
  return {
    *local64_read({ arguments: [counter = 0n], at }) {
      const { cell, type } = cells.single(counter, "local64_read()", at);
      const value = cell.stable ? yield* loadStable(cell.field) : yield* load(cell.field);
      return cells.toC(value, type);
    },
    *local64_set({ arguments: [counter = 0n, value = 0n], at }) {
      const { cell, type } = cells.single(counter, "local64_set()", at);
      yield* store(cell.field, cells.toModel(value, type, cell, at));
      return undefined;
    },
    *local64_add({ arguments: [amount, counter = 0n], at }) {
      const event = eventOfCount(counter);
      if (event !== undefined) yield* addToCount(amount as bigint, event);
      else yield* subtract(cells, -(amount as bigint), counter, "local64_add()", at);
      return undefined;
    },
    *local64_sub({ arguments: [amount, counter = 0n], at }) {
      const event = eventOfCount(counter);
      if (event !== undefined) yield* addToCount(-(amount as bigint), event);
      else yield* subtract(cells, amount as bigint, counter, "local64_sub()", at);
      return undefined;
    },
    *local64_cmpxchg({ arguments: [counter = 0n, expected = 0n, desired = 0n], at }) {
      const { cell, type } = cells.single(counter, "local64_cmpxchg()", at);
      // Compared as the state has it, whatever sign C gives it.
      const [from, to] = [expected, desired].map((value) => cells.toModel(value, type, cell, at));
      const found = yield* local64_cmpxchg(cell.field as Field<bigint>, from as bigint, to as bigint);
      return cells.toC(found, type);
    },
  };
}

function* subtract(
  cells: Cells,
  amount: bigint,
  counter: CValue,
  what: string,
  at: IntrinsicCall["at"],
): Kernel {
  const { cell } = cells.single(counter, what, at);
  yield* local64_sub(amount, cell.field as Field<bigint>);
}

/** The event whose count the pointer is to: the model has its difference to the truth instead. */
function eventOfCount(counter: CValue): string | undefined {
  return memberOfEvent(counter, "count");
}

function memberOfEvent(pointer: CValue, member: string): string | undefined {
  if (!(pointer instanceof Pointer)) return undefined;
  const { object, path } = pointer.to;
  const [, event] = /^event\.(.+)$/.exec(object.name) ?? [];
  return path[0] === member ? event : undefined;
}

/** The core of perf, as the driver calls it. */
function core(objects: Objects, cells: Cells): Readonly<Record<string, Run>> {
  return {
    *perf_event_overflow({ arguments: [event = 0n, , regs], at, dropped }) {
      const { object } = cells.sharedPlace(event, "perf_event_overflow()", at);
      const isUser = isPointerTo(regs, objects.userRegs);
      if (!isUser && !isPointerTo(regs, objects.irqRegs)) {
        throw new CError(
          "PMC230",
          at,
          "perf_event_overflow() is given registers that are neither the interrupt's nor the task's user mode's",
          "use get_irq_regs() or current_pt_regs()",
        );
      }
      const args = [object.name.replace(/^event\./, ""), ...(isUser ? ["user"] : [])];
      return asInteger(
        yield { kind: "call", function: "perf_event_overflow", arguments: args, ignored: dropped },
      );
    },
    *perf_cpu_task_ctx() {
      const ctx = yield* loadStable(per_cpu(yield* smp_processor_id()).task_ctx);
      return ctx === null ? 0n : objects.context(ctx);
    },
    *irq_work_queue({ arguments: [work = 0n], at, dropped }) {
      const event = memberOfEvent(work, "pending_irq");
      if (event === undefined) {
        throw new CError(
          "PMC221",
          at,
          "irq_work_queue() is given other work than an event's pending_irq",
          "queue that, or bind this work to the model",
        );
      }
      return asInteger(
        yield { kind: "call", function: "irq_work_queue", arguments: [event], ignored: dropped },
      );
    },
    *__warn_on({ arguments: [condition, text], at }) {
      const holds = condition !== 0n;
      yield* WARN_ON_ONCE(holds, `${at.file}:${at.line}: ${textAt(text) ?? "WARN_ON"}`);
      return holds ? 1n : 0n;
    },
  };
}

/** What a kernel function in TypeScript returned. */
function asInteger(value: unknown): Held {
  const result = value as Value;
  if (typeof result === "boolean" || typeof result === "number" || typeof result === "bigint")
    return BigInt(result);
  return undefined;
}

/** KVM does not take counters for itself here, and the host's user space does not read them. */
function constants(): Readonly<Record<string, Run>> {
  const answers: Readonly<Record<string, bigint | undefined>> = {
    kvm_set_pmu_events: undefined,
    kvm_clr_pmu_events: undefined,
    kvm_pmu_counter_deferred: 0n,
    kvm_set_pmuserenr: 0n,
    kvm_vcpu_pmu_resync_el0: undefined,
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      // oxlint-disable-next-line require-yield -- the answer takes no step
      function* (): Kernel<Held> {
        return answer;
      },
    ]),
  );
}

/**
 * arch/arm64/kernel/smp.c, kernel/smp.c: interprocessor interrupts, and calling functions on other CPUs; same functions
 * in the same order.
 *
 * Source: those files as of Linux 6.5. IPIs are SGIs, numbered as enum ipi_msg_type.
 * Not modelled: the other IPIs, calls that nobody waits for other than irq_work.
 */
import { kernelFunction, operation, prototype } from "../../../src/spec/kernel-function.js";
import { local_irq_disable, local_irq_enable } from "../arch/arm64/include/asm/daifflags.js";
import { intid, smp_processor_id } from "../config.js";
import { gic_ipi_send_mask } from "../drivers/irqchip/irq-gic-v3.js";
import { irq_work_run, irq_work_single } from "./irq_work.js";
import { poke, showField } from "../memory.js";
import {
  IPI_CALL_FUNC,
  IPI_IRQ_WORK,
  IPI_RESCHEDULE,
  negated_errno,
  per_cpu,
  perCpuData,
  type CallSingleData,
  type EventFunction,
} from "../structs.js";

export const arch_send_call_function_single_ipi = kernelFunction(
  "arch_send_call_function_single_ipi",
  function* (cpu: number) {
    yield* smp_cross_call(cpu, IPI_CALL_FUNC);
  },
);

export const arch_irq_work_raise = kernelFunction("arch_irq_work_raise", function* () {
  yield* smp_cross_call(yield* smp_processor_id(), IPI_IRQ_WORK);
});

/** include/linux/sched.h: the receiving CPU has need_resched set already; it only has to notice. */
export const scheduler_ipi = kernelFunction("scheduler_ipi", function* () {});

export const do_handle_IPI = kernelFunction(
  "do_handle_IPI",
  function* (ipinr: number) {
    switch (ipinr) {
      case IPI_RESCHEDULE:
        return yield* scheduler_ipi();
      case IPI_CALL_FUNC:
        return yield* generic_smp_call_function_single_interrupt();
      case IPI_IRQ_WORK:
        return yield* irq_work_run();
      default:
        throw new RangeError(`IPI ${ipinr} is not modelled`);
    }
  },
  { arguments: [intid] },
);

export const ipi_handler = kernelFunction(
  "ipi_handler",
  function* (irq: number) {
    yield* do_handle_IPI(irq);
  },
  { arguments: [intid] },
);

export const smp_cross_call = kernelFunction(
  "smp_cross_call",
  function* (target: number, ipinr: number) {
    yield* gic_ipi_send_mask(target, ipinr);
  },
  { arguments: [undefined, intid] },
);

export const smp_send_reschedule = kernelFunction("smp_send_reschedule", function* (cpu: number) {
  yield* smp_cross_call(cpu, IPI_RESCHEDULE);
});

/** kernel/smp.c. llist_add to another CPU's queue: true if it was empty, so that an IPI is due. */
const queue_call = operation<[number, CallSingleData], boolean>({
  name: "queue_call",
  perform: (view, _cpu, [target, csd]) =>
    poke(view, per_cpu(target).call_single_queue, (queue) => [...queue, csd]).length === 0,
  show: ([target, csd]) => `${showField(per_cpu(target).call_single_queue)} += ${csd.func}`,
});

const take_calls = operation<[], readonly CallSingleData[]>({
  name: "take_calls",
  perform: (view, cpu) => poke(view, per_cpu(cpu).call_single_queue, () => []),
  show: (_, calls) => `call_single_queue = {} (was ${calls.map(({ func }) => func).join(", ") || "empty"})`,
});

const csd_lock = operation<[], void>({
  name: "csd_lock",
  perform: (view, cpu) => void poke(view, per_cpu(cpu).csd.locked, () => true),
});

const csd_unlock = operation<[number, number], void>({
  name: "csd_unlock",
  perform: (view, _cpu, [waiter, ret]) => {
    poke(view, per_cpu(waiter).csd.ret, () => ret);
    poke(view, per_cpu(waiter).csd.locked, () => false);
  },
  show: ([waiter, ret]) => `CPU${waiter}'s call is done: ${negated_errno(ret)}`,
});

/** Spins until the call was made; what it returned. */
const csd_lock_wait = operation<[], number>({
  name: "csd_lock_wait",
  enabled: (view, cpu) => !view.read(perCpuData(cpu)).csd.locked,
  perform: (view, cpu) => poke(view, per_cpu(cpu).csd.ret, () => 0),
  show: (_, ret) => `the call is done: ${negated_errno(ret)}`,
});

/** An smp_call_func_t, called by name. */
function smp_call_func(func: string) {
  return prototype<[info: EventFunction], number>(func);
}

export const __smp_call_single_queue = kernelFunction(
  "__smp_call_single_queue",
  function* (cpu: number, func: string, event: string) {
    const info: EventFunction = { task: "", func: "", event, data: 0n };
    if (yield* queue_call(cpu, { from: cpu, func, info })) yield* arch_send_call_function_single_ipi(cpu);
  },
);

export const generic_exec_single = kernelFunction(
  "generic_exec_single",
  function* (cpu: number, func: string, info: EventFunction) {
    const from = yield* smp_processor_id();
    yield* csd_lock();
    if (yield* queue_call(cpu, { from, func, info })) yield* arch_send_call_function_single_ipi(cpu);
  },
);

/** First what others wait for, then the rest. */
export const generic_smp_call_function_single_interrupt = kernelFunction(
  "generic_smp_call_function_single_interrupt",
  function* () {
    const calls = yield* take_calls();
    for (const { from, func, info } of calls) {
      if (func !== "irq_work_single") yield* csd_unlock(from, yield* smp_call_func(func)(info));
    }
    for (const { func, info } of calls) {
      if (func === "irq_work_single") yield* irq_work_single(info.event);
    }
  },
);

/** Calls the function on the CPU, with interrupts masked there, and waits. */
export const smp_call_function_single = kernelFunction(
  "smp_call_function_single",
  function* (cpu: number, func: string, info: EventFunction) {
    if (cpu === (yield* smp_processor_id())) {
      yield* local_irq_disable();
      const ret = yield* smp_call_func(func)(info);
      yield* local_irq_enable();
      return ret;
    }
    yield* generic_exec_single(cpu, func, info);
    return yield* csd_lock_wait();
  },
  { result: negated_errno },
);

/**
 * The kernel's constants, under the kernel's names, and how traces write what consists of them.
 *
 * Source: include/linux/perf_event.h, include/linux/perf/arm_pmu.h, include/linux/sched.h, include/linux/irqreturn.h,
 * include/linux/irq_work.h, include/uapi/asm-generic/siginfo.h, kernel/events/core.c, arch/arm64/include/asm/thread_info.h, arch/arm64/kernel/smp.c, as
 * of Linux 6.5.
 */
import { flagsOf, oneOf } from "../../src/spec/notation.js";

/** enum irqreturn */
export const IRQ_NONE = 0;
export const IRQ_HANDLED = 1;
export const irqreturn_t = oneOf({ IRQ_NONE, IRQ_HANDLED });

/** What a notifier that refuses returns (include/linux/notifier.h). */
export const NOTIFY_BAD = 0x8002;

/** Error numbers, returned negated. */
export const ESRCH = 3;
export const EAGAIN = 11;
export const EINVAL = 22;
/** What a function returns that fails with one of them. */
export const negated_errno = oneOf({ "-ESRCH": -ESRCH, "-EAGAIN": -EAGAIN, "-EINVAL": -EINVAL });

/** enum perf_event_state */
export const PERF_EVENT_STATE_DEAD = -4;
export const PERF_EVENT_STATE_EXIT = -3;
export const PERF_EVENT_STATE_ERROR = -2;
export const PERF_EVENT_STATE_OFF = -1;
export const PERF_EVENT_STATE_INACTIVE = 0;
export const PERF_EVENT_STATE_ACTIVE = 1;
export const perf_event_state = oneOf({
  PERF_EVENT_STATE_DEAD,
  PERF_EVENT_STATE_EXIT,
  PERF_EVENT_STATE_ERROR,
  PERF_EVENT_STATE_OFF,
  PERF_EVENT_STATE_INACTIVE,
  PERF_EVENT_STATE_ACTIVE,
});

/** hw_perf_event.state */
export const PERF_HES_STOPPED = 0x01;
export const PERF_HES_UPTODATE = 0x02;
export const perf_hes = flagsOf({ PERF_HES_STOPPED, PERF_HES_UPTODATE });

/** Flags of pmu->add, del, start and stop. */
export const PERF_EF_START = 0x01;
export const PERF_EF_RELOAD = 0x02;
export const PERF_EF_UPDATE = 0x04;
export const perf_ef = flagsOf({ PERF_EF_START, PERF_EF_RELOAD, PERF_EF_UPDATE });

/** enum event_type_t (kernel/events/core.c) */
export const EVENT_FLEXIBLE = 0x1;
export const EVENT_PINNED = 0x2;
export const EVENT_ALL = EVENT_FLEXIBLE | EVENT_PINNED;
/** What made a reschedule necessary is an event of the CPU. */
export const EVENT_CPU = 0x8;
export const event_type_t = flagsOf({ EVENT_ALL, EVENT_FLEXIBLE, EVENT_PINNED, EVENT_CPU });

/** Flags of perf_remove_from_context (kernel/events/core.c). */
export const DETACH_GROUP = 0x01n;
export const DETACH_DEAD = 0x04n;
export const detach_flags = flagsOf({ DETACH_GROUP, DETACH_DEAD });

/** hw_perf_event.flags (include/linux/perf/arm_pmu.h). */
export const ARMPMU_EVT_64BIT = 0x0000_0001;

/** hw_perf_event.interrupts of a throttled event. */
export const MAX_INTERRUPTS = -1;

/** Flags of an irq_work (include/linux/irq_work.h). */
export const IRQ_WORK_PENDING = 1;
export const IRQ_WORK_BUSY = 2;
export const irq_work_flags = flagsOf({ IRQ_WORK_PENDING, IRQ_WORK_BUSY });

/** enum ipi_msg_type (arch/arm64/kernel/smp.c): the numbers of SGIs. */
export const IPI_RESCHEDULE = 0;
export const IPI_CALL_FUNC = 1;
export const IPI_IRQ_WORK = 5;

/** perf_event.pending_kill: the band of the signal. */
export const POLL_IN = 1;
export const POLL_HUP = 6;

/** thread_info.flags (arch/arm64/include/asm/thread_info.h), as masks. */
export const TIF_SIGPENDING = 1 << 0;
export const TIF_NEED_RESCHED = 1 << 1;
export const TIF_NOTIFY_RESUME = 1 << 2;
export const thread_info_flags = flagsOf({ TIF_SIGPENDING, TIF_NEED_RESCHED, TIF_NOTIFY_RESUME });

/** task_struct.__state */
export const TASK_RUNNING = 0x0;
export const TASK_INTERRUPTIBLE = 0x1;
export const TASK_TRACED = 0x8;
export const TASK_DEAD = 0x80;
export const task_state = oneOf({ TASK_RUNNING, TASK_INTERRUPTIBLE, TASK_TRACED, TASK_DEAD });

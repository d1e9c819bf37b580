/**
 * kernel/events/core.c, fifth part: what user space does to an event through its file descriptor.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: ctx->mutex and event->child_mutex (one caller at a time here), inherited children, the other ioctls.
 */
import { kernelFunction, operation } from "../../../../../src/spec/kernel-function.js";
import {
  startAfresh,
  userClosed,
  userDisabled,
  userEnabled,
  userRefreshed,
} from "../../../../ground-truth.js";
import { event_function_call, perf_pmu_disable, perf_pmu_enable, pmu } from "./call.js";
import {
  _perf_event_disable,
  _perf_event_enable,
  _perf_event_refresh,
  perf_remove_from_context,
} from "./state.js";
import { perf_event_read } from "./tick.js";
import { load, store } from "../../../memory.js";
import {
  DETACH_DEAD,
  DETACH_GROUP,
  MAX_INTERRUPTS,
  PERF_EF_RELOAD,
  PERF_EF_UPDATE,
  perf_event,
  PERF_EVENT_STATE_ACTIVE,
  perfEvent,
} from "../../../structs.js";

/** What a program can ask of a perf file descriptor. */
export type PerfRequest = "DISABLE" | "ENABLE" | "RESET" | "PERIOD" | "REFRESH";

/** Waits until the event's irq_work is neither queued nor running. */
const irq_work_sync = operation<[string], void>({
  name: "irq_work_sync",
  enabled: (view, _cpu, event) => view.read(perfEvent(event)).pending_irq === 0,
  perform: () => undefined,
});

export const perf_event_release_kernel = kernelFunction(
  "perf_event_release_kernel",
  function* (event: string) {
    yield* perf_remove_from_context(event, DETACH_GROUP | DETACH_DEAD);
    // _free_event
    yield* irq_work_sync(event);
  },
);

/** close(). */
export const perf_release = kernelFunction("perf_release", function* (event: string) {
  yield* perf_event_release_kernel(event);
  yield* userClosed(event);
});

/** The count starts from 0; the period and the overflow flag are not touched. */
export const _perf_event_reset = kernelFunction("_perf_event_reset", function* (event: string) {
  yield* perf_event_read(event, false);
});

/** With ctx->lock held. period_left = 0 makes the next start begin a whole period. */
export const __perf_event_period = kernelFunction(
  "__perf_event_period",
  function* (event: string, value: bigint) {
    const it = perf_event(event);
    yield* store(it.hw.sample_period, value);
    const active = (yield* load(it.state)) === PERF_EVENT_STATE_ACTIVE;
    if (active) {
      yield* perf_pmu_disable();
      if ((yield* load(it.hw.interrupts)) === MAX_INTERRUPTS) yield* store(it.hw.interrupts, 0);
      yield* pmu.stop(event, PERF_EF_UPDATE);
    }
    yield* startAfresh(event, "user");
    if (active) {
      yield* pmu.start(event, PERF_EF_RELOAD);
      yield* perf_pmu_enable();
    }
  },
);

export const _perf_event_period = kernelFunction(
  "_perf_event_period",
  function* (event: string, value: bigint) {
    yield* event_function_call(event, "__perf_event_period", value);
  },
);

export const _perf_ioctl = kernelFunction(
  "_perf_ioctl",
  function* (event: string, cmd: PerfRequest, arg: bigint) {
    switch (cmd) {
      case "ENABLE":
        yield* userEnabled(event);
        return yield* _perf_event_enable(event);
      case "DISABLE":
        yield* _perf_event_disable(event);
        return yield* userDisabled(event);
      case "RESET":
        return yield* _perf_event_reset(event);
      case "REFRESH":
        yield* userRefreshed(event, Number(arg));
        return yield* _perf_event_refresh(event, Number(arg));
      case "PERIOD":
        return yield* _perf_event_period(event, arg);
    }
  },
);

export const perf_ioctl = kernelFunction(
  "perf_ioctl",
  function* (event: string, cmd: PerfRequest, arg: bigint) {
    yield* _perf_ioctl(event, cmd, arg);
  },
);

/**
 * fs/fcntl.c, kernel/signal.c, kernel/task_work.c, arch/arm64/kernel/signal.c: signals for overflows, and work put off
 * to the return to user mode.
 *
 * Source: those files as of Linux 6.5.
 * Not modelled: what a signal's handler does. That a signal was sent is an observation; it has an effect only on a task
 *   that a debugger traces, which stops.
 */
import { kernelFunction, operation, prototype } from "../../../src/spec/kernel-function.js";
import { pe } from "../../arm/pe.js";
import { truth } from "../../ground-truth.js";
import { current_task } from "../config.js";
import { load, poke } from "../memory.js";
import {
  perfEvent,
  perfEventContext,
  POLL_HUP,
  task_struct,
  TASK_TOMBSTONE,
  TASK_TRACED,
  taskStruct,
  TIF_NOTIFY_RESUME,
  TIF_SIGPENDING,
} from "../structs.js";

const perf_pending_task = prototype<[event: string], void>("perf_pending_task");
const schedule = prototype<[], void>("schedule");

/** The owner (F_SETOWN) is the event's task, as the reproducer and rr set it. */
const send_sigio = operation<[string, number], void>({
  name: "send_sigio",
  perform: (view, cpu, [event, band]) => {
    const { limit } = view.read(truth(event));
    const { task } = view.read(perfEventContext(view.read(perfEvent(event)).ctx));
    const hangup = band === POLL_HUP;
    const early = hangup && limit !== null && limit > 0;
    const elsewhere = task !== null && task !== view.read(pe(cpu)).current;
    view.observe({ kind: "signal", event, hangup, early, elsewhere });
    if (task === null || task === TASK_TOMBSTONE || !view.read(taskStruct(task)).traced) return;
    poke(view, task_struct(task).flags, (flags) => flags | TIF_SIGPENDING);
  },
  show: ([event, band]) => `${band === POLL_HUP ? "POLL_HUP" : "POLL_IN"} to the owner of ${event}`,
});

export const kill_fasync = kernelFunction("kill_fasync", function* (event: string, band: number) {
  yield* send_sigio(event, band);
});

/** A SIGTRAP to the current task, with the event's data. */
export const send_sig_perf = operation<[string, string], void>({
  name: "send_sig_perf",
  perform: (view, _cpu, [event, task]) => view.observe({ kind: "sigtrap", event, task }),
  show: ([event, task]) => `SIGTRAP for ${event} to ${task}`,
});

/** task_work_add(current, ..., TWA_RESUME) */
export const task_work_add = kernelFunction("task_work_add", function* (event: string) {
  yield* queue_task_work(yield* current_task(), event);
});

const queue_task_work = operation<[string, string], void>({
  name: "queue_task_work",
  perform: (view, _cpu, [task, event]) => {
    poke(view, task_struct(task).task_works, (works) => [...works, event]);
    poke(view, task_struct(task).flags, (flags) => flags | TIF_NOTIFY_RESUME);
  },
  show: ([task, event]) => `${task}->task_works += ${event}`,
});

const take_task_works = operation<[string], readonly string[]>({
  name: "take_task_works",
  perform: (view, _cpu, [task]) => {
    poke(view, task_struct(task).flags, (flags) => flags & ~TIF_NOTIFY_RESUME);
    return poke(view, task_struct(task).task_works, () => []);
  },
  show: ([task]) => `${task}->task_works = {}`,
});

/** include/linux/resume_user_mode.h */
export const resume_user_mode_work = kernelFunction("resume_user_mode_work", function* () {
  for (const event of yield* take_task_works(yield* current_task())) yield* perf_pending_task(event);
});

/** Leaves TIF_NOTIFY_RESUME set, so that resume_user_mode_work finds nothing to do later. */
const take_task_works_early = operation<[string], readonly string[]>({
  name: "take_task_works_early",
  perform: (view, _cpu, [task]) => poke(view, task_struct(task).task_works, () => []),
  show: ([task]) => `${task}->task_works = {}, before signals`,
});

/** kernel/task_work.c, as get_signal calls it. */
export const task_work_run = kernelFunction("task_work_run", function* () {
  const task = yield* current_task();
  if ((yield* load(task_struct(task).task_works)).length === 0) return;
  for (const event of yield* take_task_works_early(task)) yield* perf_pending_task(event);
});

const clear_sigpending = operation<[string], void>({
  name: "clear_sigpending",
  perform: (view, _cpu, [task]) =>
    void poke(view, task_struct(task).flags, (flags) => flags & ~TIF_SIGPENDING),
  show: ([task]) => `${task} dequeues a signal`,
});

const ptrace_stop = operation<[string], void>({
  name: "ptrace_stop",
  perform: (view, _cpu, [task]) => {
    poke(view, task_struct(task).__state, () => TASK_TRACED);
    view.observe({ kind: "stopped", task });
  },
  show: ([task]) => `${task}->__state = TASK_TRACED`,
});

/** get_signal: work that is due runs first. Then a traced task tells its debugger, and stops until it is told to go on. */
export const do_signal = kernelFunction("do_signal", function* () {
  const task = yield* current_task();
  yield* task_work_run();
  yield* clear_sigpending(task);
  yield* ptrace_stop(task);
  yield* schedule();
});

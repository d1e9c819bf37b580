/**
 * The system calls of the modelled programs, and what each of them is in the kernel.
 *
 * Source: fs/ioctl.c, fs/file_table.c, kernel/exit.c, kernel/ptrace.c as of Linux 6.5.
 * Not modelled: everything in between that has nothing to do with events: file tables, permissions, do_exit's other
 *   parts, ptrace's bookkeeping.
 */
import { kernelFunction, prototype } from "../../../src/spec/kernel-function.js";
import { current_task } from "../config.js";
import type { PerfRequest } from "../kernel/events/core/ioctl.js";
import { store } from "../memory.js";
import { TASK_DEAD, TASK_INTERRUPTIBLE, task_struct } from "../structs.js";

export type Syscall =
  | {
      readonly call: "ioctl";
      readonly event: string;
      readonly request: PerfRequest;
      readonly argument: bigint;
    }
  /** `group`: of a leader with PERF_FORMAT_GROUP. */
  | { readonly call: "read"; readonly event: string; readonly group: boolean }
  | { readonly call: "close"; readonly event: string }
  | { readonly call: "exit" }
  | { readonly call: "sleep" }
  /** ptrace(PTRACE_CONT) */
  | { readonly call: "continue"; readonly task: string };

const perf_ioctl = prototype<[event: string, cmd: PerfRequest, arg: bigint], void>("perf_ioctl");
const perf_read = prototype<[event: string, group: boolean], void>("perf_read");
const perf_release = prototype<[event: string], void>("perf_release");
const perf_event_exit_task = prototype<[], void>("perf_event_exit_task");
const schedule = prototype<[], void>("schedule");
const wake_up_process = prototype<[task: string], void>("wake_up_process");

export const invoke_syscall = kernelFunction("invoke_syscall", function* (call: Syscall) {
  switch (call.call) {
    case "ioctl":
      return yield* perf_ioctl(call.event, call.request, call.argument);
    case "read":
      return yield* perf_read(call.event, call.group);
    case "close":
      return yield* perf_release(call.event);
    case "exit":
      return yield* do_exit();
    case "sleep":
      yield* store(task_struct(yield* current_task()).__state, TASK_INTERRUPTIBLE);
      return yield* schedule();
    case "continue":
      return yield* wake_up_process(call.task);
  }
});

/** The task's events go first; then it is switched out for good. */
export const do_exit = kernelFunction("do_exit", function* () {
  yield* perf_event_exit_task();
  yield* store(task_struct(yield* current_task()).__state, TASK_DEAD);
  yield* schedule();
});

/**
 * Work that a driver leaves to a task: task_work_add(current, &event->..., TWA_RESUME) with a callback_head in an event.
 *
 * The model's tasks have a queue of names, and do perf's own work for those of events (`A`). A callback_head of the driver's is in
 * the queue by its place, `A->hw.overflow_work`, and its work is the C function that the init code sets (init_task_work).
 */
import {
  CError,
  FunctionPointer,
  Pointer,
  type Held,
  type IntrinsicCall,
} from "../../../src/cfront/index.js";
import {
  kernelFunction,
  standingFor,
  type FunctionTable,
  type Kernel,
  type KernelFunction,
} from "../../../src/spec/kernel-function.js";
import { perf_pending_task } from "../kernel/events/core/overflow.js";
import { isPointerTo, type Objects } from "./objects.js";

type Run = (call: IntrinsicCall) => Kernel<Held>;

/** Throws PMC221 for work of another task, or that is in no event. */
export function taskWork(objects: Objects): Readonly<Record<string, Run>> {
  return {
    *task_work_add({ arguments: [task, work], at }) {
      const queued = work instanceof Pointer ? nameOf(work) : undefined;
      if (queued === undefined || !isPointerTo(task, objects.currentTask)) {
        throw new CError(
          "PMC221",
          at,
          "task_work_add() is given another task than current, or a callback_head that is in no event",
          "add an event's own to current, or bind this work to the model",
        );
      }
      yield { kind: "call", function: "task_work_add", arguments: [queued], ignored: true };
      return 0n;
    },
  };
}

/** `A->hw.overflow_work` */
function nameOf({ to: { object, path } }: Pointer): string | undefined {
  const [, event] = object.kind === "shared" ? (/^event\.(\w+)$/.exec(object.name) ?? []) : [];
  return event === undefined ? undefined : `${event}->${path.join(".")}`;
}

/** perf_pending_task, which does the driver's work too; `callback` is what a callback_head's `func` holds. */
export function doingWork(functions: FunctionTable, callback: () => unknown): KernelFunction | undefined {
  const perfs = functions.get(perf_pending_task.functionName);
  if (perfs === undefined) return undefined;
  return kernelFunction(perf_pending_task.functionName, function* (queued: string) {
    const [, event, path] = /^(\w+)->(.+)$/.exec(queued) ?? [];
    if (path === undefined) return yield* standingFor(perfs, perf_pending_task).body(queued);
    const to = callback();
    if (!(to instanceof FunctionPointer)) throw new Error(`nobody says what work ${queued} is`);
    const work = { of: `event.${event}`, path: path.split(".") };
    yield { kind: "call", function: to.name, arguments: [work], ignored: true };
  });
}

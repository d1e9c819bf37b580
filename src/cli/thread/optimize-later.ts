/**
 * When V8 optimizes.
 *
 * V8 makes machine code of a function twice: at once and simply, and well, when the function has run for long enough. The
 * second time is worth it in a loop that runs for seconds; a check has few of them, because its loops are WebAssembly
 * (src/engine/kernel), and hundreds of functions that are run for some milliseconds. With V8's own measure a fifth to a third of
 * the CPU time of a check of one to three seconds went into code that was hardly run (docs/internals/performance.md).
 */
import { setFlagsFromString } from "node:v8";

/** To be called at the start of a process, before it makes threads: it is a setting of all of them. */
export function optimizeLater(): void {
  // In bytes of bytecode that are run; V8's own is 67,584.
  setFlagsFromString("--interrupt-budget=1000000");
}

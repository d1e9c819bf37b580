#!/usr/bin/env node
/**
 * The program's first thread. It hears signals and sees to it that models come to an end; program.ts does the work, in a
 * thread of its own. Help runs no model, so it takes no other thread.
 */
import { keepNurserySmall } from "../engine/api/v8-heap.js";
import { asksForHelp } from "./asks-for-help.js";
import { EXIT } from "./exit-status.js";
import { complain } from "./terminal/terminal.js";
import { optimizeLater } from "./thread/optimize-later.js";
import { endless, hearSignals, PROGRAM, supervise } from "./thread/supervisor.js";
import { stackOf } from "./thread/stack.js";

// For the thread that is made below too.
keepNurserySmall();
optimizeLater();
const argv = process.argv.slice(2);
if (asksForHelp(argv)) void import(PROGRAM.href);
else work();

function work(): void {
  const { thread, board } = supervise(PROGRAM, argv, (what) => {
    complain(`pmucheck: PMC203: ${endless(what)}`);
    process.exit(EXIT.error);
  });
  hearSignals(board, (signal) =>
    complain(`pmucheck: ${signal}: stopping; the same again ends the program at once`),
  );

  /** Undefined as long as the program has not come to its end by itself. */
  let status: number | undefined;
  thread.on("message", (of: number) => (status = of));
  thread.on("error", (error: unknown) => {
    complain(`pmucheck: internal error, please report it: ${stackOf(error)}`);
  });
  thread.on("exit", () => {
    if (status === undefined) {
      complain("pmucheck: internal error, please report it: it ended without a result");
    }
    process.exitCode = status ?? EXIT.internal;
  });
}

#!/usr/bin/env node
/**
 * The program's first thread. It hears signals and sees to it that models come to an end; program.ts does the work, in a
 * thread of its own.
 */
import { EXIT } from "./exit-status.js";
import { complain } from "./terminal/terminal.js";
import { endless, hearSignals, supervise } from "./thread/supervisor.js";

const program = new URL("thread/program.js", import.meta.url);
const { thread, board } = supervise(program, process.argv.slice(2), (what) => {
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
  complain(
    `pmucheck: internal error, please report it: ${error instanceof Error ? error.stack : String(error)}`,
  );
});
thread.on("exit", () => {
  if (status === undefined) complain("pmucheck: internal error, please report it: it ended without a result");
  process.exitCode = status ?? EXIT.internal;
});

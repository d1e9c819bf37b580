/**
 * The thread that does what the command line says, and tells the first thread the exit status. Help is printed in the first
 * thread itself, which runs this file for it.
 */
import { parentPort } from "node:worker_threads";

import { keepNurserySmall } from "../../engine/api/v8-heap.js";
import { PmucheckError } from "../../spec/errors.js";
import { watchRuns } from "../../spec/running.js";
import { EXIT, exitStatusOfError, type ExitStatus } from "../exit-status.js";
import { complain, ReaderGone } from "../terminal/terminal.js";
import { Board, threadStart } from "./board.js";
import { stackOf } from "./stack.js";
import { knowTerminal } from "./streams.js";

keepNurserySmall();
const start = threadStart();
if (start !== undefined) {
  knowTerminal(start);
  watchRuns(new Board(start.board).tell);
}
void end();

async function end(): Promise<void> {
  const status = await statusOf(process.argv.slice(2));
  if (parentPort === null) process.exitCode = status;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a thread of this program
  else parentPort.postMessage(status);
}

async function statusOf(argv: readonly string[]): Promise<ExitStatus> {
  try {
    // Later than the streams know of the terminal: options ask them for their defaults.
    const { run } = await import("../command-line.js");
    return await run(argv);
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.holds;
    if (error instanceof PmucheckError) {
      complain(`pmucheck: ${error.code}: ${error.message}`);
      // A fault of a model ends so where there is no verdict to be: in a replay, an explanation, an export.
      return exitStatusOfError(error);
    }
    complain(`pmucheck: internal error, please report it: ${stackOf(error)}`);
    return EXIT.internal;
  }
}

/**
 * The first thread of the program: it starts the one that works, and has time for signals, and for a model without an end.
 */
import { Worker } from "node:worker_threads";

import { beside } from "./beside.js";
import { Board, CAUGHT, type Caught, type ThreadStart } from "./board.js";

/** A model that has run for so much processor time without an end has none. Others take milliseconds. */
const PATIENCE_SECONDS = 5;
const LOOK_MS = 250;

/** The thread that does what the command line says. */
export const PROGRAM = beside("program", import.meta.url);

export interface Supervised {
  readonly thread: Worker;
  readonly board: Board;
}

/**
 * Starts a module as a thread. `onEndless` is called if something that others wrote does not end, with what it is; the
 * thread is lost then, and whatever it was doing.
 */
export function supervise(
  module: URL,
  argv: readonly string[],
  onEndless: (what: string) => void,
): Supervised {
  const board = new Board();
  const { stdout, stderr } = process;
  const start: ThreadStart = {
    board: board.memory,
    columns: {
      stdout: stdout.isTTY ? stdout.columns : undefined,
      stderr: stderr.isTTY ? stderr.columns : undefined,
    },
  };
  const thread = new Worker(module, { argv: [...argv], workerData: start });
  let stuck: { readonly since: number; readonly seconds: number } | undefined;
  const looking = setInterval(() => {
    const { running } = board;
    // Processor time: a program that is suspended, or on a busy machine, is not stuck.
    const { user, system } = process.cpuUsage();
    const seconds = (user + system) / 1e6;
    if (running === undefined) stuck = undefined;
    else if (stuck?.since !== running.since) stuck = { since: running.since, seconds };
    else if (seconds - stuck.seconds > PATIENCE_SECONDS) onEndless(running.what);
  }, LOOK_MS);
  thread.on("exit", () => clearInterval(looking));
  return { thread, board };
}

/** The message for what does not end, in the words of PMC203. */
export function endless(what: string): string {
  return (
    `${what} has been running for ${PATIENCE_SECONDS} seconds without coming to an end: a loop or a recursion in it ` +
    "has none"
  );
}

/**
 * Hears signals, at once and whatever the thread that works is doing. The first one asks it to stop, if it can be asked;
 * otherwise, and the second time, the program ends as a program without a handler does.
 */
export function hearSignals(board: Board, acknowledge: (signal: Caught) => void): void {
  const hear = (signal: Caught): void => {
    if (board.listens && board.signal === undefined) {
      board.signal = signal;
      acknowledge(signal);
      return;
    }
    for (const one of CAUGHT) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  };
  for (const signal of CAUGHT) process.on(signal, () => hear(signal));
}

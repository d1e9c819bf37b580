/**
 * Several threads that share the search's memory and do the parts of a batch side by side.
 *
 * The first thread says in registers ({@link CREW}) what is to be done; thread-worker.ts is the program of the others.
 */
import { extname } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Arena } from "../../memory/arena.js";
import { CREW, CREW_BITS, type LaneLayout } from "../../memory/control-block.js";
import type { LinearMemory } from "./instance.js";
import { type Crew, type SharedKernel, type Task, TASKS } from "../kernel.js";
import { isNurserySmall } from "../../api/v8-heap.js";
import { perform } from "../crew.js";

/** What a thread is started with. */
export interface CrewStart {
  readonly memory: LinearMemory;
  readonly lane: LaneLayout;
  /** Where kernels come from. */
  readonly kernels: MessagePort;
  readonly isNurserySmall: boolean;
}

/** How often a thread looks for work before it sleeps: some 100 microseconds, as the first thread takes between tasks. */
export const SPINS = 20_000;

/** A task takes milliseconds. A thread that takes longer than this is taken for dead. */
const PATIENCE_MS = 120_000;

/**
 * Several threads.
 *
 * The registers {@link CREW} say what is to be done; `turn` changes when there is a task. Every thread that was ready by then
 * takes numbers from `next` until there are none left; the last thread to finish leaves `busy` at 0. How many take part is
 * in `turn` itself: a thread that has only just come could else take the number of one turn for that of another.
 */
export class Threads implements Crew {
  readonly threads: number;
  readonly #arena: Arena;
  readonly #lane: LaneLayout;
  readonly #kernel: () => SharedKernel;
  readonly #workers: Worker[] = [];
  readonly #ports: MessagePort[] = [];
  /** What the threads were sent last, to make a kernel from. */
  #origin: object | undefined;
  #turns = 0;

  constructor(
    arena: Arena,
    memory: LinearMemory,
    lane: LaneLayout,
    threads: number,
    kernel: () => SharedKernel,
  ) {
    this.threads = threads;
    this.#arena = arena;
    this.#lane = lane;
    this.#kernel = kernel;
    for (let i = 1; i < threads; i++) {
      const { port1, port2 } = new MessageChannel();
      const start: CrewStart = { memory, lane, kernels: port2, isNurserySmall: isNurserySmall() };
      const worker = new Worker(programUrl(), { workerData: start, transferList: [port2] });
      // A thread that cannot be started never says that it is ready, and the others do its share.
      worker.on("error", () => undefined);
      worker.unref();
      port1.unref();
      this.#workers.push(worker);
      this.#ports.push(port1);
    }
  }

  run(task: Task, count: number, first: number): boolean {
    const { words } = this.#arena;
    const kernel = this.#kernel();
    const { origin } = kernel;
    if (origin !== this.#origin) {
      this.#origin = origin;
      for (const port of this.#ports) port.postMessage(origin);
    }
    const threads = Atomics.load(words, CREW.ready);
    words[CREW.task] = TASKS.indexOf(task);
    words[CREW.count] = count;
    words[CREW.first] = first;
    words[CREW.full] = 0;
    Atomics.store(words, CREW.next, 0);
    Atomics.store(words, CREW.busy, threads);
    Atomics.store(words, CREW.turn, (++this.#turns << CREW_BITS) | threads);
    Atomics.notify(words, CREW.turn);
    takePart(words, kernel, 0, this.#lane);
    this.#wait();
    if (Atomics.load(words, CREW.failed) !== 0) throw new Error("a thread of the search has failed");
    return words[CREW.full] === 0;
  }

  assemble(): void {
    const { words } = this.#arena;
    for (let ready = 0; ready < this.#workers.length; ready = Atomics.load(words, CREW.ready)) {
      Atomics.wait(words, CREW.ready, ready, PATIENCE_MS);
    }
  }

  close(): void {
    for (const port of this.#ports) port.close();
    for (const worker of this.#workers) void worker.terminate();
  }

  #wait(): void {
    const { words } = this.#arena;
    for (let spins = 0; spins < SPINS; spins++) if (Atomics.load(words, CREW.busy) === 0) return;
    for (;;) {
      const busy = Atomics.load(words, CREW.busy);
      if (busy === 0) return;
      if (Atomics.wait(words, CREW.busy, busy, PATIENCE_MS) === "timed-out") {
        throw new Error("a thread of the search does not answer");
      }
    }
  }
}

/** Takes numbers of the task at hand until there are none left. */
export function takePart(words: Int32Array, kernel: SharedKernel, thread: number, lane: LaneLayout): void {
  const task = TASKS[words[CREW.task] as number] ?? "gather";
  const count = words[CREW.count] as number;
  const first = (words[CREW.first] as number) >>> 0;
  for (let turn = Atomics.add(words, CREW.next, 1); turn < count; turn = Atomics.add(words, CREW.next, 1)) {
    if (!perform(kernel, thread, task, turn, count, first, lane)) words[CREW.full] = 1;
  }
}

/** Beside this file. The tests run sources, which a thread cannot load: it then takes what was built from them. */
function programUrl(): URL {
  // esbuild.config.ts replaces this expression by its text, so it has to be written in full.
  const url = import.meta.url;
  const kind = extname(new URL(url).pathname);
  const isSource = kind === ".ts";
  const path = isSource ? "../../../../dist/src/engine/kernel/wasm/thread-worker.js" : `thread-worker${kind}`;
  return new URL(path, url);
}

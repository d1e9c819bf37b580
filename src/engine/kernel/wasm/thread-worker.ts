/**
 * A thread of a crew: does its part whenever there is something to do, and sleeps otherwise.
 *
 * It knows nothing but the memory it shares and the kernel it is sent, and never returns: it is terminated.
 */
import { receiveMessageOnPort, workerData } from "node:worker_threads";

import { CREW, CREW_BITS } from "../../memory/control-block.js";
import type { SharedKernel } from "../kernel.js";
import { keepNurserySmall } from "../../api/v8-heap.js";
import { type KernelOrigin, sharedKernel } from "./instance.js";
import { type CrewStart, SPINS, takePart } from "./threads.js";

// Only crew.ts starts this program.
const { memory, lane, kernels, isNurserySmall } = workerData as CrewStart;
if (isNurserySmall) keepNurserySmall();
// Growing never moves it, and all registers are in what is there at first.
const words = new Int32Array(memory.buffer);
let kernel: SharedKernel | undefined;

let turn = Atomics.load(words, CREW.turn);
const place = Atomics.add(words, CREW.ready, 1);
Atomics.notify(words, CREW.ready);
for (;;) {
  turn = nextTurn(turn);
  if (place >= (turn & ((1 << CREW_BITS) - 1))) continue;
  try {
    for (let message = receiveMessageOnPort(kernels); message !== undefined;) {
      kernel = sharedKernel(message.message as KernelOrigin, lane);
      message = receiveMessageOnPort(kernels);
    }
    if (kernel === undefined) throw new Error("a thread has no kernel");
    takePart(words, kernel, place + 1, lane);
  } catch {
    Atomics.store(words, CREW.failed, 1);
  }
  if (Atomics.sub(words, CREW.busy, 1) === 1) Atomics.notify(words, CREW.busy);
}

/** Spins, sleeps, and may be woken for a turn that it knows: the first thread can fall behind between turning and waking. */
function nextTurn(last: number): number {
  for (;;) {
    for (let spins = 0; spins < SPINS; spins++) {
      const now = Atomics.load(words, CREW.turn);
      if (now !== last) return now;
    }
    Atomics.wait(words, CREW.turn, last);
  }
}

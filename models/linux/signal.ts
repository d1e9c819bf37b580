/**
 * fs/fcntl.c, kernel/signal.c: the signal that tells the owner of a perf file descriptor of an overflow.
 *
 * Not modelled: the signal's delivery and its handler; that it was sent is an observation, nothing more.
 */
import { kernelFunction, operation } from "../../src/spec/kernel-function.js";

const send_sigio = operation<[string], void>({
  name: "send_sigio",
  perform: (view, _cpu, [event]) => view.observe({ kind: "signal", event }),
  show: ([event]) => `signal sent to the owner of ${event}`,
});

export const kill_fasync = kernelFunction("kill_fasync", function* (event: string) {
  yield* send_sigio(event);
});

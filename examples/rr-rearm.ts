/**
 * rr's question: another process does DISABLE, RESET, PERIOD, ENABLE while the task runs. Are there ever two periods between
 * two signals? With preemption, and without it (--set switches=0).
 */
import { callsOf, linuxScenario, never, preemption, remembering } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      { name: "B" },
      { name: "P", cpu: 1, program: callsOf("A", "DISABLE,RESET,PERIOD=4,ENABLE") },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
});

const since = remembering("since-signal", { periods: 0 }, (now, of, event) => {
  if (!("event" in of) || of.event !== event) return now;
  const begins = of.kind === "signal" || (of.kind === "user" && of.did === "new-period");
  return begins ? { periods: 0 } : { periods: Math.min(2, now.periods + Number(of.kind === "crossing")) };
});

export const property = never("Never are two periods counted between two signals.", {
  remembers: since,
  brokenIn: (view, event) => view.read(since.of(event)).periods === 2,
});

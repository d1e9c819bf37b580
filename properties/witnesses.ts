/**
 * Witnesses: what some execution must do, or a verdict of "holds" would mean nothing.
 *
 * Source: the mail of 30 Nov 2023 that retracts a test which had passed only because nothing was counted.
 */
import type { Witness } from "../src/spec/property.js";

function witness(name: string, sentence: string, reachedBy: Witness["reachedBy"]): Witness {
  return { name, sentence, reachedBy };
}

export const witnesses: readonly Witness[] = [
  witness("overflow", "a sample period was completed", (of) => of.kind === "crossing"),
  witness("report", "perf_event_overflow was called", (of) => of.kind === "report"),
  witness("context-switch", "a CPU switched tasks", (of) => of.kind === "switch"),
  witness("migration", "a task was moved to another CPU", (of) => of.kind === "migration"),
  witness(
    "pending-at-sched-out",
    "a task had to leave its CPU while an overflow that it caused was unreported",
    (of) => of.kind === "leaving" && of.pending,
  ),
  witness("enabled", "a program enabled an event", (of) => of.kind === "user" && of.did === "enabled"),
  witness("disabled", "a program disabled an event", (of) => of.kind === "user" && of.did === "disabled"),
  witness(
    "read-while-active",
    "an event was read while it counted",
    (of) => of.kind === "user" && of.did === "read",
  ),
  witness("closed", "an event was closed", (of) => of.kind === "user" && of.did === "closed"),
  witness(
    "new-period",
    "IOC_PERIOD began a new period",
    (of) => of.kind === "user" && of.did === "new-period",
  ),
  witness("stopped", "a debugger's task stopped", (of) => of.kind === "stopped"),
  witness("hangup", "POLL_HUP was sent", (of) => of.kind === "signal" && of.hangup),
  witness("sigtrap", "a SIGTRAP was sent", (of) => of.kind === "sigtrap"),
  witness("throttled", "an event was throttled", (of) => of.kind === "throttled"),
  witness("tick", "a timer tick was handled", (of) => of.kind === "timer" && of.did === "tick"),
  witness("rotation", "events were rotated", (of) => of.kind === "timer" && of.did === "rotation"),
  witness(
    "dropped-sample",
    "a sample found the ring buffer full",
    (of) => of.kind === "sample" && of.dropped,
  ),
  witness("spurious", "an acknowledge returned 1023", (of) => of.kind === "spurious"),
  witness("power-down", "an idle CPU was powered down", (of) => of.kind === "power-down"),
  witness("unplugged", "a CPU went offline", (of) => of.kind === "unplugged"),
];

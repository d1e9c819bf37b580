/**
 * The log of a run, as `pmucheck conform` reads it: tracefs text, with what it cannot say of itself in comments.
 */
import type { GuestArguments } from "./boot.js";
import { runsOf } from "./results.js";

/** The process that acts on the task has a CPU of its own: on one of the task's it would be a task that no scenario has. */
export const RECORDING_CPUS = 3;

/** In cycles. */
const PERIOD = 200_000;

/** Enough for 100 switches, and for 10 losses in every scenario that loses. */
const MILLISECONDS = 300;

/** What the guest is told, to record what the kernel does without the module. */
export function recordingOf(scenario: string, seed: number): GuestArguments {
  return { scenarios: scenario, period: PERIOD, ms: MILLISECONDS, seed, trace: 1 };
}

export interface Recorded {
  readonly scenario: string;
  readonly release: string;
  readonly upstream: string;
}

/** In Debian's builds of 6.1 and 6.12, as logs show: the caller is entered and the function is not. */
const INLINED = ["armv8pmu_stop@armv8pmu_handle_irq", "armpmu_stop@armpmu_del"];

export function recordedLog(console: string, { scenario, release, upstream }: Recorded): string {
  const [run] = runsOf(console);
  const missing = run?.tasks.map(({ overflows, samples }) => overflows - samples).join(" ") ?? "";
  const sampled = lines(console, "SAMPLED ")[0]?.split(" ") ?? [];
  return [
    `# recorded by npm run real-kernel: Debian ${release} (${upstream}), unmodified, ${scenario}, QEMU`,
    `# scenario: ${scenario}`,
    `# overflows without a sample, by the ring buffer: ${missing}`,
    `# sampled tasks: ${sampled.filter((pid) => pid !== "0").join(" ")}`,
    `# functions: ${lines(console, "FUNCTION ")
      .map((line) => line.split(" ")[0])
      .join(" ")}`,
    `# inlined: ${INLINED.join(" ")}`,
    "# returns: armpmu_event_set_period",
    ...lines(console, "TRACE "),
    "",
  ].join("\n");
}

function lines(console: string, prefix: string): readonly string[] {
  return console
    .split("\n")
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length));
}

/**
 * What is run: kernels, scenarios, fixes.
 */

/** A kernel that Debian builds, and the models that stand for it. */
export interface Kernel {
  readonly version: string;
  /** The name of the image's package. */
  readonly image: RegExp;
  /** The model of its driver. */
  readonly driver: string;
}

export const KERNELS: readonly Kernel[] = [
  {
    version: "6.1",
    image: /^linux-image-(6\.1\.0-\d+)-arm64-unsigned$/,
    driver: "linux-6.1.y",
  },
  {
    version: "6.12",
    image: /^linux-image-(6\.12\.\d+\+deb\d+)-arm64-unsigned$/,
    driver: "linux-6.12.y",
  },
];

/** What is run in one boot, scenarios as the guest and models/scenarios name them. */
export interface Batch {
  readonly scenarios: readonly string[];
  /** In cycles. */
  readonly period: number;
  readonly milliseconds: number;
}

/**
 * A shorter period makes more of what is rare, and merges more (the emulator lets a CPU wait longer than that); an ioctl
 * is an interrupt of another CPU, and so slow in the emulator that it takes longer to make some.
 */
export const BATCHES: readonly Batch[] = [
  {
    scenarios: ["one-cpu", "ping-pong", "next-task", "period-change", "rr-rearm", "read-own"],
    period: 200_000,
    milliseconds: 400,
  },
  { scenarios: ["disable-enable"], period: 100_000, milliseconds: 1000 },
];

/** Besides these the guest has `pinned`, in which nothing happens to the task. */
export const SCENARIOS: readonly string[] = BATCHES.flatMap(({ scenarios }) => scenarios);

/** The table's fixes by default; `none` is the kernel's own driver. */
export const FIXES = [
  "none",
  "no-clear",
  "sample-in-stop",
  "irq-work-at-sched-out",
  "task-work+not-after-period",
] as const;

/** What the guest's module can do, and so what `--fix` takes, with + between. */
export const PARTS = [
  "no-clear",
  "save-restore-flag",
  "split-period",
  "sample-in-stop",
  "sample-in-del",
  "detect-at-start",
  "relatch-at-start",
  "restart-short",
  "irq-work-at-sched-out",
  "task-work",
  "not-after-period",
] as const;

/**
 * What is run: kernels, scenarios, fixes.
 */

/** A kernel that runs in the guest, and the models that stand for it. */
export interface Kernel {
  /** What `--kernel` takes. */
  readonly version: string;
  /** The name of the image's package; undefined for the kernel that is built here (own-kernel.ts). */
  readonly image: RegExp | undefined;
  /** The model of its driver. */
  readonly driver: string;
  /** The PMU's interrupt: an ordinary one, or a pseudo-NMI. */
  readonly interrupts: "irq" | "nmi";
}

/** As Debian ships them: what is run unless `--kernel` says otherwise. */
export const DEBIAN_KERNELS: readonly Kernel[] = [
  {
    version: "6.1",
    image: /^linux-image-(6\.1\.0-\d+)-arm64-unsigned$/,
    driver: "linux-6.1.y",
    interrupts: "irq",
  },
  {
    version: "6.12",
    image: /^linux-image-(6\.12\.\d+\+deb\d+)-arm64-unsigned$/,
    driver: "linux-6.12.y",
    interrupts: "irq",
  },
];

/** One kernel, built here from Debian's source, since Debian builds pseudo-NMIs out: with them and without. */
export const OWN_KERNELS: readonly Kernel[] = [
  { version: "6.1-nmi", image: undefined, driver: "linux-6.1.y", interrupts: "nmi" },
  { version: "6.1-own", image: undefined, driver: "linux-6.1.y", interrupts: "irq" },
];

export const KERNELS: readonly Kernel[] = [...DEBIAN_KERNELS, ...OWN_KERNELS];

/** What is run in one boot, scenarios as the guest and models/scenarios name them. */
export interface Batch {
  readonly scenarios: readonly string[];
  /** In cycles. */
  readonly period: number;
  readonly milliseconds: number;
  /** The event does not count while its task is in the kernel. */
  readonly excludesKernel: boolean;
  /** By default; `none` is the kernel's own driver. */
  readonly fixes: readonly string[];
}

/** The answer to the mail (docs/reference/no-lost-overflow.md): exactly-once in every scenario that is not excused. */
export const BEST_FIX = "no-lost-overflow";

const SWITCH_FIXES = [
  "none",
  "no-clear",
  "sample-in-stop",
  "irq-work-at-sched-out",
  "task-work+not-after-period",
  BEST_FIX,
];

const READ_FIXES = ["none", "mask-around-read", "relatch-after-read", "disable-around-read", BEST_FIX];

/**
 * A shorter period makes more of what is rare, and merges more (the emulator lets a CPU wait longer than that); an ioctl
 * is an interrupt of another CPU, and so slow in the emulator that it takes longer to make some.
 */
const WITHOUT_READS: readonly Batch[] = [
  {
    scenarios: ["one-cpu", "ping-pong", "next-task", "period-change", "rr-rearm"],
    period: 200_000,
    milliseconds: 400,
    excludesKernel: true,
    fixes: SWITCH_FIXES,
  },
  {
    scenarios: ["disable-enable"],
    period: 100_000,
    milliseconds: 1000,
    excludesKernel: true,
    fixes: SWITCH_FIXES,
  },
];

/**
 * For the second loss the event counts in the kernel: QEMU's interrupt is never late, so it comes in the middle of a read only if the
 * counter wraps there. Debian's kernel masks interrupts for 80,000 cycles in every system call (in the emulator), and
 * shorter periods merge.
 */
const readsFor = ({ image }: Kernel): Batch => ({
  scenarios: ["read-own"],
  period: image === undefined ? 30_011 : 100_003,
  milliseconds: 2000,
  excludesKernel: false,
  fixes: READ_FIXES,
});

export function batchesFor(kernel: Kernel): readonly Batch[] {
  return [...WITHOUT_READS, readsFor(kernel)];
}

/** Besides these the guest has `pinned`, in which nothing happens to the task. */
export const SCENARIOS: readonly string[] = [
  ...WITHOUT_READS.flatMap(({ scenarios }) => scenarios),
  "read-own",
];

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
  "task-work-at-start",
  "not-after-period",
  "veto-power-down",
  "mask-around-read",
  "relatch-after-read",
  "disable-around-read",
  "no-lost-overflow",
] as const;

/**
 * One boot of a guest under QEMU, repeatable byte for byte.
 *
 * `-icount shift=3,sleep=off` lets an instruction take 8 ns of virtual time, and virtual time pass for nothing else; the
 * cycle counter counts virtual nanoseconds. The rest of what would differ between two runs is fixed: random numbers for
 * the guest, the date, and where the kernel is in memory.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { must, run } from "../peers/measure.js";
import type { Unpacked } from "./packages.js";

const MACHINE = [
  ["-M", "virt,gic-version=3,dtb-randomness=off"],
  ["-cpu", "cortex-a72"],
  ["-m", "512"],
  ["-icount", "shift=3,sleep=off"],
  ["-rtc", "base=2024-01-01T00:00:00,clock=vm"],
  ["-seed", "1"],
  ["-display", "none"],
  ["-monitor", "none"],
  ["-nic", "none"],
  ["-no-reboot"],
].flat();

/** A guest that hangs must not hang the host. */
const BOUND_SECONDS = 600;

/** T's two, of which the second is also that of the process that acts on T. */
const CPUS = 2;

/** What /init understands (guest/init/init.c). */
export type GuestArguments = Readonly<Record<string, string | number>>;

/** The console of a boot, without carriage returns. Throws if the guest did not come to its end. */
export function boot(
  { kernel, vmlinuz }: Unpacked,
  archive: string,
  given: GuestArguments,
  cpus = CPUS,
): string {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-guest-"));
  const console = join(folder, "console");
  const words = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  const nmi = kernel.interrupts === "nmi" ? ["irqchip.gicv3_pseudo_nmi=1"] : [];
  const line = ["console=ttyAMA0", "rdinit=/init", "quiet", "nokaslr", ...nmi, ...words].join(" ");
  try {
    must(
      run(
        "timeout",
        [
          String(BOUND_SECONDS),
          "qemu-system-aarch64",
          ...MACHINE,
          "-smp",
          String(cpus),
          "-serial",
          `file:${console}`,
          "-kernel",
          vmlinuz,
          "-initrd",
          archive,
          "-append",
          line,
        ],
        folder,
      ),
    );
    const text = readFileSync(console, "utf8").replaceAll("\r", "");
    if (!/^END$/m.test(text)) throw new Error(`the guest did not come to its end:\n${text.slice(-2000)}`);
    return text;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

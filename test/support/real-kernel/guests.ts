/**
 * Guests for tests: they are booted with REAL_KERNEL=1, where QEMU, the cross compiler and the kernels that `npm run
 * real-kernel` has fetched are there; else the tests are skipped and say why. Nothing is fetched and nothing installed.
 */
import { boot, type GuestArguments } from "../../../bench/real-kernel/boot.js";
import { buildGuest } from "../../../bench/real-kernel/build.js";
import { isReady, ready } from "../../../bench/real-kernel/kernels.js";
import { whyNotHere } from "../../../bench/real-kernel/machine.js";
import { realKernelOptions } from "../../../bench/real-kernel/options.js";
import type { Unpacked } from "../../../bench/real-kernel/packages.js";
import { DEBIAN_KERNELS, KERNELS, OWN_KERNELS, type Kernel } from "../../../bench/real-kernel/subjects.js";

const { folder } = realKernelOptions([]);
const isThere = (kernels: readonly Kernel[]) => kernels.every((kernel) => isReady(kernel, folder));

/** Why Debian's kernels are not booted; undefined if they are. */
export const noGuests =
  (process.env["REAL_KERNEL"] === "1" ? undefined : "set REAL_KERNEL=1 to boot them") ??
  whyNotHere(false) ??
  (isThere(DEBIAN_KERNELS) ? undefined : "no kernels: `npm run real-kernel` fetches them");

/** Why the kernel with pseudo-NMIs is not booted. */
export const noNmi =
  noGuests ??
  (isThere(OWN_KERNELS) ? undefined : "none is built: `npm run real-kernel -- --kernel 6.1-nmi` does so");

/** Of what boots guests, in milliseconds: a machine may be busy. */
export const BOUND = 900_000;

/** For the name of what is skipped; empty if it is not. */
export function skipped(reason: string | undefined): string {
  return reason === undefined ? "" : ` (skipped: ${reason})`;
}

/** A kernel that is ready. */
export function kernelOf(version: string): Unpacked {
  const kernel = KERNELS.find((one) => one.version === version);
  if (kernel === undefined) throw new Error(`no kernel ${version}`);
  return ready(kernel, folder);
}

/** The console of one boot, of a guest that is built in `work`. */
export function console(version: string, work: string, given: GuestArguments, cpus?: number): string {
  const found = kernelOf(version);
  return boot(found, buildGuest(found, work, []), { period: 200_000, ms: 150, seed: 1, ...given }, cpus);
}

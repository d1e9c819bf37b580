/**
 * Kernels by name, whether they are Debian's or built here.
 */
import { buildKernel, builtKernel, isBuilt } from "./own-kernel.js";
import { isUnpacked, unpack, unpacked, type Apt, type Unpacked } from "./packages.js";
import type { Kernel } from "./subjects.js";

/** Is the kernel in `folder`, ready to run? */
export function isReady(kernel: Kernel, folder: string): boolean {
  return kernel.image === undefined ? isBuilt(folder) : isUnpacked(kernel, folder);
}

/** A kernel that is ready. */
export function ready(kernel: Kernel, folder: string): Unpacked {
  return kernel.image === undefined ? builtKernel(kernel, folder) : unpacked(kernel, folder);
}

/** The kernel in `folder`, fetched and built if it is not there. */
export function prepare(apt: Apt, kernel: Kernel, folder: string, say: (text: string) => void): Unpacked {
  if (!isReady(kernel, folder)) {
    if (kernel.image === undefined) buildKernel(apt, folder, say);
    else unpack(apt, kernel.version, kernel.image, folder, say);
  }
  return ready(kernel, folder);
}

/**
 * Can this machine do it? Which programs are missing, and how they get there; nothing is installed here.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What has to be there, and Debian's package that brings it. */
const NEEDED: readonly { readonly is: () => boolean; readonly package: string }[] = [
  { is: () => runs("qemu-system-aarch64"), package: "qemu-system-arm" },
  { is: () => runs("aarch64-linux-gnu-gcc"), package: "gcc-aarch64-linux-gnu" },
  { is: () => existsSync("/usr/aarch64-linux-gnu/lib/libc.a"), package: "libc6-dev-arm64-cross" },
  { is: () => runs("cpio"), package: "cpio" },
  { is: () => runs("make"), package: "make" },
  { is: () => runs("gcc"), package: "gcc" },
  { is: () => runs("gzip"), package: "gzip" },
];

/** Why it cannot be done here, with the next step; undefined if it can. */
export function whyNotHere(): string | undefined {
  if (process.platform !== "linux" || !runs("apt-get") || !runs("dpkg-deb")) {
    return "this takes Debian's kernels and packages by apt-get and dpkg-deb, and so runs on Debian 12 or newer only";
  }
  const missing = NEEDED.filter(({ is }) => !is()).map((one) => one.package);
  if (missing.length === 0) return undefined;
  return `not installed: ${missing.join(", ")}; sudo apt-get install --no-install-recommends ${missing.join(" ")}`;
}

function runs(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

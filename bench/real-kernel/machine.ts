/**
 * Can this machine do it? Which programs are missing, and how they get there; nothing is installed here.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

interface Need {
  readonly is: () => boolean;
  /** Debian's package that brings it. */
  readonly package: string;
}

const NEEDED: readonly Need[] = [
  { is: () => runs("qemu-system-aarch64"), package: "qemu-system-arm" },
  { is: () => runs("aarch64-linux-gnu-gcc"), package: "gcc-aarch64-linux-gnu" },
  { is: () => existsSync("/usr/aarch64-linux-gnu/lib/libc.a"), package: "libc6-dev-arm64-cross" },
  { is: () => runs("cpio"), package: "cpio" },
  { is: () => runs("make"), package: "make" },
  { is: () => runs("gcc"), package: "gcc" },
  { is: () => runs("gzip"), package: "gzip" },
];

/** For a kernel that is built here. */
const NEEDED_TO_BUILD: readonly Need[] = ["flex", "bison", "bc", "xz"].map((program) => ({
  is: () => runs(program),
  package: program === "xz" ? "xz-utils" : program,
}));

/** Why it cannot be done here, with the next step; undefined if it can. `builds`: a kernel has to be built. */
export function whyNotHere(builds: boolean): string | undefined {
  if (process.platform !== "linux" || !runs("apt-get") || !runs("dpkg-deb")) {
    return "this takes Debian's kernels and packages by apt-get and dpkg-deb, and so runs on Debian 12 or newer only";
  }
  const needed = builds ? [...NEEDED, ...NEEDED_TO_BUILD] : NEEDED;
  const missing = needed.filter(({ is }) => !is()).map((one) => one.package);
  if (missing.length === 0) return undefined;
  return `not installed: ${missing.join(", ")}; sudo apt-get install --no-install-recommends ${missing.join(" ")}`;
}

function runs(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

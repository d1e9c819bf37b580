/**
 * A kernel with pseudo-NMIs, which Debian builds out: Debian's source of 6.1, with as little in it as the guest needs.
 *
 * It is built once and kept. What was built stays if the build is interrupted.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

import { must, run } from "../peers/measure.js";
import { CROSS, SOURCES } from "./build.js";
import type { Apt, Unpacked } from "./packages.js";
import type { Kernel } from "./subjects.js";

const SOURCE_PACKAGE = "linux-source-6.1";

/** Said before it begins. */
const COST = "4 to 10 minutes of CPU time";

/** Of the version's text, so that the same source makes the same kernel. */
const NO_DATE_NO_PLACE = [
  "KBUILD_BUILD_TIMESTAMP=2024-01-01",
  "KBUILD_BUILD_USER=pmucheck",
  "KBUILD_BUILD_HOST=pmucheck",
];

export function isBuilt(folder: string): boolean {
  return existsSync(stampIn(folder));
}

/** A kernel that has been built. */
export function builtKernel(kernel: Kernel, folder: string): Unpacked {
  const tree = treeIn(folder);
  return {
    kernel,
    release: SOURCE_PACKAGE,
    upstream: readFileSync(stampIn(folder), "utf8").trim(),
    vmlinuz: join(tree, "arch", "arm64", "boot", "Image"),
    headers: tree,
    busybox: join(homeOf(folder), "bin", "busybox"),
  };
}

export function buildKernel(apt: Apt, folder: string, say: (text: string) => void): void {
  const tree = treeIn(folder);
  if (!existsSync(tree)) fetchSource(apt, folder, say);
  const version = must(run("make", ["-s", "kernelversion"], tree)).stdout.trim();
  say(`real-kernel: building Linux ${version} with pseudo-NMIs: ${COST}; it is kept in ${tree}`);
  make(tree, [`KCONFIG_ALLCONFIG=${join(SOURCES, "own-kernel.config")}`, "allnoconfig"]);
  make(tree, [`-j${cpus().length}`, ...NO_DATE_NO_PLACE, "Image", "modules"]);
  writeFileSync(stampIn(folder), `${version}\n`);
}

function homeOf(folder: string): string {
  return join(folder, "linux-6.1-own");
}

function treeIn(folder: string): string {
  return join(homeOf(folder), SOURCE_PACKAGE);
}

function stampIn(folder: string): string {
  return join(homeOf(folder), "built");
}

function make(tree: string, args: readonly string[]): void {
  must(run("make", ["-s", "ARCH=arm64", `CROSS_COMPILE=${CROSS}`, ...args], tree));
}

function fetchSource(apt: Apt, folder: string, say: (text: string) => void): void {
  apt.update();
  say(`real-kernel: fetching ${SOURCE_PACKAGE} (140 MB; unpacked 1.5 GB)`);
  const partial = `${homeOf(folder)}.partial`;
  const packages = join(partial, "packages");
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  apt.download([SOURCE_PACKAGE, "busybox-static:arm64"], packages);
  must(run("sh", ["-c", 'for one in packages/*.deb; do dpkg-deb -x "$one" . || exit; done'], partial));
  must(run("tar", ["-xf", join("usr", "src", `${SOURCE_PACKAGE}.tar.xz`)], partial));
  rmSync(packages, { recursive: true });
  rmSync(join(partial, "usr"), { recursive: true });
  renameSync(partial, homeOf(folder));
}

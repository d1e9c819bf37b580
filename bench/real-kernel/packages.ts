/**
 * Debian's arm64 kernels: packages fetched and unpacked into a folder of ours.
 *
 * The host's apt is asked with lists, caches and a dpkg status of its own, so that neither a foreign architecture nor
 * a package is added to the host, and no root is needed. The sources are the host's own.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { must, run } from "../peers/measure.js";
import type { Kernel } from "./subjects.js";

/** A kernel that has been unpacked. */
export interface Unpacked {
  readonly kernel: Kernel;
  /** As Debian names it, 6.1.0-56, or the package of its source. */
  readonly release: string;
  /** As upstream does, 6.1.192. */
  readonly upstream: string;
  readonly vmlinuz: string;
  /** Where the module is built. */
  readonly headers: string;
  /** A static busybox for arm64. */
  readonly busybox: string;
}

export class Apt {
  readonly #folder: string;
  readonly #config: string;

  constructor(folder: string) {
    this.#folder = join(folder, "apt");
    this.#config = join(this.#folder, "apt.conf");
    for (const below of ["lists/partial", "cache/archives/partial"]) {
      mkdirSync(join(this.#folder, below), { recursive: true });
    }
    writeFileSync(join(this.#folder, "status"), "");
    writeFileSync(
      this.#config,
      [
        `Dir::State "${this.#folder}";`,
        `Dir::State::lists "${this.#folder}/lists";`,
        `Dir::State::status "${this.#folder}/status";`,
        `Dir::Cache "${this.#folder}/cache";`,
        `APT::Architectures { "${this.architecture}"; "arm64"; };`,
        'APT::Sandbox::User "root";',
        'Acquire::Languages "none";',
        "",
      ].join("\n"),
    );
  }

  /** The host's, whose kbuild runs here. */
  get architecture(): string {
    return must(run("dpkg", ["--print-architecture"], "/")).stdout.trim();
  }

  update(): void {
    must(this.#ask("apt-get", ["-q", "update"], this.#folder));
  }

  names(): readonly string[] {
    return must(this.#ask("apt-cache", ["pkgnames", "linux-image-"], this.#folder)).stdout.split("\n");
  }

  download(packages: readonly string[], into: string): void {
    mkdirSync(into, { recursive: true });
    must(this.#ask("apt-get", ["-q", "download", ...packages], into));
  }

  #ask(program: string, args: readonly string[], folder: string) {
    return run("env", [`APT_CONFIG=${this.#config}`, program, ...args], folder);
  }
}

/** The newest of the kernels that match, by Debian's own order of versions. */
export function newest(names: readonly string[], version: string, image: RegExp): string {
  const releases = names.map((name) => image.exec(name)?.[1]).filter((release) => release !== undefined);
  const [first] = releases.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  if (first === undefined) {
    throw new Error(
      `apt's sources have no arm64 kernel ${version}: Debian 12 (bookworm) has 6.1 and 6.12, Debian 13 (trixie) has 6.12; choose one with --kernel`,
    );
  }
  return first;
}

export function isUnpacked(kernel: Kernel, folder: string): boolean {
  return existsSync(homeOf(kernel.version, folder));
}

function homeOf(version: string, folder: string): string {
  return join(folder, `linux-${version}`);
}

/** A kernel that is in `folder`. */
export function unpacked(kernel: Kernel, folder: string): Unpacked {
  const home = homeOf(kernel.version, folder);
  const [release = "", upstream = ""] = readFileSync(join(home, "release"), "utf8").trim().split(" ");
  return {
    kernel,
    release,
    upstream,
    vmlinuz: join(home, "boot", `vmlinuz-${release}-arm64`),
    headers: join(home, "usr", "src", `linux-headers-${release}-arm64`),
    busybox: join(home, "bin", "busybox"),
  };
}

/** Fetches the newest kernel whose image's package is called like that. */
export function unpack(
  apt: Apt,
  version: string,
  image: RegExp,
  folder: string,
  say: (text: string) => void,
): void {
  apt.update();
  const home = homeOf(version, folder);
  const release = newest(apt.names(), version, image);
  const series = release.startsWith("6.1.") ? "6.1" : release;
  const name = `linux-image-${release}-arm64-unsigned`;
  say(`real-kernel: fetching ${name} and its headers (75 to 110 MB)`);
  const partial = `${home}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const packages = join(partial, "packages");
  apt.download(
    [
      `${name}:arm64`,
      `linux-headers-${release}-arm64:arm64`,
      `linux-headers-${release}-common`,
      `linux-kbuild-${series}:${apt.architecture}`,
      "busybox-static:arm64",
    ],
    packages,
  );
  for (const file of readdirSync(packages)) {
    const archive = join(packages, file);
    // Of the image only the kernel: its modules are 400 MB.
    if (file.startsWith("linux-image-")) must(extractKernel(archive, partial));
    else must(run("dpkg-deb", ["-x", archive, partial], partial));
  }
  const full = must(run("dpkg-deb", ["-f", imageIn(packages), "Version"], partial)).stdout;
  writeFileSync(join(partial, "release"), `${release} ${full.split("-")[0] ?? ""}\n`);
  rmSync(packages, { recursive: true });
  const headers = join("usr", "src", `linux-headers-${release}`);
  // Debian's file names the folder by its place on an installed system.
  writeFileSync(
    join(partial, `${headers}-arm64`, "Makefile"),
    `include $(dir $(lastword $(MAKEFILE_LIST)))../linux-headers-${release}-common/Makefile\n`,
  );
  renameSync(partial, home);
}

function imageIn(packages: string): string {
  return join(packages, readdirSync(packages).find((file) => file.startsWith("linux-image-")) ?? "");
}

function extractKernel(archive: string, into: string) {
  return run(
    "sh",
    [
      "-c",
      'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --wildcards "./boot/vmlinuz-*"',
      "sh",
      archive,
      into,
    ],
    into,
  );
}

/**
 * The guest: module, /init and the archive that the kernel unpacks at boot.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { must, run } from "../peers/measure.js";
import type { Unpacked } from "./packages.js";

/** What scripts in the guest use. */
const APPLETS = ["sh", "awk", "cat", "grep", "sed"];

export const CROSS = "aarch64-linux-gnu-";

/** The C sources and the kernel's configuration are not built into dist/. */
export const SOURCES = join(packageFolder(), "bench", "real-kernel");

const GUEST = join(SOURCES, "guest");

function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

/** The archive of a kernel's guest, made anew where a source is newer. `scripts`: files that are put beside /init. */
export function buildGuest(unpacked: Unpacked, folder: string, scripts: readonly string[]): string {
  const work = join(
    folder,
    ["guest", unpacked.kernel.version, ...scripts.map((script) => basename(script))].join("-"),
  );
  const archive = join(work, "initrd.gz");
  if (existsSync(archive) && statSync(archive).mtimeMs > newestSource(scripts)) return archive;
  rmSync(work, { recursive: true, force: true });
  const root = join(work, "root");
  mkdirSync(join(root, "bin"), { recursive: true });
  mkdirSync(join(root, "dev"));
  copyFileSync(buildModule(unpacked, work), join(root, "pmucheck.ko"));
  buildInit(join(root, "init"));
  copyFileSync(unpacked.busybox, join(root, "bin", "busybox"));
  for (const applet of APPLETS) symlinkSync("busybox", join(root, "bin", applet));
  for (const script of scripts) copyFileSync(script, join(root, basename(script)));
  // Names in order and one date: the same sources make the same archive, which takes the guest equally long to unpack.
  must(
    run(
      "sh",
      [
        "-c",
        'find . -exec touch -h -d @0 {} + && find . | sort | cpio --quiet --reproducible -o -H newc -R 0:0 | gzip -n -1 > "$1"',
        "sh",
        archive,
      ],
      root,
    ),
  );
  return archive;
}

/** Builds outside of the sources, since kbuild writes beside them. */
function buildModule({ headers }: Unpacked, work: string): string {
  const module = join(work, "module");
  cpSync(join(GUEST, "module"), module, { recursive: true });
  must(
    run(
      "make",
      [
        "-s",
        "-C",
        headers,
        `M=${module}`,
        "ARCH=arm64",
        `CROSS_COMPILE=${CROSS}`,
        `CC=${CROSS}gcc`,
        // Type information needs pahole and the kernel's ELF file, and nothing here reads it.
        "CONFIG_DEBUG_INFO_BTF_MODULES=",
        "modules",
      ],
      work,
    ),
  );
  const built = join(module, "pmucheck.ko");
  // Debug information names the folder, and the build's id depends on it: two folders' guests would not run alike.
  must(run(`${CROSS}objcopy`, ["--strip-debug", "--remove-section=.note.gnu.build-id", built], work));
  return built;
}

function buildInit(to: string): void {
  const sources = readdirSync(join(GUEST, "init")).filter((file) => file.endsWith(".c"));
  const flags = ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-static", "-s", "-o", to];
  must(run(`${CROSS}gcc`, [...flags, ...sources.sort()], join(GUEST, "init")));
}

function newestSource(scripts: readonly string[]): number {
  const files = ["module", "init"].flatMap((part) =>
    readdirSync(join(GUEST, part)).map((file) => join(GUEST, part, file)),
  );
  return Math.max(...[...files, ...scripts].map((file) => statSync(file).mtimeMs));
}

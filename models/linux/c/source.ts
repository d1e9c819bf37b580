/**
 * Which C files are read: the driver and the PMU's own headers from the tree, all else from stand-ins in our own words.
 */
import type { Include, ReadPlan, SourceFile } from "../../../src/cfront/index.js";

/** The C of a driver: a kernel tree, or a folder with the driver's files; patches are applied already. */
export interface CSource {
  /** The text of a file by its path; undefined if it is not there. */
  readonly read: (path: string) => string | undefined;
  /** The stand-ins of this folder: `prelude.h`, `perf_event.h`. */
  readonly standIn: (name: string) => string;
  /** Files that patches changed: of these, headers are read that stand-ins take the place of otherwise. */
  readonly patched: ReadonlySet<string>;
}

/** Of these, one is in every tree: the driver moved in 6.4. */
const PMUV3 = ["drivers/perf/arm_pmuv3.c", "arch/arm64/kernel/perf_event.c"];
const ARM_PMU = ["drivers/perf/arm_pmu.c"];

/** The tree's own headers that are always read. */
const HEADERS = new Set([
  "linux/perf/arm_pmu.h",
  "linux/perf/arm_pmuv3.h",
  "asm/arm_pmuv3.h",
  "asm/perf_event.h",
]);

/** Where a header that is included by its name is in a tree, and in a folder of a few files. */
function headerPaths(name: string): string[] {
  const base = name.split("/").at(-1) ?? name;
  return [
    `include/${name}`,
    `arch/arm64/include/${name}`,
    name,
    // Two of the headers are called arm_pmuv3.h.
    ...(base === "arm_pmuv3.h" ? [] : [base]),
  ];
}

/** What to read, and which of the tree's files were: `loaded` grows as they are. */
export interface CPlan {
  readonly plan: ReadPlan;
  readonly loaded: Map<string, string>;
}

/** Undefined for what is no such tree or folder: `missing` says what is not there. */
export function planOf(source: CSource): CPlan | { readonly missing: readonly string[] } {
  const loaded = new Map<string, string>();
  const open = (paths: readonly string[]): SourceFile | undefined => {
    for (const file of paths) {
      const text = source.read(file);
      if (text === undefined) continue;
      loaded.set(file, text);
      return { file, text };
    }
    return undefined;
  };
  const units = [ARM_PMU, PMUV3].map((paths) => open(inFolder(paths)));
  if (units.some((unit) => unit === undefined)) {
    return {
      missing: [ARM_PMU, PMUV3].filter((_, i) => units[i] === undefined).map((of) => of.join(" or ")),
    };
  }
  const standIn = (name: string): SourceFile => ({ file: `pmucheck:${name}`, text: source.standIn(name) });
  const include = (one: Include): SourceFile | "nothing" | undefined => {
    const paths = one.angled ? headerPaths(one.name) : [besides(one), ...headerPaths(one.name)];
    const isPatched = paths.some((path) => source.patched.has(path));
    if (isPatched || HEADERS.has(one.name) || !one.angled) return open(paths);
    return one.name === "linux/perf_event.h" ? standIn("perf_event.h") : "nothing";
  };
  return {
    plan: {
      prelude: [standIn("prelude.h")],
      units: units.filter((unit) => unit !== undefined),
      include,
      isStandIn: (file) => file.startsWith("pmucheck:"),
    },
    loaded,
  };
}

function inFolder(paths: readonly string[]): string[] {
  return [...paths, ...paths.map((path) => path.split("/").at(-1) ?? path)];
}

function besides({ name, from }: Include): string {
  return [...from.split("/").slice(0, -1), name].join("/");
}

/** The version that a tree's Makefile says; undefined if there is none. */
export interface KernelVersion {
  readonly version: number;
  readonly patchlevel: number;
  readonly sublevel: number;
}

export function versionOf(source: CSource): KernelVersion | undefined {
  const makefile = source.read("Makefile");
  const number = (name: string): number | undefined => {
    const found = makefile?.match(new RegExp(String.raw`^${name} *= *(\d+) *$`, "m"));
    return found === null || found === undefined ? undefined : Number(found[1]);
  };
  const version = number("VERSION");
  const patchlevel = number("PATCHLEVEL");
  if (version === undefined || patchlevel === undefined) return undefined;
  return { version, patchlevel, sublevel: number("SUBLEVEL") ?? 0 };
}

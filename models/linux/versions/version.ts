/**
 * Versions: a base and the functions that differ. No version repeats a function that it shares with its base.
 */
import { functionsOf } from "../../../src/spec/kernel-function.js";
import type { Deviation } from "../../../src/spec/deviation.js";
import type { Difference, Driver, Feature, Kernels } from "../../../src/spec/scenario.js";

export interface Version {
  readonly name: string;
  readonly summary: string;
  /** The functions that differ, under any key. */
  readonly overrides: object;
  readonly differences: readonly Difference[];
  readonly kernels: Kernels;
  /** C files under the names that this version has for them. */
  readonly movedFiles?: Readonly<Record<string, string>>;
  /** Functions of the base that this version has in another C file. */
  readonly movedFunctions?: Readonly<Record<string, string>>;
  /** Besides what the base lacks. */
  readonly lacks?: Readonly<Partial<Record<Feature, string>>>;
  /** Besides the base's. */
  readonly deviations?: readonly Deviation[];
}

/** The release that begins a series, `6.1` for v6.1, and none of its stable updates. */
export function release(series: string): Kernels {
  return { series, sublevels: [0, 0] };
}

/** Throws if an override is of a function that the base does not have: it would never be called. */
export function version(base: Driver, plan: Version): Driver {
  const { name, summary, overrides, differences, kernels, lacks = {}, deviations = [] } = plan;
  const { movedFiles = {}, movedFunctions = {} } = plan;
  const changed = functionsOf(overrides);
  const unknown = [...changed.keys()].find((functionName) => !base.functions.has(functionName));
  if (unknown !== undefined)
    throw new Error(`${name} overrides ${unknown}, which ${base.name} does not have`);
  return {
    name,
    summary,
    base: base.name,
    functions: new Map([...base.functions, ...changed]),
    files: new Map(
      [...(base.files ?? [])].map(([of, file]) => [of, movedFunctions[of] ?? movedFiles[file] ?? file]),
    ),
    differences,
    kernels,
    lacks: { ...base.lacks, ...lacks },
    deviations: [...base.deviations, ...deviations],
  };
}

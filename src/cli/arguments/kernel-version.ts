/**
 * From a kernel's version to the driver that stands for it.
 *
 * `6.6` is the release, or the long-term tree where no model of the release exists; `6.6.y` is the long-term tree; `6.6.100` is
 * what stands for that sublevel. A distribution's name (`6.1.0-37-arm64`) is no version: its numbers count something else.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { Difference, Driver, Kernels } from "../../spec/scenario.js";

export interface KernelVersion {
  /** `6.12` */
  readonly series: string;
  /** `y`: the long-term tree, whatever its sublevel; null: not said. */
  readonly sublevel: number | "y" | null;
}

/** Undefined if the text is no version of a kernel. */
export function parseVersion(text: string): KernelVersion | undefined {
  // Of several digits without a point the point was forgotten.
  const match = /^(?:linux-|v)?(\d(?=$)|\d+(?=\.))(?:\.(\d+)(?:\.(\d+|y))?)?$/.exec(text);
  if (match === null) return undefined;
  const [, major = "", minor = "0", third] = match;
  const sublevel = third === undefined ? null : third === "y" ? third : Number(third);
  return { series: `${major}.${minor}`, sublevel };
}

type Known = Driver & { readonly kernels: Kernels };

/** Throws PMC102 with the nearest driver, and what lies between, if none stands for the version. */
export function driverOfVersion(among: readonly Driver[], asked: KernelVersion, text: string): Driver {
  const known = among.filter((driver): driver is Known => driver.kernels !== undefined);
  const ofSeries = known.filter(({ kernels }) => kernels.series === asked.series);
  const found = ofSeries.find((driver) => standsFor(driver, asked.sublevel));
  if (found !== undefined) return found;
  const [first] = ofSeries;
  if (asked.sublevel === null && first !== undefined) return first;
  const hint =
    typeof asked.sublevel === "number" && first !== undefined
      ? nearestOfSeries(ofSeries, asked.sublevel)
      : nearestSeries(known, asked.series);
  throw new PmucheckError("PMC102", `no driver stands for '${text}'; ${hint}`);
}

function standsFor({ kernels }: Known, sublevel: KernelVersion["sublevel"]): boolean {
  const [first, last] = kernels.sublevels;
  if (sublevel === null) return first === 0;
  return sublevel === "y" ? first > 0 : first <= sublevel && sublevel <= (last ?? sublevel);
}

/** Fewest differences in between decide; of two that are as near, the long-term tree. */
function nearestOfSeries(ofSeries: readonly Known[], sublevel: number): string {
  const tree = ofSeries.find(({ kernels }) => kernels.sublevels[0] > 0);
  const dated = (tree?.differences ?? []).filter((one) => one.sublevel !== undefined);
  const later = dated.filter((one) => (one.sublevel ?? 0) > sublevel);
  const earlier = dated.filter((one) => (one.sublevel ?? 0) <= sublevel);
  const ranked = ofSeries
    .map((driver) => ({ driver, between: driver === tree ? later : earlier }))
    .toSorted((a, b) => a.between.length - b.between.length || (a.driver === tree ? -1 : 1));
  const [best] = ranked;
  if (best === undefined) return "no driver of this series is known";
  const { driver, between } = best;
  return `the nearest is '${driver.name}' (${rangeOf(driver)})${between.length === 0 ? "" : `, without: ${between.map(shown).join("; ")}`}`;
}

function shown({ what, commit }: Difference): string {
  return `${what} [${commit}]`;
}

function rangeOf({ kernels: { series, sublevels } }: Known): string {
  const [first, last] = sublevels;
  if (last === 0) return `v${series}`;
  return `${series}.${first} ${last === null ? "and later" : `to ${series}.${last}`}`;
}

/** The series before and after it. */
function nearestSeries(known: readonly Known[], series: string): string {
  const ordered = known.toSorted((a, b) => order(a.kernels.series) - order(b.kernels.series));
  const before = ordered.filter(({ kernels }) => order(kernels.series) <= order(series)).at(-1);
  const after = ordered.find(({ kernels }) => order(kernels.series) > order(series));
  const names = [before, after].flatMap((driver) =>
    driver === undefined ? [] : [`'${driver.name}' (${rangeOf(driver)})`],
  );
  return `the nearest ${names.length === 1 ? "is" : "are"} ${names.join(" and ")}`;
}

function order(series: string): number {
  const [major = "0", minor = "0"] = series.split(".");
  return Number(major) * 1000 + Number(minor);
}

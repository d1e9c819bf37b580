/**
 * `--fix no-clear+not-on-close`, `--fix ./my-fix.ts`, `--patch my.patch` -> the fixes, and the driver with them in it.
 */
import type { Fix } from "../../spec/fix.js";
import { withFixes } from "../../spec/fix.js";
import type { Driver } from "../../spec/scenario.js";
import { PmucheckError } from "../../spec/errors.js";
import { driverNamed, fixNamed } from "./catalogue.js";
import { editOfFile } from "../../trace/edit-name.js";
import { loadEdit } from "./edit-file.js";
import { isKernelName, isPatchFile, patchFix } from "./kernel.js";
import { loadFixFile, type LoadedFix } from "./fix-file.js";
import { isFile } from "./is-file.js";

/** The parts of `a+b`, in their order. Throws PMC111, PMC130 to PMC133, PMC174 for a fix that cannot be had. */
export async function fixesNamed(named: string): Promise<readonly LoadedFix[]> {
  const parts: LoadedFix[] = [];
  for (const part of named.split("+")) {
    if (isPatchFile(part)) parts.push(patchFix(part));
    else if (editOfFile(part) !== undefined) parts.push(await loadEdit(part));
    else parts.push(isFile(part) ? await loadFixFile(part) : { fix: fixNamed(part), text: part });
  }
  return parts;
}

/** The driver with the fixes applied. Throws PMC134 to PMC136 for one that does not fit. */
export function fixedDriver(driver: Driver, named: string, parts: readonly LoadedFix[]): Driver {
  const fixes: readonly Fix[] = parts.map(({ fix }) => fix);
  mustDiffer(fixes);
  const patches = fixes.map(({ name }) => name).filter(isPatchFile);
  const text = parts.map((part) => part.text).join("\n");
  const isOurs = parts.every(({ anew }) => anew === undefined);
  const anew = isOurs ? undefined : () => parts.map((part) => part.anew?.() ?? part.fix);
  return withFixes(patched(driver, patches), named, fixes, { text, anew });
}

/** A fix that is named twice is a slip of the pen: it would change its own changes. */
function mustDiffer(fixes: readonly Fix[]): void {
  const names = fixes.map(({ name }) => name);
  const again = names.find((name, i) => names.indexOf(name) < i);
  if (again !== undefined) throw new PmucheckError("PMC135", `fix '${again}' is there twice: name it once`);
}

/** Throws PMC135 for patches of a driver that is no C. */
function patched(driver: Driver, patches: readonly string[]): Driver {
  if (patches.length === 0) return driver;
  if (isKernelName(driver.name)) return driverNamed(driver.name, patches);
  throw new PmucheckError(
    "PMC135",
    `${patches.join(", ")}: ${driver.name} is no C that could be patched: name a kernel tree with --kernel`,
  );
}

/**
 * The driver with the named fixes applied, in their order; the driver itself if none is named.
 * Throws PMC111, PMC130 to PMC133 for a fix that cannot be had, PMC134 to PMC136 for one that does not fit.
 */
export async function driverWithFixes(driver: Driver, named: string | undefined): Promise<Driver> {
  return named === undefined ? driver : fixedDriver(driver, named, await fixesNamed(named));
}

/**
 * `--fix no-clear+not-on-close`, `--fix ./my-fix.ts` -> the driver with the fixes in it.
 */
import type { Fix } from "../spec/fix.js";
import { withFixes } from "../spec/fix.js";
import type { Driver } from "../spec/scenario.js";
import { fixNamed } from "./catalogue.js";
import { isFixFile, loadFixFile } from "./fix-file.js";

/**
 * The driver with the named fixes applied, in their order; the driver itself if none is named.
 * Throws PMC111, PMC130 to PMC133 for a fix that cannot be had, PMC134 to PMC136 for one that does not fit.
 */
export async function driverWithFixes(driver: Driver, named: string | undefined): Promise<Driver> {
  if (named === undefined) return driver;
  const parts: { readonly fix: Fix; readonly text: string }[] = [];
  for (const part of named.split("+")) {
    parts.push(isFixFile(part) ? await loadFixFile(part) : { fix: fixNamed(part), text: part });
  }
  return withFixes(
    driver,
    named,
    parts.map(({ fix }) => fix),
    parts.map(({ text }) => text).join("\n"),
  );
}

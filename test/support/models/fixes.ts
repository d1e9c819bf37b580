/**
 * Checks of a driver with fixes in it: names and settings in, a verdict document out.
 */
import { edits } from "../../../models/edits/catalogue.js";
import { fixes } from "../../../models/fixes/catalogue.js";
import { fixOfEdit } from "../../../src/spec/edit.js";
import { witnesses } from "../../../properties/catalogue.js";
import { configure } from "../../../src/spec/parameter.js";
import { withFixes, type Fix } from "../../../src/spec/fix.js";
import type { Driver } from "../../../src/spec/scenario.js";
import type { CheckDocument } from "../../../src/trace/document.js";
import { checkAll } from "../../../src/check/verdict/check.js";
import { resolve, type Asked } from "./checks.js";

export function fixNamed(name: string): Fix {
  const found = [...fixes, ...edits.map(fixOfEdit)].find((fix) => fix.name === name);
  if (found === undefined) throw new Error(`there is no fix ${name}`);
  return found;
}

/** The driver with `a+b` applied. */
export function fixed(driver: Driver, names: string): Driver {
  return withFixes(driver, names, names.split("+").map(fixNamed));
}

export function checkedFix(names: string, asked: Asked): CheckDocument {
  const [document] = checkedFixAll(names, asked, [asked.property ?? "exactly-once"]);
  if (document === undefined) throw new Error("a check without a verdict");
  return document;
}

/** Several properties in one exploration. */
export function checkedFixAll(names: string, asked: Asked, wanted: readonly string[]): CheckDocument[] {
  const { scenario, driver } = resolve(asked);
  const patched = fixed(driver, names);
  return checkAll({
    scenario,
    driver: patched,
    properties: wanted.map((property) => resolve({ ...asked, property }).property),
    configuration: configure(scenario.parameters, { ...asked.set, ...patched.fix?.settings }),
    witnesses,
    maxStates: asked.maxStates ?? 1e6,
  });
}

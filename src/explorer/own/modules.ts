/**
 * Loading files of the user's in a page: what they may import is in it.
 */
import * as pmucheck from "../../authoring.js";
import * as linux from "../../linux.js";
import * as models from "../../models.js";
import * as scenarios from "../../scenarios.js";
import type { OwnModule } from "./own-code.js";

const PACKAGES: ReadonlyMap<string, object> = new Map<string, object>([
  ["pmucheck", pmucheck],
  ["pmucheck/linux", linux],
  ["pmucheck/models", models],
  ["pmucheck/scenarios", scenarios],
]);

/** What the first module exports. Throws what the modules throw. */
export function exportsOf(modules: readonly OwnModule[]): Readonly<Record<string, unknown>> {
  const loaded = new Map<number, { exports: Readonly<Record<string, unknown>> }>();
  const load = (at: number): Readonly<Record<string, unknown>> => {
    const known = loaded.get(at);
    if (known !== undefined) return known.exports;
    const source = modules[at];
    if (source === undefined) throw new RangeError(`the page has no module ${at}`);
    const module = { exports: {} };
    loaded.set(at, module);
    const require = (name: string) => PACKAGES.get(name) ?? load(source.needs[name] ?? -1);
    source.body(module.exports, require, module, Math);
    return module.exports;
  };
  return load(0);
}

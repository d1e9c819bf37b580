/**
 * A driver from the C of a kernel tree that a page has in it.
 */
import { driverFromTree } from "../../../models/linux/c/driver.js";
import type { CSource } from "../../../models/linux/c/source.js";
import type { Driver } from "../../spec/scenario.js";
import type { OwnTree } from "./own-code.js";

/** Throws what {@link driverFromTree} throws. `base`: of the name that the tree says. */
export function driverOfTree(
  { driver: name, base: baseName, texts, standIns }: OwnTree,
  base: Driver,
): Driver {
  const source: CSource = {
    read: (path) => texts[path],
    standIn: (file) => standIns[file] ?? "",
    // Nothing but what was read is in the page, so a header that is there was read, and no stand-in was.
    patched: new Set(Object.keys(texts)),
  };
  return { ...driverFromTree(source, base).driver, name, base: baseName, differences: [] };
}

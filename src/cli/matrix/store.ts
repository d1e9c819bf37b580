/**
 * Where results are kept from one run to the next.
 */
import { join } from "node:path";

import { programDigest } from "../../check/store/program.js";
import { ResultStore } from "../../check/store/result-store.js";
import { drivers, properties, scenarios, witnesses } from "../arguments/catalogue.js";
import { cacheFolder } from "../user-folders.js";

export function storeFolder(): string {
  return join(cacheFolder(), "results");
}

/** Undefined without a folder, and for a program that is run as modules. */
export function storeIn(folder: string | undefined): ResultStore | undefined {
  if (folder === undefined || programDigest === undefined) return undefined;
  return new ResultStore({
    folder,
    program: programDigest,
    shipped: { drivers, scenarios, properties, witnesses },
  });
}

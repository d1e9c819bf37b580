/**
 * Where results are kept from one run to the next.
 */
import { homedir } from "node:os";
import { join } from "node:path";

import { programDigest } from "../../check/store/program.js";
import { ResultStore } from "../../check/store/result-store.js";
import { drivers, properties, scenarios, witnesses } from "../arguments/catalogue.js";

/** The user's folder for what can be made again (XDG Base Directory Specification). */
export function storeFolder(): string {
  const asked = process.env["XDG_CACHE_HOME"];
  const folder = asked === undefined || asked === "" ? join(homedir(), ".cache") : asked;
  return join(folder, "pmucheck", "results");
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

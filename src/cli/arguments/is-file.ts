/**
 * Names and files: where an option takes either.
 */
import { sep } from "node:path";

export const EXTENSION = /\.m?[jt]s$/;

/**
 * TypeScript leaves import and export in what it makes of these, whatever it is told, and modules that begin anew at every
 * loading (user-modules.ts) have none.
 */
export const MODULE_BY_NAME = /\.m[jt]s$/;

/** Does the user mean a file and no name? */
export function isFile(named: string): boolean {
  return EXTENSION.test(named) || named.includes("/") || named.includes(sep);
}

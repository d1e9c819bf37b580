/**
 * Names and files: where an option takes either.
 */
import { sep } from "node:path";

export const EXTENSION = /\.(m?)[jt]s$/;

/** Does the user mean a file and no name? */
export function isFile(named: string): boolean {
  return EXTENSION.test(named) || named.includes("/") || named.includes(sep);
}

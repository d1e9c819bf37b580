/**
 * Where the other programs of this package are: beside the file that starts them, as modules (dist/src) or as one file each
 * (dist/bin, docs/internals/program.md).
 */
import { extname } from "node:path";

/** The program of this name beside the file with this URL. */
export function beside(name: string, url: string): URL {
  return new URL(`${name}${extname(new URL(url).pathname)}`, url);
}

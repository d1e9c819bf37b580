/**
 * Where the other programs of this package are: as modules (dist/src), or as one file each, all in one folder (dist/bin,
 * docs/internals/program.md).
 */
import { basename, extname } from "node:path";

/** The program that the file with this URL starts. `module`: its path from there, without extension. */
export function beside(module: string, url: string): URL {
  const extension = extname(new URL(url).pathname);
  return new URL(`${extension === ".cjs" ? basename(module) : module}${extension}`, url);
}

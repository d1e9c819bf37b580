/**
 * How many columns a text takes that is ASCII: what yargs lays help out with in the program of one file
 * (esbuild.config.ts), in place of a library that knows all of Unicode.
 */
import { stripVTControlCharacters } from "node:util";

/** @param text perhaps with control sequences, which take no columns */
// oxlint-disable-next-line import/no-default-export -- it stands for a module that has one
export default function asciiWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}

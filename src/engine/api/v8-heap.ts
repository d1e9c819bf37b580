/**
 * The part of V8's heap where objects begin.
 *
 * It grows to 48 MiB as soon as some objects survive, though a search has few of them: its states are elsewhere
 * (arena.ts). Kept as small as it begins, it is scavenged more often, which takes no time that could be measured, and a
 * program needs 20 to 30 MiB less. This is a setting of the whole process: a program makes it, a library must not.
 */
import { setFlagsFromString } from "node:v8";

let isSmall = false;

/** To be called at the start of a program. */
export function keepNurserySmall(): void {
  isSmall = true;
  setFlagsFromString("--semi-space-growth-factor=1");
  // In megabytes, of heaps that are made from now on.
  setFlagsFromString("--min-semi-space-size=4");
}

/** Has the program asked for it? A thread has to ask again: V8 sets the factor to 2 for every heap that it makes. */
export function isNurserySmall(): boolean {
  return isSmall;
}

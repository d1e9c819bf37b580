/**
 * A browser that is installed, for tests of pages.
 */
import { existsSync } from "node:fs";

/**
 * Its path: the one that the variable says, or the first of these places; undefined if there is none, which is said.
 * @param browser as a sentence names it: `Firefox`
 */
export function installed(
  browser: string,
  variable: string,
  places: readonly string[],
  name: string,
): string | undefined {
  const path = process.env[variable] ?? places.find((place) => existsSync(place));
  if (path === undefined) {
    process.stderr.write(
      `\nSKIPPED: the tests of the explorer's page in ${browser} need one, and there is none. Set ${variable} to its path, or ` +
        `install it (apt-get install ${name}).\n\n`,
    );
  }
  return path;
}

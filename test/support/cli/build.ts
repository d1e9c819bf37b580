/**
 * Builds dist/ once before the tests, because the command line is tested as users run it.
 */
import { execFileSync } from "node:child_process";

export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}

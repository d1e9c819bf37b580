/** gcc as the judge of what C means, where there is one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** As the kernel is built for Arm: signed overflow wraps, plain char is unsigned. */
const FLAGS = ["-std=gnu11", "-O1", "-fwrapv", "-fno-strict-aliasing", "-funsigned-char", "-w"];

export const hasGcc = ((): boolean => {
  try {
    execFileSync("gcc", ["--version"], { stdio: "pipe" });
    return true;
  } catch {
    process.stderr.write(
      "\n*** gcc is not there: NOTHING IN test/cfront IS COMPARED WITH A C COMPILER ***\n\n",
    );
    return false;
  }
})();

/** The lines that the program prints whose text this is, once for each input. */
export function printedByGcc(source: string): string[];
export function printedByGcc(source: string, inputs: readonly string[]): string[][];
export function printedByGcc(source: string, inputs?: readonly string[]): string[] | string[][] {
  return inTemporaryFolder((folder) => {
    const file = join(folder, "program.c");
    const program = join(folder, "program");
    writeFileSync(file, source);
    execFileSync("gcc", [...FLAGS, "-o", program, file], { stdio: ["ignore", "pipe", "pipe"] });
    const run = (input: string): string[] =>
      execFileSync(program, { encoding: "utf8", input }).trim().split("\n");
    return inputs === undefined ? run("") : inputs.map(run);
  });
}

/** What `gcc -E` makes of a file; `include` are the folders in which it looks. */
export function preprocessedByGcc(
  file: string,
  include: readonly string[] = [],
  more: readonly string[] = [],
): string {
  const folders = include.flatMap((folder) => ["-I", folder]);
  return execFileSync(
    "gcc",
    ["-E", "-P", "-undef", "-nostdinc", "-std=gnu11", "-w", ...folders, ...more, file],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 28,
    },
  );
}

export function inTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-cfront-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

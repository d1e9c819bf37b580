/**
 * Running a program and seeing what it cost: wall time, CPU time, peak resident memory.
 *
 * Node does not say what a child used. A small C program does: it starts the command, waits for it by wait4, and
 * writes the child's own rusage to descriptor 3 (a child started by node directly would inherit node's peak).
 * Limits: Linux; memory of grandchildren is not counted, and no tool here has any while it searches.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = `#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) {
  struct rusage used;
  int status;
  if (argc < 2) return 127;
  pid_t child = fork();
  if (child == 0) {
    close(3);
    execvp(argv[1], argv + 1);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &used) < 0) return 127;
  dprintf(3, "%ld.%06ld %ld.%06ld %ld\\n", (long)used.ru_utime.tv_sec, (long)used.ru_utime.tv_usec,
          (long)used.ru_stime.tv_sec, (long)used.ru_stime.tv_usec, used.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
`;

export interface Cost {
  /** From start to exit. */
  readonly seconds: number;
  /** User and system time of all threads. */
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

export interface Finished {
  readonly cost: Cost;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Meter = (command: readonly string[]) => Finished;

/** Builds the measuring program in a folder. Throws if gcc cannot. */
export function buildMeter(folder: string): Meter {
  const source = join(folder, "meter.c");
  const meter = join(folder, "meter");
  writeFileSync(source, SOURCE);
  must(run("gcc", ["-O1", "-D_GNU_SOURCE", "-o", meter, source], folder));
  return (command) => {
    const started = process.hrtime.bigint();
    const { status, output } = spawnSync(meter, [...command], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      maxBuffer: 1 << 26,
    });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    const [user = NaN, system = NaN, kilobytes = NaN] = (output[3] ?? "").trim().split(" ").map(Number);
    const cost = { seconds, cpuSeconds: user + system, peakRssBytes: kilobytes * 1024 };
    return { cost, status, stdout: output[1] ?? "", stderr: output[2] ?? "" };
  };
}

/** Runs a program of a build; seconds by the wall. */
export function run(command: string, args: readonly string[], folder: string): Finished {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, [...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { cost: { seconds, cpuSeconds: NaN, peakRssBytes: NaN }, status, stdout, stderr };
}

/** Throws with what the program said, if it failed. */
export function must(finished: Finished): Finished {
  if (finished.status === 0) return finished;
  throw new Error(`exit ${String(finished.status)}: ${finished.stderr}${finished.stdout}`.slice(0, 2000));
}

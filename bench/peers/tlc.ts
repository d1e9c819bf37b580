/**
 * TLC: a TLA+ model, the command that explores it, and what it says.
 *
 * Debian has no package of it, so a Java and a tla2tools.jar are given by path. TLC keeps 64 bits of each state, a
 * fingerprint: two states with the same one are taken for one, and what only the second leads to is never seen. It
 * prints how likely that was. The other sides are exact.
 * It counts the initial state as generated; one is taken off. Its rows include the start of the Java machine and the
 * parsing of the model, for there is nothing to compile; its memory is mostly what Java takes of the heap it may have.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { TLA_MODULE, type TlaModel } from "../model/tla.js";
import type { Built, Counts } from "./spin.js";

/** Where TLC is. */
export interface Tlc {
  readonly java: string;
  readonly tla2tools: string;
}

/** The collector that TLC asks for; Java's own choice favours short pauses. */
const JAVA_OPTIONS = ["-XX:+UseParallelGC"];

/** What is wrong with the paths, by name; undefined if TLC starts. */
export function whyTlcCannotRun({ java, tla2tools }: Tlc): string | undefined {
  const { error, status } = spawnSync(java, ["-version"], { stdio: "ignore" });
  if (error !== undefined || status !== 0) return `${java} is not a Java that starts`;
  // Without a model TLC prints its version, then complains.
  const { stdout } = spawnSync(java, ["-cp", tla2tools, "tlc2.TLC"], { encoding: "utf8" });
  return stdout.includes("TLC2 Version") ? undefined : `${tla2tools} is not a tla2tools.jar that starts`;
}

export function buildTlc(
  { module, configuration }: TlaModel,
  folder: string,
  { java, tla2tools, workers }: Tlc & { readonly workers: number },
): Built {
  const file = (extension: string) => join(folder, `${TLA_MODULE}.${extension}`);
  writeFileSync(file("tla"), module);
  writeFileSync(file("cfg"), configuration);
  const program = [java, ...JAVA_OPTIONS, "-cp", tla2tools, "tlc2.TLC"];
  const options = ["-workers", String(workers), "-config", file("cfg"), "-metadir", join(folder, "states")];
  return { command: [...program, ...options, file("tla")], compileSeconds: 0 };
}

/** Throws if the search was cut short or found an error. */
export function tlcCounts(stdout: string): Counts {
  // Lines of progress look alike, but begin with "Progress" and leave states on the queue.
  const counts = /^(\d+) states generated, (\d+) distinct states found, 0 states left on queue/m.exec(stdout);
  if (!stdout.includes("No error has been found") || counts === null) {
    throw new Error(`TLC did not finish: ${stdout.slice(0, 2000)}`);
  }
  return { states: Number(counts[2]), transitions: Number(counts[1]) - 1 };
}

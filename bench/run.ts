/**
 * `npm run bench`: pmucheck and its peers on the same model, in one go.
 *
 *   npm run bench                  all sizes, medians of 3: half an hour and more
 *   npm run bench -- --quick       up to the 2e7 size, once
 *   npm run --silent bench -- --json   the same as one JSON document, {"rows": [...]}; npm's own lines need --silent
 *   npm run bench -- --size 1e6    one size; may be repeated. --repeats N: medians of N
 *   npm run bench -- --tla2tools PATH --java PATH   with TLC; or TLA2TOOLS and JAVA in the environment
 *   npm run bench -- --shell       commands from the shell to their answer, against node -e 0; --repeats and --json too
 *   npm run bench -- --scenarios   pmucheck alone on the scenarios as they ship
 *
 * bench/turns.ts says in which order sides run and when a run is given up, bench/options.ts what is asked for.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

import { EXIT } from "../src/cli/exit-status.js";
import { PmucheckError } from "../src/spec/errors.js";
import { cacheMissNs } from "./cache-miss.js";
import type { Size } from "./model/sizes.js";
import { benchOptions } from "./options.js";
import { buildMeter } from "./peers/measure.js";
import type { Tlc } from "./peers/tlc.js";
import { install } from "./peers/tools.js";
import { rowsDocument, type Row } from "./rows.js";
import { scenarioTable } from "./scenarios.js";
import { measureShell, shellTable } from "./shell.js";
import { sidesFor } from "./sides.js";
import { peerTable } from "./table.js";
import { measureSize } from "./turns.js";

/** The hungriest side takes no more than this per state; a size that does not fit is left out, and said to be. */
const BYTES_PER_STATE = 80;

function main(): void {
  const { scenarios, shell, json, sizes, repeats, tlc } = benchOptions(process.argv.slice(2), process.env);
  if (scenarios) return print(scenarioTable());
  if (shell) return print(shellReport(repeats, json));
  const rows = measure(sizes, repeats, tlc);
  const miss = cacheMissNs();
  print(json ? rowsDocument(rows, miss) : peerTable(rows, miss));
}

function measure(sizes: readonly Size[], repeats: number, tlc: Tlc | undefined): Row[] {
  const missing = install(say);
  if (tlc === undefined) say("bench: TLC is left out: no --tla2tools PATH (and --java PATH) is given");
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-bench-"));
  try {
    const meter = missing.includes("gcc") ? undefined : buildMeter(folder);
    return sizes.flatMap((size) => {
      const free = freemem();
      if (size.states * BYTES_PER_STATE > free) {
        say(
          `bench: ${size.name} left out: it may take ${gigabytes(size.states * BYTES_PER_STATE)} and ${gigabytes(free)} are free`,
        );
        return [];
      }
      return measureSize(size, sidesFor(size, { meter, missing, tlc, folder, say }), repeats, say);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function shellReport(repeats: number, json: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-bench-"));
  try {
    const rows = measureShell(buildMeter(folder), repeats);
    return json ? JSON.stringify({ rows }, null, 2) : shellTable(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof PmucheckError)) throw error;
  say(`bench: ${error.code}: ${error.message}`);
  process.exitCode = EXIT.usage;
}

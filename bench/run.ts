/**
 * `npm run bench`: pmucheck and its peers on the same model, in one go.
 *
 *   npm run bench                  all sizes, medians of 3: half an hour and more
 *   npm run bench -- --quick       up to the 2e7 size, once
 *   npm run bench -- --json        the same as one JSON document, {"rows": [...]}
 *   npm run bench -- --size 1e6    one size; may be repeated. --repeats N: medians of N
 *   npm run bench -- --scenarios   pmucheck alone on the scenarios as they ship
 *
 * Sides take turns within a repeat, so that what else the machine does hits all of them. A side whose counts are not
 * those of bench/model/sizes.ts ends the run: speed at another problem is not compared.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { QUICK, SIZES, type Size } from "./model/sizes.js";
import { buildMeter, type Cost } from "./peers/measure.js";
import { install } from "./peers/tools.js";
import { rowOf, type Row } from "./rows.js";
import { scenarioTable } from "./scenarios.js";
import { sidesFor, type Side } from "./sides.js";
import { peerTable } from "./table.js";

/** The hungriest side takes no more than this per state; a size that does not fit is left out, and said to be. */
const BYTES_PER_STATE = 80;
const REPEATS = 3;

function main(): void {
  const { values: options } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      scenarios: { type: "boolean", default: false },
      size: { type: "string", multiple: true, default: [] },
      repeats: { type: "string" },
    },
  });
  if (options.scenarios) return print(scenarioTable());
  const sizes = chosenSizes(options.size, options.quick);
  const repeats = Number(options.repeats ?? (options.quick ? 1 : REPEATS));
  if (!Number.isInteger(repeats) || repeats < 1) throw new Error("--repeats takes a whole number above 0");
  const rows = measure(sizes, repeats);
  print(options.json ? JSON.stringify({ rows }, null, 2) : peerTable(rows));
}

function chosenSizes(names: readonly string[], quick: boolean): readonly Size[] {
  const unknown = names.find((name) => SIZES.every((size) => size.name !== name));
  if (unknown !== undefined) {
    throw new Error(`unknown size ${unknown}; known: ${SIZES.map(({ name }) => name).join(", ")}`);
  }
  if (names.length > 0) return SIZES.filter(({ name }) => names.includes(name));
  return quick ? SIZES.slice(0, SIZES.findIndex(({ name }) => name === QUICK) + 1) : SIZES;
}

function measure(sizes: readonly Size[], repeats: number): Row[] {
  const missing = install(say);
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
      return measureSize(size, sidesFor(size, { meter, missing, folder }), repeats);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureSize(size: Size, sides: readonly Side[], repeats: number): Row[] {
  const costs = sides.map((): Cost[] => []);
  for (let repeat = 1; repeat <= repeats; repeat++) {
    sides.forEach((side, i) => {
      const { counts, cost } = side.run();
      if (counts.states !== size.states || counts.transitions !== size.transitions) {
        throw new Error(
          `${side.tool} counts ${counts.states} states and ${counts.transitions} transitions at ${size.name}, not ${size.states} and ${size.transitions}`,
        );
      }
      costs[i]?.push(cost);
      say(`bench: ${size.name}, ${repeat} of ${repeats}: ${side.tool} ${cost.seconds.toFixed(2)} s`);
    });
  }
  return sides.map((side, i) => rowOf(side, size, costs[i] ?? []));
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

main();

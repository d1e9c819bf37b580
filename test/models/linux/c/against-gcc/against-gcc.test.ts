/**
 * The driver of our own, as pmucheck runs its C on the model's registers and structures, does what its gcc build does: every
 * register access with its value, every count and report, every result, and after each call every field.
 */
import { fc } from "@fast-check/vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { driverFromTree } from "../../../../../models/linux/c/driver.js";
import { driverNamed } from "../../../../../src/cli/arguments/catalogue.js";
import { Tree } from "../../../../../src/kernel-tree/tree.js";
import { hasGcc, printedByGcc } from "../../../../cfront/support/gcc.js";
import { FIXTURE } from "../../../../support/models/fixture-tree.js";
import { PERIODS, ScriptedDriver, type Command, type Hardware } from "./script.js";

/** In the order in which they need each other. */
const FILES = [
  "include/linux/perf/arm_pmu.h",
  "arch/arm64/include/asm/arm_pmuv3.h",
  "include/linux/perf/arm_pmuv3.h",
  "drivers/perf/arm_pmu.c",
  "drivers/perf/arm_pmuv3.c",
];

/** A builtin of our front end, as gcc can have it. */
const CONTAINER_OF = [
  "#undef container_of",
  "#define container_of(pointer, type, member) ((type *)((char *)(pointer) - __builtin_offsetof(type, member)))",
].join("\n");

const tree = new Tree(FIXTURE);
const { driver } = driverFromTree(tree, driverNamed("linux-6.12"));

/** One text of the stand-ins, the driver and the harness. */
function sourceWith(types: string): string {
  const driverText = FILES.map((file) => tree.read(file) ?? "").join("\n");
  return [
    `#define PERIODS ${PERIODS.join(", ")}`,
    `#define TYPES ${types}`,
    tree.standIn("prelude.h"),
    CONTAINER_OF,
    tree.standIn("perf_event.h"),
    driverText.replaceAll(/^#include .*$/gm, ""),
    readFileSync(join(import.meta.dirname, "harness.c"), "utf8"),
  ].join("\n");
}

const HARDWARE: readonly Hardware[] = [
  { counters: 1, long: false },
  { counters: 4, long: false },
  { counters: 2, long: true },
];

/** Of each hardware. By hand, more: `PMUCHECK_SCRIPTS=2000 npx vitest run test/models/linux/c/against-gcc`. */
const SCRIPTS = Number(process.env["PMUCHECK_SCRIPTS"] ?? 40);

const event = fc.nat({ max: 2 });
const anyValue = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    76n,
    77n,
    999n,
    1000n,
    1001n,
    0xffff_fc18n,
    0xffff_ffffn,
    1n << 33n,
    (1n << 33n) + 5n,
  ),
  fc.bigInt({ min: 0n, max: (1n << 62n) - 1n }),
);
const some = (word: string, n: fc.Arbitrary<number>, value: fc.Arbitrary<bigint> = fc.constant(0n)) =>
  fc.tuple(fc.constant(word), n, value);

function scriptFor({ counters }: Hardware): fc.Arbitrary<readonly Command[]> {
  const counter = fc.constantFrom(...Array.from({ length: counters }, (_, n) => n), 31);
  const flags = fc.array(counter).map((set) => set.reduce((mask, n) => (mask | (1 << n)) >>> 0, 0));
  const command = fc.oneof(
    { weight: 4, arbitrary: some("add", event, fc.constantFrom(0n, 1n)) },
    { weight: 2, arbitrary: some("start", event, fc.constantFrom(0n, 2n)) },
    { weight: 2, arbitrary: some("stop", event, fc.constantFrom(0n, 4n)) },
    some("del", event),
    some("read", event),
    { weight: 3, arbitrary: some("counter", counter, anyValue) },
    { weight: 3, arbitrary: some("flags", flags) },
    { weight: 3, arbitrary: some("irq", fc.constant(0)) },
    some(
      "left",
      event,
      anyValue.map((value) => value - 1000n),
    ),
    some("enable", fc.constant(0)),
    some("disable", fc.constant(0)),
    some("power", fc.nat({ max: 2 })),
  );
  return fc.array(command, { minLength: 5, maxLength: 25 });
}

test("a script does what the driver is for", () => {
  const log = new ScriptedDriver(driver, { counters: 1, long: false }).follow([
    ["add", 0, 1n],
    ["counter", 0, 3n],
    ["flags", 1, 0n],
    ["irq", 0, 0n],
  ]);
  expect(log.filter((line) => /^(overflow|A|>)/.test(line))).toEqual([
    "> 0, 0 warnings",
    "A idx 0 state 0 prev 0xfffffffffffffc18 left 1000 last 1000",
    "> 0, 0 warnings",
    "A idx 0 state 0 prev 0xfffffffffffffc18 left 1000 last 1000",
    "> 0, 0 warnings",
    "A idx 0 state 0 prev 0xfffffffffffffc18 left 1000 last 1000",
    "A->count += 1003",
    "overflow A",
    "> 1, 0 warnings",
    "A idx 0 state 0 prev 0xfffffffffffffc1b left 997 last 1000",
  ]);
});

describe.skipIf(!hasGcc)("against its gcc build", () => {
  test.each(HARDWARE)("$counters counters, of 64 bits: $long", (hardware) => {
    const scripted = new ScriptedDriver(driver, hardware);
    const source = sourceWith(scripted.types);
    const inputOf = (commands: readonly Command[]): string =>
      [
        `${hardware.counters} ${Number(hardware.long)}`,
        ...commands.map((command) => command.join(" ")),
        "",
      ].join("\n");
    fc.assert(
      fc.property(fc.array(scriptFor(hardware), { minLength: SCRIPTS, maxLength: SCRIPTS }), (scripts) => {
        const theirs = printedByGcc(source, scripts.map(inputOf));
        for (const [i, commands] of scripts.entries()) {
          const log = theirs[i] ?? [];
          // Before it, the PMU was reset.
          expect(scripted.follow(commands)).toEqual(log.slice(log.indexOf("begin") + 1));
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

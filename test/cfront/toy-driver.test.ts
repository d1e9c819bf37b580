/**
 * A driver in the kernel's style does the same to its device as its gcc build does, whatever is called in whatever order: every
 * register access with its value, every result.
 */
import { fc } from "@fast-check/vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { Pointer, textAt, type Intrinsic, type IntrinsicCall } from "../../src/cfront/index.js";
import { hasGcc, printedByGcc } from "./support/gcc.js";
import { showHeld, TestMachine } from "./support/machine.js";

const FIXTURES = join(import.meta.dirname, "fixtures");
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), "utf8");
const DRIVER = fixture("toy-driver.c");
const DEVICE = fixture("toy-device.h");
const PRELUDE = fixture("toy-prelude.h");

const COUNTERS = 4;
const RANGE = 0x10000n;

/** The device of toy-harness.c, and what it was told. */
class Toy {
  readonly log: string[] = [];
  readonly machine: TestMachine;
  readonly #counters = Array.from({ length: COUNTERS }, () => 0n);
  #enabled = 0n;
  #overflow = 0n;
  #overflows = 0;

  constructor() {
    this.machine = new TestMachine(DRIVER, {
      prelude: PRELUDE,
      headers: { "toy/device.h": DEVICE },
      model: {
        overflowed: () => BigInt(++this.#overflows % 2),
        warn_on: () => void this.log.push("WARN"),
      },
      intrinsics: {
        read_register_named: onRegister((name) => this.#read(name)),
        write_register_named: onRegister((name, value) => this.#write(name, value)),
        compare_exchange: COMPARE_EXCHANGE,
      },
    });
    this.machine.run("script_init");
  }

  follow([command, n]: Command): void {
    let result = "0";
    if (command === "t") this.#tick(BigInt(n));
    else result = showHeld(this.machine.run(SCRIPTS[command], BigInt(n)));
    this.log.push(`= ${result}`);
  }

  #read(name: string): bigint {
    const counter = this.#counters[Number(/^TOY_COUNTER(\d)$/.exec(name)?.[1] ?? -1)];
    const value = name === "TOY_OVERFLOW" ? this.#overflow : (counter ?? 0n);
    this.log.push(`R ${name} ${value}`);
    return value;
  }

  #write(name: string, value: bigint): undefined {
    this.log.push(`W ${name} ${value}`);
    const counter = /^TOY_COUNTER(\d)$/.exec(name)?.[1];
    if (name === "TOY_OVERFLOW") this.#overflow &= ~value;
    if (name === "TOY_ENABLE_SET") this.#enabled |= value;
    if (name === "TOY_ENABLE_CLEAR") this.#enabled &= ~value;
    if (counter !== undefined) this.#counters[Number(counter)] = value % RANGE;
  }

  #tick(amount: bigint): void {
    this.#counters.forEach((counter, n) => {
      if (((this.#enabled >> BigInt(n)) & 1n) === 0n) return;
      if (counter + amount >= RANGE) this.#overflow |= 1n << BigInt(n);
      this.#counters[n] = (counter + amount) % RANGE;
    });
  }
}

/** An intrinsic on a register; its name is a string, the last argument. */
function onRegister(run: (name: string, value: bigint) => bigint | undefined): Intrinsic {
  return {
    evaluated: true,
    // oxlint-disable-next-line require-yield -- the device is not shared memory
    *run({ arguments: args }: IntrinsicCall) {
      const name = textAt(args.at(-1));
      if (name === undefined) throw new Error("a register without a name");
      return run(name, args[0] as bigint);
    },
  };
}

const COMPARE_EXCHANGE: Intrinsic = {
  evaluated: true,
  *run({ arguments: [place, expected, desired], load, store }: IntrinsicCall) {
    if (!(place instanceof Pointer) || desired === undefined) throw new Error("not a place");
    const before = yield* load(place.to);
    if (before === expected) yield* store(place.to, desired);
    return before;
  },
};

/** A letter of toy-harness.c, and an event or an amount. */
type Command = readonly [keyof typeof SCRIPTS | "t", number];

const SCRIPTS = {
  a: "script_add",
  s: "script_start",
  p: "script_stop",
  d: "script_del",
  r: "script_read",
  i: "script_irq",
} as const;

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(fc.constantFrom("a", "s", "p", "d", "r", "i"), fc.nat({ max: 5 })),
  fc.tuple(fc.constant("t" as const), fc.constantFrom(1, 50, 99, 100, 101, 400, 5000, 70_000)),
);
const script = fc.array(command, { minLength: 5, maxLength: 40 });

test("a script does what the driver is for", () => {
  const toy = new Toy();
  for (const one of [
    ["a", 1],
    ["s", 1],
    ["t", 399],
    ["t", 2],
    ["i", 0],
    ["r", 1],
  ] as const)
    toy.follow(one);
  expect(toy.log).toEqual([
    "W TOY_CTRL 1",
    "= 0",
    "W TOY_COUNTER0 65136",
    "W TOY_CONFIG 1553",
    "W TOY_ENABLE_SET 1",
    "= 0",
    "= 0",
    "= 0",
    "R TOY_OVERFLOW 1",
    "W TOY_OVERFLOW 1",
    "R TOY_COUNTER0 1",
    "W TOY_COUNTER0 65137",
    "W TOY_ENABLE_CLEAR 1",
    "W TOY_OVERFLOW 1",
    "= 1",
    "R TOY_COUNTER0 65137",
    "= 401399",
  ]);
});

describe.skipIf(!hasGcc)("against its gcc build", () => {
  test("every script has the same log", () => {
    const source = `${PRELUDE}\n${DEVICE}\n${DRIVER.replace("#include <toy/device.h>", "")}\n${fixture("toy-harness.c")}`;
    fc.assert(
      fc.property(fc.array(script, { minLength: 30, maxLength: 50 }), (scripts) => {
        const inputs = scripts.map((lines) => lines.map(([letter, n]) => `${letter} ${n}\n`).join(""));
        const theirs = printedByGcc(source, inputs);
        scripts.forEach((lines, i) => {
          const toy = new Toy();
          for (const line of lines) toy.follow(line);
          expect(toy.log).toEqual(theirs[i]);
        });
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});

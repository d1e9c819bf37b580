/**
 * Random small concurrent programs: threads with a program counter each, over variables that they share or not.
 *
 * Unlike random-system.ts, most steps of one thread have nothing to do with the others: what partial order reduction is
 * about. Programs may loop, block, choose, and end.
 */
import { fc } from "@fast-check/vitest";

import type { Outcome, TransitionSystem } from "../../../src/spec/transition-system.js";

const VARIABLES = 4;
const VALUES = 3;
const MAX_LENGTH = 5;

type Instruction =
  | { readonly kind: "set"; readonly variable: number; readonly value: number }
  | { readonly kind: "add"; readonly variable: number }
  /** Blocks unless the variable has the value. */
  | { readonly kind: "await"; readonly variable: number; readonly value: number }
  | { readonly kind: "branch"; readonly variable: number; readonly value: number; readonly to: number }
  | { readonly kind: "either"; readonly to: number }
  | { readonly kind: "tell"; readonly variable: number };

const variable = fc.nat(VARIABLES - 1);
const value = fc.nat(VALUES - 1);
const to = fc.nat(MAX_LENGTH - 1);

const instruction: fc.Arbitrary<Instruction> = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), variable, value }),
  fc.record({ kind: fc.constant("add" as const), variable }),
  fc.record({ kind: fc.constant("await" as const), variable, value }),
  fc.record({ kind: fc.constant("branch" as const), variable, value, to }),
  fc.record({ kind: fc.constant("either" as const), to }),
  fc.record({ kind: fc.constant("tell" as const), variable }),
);

const program = fc.array(instruction, { minLength: 2, maxLength: MAX_LENGTH });

/** Components: the variables, then a program counter per thread. */
export const randomThreads: fc.Arbitrary<TransitionSystem> = fc
  .array(program, { minLength: 2, maxLength: 3 })
  .map((programs) => ({
    components: [
      ...Array.from({ length: VARIABLES }, (_, i) => `v${i}`),
      ...programs.map((_, i) => `pc${i}`),
    ],
    initial: [...Array.from({ length: VARIABLES }, () => 0), ...programs.map(() => 0)],
    processes: programs.map((_, i) => `thread${i}`),
    fair: [],
    run: (thread, read) => {
      const at = Number(read(VARIABLES + thread));
      const next = programs[thread]?.[at];
      return next === undefined ? [] : outcomesOf(next, at, thread, (of) => Number(read(of)));
    },
  }));

function outcomesOf(
  of: Instruction,
  at: number,
  thread: number,
  read: (variable: number) => number,
): Outcome[] {
  const go = (pc: number, ...writes: (readonly [number, number])[]): Outcome => ({
    writes: new Map([[VARIABLES + thread, pc], ...writes]),
    observations: [],
  });
  switch (of.kind) {
    case "set":
      return [go(at + 1, [of.variable, of.value])];
    case "add":
      return [go(at + 1, [of.variable, (read(of.variable) + 1) % VALUES])];
    case "await":
      return read(of.variable) === of.value ? [go(at + 1)] : [];
    case "branch":
      return [go(read(of.variable) === of.value ? of.to : at + 1)];
    case "either":
      return [go(at + 1), go(of.to)];
    case "tell":
      return [{ ...go(at + 1), observations: [{ kind: "spurious", cpu: read(of.variable) }] }];
  }
}

/**
 * The bench model in Promela, rule by rule as in bench/model/system.ts, written for SPIN at its best.
 *
 * What that takes, each measured: one process without local control states (a flat loop); every rule one `d_step`
 * with its guard, so that no state lies inside a rule; bit fields instead of arrays, whose elements take a byte
 * each; every choice of an event or a counter unrolled into options, because an `if` inside a rule is no choice;
 * the locations of a CPU's program behind one guard, so that SPIN tries 5 + (choices) guards per CPU and not 22.
 */
import { bitsFor, range } from "./numbers.js";
import type { BenchParameters } from "./parameters.js";

export function promela(parameters: BenchParameters): string {
  const { cpus } = parameters;
  const rules = range(0, cpus).flatMap((cpu) => [
    program(cpu, parameters),
    switchOut(cpu),
    ...takeUp(cpu, parameters),
    interrupt(cpu),
    ...counting(cpu, parameters),
    ...propagation(cpu, parameters),
  ]);
  return [
    ...declarations(parameters),
    "",
    "active proctype model() {",
    "end: do",
    ...rules.map(({ guard, effect }) => `:: d_step { ${guard} -> ${effect} }`),
    "od }",
    "",
  ].join("\n");
}

interface Rule {
  readonly guard: string;
  readonly effect: string;
}

function declarations({ cpus, counters, events, period, budget, cap }: BenchParameters): string[] {
  const field = (name: string, most: number, initial = "") =>
    most === 0 ? [] : [`unsigned ${name} : ${bitsFor(most)}${initial};`];
  return [
    ...range(0, cpus).flatMap((c) => [
      ...field(`pc${c}`, 17),
      ...field(`event${c}`, events),
      ...field(`ctr${c}`, counters - 1),
      ...field(`return${c}`, 1),
      ...field(`value${c}`, period - 1),
      ...range(0, counters).flatMap((n) => [
        ...field(`snap${c}_${n}`, 1),
        ...field(`count${c}_${n}`, period - 1),
        ...field(`enabled${c}_${n}`, 1),
        ...field(`inten${c}_${n}`, 1),
        ...field(`ovs${c}_${n}`, 1),
      ]),
      ...field(`line${c}`, 1),
      ...field(`pending${c}`, 1),
      ...field(`active${c}`, 1),
    ]),
    ...range(1, events + 1).flatMap((e) => [
      ...field(`taken${e}`, 1),
      ...field(`saved${e}`, period - 1),
      ...field(`due${e}`, cap),
    ]),
    ...field("budget", budget, ` = ${budget}`),
  ];
}

/** Locations 1 to 17: exactly one is due, so the selection inside the rule is no choice. */
function program(c: number, parameters: BenchParameters): Rule {
  const { counters, events } = parameters;
  const ns = range(0, counters);
  const mine = (effect: (n: number) => string) => select(`ctr${c}`, ns, effect);
  const its = (effect: (e: number) => string) => select(`event${c}`, range(1, events + 1), effect);
  const ours = [
    `event${c} != 0 && (`,
    ns.map((n) => `${counters > 1 ? `ctr${c} == ${n} && ` : ""}snap${c}_${n}`).join(" || "),
    ")",
  ].join("");
  const clearSnapshot = ns.map((n) => `snap${c}_${n} = 0`).join("; ");
  const locations: Readonly<Record<number, string>> = {
    1: `${its((e) => `${mine((n) => `count${c}_${n} = saved${e}`)}; saved${e} = 0`)}; pc${c} = 2`,
    2: `${mine((n) => `inten${c}_${n} = 1`)}; pc${c} = 3`,
    3: `${mine((n) => `enabled${c}_${n} = 1`)}; pc${c} = 4`,
    4: `pc${c} = 0`,
    5: `pc${c} = 6`,
    6: `${mine((n) => `enabled${c}_${n} = 0`)}; pc${c} = 7`,
    7: `${mine((n) => `inten${c}_${n} = 0`)}; pc${c} = 8`,
    8: `${mine((n) => `ovs${c}_${n} = 0`)}; pc${c} = 9`,
    9: `${mine((n) => `value${c} = count${c}_${n}; count${c}_${n} = 0`)}; pc${c} = 10`,
    10: [
      its((e) => `taken${e} = 0; saved${e} = value${c}`),
      ...(counters > 1 ? [`ctr${c} = 0`] : []),
      `event${c} = 0; value${c} = 0; pc${c} = 11`,
    ].join("; "),
    11: `pc${c} = 0`,
    12: `${ns.map((n) => `snap${c}_${n} = ovs${c}_${n}`).join("; ")}; pc${c} = 13`,
    13: `${ns.map((n) => `ovs${c}_${n} = ovs${c}_${n} & !snap${c}_${n}`).join("; ")}; pc${c} = 14`,
    14: `if :: ${ours} -> pc${c} = 15 :: else -> pc${c} = 17 fi; ${clearSnapshot}`,
    15: `${mine((n) => `count${c}_${n} = 0`)}; pc${c} = 16`,
    16: `${its((e) => `if :: due${e} > 0 -> due${e} = due${e} - 1 :: else fi`)}; pc${c} = 17`,
    17: `active${c} = 0; if :: return${c} -> pc${c} = 5 :: else -> pc${c} = 0 fi; return${c} = 0`,
  };
  const options = Object.entries(locations).map(([pc, effect]) => `:: pc${c} == ${pc} -> ${effect}`);
  return { guard: `pc${c} != 0`, effect: `if\n   ${options.join("\n   ")}\n   fi` };
}

function switchOut(c: number): Rule {
  return { guard: `pc${c} == 0 && event${c} != 0`, effect: `pc${c} = 5` };
}

function takeUp(c: number, { events, counters }: BenchParameters): Rule[] {
  return range(1, events + 1).flatMap((e) =>
    range(0, counters).map((n) => ({
      guard: `pc${c} == 0 && event${c} == 0 && !taken${e}`,
      effect: `taken${e} = 1; event${c} = ${e}; ${counters > 1 ? `ctr${c} = ${n}; ` : ""}pc${c} = 1`,
    })),
  );
}

function interrupt(c: number): Rule {
  return {
    guard: `pending${c} && !active${c} && (pc${c} == 0 || pc${c} == 5)`,
    effect: `active${c} = 1; return${c} = (pc${c} == 5); pc${c} = 12`,
  };
}

function counting(c: number, { counters, events, period, cap }: BenchParameters): Rule[] {
  const cross = select(
    `event${c}`,
    range(1, events + 1),
    (e) => `if :: due${e} < ${cap} -> due${e} = due${e} + 1 :: else fi`,
  );
  return range(0, counters).map((n) => ({
    guard: `enabled${c}_${n} && budget > 0`,
    effect: [
      "budget = budget - 1; if",
      `   :: count${c}_${n} < ${period - 1} -> count${c}_${n} = count${c}_${n} + 1`,
      `   :: else -> count${c}_${n} = 0; ovs${c}_${n} = 1; ${cross}`,
      "   fi",
    ].join("\n"),
  }));
}

function propagation(c: number, { counters }: BenchParameters): Rule[] {
  const raised = range(0, counters)
    .map((n) => `(ovs${c}_${n} & inten${c}_${n})`)
    .join(" | ");
  return [
    { guard: `line${c} != (${raised})`, effect: `line${c} = !line${c}` },
    { guard: `pending${c} != line${c}`, effect: `pending${c} = line${c}` },
  ];
}

/** The effect for the number that a variable holds; without a test where there is only one. */
function select(variable: string, numbers: readonly number[], effect: (of: number) => string): string {
  const [only, ...others] = numbers;
  if (only !== undefined && others.length === 0) return effect(only);
  return `if ${numbers.map((of) => `:: ${variable} == ${of} -> ${effect(of)}`).join(" ")} fi`;
}

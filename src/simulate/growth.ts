/**
 * Growth: numbers in a state that get larger the longer a run gets, so that no bound on states would be enough.
 *
 * Found along a few long random walks, so this is evidence and no proof: the largest value of each number after a quarter, a
 * half and the whole of a walk. A number of a finite system stops getting larger; one that nothing bounds goes on.
 *
 *   steps        3,000   6,000   12,000
 *   period_left    -40     -81     -163     grows: each is more than {@link FACTOR} times the one before
 *   PMOVS            3       3        3     does not
 */
import type { LabelledOutcome, Machine } from "../runtime/machine.js";
import { Interned } from "../spec/value.js";
import { stepName } from "./census.js";
import { InternedSystem } from "./interned-system.js";
import { wander } from "./walk.js";

export interface Growth {
  readonly component: string;
  /** Where in the component's value: `hw.period_left`, `queue.length`; empty if the value is a number. */
  readonly field: string;
  /** The largest magnitude after a quarter, a half and all steps of a walk. */
  readonly reached: readonly [quarter: number, half: number, whole: number];
  /** The step that made the largest value. */
  readonly madeBy: string;
}

/** Steps of a walk. Every step of a growing system is one that was never asked for, so more would take seconds. */
const STEPS = 12_000;
/** Each walk draws weights of its own: in one of them the process that grows may hardly move. */
const SEEDS = [1, 2];
/** What is found late in a finite system is larger by less. */
const FACTOR = 1.4;
const LEAST = 32;

interface Largest {
  magnitude: number;
  madeBy: string;
}

/** The largest numbers, by component and field, `component\0field`. */
type Numbers = Map<string, Largest>;

/**
 * The numbers that grow, the largest first. Deterministic.
 * @param mustGoOn called before every step; what it throws ends the search for them
 */
export function growth(machine: Machine, mustGoOn?: () => void): readonly Growth[] {
  const found = new Map<string, Growth>();
  for (const seed of SEEDS) {
    for (const one of grownIn(machine, seed, mustGoOn)) {
      const key = `${one.component}\0${one.field}`;
      const known = found.get(key);
      if (known === undefined || known.reached[2] < one.reached[2]) found.set(key, one);
    }
  }
  return [...found.values()].sort((a, b) => b.reached[2] - a.reached[2] || (a.field < b.field ? -1 : 1));
}

function grownIn(machine: Machine, seed: number, mustGoOn: (() => void) | undefined): readonly Growth[] {
  const numbers: Numbers = new Map();
  const system = new InternedSystem(machine, (component, process, outcome: LabelledOutcome, read) => {
    const name = machine.components[component] ?? "";
    for (const [of, value] of outcome.writes) {
      if (of === component) note(numbers, name, value, () => stepName(machine, process, outcome, read));
    }
  });
  const snapshots: ReadonlyMap<string, number>[] = [];
  let steps = 0;
  wander(system, { steps: STEPS, walk: STEPS, seed, mustGoOn }, () => {
    steps++;
    if (steps === STEPS / 4 || steps === STEPS / 2) snapshots.push(magnitudes(numbers));
  });
  const [quarter, half] = snapshots;
  if (quarter === undefined || half === undefined) return [];
  return [...numbers].flatMap(([key, { magnitude, madeBy }]): Growth[] => {
    const reached = [quarter.get(key) ?? 0, half.get(key) ?? 0, magnitude] as const;
    const [first, second, last] = reached;
    if (last < LEAST || second < FACTOR * first || last < FACTOR * second) return [];
    const [component = "", field = ""] = key.split("\0");
    return [{ component, field, reached, madeBy }];
  });
}

function magnitudes(numbers: Numbers): ReadonlyMap<string, number> {
  return new Map([...numbers].map(([key, { magnitude }]) => [key, magnitude]));
}

/** Notes the numbers of a value: integers, and how long lists are. What activations hold is in other components, too. */
function note(numbers: Numbers, component: string, value: unknown, madeBy: () => string): void {
  const visit = (field: string, at: unknown): void => {
    if (typeof at === "number" || typeof at === "bigint") {
      const key = `${component}\0${field}`;
      const magnitude = Math.abs(Number(at));
      const known = numbers.get(key);
      if (known === undefined) numbers.set(key, { magnitude, madeBy: madeBy() });
      else if (magnitude > known.magnitude) Object.assign(known, { magnitude, madeBy: madeBy() });
    } else if (Array.isArray(at)) {
      visit(inside(field, "length"), at.length);
      for (const element of at) visit(field, element);
    } else if (typeof at === "object" && at !== null && !(at instanceof Interned)) {
      for (const [name, inner] of Object.entries(at)) visit(inside(field, name), inner);
    }
  };
  visit("", value);
}

function inside(field: string, name: string): string {
  return field === "" ? name : `${field}.${name}`;
}

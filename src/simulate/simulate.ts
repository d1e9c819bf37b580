/**
 * Random mode: fast-check generates walks until one breaks a rule, and shrinks that walk.
 *
 * All randomness is fast-check's: its seed and its path name a walk, and the path of a failure leads back to the shrunk
 * walk. The result depends on the system, the goal and the options alone.
 */
import {
  Arbitrary,
  type IProperty,
  type Random,
  type Stream,
  Value,
  check,
  property,
  stream,
} from "fast-check";

import { PmucheckError } from "../spec/errors.js";
import type { Observation } from "../spec/observation.js";
import type { Goal } from "./goal.js";
import type { InternedSystem, Move } from "./interned-system.js";
import { shorter, type Position } from "./shrink.js";
import { follow, randomWalk, type Walk, type WalkStep } from "./walk.js";

export interface SimulationOptions {
  /** At most this many walks. */
  readonly walks: number;
  /** At most this many steps per walk. */
  readonly steps: number;
  /** A 32-bit integer. */
  readonly seed: number;
  /** fast-check's path of an earlier failure under this seed: its shrunk walk is made at once. */
  readonly path?: string;
  /** Called after every walk. */
  readonly onProgress?: (progress: SimulationProgress) => void;
  /** Why to make no more walks, and none shorter; undefined to go on. */
  readonly stop?: (() => string | undefined) | undefined;
}

export interface SimulationProgress {
  readonly walks: number;
  readonly steps: number;
}

export interface Simulation extends SimulationProgress {
  readonly failure: Failure | undefined;
  /** Steps of the longest walk. */
  readonly longest: number;
  /** By witness: was it reached? */
  readonly witnessed: readonly boolean[];
  /** The names of the processes that never moved. */
  readonly idle: readonly string[];
}

export interface Failure {
  readonly rule: string;
  readonly steps: readonly WalkStep[];
  /** fast-check's path to the shrunk walk. */
  readonly path: string;
  /** Steps of the walk before it was shrunk. */
  readonly found: number;
}

/**
 * Makes walks until one breaks a rule. A witness is reached by an observation for which it is true.
 * Throws PMC114 for a path that does not belong to the seed.
 */
export function simulate(
  system: InternedSystem,
  goal: Goal,
  witnesses: readonly ((observation: Observation) => boolean)[],
  options: SimulationOptions,
): Simulation {
  const walks = new Walks(system, goal, witnesses, options);
  // Shrinking keeps the rule: a shorter walk that breaks another rule shows another bug.
  let rule: string | undefined;
  let found = 0;
  const unbroken = property(walks, ({ broken, steps }) => {
    if (broken === undefined) return true;
    if (rule === undefined) found = steps.length;
    rule ??= broken;
    return broken !== rule;
  });
  const { seed, path, walks: numRuns } = options;
  const made = unlessStopped(() =>
    path === undefined ? check(unbroken, { seed, numRuns }) : checkAt(unbroken, seed, path, numRuns),
  );
  const [walk] = made?.counterexample ?? [];
  return {
    failure:
      rule === undefined || walk === undefined
        ? undefined
        : { rule, steps: walk.steps, path: made?.counterexamplePath ?? "", found },
    ...walks.summary,
  };
}

/** Thrown where the next walk would be made: fast-check has no other end. */
class Stopped extends Error {}

function unlessStopped<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  }
}

function checkAt(unbroken: IProperty<[Walk]>, seed: number, path: string, numRuns: number) {
  try {
    if (/^\d+(:\d+)*$/.test(path)) return check(unbroken, { seed, path, numRuns });
  } catch (error) {
    if (error instanceof PmucheckError || error instanceof Stopped) throw error;
  }
  throw new PmucheckError(
    "PMC114",
    `fast-check's path '${path}' leads to no walk under seed ${seed}: give --seed, --steps and --walk-path as the ` +
      "check printed them",
  );
}

/** Walks as fast-check generates and shrinks them. A shrink context is a {@link Position}. */
class Walks extends Arbitrary<Walk> {
  readonly #system: InternedSystem;
  readonly #goal: Goal;
  readonly #options: SimulationOptions;
  readonly #witnesses: readonly ((observation: Observation) => boolean)[];
  readonly #witnessed: boolean[];
  readonly #moved: boolean[];
  #walks = 0;
  #steps = 0;
  #longest = 0;

  constructor(
    system: InternedSystem,
    goal: Goal,
    witnesses: readonly ((observation: Observation) => boolean)[],
    options: SimulationOptions,
  ) {
    super();
    this.#system = system;
    this.#goal = goal;
    this.#options = options;
    this.#witnesses = witnesses;
    this.#witnessed = witnesses.map(() => false);
    this.#moved = system.system.processes.map(() => false);
  }

  override generate(random: Random): Value<Walk> {
    if (this.#options.stop?.() !== undefined) throw new Stopped();
    const walk = randomWalk(
      this.#system,
      this.#goal,
      this.#options.steps,
      (below) => random.nextInt(0, below - 1),
      (move) => this.#note(move),
    );
    this.#walks++;
    this.#steps += walk.steps.length;
    this.#longest = Math.max(this.#longest, walk.steps.length);
    this.#options.onProgress?.({ walks: this.#walks, steps: this.#steps });
    return new Value(walk, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Walk {
    return false;
  }

  override shrink({ steps }: Walk, context: unknown): Stream<Value<Walk>> {
    // fast-check returns the contexts that this class gave to its values.
    return stream(this.#shorterWalks(steps, context as Position | undefined));
  }

  get summary() {
    return {
      walks: this.#walks,
      steps: this.#steps,
      longest: this.#longest,
      witnessed: this.#witnessed,
      idle: this.#system.system.processes.filter((_, process) => this.#moved[process] !== true),
    };
  }

  *#shorterWalks(steps: readonly WalkStep[], from: Position | undefined): Generator<Value<Walk>> {
    const { rows } = follow(this.#system, this.#goal, steps);
    for (const { steps: wanted, resume } of shorter(steps, rows, from)) {
      if (this.#options.stop?.() !== undefined) return;
      const { steps: taken, broken } = follow(this.#system, this.#goal, wanted);
      yield new Value({ steps: taken, broken }, resume);
    }
  }

  #note({ process, observations }: Move): void {
    this.#moved[process] = true;
    if (observations.length === 0) return;
    this.#witnesses.forEach((reachedBy, i) => {
      if (this.#witnessed[i] !== true && observations.some(reachedBy)) this.#witnessed[i] = true;
    });
  }
}

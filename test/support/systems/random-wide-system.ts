/**
 * Random systems of 36 to 70 components, whose states are several words wide. Their kinds differ in what makes interned
 * words many:
 *
 *   tokens    tokens with values go from place to place: many components, of which nearly all are as they were
 *   axes      a few counters, and many components that are functions of some of them: groups that belong together
 *   scatter   every step writes random components, and there are few steps: nearly every state has words of its own
 *
 * What is random is a hash of a seed and of what is asked, so that a system is a function of a few numbers.
 */
import { fc } from "@fast-check/vitest";

import type { Outcome, TransitionSystem } from "../../../src/spec/transition-system.js";

/** The numbers that a system is made of. */
export interface WideShape {
  readonly kind: "tokens" | "axes" | "scatter";
  readonly components: number;
  readonly seed: number;
  /** Of what there is a lot of: tokens, axes, processes. */
  readonly size: number;
  /** Values of a component, at most. */
  readonly values: number;
}

export const wideShape: fc.Arbitrary<WideShape> = fc.record({
  kind: fc.constantFrom("tokens", "axes", "scatter"),
  components: fc.integer({ min: 36, max: 70 }),
  seed: fc.nat(2 ** 30),
  size: fc.integer({ min: 1, max: 4 }),
  values: fc.constantFrom(2, 3, 5, 17, 300),
});

export function wideSystem(shape: WideShape): TransitionSystem {
  return { tokens, axes, scatter }[shape.kind](shape);
}

/** States of a system, about: enough for nodes of some hundred words, few enough for thousands of systems. */
const STATES = 1500;

/** A number below `below` that depends on all the others. */
function random(below: number, ...on: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const one of on) {
    hash = Math.imul(hash ^ one, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) % below;
}

const step = (writes: Iterable<readonly [number, unknown]>, marked = false): Outcome => ({
  writes: new Map(writes),
  observations: marked ? [{ kind: "spurious", cpu: 0 }] : [],
});

const named = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);

/** A token, or two of two values; every place has one or two ways out of it. */
function tokens({ components, seed, size, values }: WideShape): TransitionSystem {
  const count = size > 2 ? 2 : 1;
  const most = count === 1 ? Math.min(values, 20) : 2;
  return {
    components: named("place", components),
    initial: Array.from({ length: components }, (_, i) => (i < count ? 1 : 0)),
    processes: named("from", components),
    fair: [],
    run: (place, read) => {
      const token = Number(read(place));
      if (token === 0) return [];
      const outcomes: Outcome[] = [];
      for (let way = 0; way <= random(3, seed, place, 0) % 2; way++) {
        const to = way === 0 ? (place + 1) % components : random(components, seed, place, 1);
        if (to !== place && read(to) === 0)
          outcomes.push(
            step([
              [place, 0],
              [to, token],
            ] as const),
          );
      }
      const mints = random(8, seed, place, 2) === 0;
      if (mints) outcomes.push(step([[place, (token % most) + 1]] as const, token === most));
      return outcomes;
    },
  };
}

/** Counters that go round, some 1,500 states in all; the other components are hashes of one to three of them. */
function axes({ components, seed, size, values }: WideShape): TransitionSystem {
  const count = 1 + size;
  const side = Math.max(2, Math.floor(STATES ** (1 / count)));
  const dependsOn = (component: number, axis: number) =>
    axis === random(count, seed, component, 0) || random(3, seed, component, axis, 1) === 0;
  const valueOf = (component: number, at: readonly number[]) =>
    random(values, seed, component, ...at.filter((_, axis) => dependsOn(component, axis)));
  const others = Array.from({ length: components - count }, (_, i) => count + i);
  const start = Array.from({ length: count }, () => 0);
  return {
    components: [...named("axis", count), ...named("follower", components - count)],
    initial: [...start, ...others.map((component) => valueOf(component, start))],
    processes: named("along", count),
    fair: [],
    run: (axis, read) => {
      const at = start.map((_, i) => Number(read(i)));
      const next = at.with(axis, ((at[axis] as number) + 1) % side);
      const followers = others.filter((component) => dependsOn(component, axis));
      return [
        step(
          [[axis, next[axis]], ...followers.map((one) => [one, valueOf(one, next)] as const)] as const,
          next[axis] === 0,
        ),
      ];
    },
  };
}

/** A few steps from the initial state, each to a state that is nowhere else; the last one begins again. */
function scatter({ components, seed, size, values }: WideShape): TransitionSystem {
  const count = 1 + size;
  const steps = Math.floor(Math.log(STATES) / Math.log(count));
  const fuel = components - 1;
  const initial = Array.from({ length: components }, (_, i) => (i === fuel ? steps : 0));
  return {
    components: [...named("cell", fuel), "fuel"],
    initial,
    processes: named("scatter", count),
    fair: [],
    run: (process, read) => {
      const left = Number(read(fuel));
      if (left === 0) return [step(initial.entries(), process === 0)];
      const looked = random(fuel, seed, process, left, 0);
      const found = Number(read(looked));
      const writes = Array.from({ length: 1 + random(6, seed, process, left, 1) }, (_, i) => {
        const to = random(fuel, seed, process, left, found, i, 2);
        return [to, random(values, seed, process, left, found, i, 3)] as const;
      });
      return [step([...writes, [fuel, left - 1] as const])];
    },
  };
}

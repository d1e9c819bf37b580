/**
 * Random numbers from fast-check for sampling without shrinking. They depend on the seed alone.
 */
import { Arbitrary, type Random as Generator, sample, Stream, Value } from "fast-check";

/** A random whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** Calls `use` with a source of random numbers, and returns its result. `seed`: a 32-bit integer. */
export function withRandom<T>(seed: number, use: (random: Random) => T): T {
  const [made] = sample(new Sampled(use), { seed, numRuns: 1 });
  if (made === undefined) throw new Error("fast-check sampled nothing");
  return made.result;
}

class Sampled<T> extends Arbitrary<{ readonly result: T }> {
  readonly #use: (random: Random) => T;

  constructor(use: (random: Random) => T) {
    super();
    this.#use = use;
  }

  override generate(generator: Generator): Value<{ readonly result: T }> {
    return new Value({ result: this.#use((below) => generator.nextInt(0, below - 1)) }, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is { readonly result: T } {
    return false;
  }

  override shrink(): Stream<Value<{ readonly result: T }>> {
    return Stream.nil();
  }
}

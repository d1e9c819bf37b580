/**
 * Activations: the state of running kernel code.
 *
 * A suspended generator cannot be compared, hashed or stored, so it is never part of a state. An activation is: it
 * consists of the name of a function, its arguments, and what it has observed so far. A kernel function depends on
 * nothing else, so running it again against the observations leads to the same place.
 *
 * Activations are hash-consed: equal activations are the same object. They do not contain the implementation.
 */
import { frozen, Interned, keyOf, type Value } from "./value.js";

let created = 0;

export class Activation extends Interned {
  readonly function: string;
  readonly arguments: readonly Value[];
  /** The activation before the last observation; undefined if there is no observation yet. */
  readonly before: Activation | undefined;
  /** What was observed last; meaningless if `before` is undefined. */
  readonly last: Value;
  /** How often it has observed something. */
  readonly count: number;
  readonly #after = new Map<string, Activation>();

  /** Use {@link activation} and {@link Activation.observe}; the constructor would break identity. */
  constructor(name: string, args: readonly Value[], before: Activation | undefined, last: Value) {
    super(++created);
    this.function = name;
    // The function is run again with these, so they must not change.
    this.arguments = frozen(args);
    this.before = before;
    this.last = frozen(last);
    this.count = before === undefined ? 0 : before.count + 1;
  }

  /** Everything observed so far, oldest first. */
  get observed(): readonly Value[] {
    return observedBy(this);
  }

  /** This activation after it has observed one more value. */
  observe(value: Value): Activation {
    const key = keyOf(value);
    let after = this.#after.get(key);
    if (after === undefined) {
      after = new Activation(this.function, this.arguments, this, value);
      this.#after.set(key, after);
    }
    return after;
  }
}

function observedBy(latest: Activation): Value[] {
  const values: Value[] = [];
  for (let at = latest; at.before !== undefined; at = at.before) values.push(at.last);
  return values.reverse();
}

const fresh = new Map<string, Activation>();

/** The activation of a function that was just called: it has observed nothing. */
export function activation(name: string, args: readonly Value[]): Activation {
  const key = name + keyOf(args);
  let made = fresh.get(key);
  if (made === undefined) {
    made = new Activation(name, args, undefined, undefined);
    fresh.set(key, made);
  }
  return made;
}

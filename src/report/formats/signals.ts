/**
 * Signals over a trace: the value of each before the first step and after every step.
 */
import type { TraceDocument } from "../../trace/document.js";

export interface SignalLine {
  readonly name: string;
  readonly cpu: number | null;
  readonly headline: boolean;
  /** One more than there are steps. */
  readonly values: readonly string[];
}

/** Every signal of the trace, in the order of the document; those that it names only when they change come last. */
export function signalLines({ initial, steps }: TraceDocument): SignalLine[] {
  const changes = steps.map((step) => new Map(step.changes.map((change) => [keyOf(change), change])));
  const known = new Map(initial.map((signal) => [keyOf(signal), signal]));
  for (const change of steps.flatMap((step) => step.changes)) {
    const key = keyOf(change);
    if (!known.has(key)) known.set(key, { ...change, value: change.from });
  }
  return [...known].map(([key, { signal, cpu, headline, value }]) => {
    const values = [value];
    for (const step of changes) values.push(step.get(key)?.to ?? values.at(-1) ?? value);
    return { name: signal, cpu, headline, values };
  });
}

function keyOf({ signal, cpu }: { readonly signal: string; readonly cpu: number | null }): string {
  return JSON.stringify([signal, cpu]);
}

/** A value that is a number, in decimal or hexadecimal (`12`, `0x1f`); undefined if it is none. */
export function numberIn(value: string): bigint | undefined {
  return /^(0x[0-9a-f]+|\d+)$/.test(value) ? BigInt(value) : undefined;
}

/**
 * Branching bisimulation: can two behaviours do the same, step by step, for ever, silent steps aside?
 *
 * Then they have the same sequences of labels, and the same choices of what comes next at each point of them. So a property
 * that is made of what labels show has the same verdict for both, whatever it remembers.
 * Source: R. J. van Glabbeek, W. P. Weijland, "Branching time and abstraction in bisimulation semantics" (1996); refinement
 * by signatures from S. Blom, S. Orzan, "Distributed branching bisimulation reduction of state spaces" (2003).
 * Not compared: whether silent steps can go on for ever.
 */
import { SILENT, type Behaviour, type Step } from "./behaviour.js";

export function areBisimilar(one: Behaviour, other: Behaviour): boolean {
  const offset = one.steps.length;
  const moved = other.steps.map((steps) => steps.map(({ label, to }) => ({ label, to: to + offset })));
  const steps = [...one.steps, ...moved];
  const initial = [one.initial, other.initial + offset] as const;
  let blocks = new Int32Array(steps.length);
  for (let count = 1; ;) {
    const refined = refine(steps, blocks);
    if (refined.blocks[initial[0]] !== refined.blocks[initial[1]]) return false;
    if (refined.count === count) return true;
    ({ blocks, count } = refined);
  }
}

/** States of a block stay together if they have the same signature. */
function refine(
  steps: readonly (readonly Step[])[],
  blocks: Int32Array<ArrayBuffer>,
): { blocks: Int32Array<ArrayBuffer>; count: number } {
  const numbers = new Map<string, number>();
  const refined = blocks.map((block, state) => {
    const signature = `${block}:${signatureOf(steps, blocks, state)}`;
    const number = numbers.get(signature) ?? numbers.size;
    numbers.set(signature, number);
    return number;
  });
  return { blocks: refined, count: numbers.size };
}

/** What the state can do to leave its block, or with a label, after silent steps within the block. */
function signatureOf(steps: readonly (readonly Step[])[], blocks: Int32Array, state: number): string {
  const own = blocks[state];
  const found = new Set<string>();
  // A set is walked in order of insertion, up to what is added on the way.
  const within = new Set([state]);
  for (const at of within) {
    for (const { label, to } of steps[at] ?? []) {
      if (label !== SILENT || blocks[to] !== own) found.add(`${label}>${blocks[to]}`);
      else within.add(to);
    }
  }
  return [...found].sort().join();
}

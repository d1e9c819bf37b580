/**
 * Checkpoints whose header was edited: the answer is the one that there would have been, or the error says that the
 * checkpoint is damaged; and never another answer.
 */
import { describe, expect, test } from "vitest";

import { bytesOfPieces, explore, type EngineName, type KeptImage } from "../../src/engine/explore.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { answerOf, ENGINES, NOTHING } from "../support/engine/engine-ways.js";
import { torus } from "../support/systems/torus.js";
import { ring } from "../support/systems/ring.js";

type Header = KeptImage["header"];
type Numbers = Record<string, unknown>;

/** Where in a header there are numbers that say how states are to be read. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === "number") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]));
}

function edited(header: Header, path: readonly string[], edit: (value: number) => number): Header {
  const copy = structuredClone(header);
  const last = path.at(-1) as string;
  const holder = path
    .slice(0, -1)
    .reduce<Numbers>((at, key) => at[key] as Numbers, copy as unknown as Numbers);
  holder[last] = edit(Number(holder[last]));
  return copy;
}

/** What an interrupted search leaves, to be read more than once. */
interface Left {
  readonly header: Header;
  readonly bytes: Uint8Array;
}

function leftOf(system: TransitionSystem, turns: number): Left {
  let left: Left | undefined;
  let asked = 0;
  explore(system, NOTHING, {
    maxStates: 1e9,
    tuning: { releaseAt: 0, chunkBits: 2 },
    stop: () => (asked++ >= turns ? "it was stopped" : undefined),
    keep: ({ header, pieces }) => {
      left = { header: structuredClone(header), bytes: Buffer.concat([...pieces()]) };
    },
  });
  if (left === undefined) throw new Error("the search was not interrupted");
  return left;
}

/** The answer, or the code of the error. */
function goOn(system: TransitionSystem, engine: EngineName, { bytes }: Left, header: Header): unknown {
  let at = 0;
  const read = (into: Uint8Array): void => {
    into.set(bytes.subarray(at, at + into.length));
    at += into.length;
  };
  if (bytesOfPieces(header) !== bytes.length) return "PMC152";
  try {
    return answerOf(explore(system, NOTHING, { maxStates: 1e6, engine, from: { header, read } }));
  } catch (error) {
    return (error as { readonly code?: string }).code ?? error;
  }
}

const EDITS: readonly ((value: number) => number)[] = [
  (value) => value + 1,
  (value) => value - 1,
  (value) => 2 * value,
  () => 0,
  () => 2 ** 31,
];
const SYSTEMS = [
  { name: "one word", system: torus(20), turns: 25 },
  { name: "interned words", system: ring(24), turns: 9 },
];

describe.each(ENGINES)("%s", (engine) => {
  test.each(SYSTEMS)("any number of the layout and of the counts, states of $name", ({ system, turns }) => {
    const left = leftOf(system, turns);
    const whole = answerOf(explore(system, NOTHING, { maxStates: 1e6, engine }));
    const numbers = (["states", "asked"] as const).flatMap((part) => placesIn(left.header[part], [part]));
    const counted = ["level", "transitions", "depth"].map((name) => ["progressed", name]);
    const answers = [...numbers, ...counted].flatMap((path) =>
      EDITS.map((edit) => goOn(system, engine, left, edited(left.header, path, edit))),
    );
    const isRefused = (answer: unknown) => answer === "PMC152" || answer === "PMC153";
    expect(answers.filter(isRefused).length).toBeGreaterThan(answers.length / 2);
    for (const answer of answers.filter((one) => !isRefused(one))) expect(answer).toEqual(whole);
  });

  test.each(SYSTEMS)("what was not edited goes on, states of $name", ({ system, turns }) => {
    const left = leftOf(system, turns);
    const whole = answerOf(explore(system, NOTHING, { maxStates: 1e6, engine }));
    expect(goOn(system, engine, left, left.header)).toEqual(whole);
  });
});

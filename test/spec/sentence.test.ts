/** Sentences in a line: what `atMost` counts, for whom, and between what. */
import { describe, expect, test } from "vitest";

import type { Observation } from "../../src/spec/observation.js";
import { atMost } from "../../src/spec/sentence.js";

const crossing = (event: string): Observation => ({
  kind: "crossing",
  event,
  overtakes: false,
  moved: false,
});
const enabled = (event: string): Observation => ({ kind: "user", event, did: "enabled" });
const own: Observation = { kind: "own", what: "dropped", subject: "A" };
const interrupt: Observation = { kind: "interrupt", cpu: 0 };

const property = atMost("One crossing between two enables.", {
  most: 1,
  of: ({ kind }) => kind === "crossing" || kind === "own",
  between: ({ kind }) => kind === "user" || kind === "interrupt",
});

/** Is the sentence broken for A, or for C, after these? */
function isBroken(event: string, seen: readonly Observation[]): boolean {
  const { remembers, rules } = property;
  if (remembers === undefined) throw new Error("it has to count");
  const value = seen.reduce((now, one) => remembers.after(now, one, event), remembers.initial);
  const view = { read: () => value, parameter: () => 0, events: ["A", "C"] };
  return rules.some(({ brokenIn }) => brokenIn?.(view as never, event) === true);
}

describe("atMost", () => {
  test.each<readonly [string, readonly Observation[], boolean]>([
    ["as many as may be", [crossing("A")], false],
    ["one too many, from the start on", [crossing("A"), crossing("A")], true],
    ["one on each side", [crossing("A"), enabled("A"), crossing("A")], false],
    ["one too many on one side", [enabled("A"), crossing("A"), crossing("A")], true],
    ["those of another event do not count", [crossing("A"), crossing("C")], false],
    ["nor do they separate", [crossing("A"), enabled("C"), crossing("A")], true],
    ["what is of no event separates for all", [crossing("A"), interrupt, crossing("A")], false],
    ["one's own belong to their subject", [own, own], true],
  ])("%s", (_, seen, broken) => {
    expect(isBroken("A", seen)).toBe(broken);
  });

  test("keeps few values, however many are seen", () => {
    const after = (times: number) =>
      Array.from({ length: times }).reduce<object>(
        (now) => property.remembers?.after(now, crossing("A"), "A") ?? now,
        property.remembers?.initial ?? {},
      );
    expect(after(9)).toEqual(after(2));
  });

  test.each([-1, 0.5, Number.NaN])("refuses %d by a code", (most) => {
    expect(() => atMost("Few.", { most, of: () => true, between: () => true })).toThrow(
      expect.objectContaining({ code: "PMC138" }) as Error,
    );
  });
});

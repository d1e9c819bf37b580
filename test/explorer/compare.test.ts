/**
 * Two paths on one axis, and the decisions of a trace in another driver.
 */
import { describe, expect, test } from "vitest";

import { alignmentOf, stepAt, textOf } from "../../src/explorer/play/alignment.js";
import { imitate } from "../../src/explorer/play/imitation.js";
import { Models } from "../../src/explorer/own/models.js";
import { Machine } from "../../src/runtime/machine.js";
import type { TraceStep } from "../../src/trace/document.js";
import { breakOf } from "../../src/trace/record.js";
import { traceOf } from "../support/models/traces.js";

function pathOf(texts: string): TraceStep[] {
  return texts.split("").map((text) => ({
    index: 0,
    process: "cpu0",
    choice: "",
    cpu: 0,
    level: "task",
    events: [{ kind: "access", text, local: false }],
    observations: [],
    changes: [],
  }));
}

/** `a=a b|. ...`: the columns as text, a dot for a gap. */
function shown(one: string, other: string): string {
  const { rows } = alignmentOf(pathOf(one), pathOf(other));
  const letter = (text: string, step: number | null) => (step === null ? "." : (text[step - 1] ?? "?"));
  return rows
    .map((row) => `${letter(one, row.one)}${row.isSame ? "=" : "|"}${letter(other, row.other)}`)
    .join(" ");
}

describe("alignment", () => {
  test.each([
    ["abc", "abc", "a=a b=b c=c"],
    ["abc", "axc", "a=a b|x c=c"],
    ["abcd", "ad", "a=a b|. c|. d=d"],
    ["ad", "axyd", "a=a .|x .|y d=d"],
    ["ab", "abcd", "a=a b=b .|c .|d"],
    ["", "a", ".|a"],
  ])("%j and %j", (one, other, expected) => {
    expect(shown(one, other)).toBe(expected);
  });

  test("says where the two part, and where the steps of each are", () => {
    const { parts, one, other } = alignmentOf(pathOf("axd"), pathOf("abcd"));
    expect(parts).toBe(2);
    expect(one.places).toEqual([0, 1, 2, 4, 5]);
    expect(other.places).toEqual([0, 1, 2, 3, 4, 5]);
    expect([0, 1, 2, 3, 4, 9].map((column) => stepAt(one.places, column))).toEqual([0, 1, 2, 2, 3, 3]);
    expect(alignmentOf(pathOf("ab"), pathOf("ab")).parts).toBeNull();
  });

  test("says the same step of both, also where one goes on or an equal step was put in", () => {
    const partsOf = (above: string, below: string) => alignmentOf(pathOf(above), pathOf(below)).parts;
    expect(partsOf("ab", "abcd")).toBe(3);
    expect(partsOf("aaab", "aab")).toBe(3);
    expect(partsOf("ab", "xab")).toBe(1);
  });

  test("of paths that have little in common, the beginning is", () => {
    const noise = (seed: number) =>
      Array.from({ length: 3000 }, (_, i) => String.fromCharCode(0x4e00 + (((i + 1) * seed) % 7919))).join(
        "",
      );
    const { parts, rows } = alignmentOf(pathOf(`abc${noise(31)}`), pathOf(`abc${noise(57)}`));
    expect(parts).toBe(4);
    expect(rows).toHaveLength(3003);
  });
});

describe("the decisions of the mail's loss", () => {
  const lost = traceOf({ scenario: "one-cpu" });

  const inDriverWith = (fix: string | undefined) => {
    const { system, property } = new Models().modelOf({ ...lost, fix });
    const machine = new Machine(system);
    const { indices, stopped } = imitate(
      machine,
      lost.steps,
      ({ observations, next }) =>
        breakOf(machine, property, observations, machine.viewOf(next)) !== undefined,
    );
    const texts: string[] = [];
    const observed: string[] = [];
    let state = machine.initialState;
    for (const index of indices) {
      const taken = machine.enabledSteps(state)[index];
      if (taken === undefined) throw new Error("an imitation takes a step that is not enabled");
      texts.push(textOf(taken.label));
      observed.push(...taken.observations.map(({ kind }) => kind));
      state = taken.next;
    }
    return { texts, observed, stopped };
  };

  test("are the trace itself in its own driver", () => {
    expect(inDriverWith(undefined).texts).toEqual(lost.steps.map(textOf));
  });

  test("lead to a report in a driver that sets the flag again", () => {
    const { texts, observed, stopped } = inDriverWith("relatch-at-start");
    expect(stopped).toBeNull();
    expect(texts).toContain("PMOVSSET = 0x1");
    const seen = observed.filter((kind) => kind === "crossing" || kind === "report");
    expect(seen).toEqual(["crossing", "report", "crossing"]);
  });
});

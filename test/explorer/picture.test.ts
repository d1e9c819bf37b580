/**
 * What the picture shows of a trace: lanes, waveforms, and which report belongs to which crossing.
 */
import { describe, expect, test } from "vitest";

import { lanesOf } from "../../src/explorer/picture/lanes.js";
import { firstShown, sceneOf } from "../../src/explorer/picture/scene.js";
import { shownAtFirst, stripsOf } from "../../src/explorer/picture/strips.js";
import { standalone } from "../../src/explorer/picture/style.js";
import { pairsOf } from "../../src/explorer/picture/truth.js";
import type { Observation } from "../../src/spec/observation.js";
import type { TraceStep } from "../../src/trace/document.js";
import { allTraces, keptTrace } from "../support/models/traces.js";
import { readXml } from "../support/readers/xml-reader.js";

function step(...observations: Observation[]): TraceStep {
  return {
    index: 0,
    process: "pmu0",
    choice: "count",
    cpu: 0,
    level: null,
    events: [],
    observations,
    changes: [],
  };
}

const crossing = (overtakes: boolean): Observation => ({
  kind: "crossing",
  event: "A",
  overtakes,
  moved: false,
});
const report = (unmatched: boolean): Observation => ({
  kind: "report",
  event: "A",
  unmatched,
  insteadOf: null,
  stale: false,
  wrongTask: false,
  regs: "user",
  excludesKernel: true,
  tornDown: false,
  excess: false,
  nested: false,
});

describe("ground truth", () => {
  test("a report belongs to the crossing that waits for it", () => {
    const pairs = pairsOf([step(crossing(false)), step(), step(report(false)), step(crossing(false))]);
    expect(pairs).toEqual([
      { event: "A", crossing: 1, report: 3, fate: "reported" },
      { event: "A", crossing: 4, report: null, fate: "waiting" },
    ]);
  });

  test("a crossing that is overtaken is lost, and a report of nothing is false", () => {
    const pairs = pairsOf([
      step(crossing(false)),
      step(crossing(true)),
      step(report(false)),
      step(report(true)),
    ]);
    expect(pairs.map(({ crossing: of, report: by, fate }) => [of, by, fate])).toEqual([
      [1, null, "lost"],
      [2, 3, "reported"],
      [null, 4, "false"],
    ]);
  });

  test("events do not share their reports", () => {
    const other: Observation = { kind: "crossing", event: "B", overtakes: false, moved: false };
    expect(
      pairsOf([step(crossing(false), other), step(report(false))]).map(({ event, fate }) => [event, fate]),
    ).toEqual([
      ["A", "reported"],
      ["B", "waiting"],
    ]);
  });
});

describe.each(allTraces)("lanes of %s", (_, trace) => {
  const lanes = lanesOf(trace);

  test("every step of a CPU or of its hardware has one tick, in one lane", () => {
    const ticks = lanes.flatMap((lane) => lane.ticks.map(({ step: number }) => number)).sort((a, b) => a - b);
    const own = trace.steps.flatMap(({ cpu }, i) => (cpu === null ? [] : [i + 1]));
    expect(ticks).toEqual(own);
  });

  test("a function lies within the one that called it", () => {
    for (const { spans } of lanes) {
      for (const span of spans.filter(({ depth }) => depth > 0)) {
        const caller = spans.find(
          ({ depth, from, to }) => depth === span.depth - 1 && from <= span.from && to >= span.to,
        );
        expect(caller, `${span.function} at ${span.from}`).toBeDefined();
      }
    }
  });

  test("the tick of kernel code is in the innermost function of its step", () => {
    for (const { ticks, innermost } of lanes) {
      for (const tick of ticks.filter(({ within }) => within !== null)) {
        const at = innermost.find(({ from, to }) => from <= tick.step && tick.step <= to);
        expect(at?.function).toBe(tick.within);
      }
    }
  });

  test("what is named in the folded picture covers each step at most once", () => {
    for (const { outline } of lanes) {
      for (const [i, span] of outline.entries()) expect(span.from).toBeGreaterThan(outline[i - 1]?.to ?? 0);
    }
  });

  test("the picture is an SVG document that can be read", () => {
    const svg = standalone(sceneOf(trace, null), firstShown(trace), 9);
    const read = readXml(`<?xml version="1.0" encoding="UTF-8"?>\n${svg}`);
    expect(read.name).toBe("svg");
  });
});

describe("the loss of the mail", () => {
  test("the steps of the interrupt's handler are in the lane of interrupts", () => {
    const irq = lanesOf(keptTrace).find(({ level }) => level === "irq");
    expect(irq?.ticks.map(({ text }) => text)).toContain("ICC_IAR1 is 0");
    expect(irq?.spans.map((span) => span.function)).toContain("__gic_handle_irq_from_irqson");
    expect(irq?.spans.map((span) => span.function)).not.toContain("context_switch");
  });

  test("PMOVS is a wire that falls, and is shown at first", () => {
    const strip = stripsOf(keptTrace).find(({ id }) => id === "cpu0 PMOVS");
    expect(strip?.kind).toBe("wire");
    expect(strip?.segments.map(({ value }) => value)).toEqual(["0x0", "0x1", "0x0", "0x1"]);
    expect(shownAtFirst(keptTrace)).toContain("cpu0 PMOVS");
  });

  test("what masks no interrupt here is not shown at first", () => {
    expect(shownAtFirst(keptTrace)).not.toContain("cpu0 ICC_PMR");
    expect(shownAtFirst(keptTrace)).not.toContain("cpu0 PMCCNTR");
  });
});

/**
 * The formats that people read: Mermaid diagrams, litmus blocks, Markdown.
 */
import { describe, expect, test } from "vitest";

import { columns, WIDTH } from "../../../src/report/trace/columns.js";
import { litmus } from "../../../src/report/formats/litmus.js";
import { markdownOfTrace } from "../../../src/report/formats/markdown.js";
import { mermaid } from "../../../src/report/formats/mermaid.js";
import { readMermaid } from "../../support/readers/mermaid-reader.js";
import { allTraces, keptTrace, unbroken } from "../../support/models/traces.js";

describe.each(allTraces)("a Mermaid diagram of %s", (_, trace) => {
  const diagram = readMermaid(mermaid(trace));

  test("has a message per step, by the process that takes it", () => {
    expect(diagram.messages.map(({ from }) => diagram.participants.get(from)?.toLowerCase())).toEqual(
      trace.steps.map(({ process }) => process.toLowerCase()),
    );
    diagram.messages.forEach(({ text }, i) => expect(text).toMatch(new RegExp(`^${i + 1}[hn]? `)));
  });

  test("has a note for every change that the columns show too", () => {
    const changes = trace.steps.flatMap((step) =>
      step.changes.flatMap(({ headline, signal, from, to }) =>
        headline ? [`${signal} ${from} -> ${to}`] : [],
      ),
    );
    expect(diagram.notes.map(({ text }) => text).filter((text) => text.includes(" -> "))).toEqual(changes);
  });

  test("has the loop as a loop", () => {
    const expected = trace.loop === null ? [] : [{ from: trace.loop, to: trace.steps.length }];
    expect(diagram.loops).toEqual(expected);
  });

  test("stays below the size that Mermaid takes", () => {
    expect(mermaid(trace).length).toBeLessThan(50_000);
  });
});

describe.each(allTraces)("a litmus block of %s", (_, trace) => {
  const lines = litmus(trace).split("\n");

  test("closes as herd does, and the histogram adds up", () => {
    const name = [trace.scenario, trace.driver, trace.config["irq"], trace.property].join("+");
    expect(lines.at(-1)).toBe(`Observation ${name} Sometimes 1 ${trace.steps.length}`);
    expect(lines).toContain(`Positive: 1, Negative: ${trace.steps.length}`);
    const histogram = lines.flatMap((line) => /^(\d+) *(\*?)>?:?>/.exec(line)?.slice(1, 3) ?? []);
    const counts = histogram.filter((_value, i) => i % 2 === 0).map(Number);
    expect(counts.reduce((a, b) => a + b)).toBe(trace.steps.length + 1);
    expect(histogram.filter((mark) => mark === "*")).toHaveLength(1);
  });

  test("has a row per step, in the column of its CPU", () => {
    const first = lines.findIndex((line) => line.startsWith(" P0"));
    const rows = lines
      .slice(first + 1)
      .filter((line) => line.endsWith(";") && line.includes(trace.cpus > 1 ? "|" : " "));
    const steps = rows.slice(0, trace.steps.length).map((row) => row.slice(0, -1).split("|"));
    steps.forEach((cells, i) => {
      const filled = cells.flatMap((cell, column) => (cell.trim() === "" ? [] : [column]));
      expect(cells).toHaveLength(trace.cpus);
      expect(filled).toEqual([trace.steps[i]?.cpu ?? 0]);
      expect(cells[filled[0] ?? 0]?.trim()).toMatch(new RegExp(`^${i + 1} `));
    });
  });

  test("says which part repeats", () => {
    expect(lines.filter((line) => line.startsWith("(* from here on"))).toHaveLength(
      trace.loop === null ? 0 : 1,
    );
  });
});

test("a litmus block of a path that breaks nothing closes with Never", () => {
  const lines = litmus(unbroken(keptTrace, 50)).split("\n");
  expect(lines.at(-1)).toBe("Observation one-cpu+linux-6.5+irq+exactly-once Never 0 51");
  expect(lines).toContain("No");
  expect(lines).toContain("Condition exists (exactly-once=broken) is NOT validated");
});

describe.each(allTraces)("Markdown of %s", (_, trace) => {
  const text = markdownOfTrace(trace);
  const lines = text.split("\n");

  test("is narrow, but for the path", () => {
    expect(lines.filter((line) => line.length > WIDTH && !line.includes("--path"))).toEqual([]);
  });

  test("has the columns and a command that can be pasted", () => {
    const [, block, , command] = text.split(/^```(?:sh)?$/m);
    expect(block?.startsWith(`\n${columns(trace)}\n`)).toBe(true);
    expect(command?.replace(/ \\\n */g, " ").trim()).toMatch(
      /^pmucheck replay --scenario \S+ .* --path \S+( --loop \d+)?$/,
    );
  });

  test("has no character that Markdown reads as its own outside the blocks", () => {
    const [before = ""] = text.split("```");
    expect(before).not.toMatch(/^(#|>|\s{4}|\d+\.|[*+] )/m);
  });
});

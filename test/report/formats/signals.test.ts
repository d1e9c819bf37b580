/**
 * The formats of signals, read back by readers that share nothing with the writers.
 */
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { itf } from "../../../src/report/formats/itf.js";
import { vcd } from "../../../src/report/formats/vcd.js";
import type { TraceDocument } from "../../../src/trace/document.js";
import { allTraces, keptTrace } from "../../support/models/traces.js";
import { readVcd, vcdValue, type VcdVariable } from "../../support/readers/vcd-reader.js";

/** The value of every signal at a time, from the document alone: what it starts with, and the changes so far. */
function signalsAt({ initial, steps }: TraceDocument, time: number) {
  return initial.map(({ signal, cpu, value }) => {
    const changes = steps.slice(0, time).flatMap((step) => step.changes);
    const last = changes.findLast((change) => change.signal === signal && change.cpu === cpu);
    return { signal, cpu, value: last?.to ?? value };
  });
}

/** A value of a dump as the trace spells it. */
function spelled(digits: string, like: string): string {
  if (like === "low" || like === "high") return digits === "1" ? "high" : "low";
  if (like.startsWith("0x")) return `0x${BigInt(`0b${digits}`).toString(16)}`;
  if (/^\d+$/.test(like)) return BigInt(`0b${digits}`).toString();
  const bytes = digits.match(/.{8}/g) ?? [];
  return bytes
    .map((byte) => Number.parseInt(byte, 2))
    .filter((code) => code !== 0)
    .map((code) => String.fromCharCode(code))
    .join("");
}

describe.each(allTraces)("a value change dump of %s", (_, trace) => {
  const file = readVcd(vcd(trace));
  const variable = (path: string): VcdVariable => {
    const found = file.variables.find((one) => one.path === `pmucheck.${path}`);
    if (found === undefined) throw new Error(`no ${path}`);
    return found;
  };

  test("has every signal's value at every step", () => {
    for (let time = 0; time <= trace.steps.length; time++) {
      for (const { signal, cpu, value } of signalsAt(trace, time)) {
        const path = `${cpu === null ? "system" : `cpu${cpu}`}.${signal.replace(" ", "_")}`;
        const words = value.split(" ");
        const read = words.map((word, i) =>
          spelled(vcdValue(variable(words.length === 1 ? path : `${path}[${i}]`), time), word),
        );
        expect(read.join(" "), `${path} at #${time}`).toBe(value);
      }
    }
  });

  test("ends with the last step, and marks the loop", () => {
    expect(file.end).toBe(trace.steps.length);
    const loop = file.variables.find(({ path }) => path === "pmucheck.system.loop");
    expect(loop?.changes).toEqual(
      trace.loop === null
        ? undefined
        : [
            { time: 0, value: "0" },
            { time: trace.loop, value: "1" },
          ],
    );
  });
});

test("words of several counters become a vector each, and a strange text is kept within ASCII", () => {
  const value = { cpu: 0, headline: false };
  const odd: TraceDocument = {
    ...keptTrace,
    steps: [],
    initial: [
      { ...value, signal: "PMEVCNTR", value: "0x1 0xfffffffe" },
      { ...value, signal: "current", value: "ünï $end" },
    ],
  };
  const variables = readVcd(vcd(odd)).variables;
  expect(
    variables.map((one) => [one.path, spelled(vcdValue(one, 0), one.path.includes("PMEV") ? "0x" : "")]),
  ).toEqual([
    ["pmucheck.cpu0.PMEVCNTR[0]", "0x1"],
    ["pmucheck.cpu0.PMEVCNTR[1]", "0xfffffffe"],
    ["pmucheck.cpu0.current", "?n? $end"],
  ]);
});

const bigint = z.strictObject({ "#bigint": z.string().regex(/^-?\d+$/) });
const scalar = z.union([z.string(), bigint]);
const map = z.strictObject({ "#map": z.array(z.tuple([bigint, scalar])) });

/** ADR-015 of Apalache, with the expressions that are used here. */
const itfSchema = z.strictObject({
  "#meta": z.looseObject({ format: z.literal("ITF"), source: z.string(), status: z.string() }),
  vars: z.array(z.string().regex(/^[A-Za-z]\w*$/)),
  loop: z.int().nonnegative().optional(),
  states: z.array(z.object({ "#meta": z.looseObject({ index: z.int() }) }).catchall(z.union([scalar, map]))),
});

describe.each(allTraces)("the informal trace format of %s", (_, trace) => {
  const document = itfSchema.parse(JSON.parse(itf(trace)));

  test("sets every variable in every state, and no other", () => {
    for (const [index, { "#meta": meta, ...state }] of document.states.entries()) {
      expect(Object.keys(state)).toEqual(document.vars);
      expect(meta.index).toBe(index);
    }
  });

  test("has the signals' values", () => {
    for (const [time, state] of document.states.entries()) {
      for (const { signal, cpu, value } of signalsAt(trace, time)) {
        const said = state[signal.replace(/[ .]/g, "_")];
        const whole = map.safeParse(said);
        const one = whole.success
          ? whole.data["#map"].find(([key]) => key["#bigint"] === String(cpu))?.[1]
          : scalar.parse(said);
        const expected = typeof one === "object" ? String(BigInt(value)) : value;
        expect(typeof one === "object" ? one["#bigint"] : one).toBe(expected);
      }
    }
  });

  test("ends where the trace ends, or goes back to where the loop begins", () => {
    expect(document.loop).toBe(trace.loop ?? undefined);
    expect(document.states).toHaveLength(trace.steps.length + (trace.loop === null ? 1 : 0));
    if (trace.loop === null) return;
    // The state after the last step is the one at which the loop begins, so nothing is lost.
    expect(signalsAt(trace, trace.steps.length)).toEqual(signalsAt(trace, trace.loop));
  });
});

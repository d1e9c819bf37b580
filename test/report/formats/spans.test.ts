/**
 * The formats of nested calls: Chrome's trace events and ftrace's lines.
 */
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { chrome } from "../../../src/report/formats/chrome.js";
import { ftrace } from "../../../src/report/formats/ftrace.js";
import { spansOf } from "../../../src/report/formats/spans.js";
import type { TraceDocument } from "../../../src/trace/document.js";
import { allTraces, keptTrace } from "../../support/models/traces.js";

const common = { name: z.string(), pid: z.int(), tid: z.int(), ts: z.number().nonnegative() };

/** "Trace Event Format", the phases that are used here with the fields they must have. */
const chromeSchema = z.strictObject({
  displayTimeUnit: z.enum(["ms", "ns"]),
  otherData: z.looseObject({ loop: z.int().nullable() }),
  traceEvents: z.array(
    z.discriminatedUnion("ph", [
      z.strictObject({ ...common, ph: z.literal("B"), args: z.looseObject({}) }),
      z.strictObject({ ...common, ph: z.literal("E"), args: z.looseObject({}) }),
      z.strictObject({ ...common, ph: z.literal("X"), dur: z.number().positive() }),
      z.strictObject({
        ...common,
        ph: z.literal("i"),
        s: z.enum(["t", "g"]),
        args: z.looseObject({}).optional(),
      }),
      z.strictObject({ ...common, ph: z.literal("M"), args: z.strictObject({ name: z.string() }) }),
    ]),
  ),
});

describe.each(allTraces)("Chrome's trace events of %s", (_, trace) => {
  const { traceEvents: events, otherData } = chromeSchema.parse(JSON.parse(chrome(trace)));

  test("have balanced spans on every track, in the order of time", () => {
    const stacks = new Map<string, string[]>();
    let time = 0;
    const crossed: string[] = [];
    for (const event of events) {
      if (event.ph !== "B" && event.ph !== "E") continue;
      const { ph, pid, tid, name, ts, args } = event;
      expect(ts).toBeGreaterThanOrEqual(time);
      time = ts;
      const key = `${pid}.${tid}`;
      const stack = stacks.get(key) ?? [];
      stacks.set(key, stack);
      // Speedscope takes two ends for one span's only if their arguments are equal too.
      const end = `${name} ${JSON.stringify(args)}`;
      if (ph === "B") stack.push(end);
      else if (stack.pop() !== end) crossed.push(end);
    }
    expect(crossed).toEqual([]);
    expect([...stacks.values()].flat()).toEqual([]);
    expect(stacks.size).toBeGreaterThan(0);
  });

  test("have every shared access on the track of its CPU, in the span of its function", () => {
    const { steps } = spansOf(trace);
    const expected = steps.flatMap((happened, i) =>
      happened.flatMap((of) =>
        of.kind === "access" && !of.local
          ? [{ tid: (trace.steps[i]?.cpu ?? 0) + 1, name: of.text, within: of.within ?? undefined }]
          : [],
      ),
    );
    const open = new Map<number, string[]>();
    const shown: typeof expected = [];
    for (const event of events) {
      const { ph, pid, tid, name } = event;
      const stack = open.get(tid) ?? [];
      if (ph === "B") open.set(tid, [...stack, name]);
      if (ph === "E") open.set(tid, stack.slice(0, -1));
      if (ph === "i" && event.s === "t" && pid === 1) shown.push({ tid, name, within: stack.at(-1) });
    }
    expect(shown).toEqual(expected);
  });

  test("cover the whole trace with each signal's values", () => {
    const end = (trace.steps.length + 1) * 1000;
    const tracks = new Map<number, number>();
    for (const event of events) {
      if (event.ph !== "X") continue;
      expect(event.ts).toBe(tracks.get(event.tid) ?? 0);
      tracks.set(event.tid, event.ts + event.dur);
    }
    expect([...new Set(tracks.values())]).toEqual([end]);
    expect(tracks.size).toBe(trace.initial.length);
  });

  test("say where the loop begins", () => {
    expect(otherData.loop).toBe(trace.loop);
    const begins = events.filter(({ name }) => name === "from here on for ever");
    expect(begins.map(({ ts }) => ts)).toEqual(trace.loop === null ? [] : [(trace.loop + 1) * 1000]);
  });
});

describe.each(allTraces)("spans of %s", (_, trace) => {
  test("infer nothing but the stacks that tasks had before", () => {
    const { steps } = spansOf(trace);
    const left = trace.steps.flatMap(({ events }) => events.filter(({ kind }) => kind === "leave"));
    const returns = steps.flat().filter((event) => event.kind === "close" && event.how === "returns");
    expect(returns.map((event) => event.kind === "close" && event.function)).toEqual(
      left.map((event) => event.kind === "leave" && event.function),
    );
  });
});

test("spans of a document that leaves what it never entered are balanced all the same", () => {
  const [first] = keptTrace.steps;
  if (first === undefined) throw new Error("no steps");
  const leave = (name: string) => ({ kind: "leave", function: name, value: null, ignored: false }) as const;
  const enter = (name: string) => ({ kind: "enter", function: name, arguments: [] }) as const;
  const odd: TraceDocument = {
    ...keptTrace,
    steps: [{ ...first, events: [enter("a"), enter("b"), leave("a"), leave("outer"), enter("c")] }],
  };
  const { before, steps, after } = spansOf(odd);
  expect(
    [...before, ...steps.flat(), ...after].map((of) => "function" in of && `${of.kind} ${of.function}`),
  ).toEqual(["open outer", "open a", "open b", "close b", "close a", "close outer", "open c", "close c"]);
});

/** A line of /sys/kernel/tracing/trace: task, PID, CPU, five flags, seconds and microseconds, event, text. */
const LINE = /^ *(\S+)-(\d+) +\[(\d{3})\] ([d.])(\.)([hz.])(\.)(\.) +(\d+)\.(\d{6}): ([^:]+): (.*)$/;

describe.each(allTraces)("ftrace's lines of %s", (_, trace) => {
  const lines = ftrace(trace).split("\n");
  const events = lines.filter((line) => !line.startsWith("#"));

  test("are all of ftrace's form, in the order of time, and as many as the header says", () => {
    const parsed = events.map((line) => LINE.exec(line));
    expect(events.filter((_line, i) => parsed[i] === null)).toEqual([]);
    const times = parsed.map((match) => Number(match?.[10]));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBe(trace.steps.length);
    expect(lines[0]).toBe("# tracer: nop");
    expect(lines[3]).toBe(
      `# entries-in-buffer/entries-written: ${events.length}/${events.length}   #P:${trace.cpus}`,
    );
  });

  test("mark hard IRQs and NMIs as the steps do", () => {
    const marks = events.flatMap((line) => {
      const [, , , , , , level, , , , micros, event] = LINE.exec(line) ?? [];
      return event?.startsWith("funcgraph") === false && level !== "." ? [`${Number(micros)} ${level}`] : [];
    });
    const expected = trace.steps.flatMap(({ level }, i) =>
      level === "irq" ? [`${i + 1} h`] : level === "nmi" ? [`${i + 1} z`] : [],
    );
    expect([...new Set(marks)]).toEqual(expected);
  });

  test("say that the loop goes on", () => {
    const again = lines.filter((line) => /^# (from here|and again)/.test(line));
    expect(again).toHaveLength(trace.loop === null ? 0 : 2);
  });
});

test("ftrace's d flag is set exactly while interrupts are masked", () => {
  const masked = new Set<number>();
  let I = keptTrace.initial.find(({ signal }) => signal === "PSTATE.I")?.value;
  keptTrace.steps.forEach((step, i) => {
    if (I === "1") masked.add(i + 1);
    I = step.changes.find(({ signal }) => signal === "PSTATE.I")?.to ?? I;
  });
  const marked = ftrace(keptTrace)
    .split("\n")
    .flatMap((line) => {
      const match = LINE.exec(line);
      return match?.[4] === "d" ? [Number(match[10])] : [];
    });
  expect(new Set(marked)).toEqual(masked);
});

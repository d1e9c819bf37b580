/**
 * The traces that pmucheck shows: golden texts, what the mail says must be in them, and their replay.
 */
import { describe, expect, test } from "vitest";

import { columns, WIDTH } from "../../../src/report/trace/columns.js";
import { decodePath, encodePath } from "../../../src/report/trace/path.js";
import { verdictText } from "../../../src/report/trace/text.js";
import type { CheckDocument, TraceDocument } from "../../../src/trace/document.js";
import { replay } from "../../../src/check/replay/replay.js";
import { checked, resolve, type Asked } from "../../support/models/checks.js";
import { withoutHash } from "../../support/models/traces.js";

const VIOLATIONS: readonly Asked[] = ["one-cpu", "ping-pong"].flatMap((scenario) =>
  ["irq", "nmi"].map((irq) => ({ scenario, set: { irq } })),
);

function traceOf({ trace }: CheckDocument): TraceDocument {
  if (trace === undefined) throw new Error("there is no trace");
  return trace;
}

describe.each(VIOLATIONS)("the loss in $scenario, $set.irq", (asked) => {
  const found = checked(asked);
  const trace = traceOf(found);
  const accesses = trace.steps.flatMap((step, at) =>
    step.events.flatMap((event) =>
      event.kind === "access" && !event.local ? [{ at, text: event.text }] : [],
    ),
  );

  test("reads as it always did", async () => {
    const golden = `golden/${asked.scenario}-${asked.set?.["irq"] ?? ""}.txt`;
    await expect(withoutHash(`${verdictText(found)}\n`)).toMatchFileSnapshot(golden);
  });

  test(`is at most ${WIDTH} columns wide`, () => {
    expect(
      Math.max(
        ...columns(trace)
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(WIDTH);
  });

  test("shows PMOVSCLR written in armv8pmu_disable_intens while the flag is set", () => {
    const functions: string[] = [];
    const discards = trace.steps.filter((step) => {
      const within = [...functions];
      for (const event of step.events) {
        if (event.kind === "enter") functions.push(event.function);
        if (event.kind === "leave") functions.pop();
      }
      const clears = step.events.some((event) => event.kind === "access" && event.text === "PMOVSCLR = 0x1");
      const cleared = step.changes.some(
        ({ signal, from, to }) => signal === "PMOVS" && from === "0x1" && to === "0x0",
      );
      return clears && cleared && within.at(-1) === "armv8pmu_disable_intens";
    });
    expect(discards).toHaveLength(1);
  });

  test("shows that armpmu_start ignores what armpmu_event_set_period returns", () => {
    const ignored = trace.steps.flatMap(({ events }) =>
      events.filter(
        (event) => event.kind === "leave" && event.function === "armpmu_event_set_period" && event.ignored,
      ),
    );
    expect(ignored).toEqual([expect.objectContaining({ value: "1" })]);
  });

  test("ends with twice the period", () => {
    expect(trace.epilogue).toBe("Interrupted after 8 events, period 4");
  });

  test("happens with interrupts masked from the exception to the switch, or with the line too late for an NMI", () => {
    const rose = trace.steps.some(({ process }) => process.startsWith("line"));
    expect(rose).toBe(false);
    expect(accesses.map(({ text }) => text)).toContain(
      asked.set?.["irq"] === "nmi" ? "ICC_PMR = 0x60 (GIC_PRIO_IRQOFF)" : "PSTATE.I = 1",
    );
  });

  test("replays, by index alone and by name", () => {
    const { steps, hash } = trace;
    const indices = decodePath(encodePath(steps.map(({ index }) => index))).map((index) => ({ index }));
    for (const path of [steps, indices]) {
      expect(replay({ ...resolve(asked), hash, steps: path, loop: null })).toEqual({
        unbroken: undefined,
        trace,
      });
    }
  });
});

describe("a replay is refused", () => {
  const asked = { scenario: "one-cpu" };
  const { steps, hash } = traceOf(checked(asked));
  const request = { ...resolve(asked), hash, steps, loop: null };

  test("under another hash (PMC113)", () => {
    expect(() => replay({ ...request, hash: "0123456789ab" })).toThrow(
      expect.objectContaining({ code: "PMC113" }),
    );
    const other = resolve({ ...asked, set: { skid: "0" } });
    expect(() => replay({ ...request, ...other })).toThrow(expect.objectContaining({ code: "PMC113" }));
  });

  test("where the model does not offer the step (PMC114)", () => {
    const wrong = [{ index: 7 }, ...steps.slice(1)];
    expect(() => replay({ ...request, steps: wrong })).toThrow(
      "step 1 takes choice 7, but the model offers: 0 pmu0",
    );
  });

  test("where the step is another one (PMC114)", () => {
    const wrong = [{ index: 0, process: "cpu0", choice: "" }, ...steps.slice(1)];
    expect(() => replay({ ...request, steps: wrong })).toThrow(
      "step 1 is 'cpu0' in the trace and 'pmu0: count' in",
    );
  });
});

describe("a replay that breaks nothing says so", () => {
  test("when it ends before the rule is broken", () => {
    const asked = { scenario: "one-cpu" };
    const { steps, hash } = traceOf(checked(asked));
    const half = replay({ ...resolve(asked), hash, steps: steps.slice(0, 50), loop: null });
    expect(half).toMatchObject({ unbroken: "no rule is broken along this path", trace: { rule: "none" } });
  });
});

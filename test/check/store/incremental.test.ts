/**
 * Results from the store against results of cold explorations: never another verdict, whatever is changed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { drivers, scenarios } from "../../../models/catalogue.js";
import {
  armv8pmu_disable_intens,
  armv8pmu_handle_irq,
} from "../../../models/linux/drivers/perf/arm_pmuv3.js";
import { isb } from "../../../models/linux/arch/arm64/include/asm/arm_pmuv3.js";
import { properties, witnesses } from "../../../properties/catalogue.js";
import { machineOf } from "../../../src/check/machine.js";
import type { ChecksRequest } from "../../../src/check/request.js";
import { ResultStore } from "../../../src/check/store/result-store.js";
import { checkAll } from "../../../src/check/verdict/check.js";
import { defaultFunctions } from "../../../src/cli/commands/mutate/defaults.js";
import { withoutTiming } from "../../../src/cli/results/formats.js";
import { driverMutants } from "../../../src/mutate/driver-mutants.js";
import { Recorder } from "../../../src/mutate/recording.js";
import { Machine } from "../../../src/runtime/machine.js";
import { explore } from "../../../src/engine/explore.js";
import { configure } from "../../../src/spec/parameter.js";
import { changing, withFixes, type Fix } from "../../../src/spec/fix.js";
import type { Driver } from "../../../src/spec/scenario.js";
import { operation, type Kernel } from "../../../src/spec/kernel-function.js";
import type { CheckDocument } from "../../../src/trace/document.js";
import { resolve } from "../../support/models/checks.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = { drivers, scenarios, properties, witnesses };
const storeOf = (name: string, program = "a program") =>
  new ResultStore({ folder: join(folder, name), program, shipped });

/** Cells of some hundred states to some thousand. */
const CELLS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["one-cpu", { irq: "irq", switches: "0" }],
  ["one-cpu", { irq: "nmi", switches: "0" }],
  ["close", { irq: "irq" }],
  ["refresh", { irq: "irq" }],
];
/** Where mutants are edits of each other, and how many edits one has. */
const EDITED = CELLS[2];
const EVERY = 12;
const { driver: base } = resolve({ scenario: "one-cpu" });

function requestOf([name, set]: (typeof CELLS)[number], driver: Driver = base): ChecksRequest {
  const { scenario } = resolve({ scenario: name });
  return {
    scenario,
    driver,
    configuration: configure(scenario.parameters, set),
    properties: properties.filter((property) => scenario.properties.includes(property.name)),
    witnesses,
    maxStates: 100_000,
    shortest: "steps",
    relevantOnly: true,
  };
}

function explored(store: ResultStore, request: ChecksRequest): readonly CheckDocument[] {
  const checks = checkAll(request);
  store.keep(request, base, checks, () => machineOf(request));
  return checks;
}

/** All but what differs from one run to the next. */
const plain = (checks: readonly CheckDocument[] | undefined) => checks?.map(withoutTiming);

const wholeFix = (fix: Pick<Fix, "changes"> & Partial<Fix>): Fix => {
  const words = { name: "f", summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: [] };
  return { ...words, ...fix };
};
const withFix = (fix: Pick<Fix, "changes"> & Partial<Fix>, text: string): Driver =>
  withFixes(base, "f", [wholeFix(fix)], { text });
/** The same of a file of the user's, which is loaded as often as one likes. */
const inFile = (fix: Pick<Fix, "changes">, text: string): Driver =>
  withFixes(base, "f", [wholeFix(fix)], { text, anew: () => [wholeFix(fix)] });

test("every mutant of the driver has in every cell the verdicts of a cold run", { timeout: 600_000 }, () => {
  const store = storeOf("mutants");
  const recorder = new Recorder();
  for (const cell of CELLS) {
    const request = requestOf(cell);
    explored(store, request);
    const system = request.scenario.build(base, request.configuration);
    const recorded = recorder.record(system, JSON.stringify(cell), new Set(defaultFunctions));
    explore(new Machine(recorded), { goals: [], cycles: [], witnesses: [] }, { maxStates: 100_000 });
  }
  const bodies = new Map(
    [...base.functions].map(([name, { body }]) => [
      name,
      (args: readonly unknown[]): Kernel<unknown> => body(...(args as never)),
    ]),
  );
  const mutants = driverMutants(recorder, bodies, defaultFunctions);
  const counts = { stored: 0, explored: 0 };
  const exploredInVain: string[] = [];
  for (const [at, mutant] of mutants.entries()) {
    for (const cell of CELLS) {
      const asIs = requestOf(cell);
      const { functions } = mutant.apply(asIs.scenario.build(base, asIs.configuration));
      // As an edit of the mutant that was explored last.
      const fix = { name: "mutant", text: mutant.name, settings: {}, anew: () => functions };
      const request = requestOf(cell, { ...base, functions, fix });
      const found = store.find(request, base);
      const neverRan = !mutant.cells.has(JSON.stringify(cell));
      if (neverRan && found === undefined) exploredInVain.push(mutant.name);
      if (found === undefined) {
        counts.explored++;
        if (cell === EDITED && at % EVERY === 0) explored(store, request);
        continue;
      }
      counts.stored++;
      expect({ mutant: mutant.name, cell, checks: plain(found) }).toEqual({
        mutant: mutant.name,
        cell,
        checks: plain(checkAll(request)),
      });
    }
  }
  expect(exploredInVain).toEqual([]);
  expect(mutants.length).toBeGreaterThan(50);
  expect(counts.stored).toBeGreaterThan(20);
  expect(counts.explored).toBeGreaterThan(50);
});

describe("a fix in a file that was explored, and is edited", () => {
  const cell = CELLS[2] as (typeof CELLS)[number];
  const store = storeOf("edited");
  explored(store, requestOf(cell));
  type Body = (disable: (mask: number) => Kernel, mask: number) => Kernel;
  const fixOf = (body: Body, ...more: Fix["changes"]): Pick<Fix, "changes"> => ({
    changes: [changing(armv8pmu_disable_intens, body as never), ...more],
  });
  let texts = 0;
  const found = (fix: Pick<Fix, "changes">) => store.find(requestOf(cell, inFile(fix, `${++texts}`)), base);
  const keep = (fix: Pick<Fix, "changes">) => explored(store, requestOf(cell, inFile(fix, `${++texts}`)));

  const barrier = fixOf(function* (disable, mask) {
    yield* isb();
    yield* disable(mask);
  });
  const rewritten = fixOf(function* (disable, mask) {
    for (const one of [isb(), disable(mask)]) yield* one;
  });

  test("has the verdicts that it had, if it answers as it did", () => {
    expect(found(barrier)).toBeUndefined();
    keep(barrier);
    const request = requestOf(cell, inFile(rewritten, "rewritten"));
    expect(plain(store.find(request, base))).toEqual(plain(checkAll(request)));
    const same = changing(armv8pmu_handle_irq, function* (handle) {
      return yield* handle();
    });
    expect(found({ changes: [...rewritten.changes, same] })).toBeDefined();
  });

  test("is explored again if anything of it does something else, or does not any more", () => {
    keep(barrier);
    const twice = fixOf(function* (disable, mask) {
      yield* isb();
      yield* isb();
      yield* disable(mask);
    });
    expect(found(twice)).toBeUndefined();
    const first = changing(armv8pmu_handle_irq, function* (handle) {
      yield* isb();
      return yield* handle();
    });
    expect(found({ changes: [...barrier.changes, first] })).toBeUndefined();
    keep({ changes: [...barrier.changes, first] });
    expect(found({ changes: [...barrier.changes, first] })).toBeDefined();
    expect(found(barrier)).toBeUndefined();
  });

  test("is explored again if it has operations of its own, whatever their names", () => {
    const own = () => {
      const mine = operation({ name: "isb", perform: () => undefined });
      return fixOf(function* (disable, mask) {
        yield* mine();
        yield* disable(mask);
      });
    };
    keep(barrier);
    expect(found(own())).toBeUndefined();
    keep(own());
    expect(found(own())).toBeUndefined();
    expect(found(barrier)).toBeUndefined();
  });
});

describe("with one cell in the store", () => {
  const cell = CELLS[2] as (typeof CELLS)[number];
  const store = storeOf("one");
  const checks = explored(store, requestOf(cell));
  const isStored = (driver: Driver, of = store) => of.find(requestOf(cell, driver), base) !== undefined;

  test("the same question has the same answer, which says where it comes from", () => {
    const found = storeOf("one").find(requestOf(cell), base);
    expect(plain(found)).toEqual(plain(checks));
    expect(found?.every(({ stored }) => stored === true)).toBe(true);
  });

  test("another program, another bound and another question have none", () => {
    expect(isStored(base, storeOf("one", "another program"))).toBe(false);
    expect(store.find({ ...requestOf(cell), maxStates: 100 }, base)).toBeUndefined();
    expect(store.find({ ...requestOf(cell), witnesses: witnesses.slice(1) }, base)).toBeUndefined();
    expect(store.find({ ...requestOf(cell), properties: [] }, base)).toBeUndefined();
  });

  test("a fix that changes nothing has the driver's verdicts, under its own name", () => {
    const same = changing(armv8pmu_disable_intens, function* (disable, mask) {
      yield* disable(mask);
    });
    const request = requestOf(cell, withFix({ changes: [same] }, "same"));
    const found = store.find(request, base);
    expect(plain(found)).toEqual(plain(checkAll(request)));
    expect(found?.every(({ fix, trace }) => fix === "f" && (trace === undefined || trace.fix === "f"))).toBe(
      true,
    );
  });

  test("what a function closes over is seen, though its text is the same", () => {
    const fixWith = (isWrong: boolean, text: string) =>
      withFix(
        {
          changes: [
            changing(armv8pmu_disable_intens, function* (disable, mask) {
              if (isWrong) yield* isb();
              yield* disable(mask);
            }),
          ],
        },
        text,
      );
    expect(isStored(fixWith(false, "as it was"))).toBe(true);
    expect(isStored(fixWith(true, "changed"))).toBe(false);
  });

  test("an operation of another's is another one, whatever its name", () => {
    const other = operation({ name: "isb", perform: () => undefined });
    const driver = withFix(
      {
        changes: [
          changing(armv8pmu_disable_intens, function* (disable, mask) {
            const body = disable(mask);
            let next = body.next();
            while (next.done !== true) {
              const isBarrier = next.value.kind === "perform" && next.value.operation.name === "isb";
              next = body.next(isBarrier ? yield* other() : yield next.value);
            }
          }),
        ],
      },
      "another isb",
    );
    expect(isStored(driver)).toBe(false);
  });

  test("state that a fix adds makes another system of it", () => {
    const state = [{ per: "machine" as const, component: () => ({ name: "mine" }) as never, initial: {} }];
    const same = changing(armv8pmu_handle_irq, function* (handle) {
      return yield* handle();
    });
    expect(isStored(withFix({ changes: [same] }, "no state"))).toBe(true);
    expect(isStored(withFix({ changes: [same], state }, "state"))).toBe(false);
  });
});

/**
 * Reductions keep what can be seen: on random systems, and on the shipped scenarios that are small.
 */
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { properties, witnesses } from "../../properties/catalogue.js";
import { explore } from "../../src/engine/explore.js";
import { audit } from "../../src/reduce/audit.js";
import { exploreReduced, type SafetyRule } from "../../src/reduce/reduced-exploration.js";
import { Machine } from "../../src/runtime/machine.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { check } from "../../src/check/verdict/check.js";
import { expectedWitnesses, goalOf } from "../../src/check/verdict/watch.js";
import { pmucheck } from "../support/cli/command-line.js";
import { resolve, type Asked } from "../support/models/checks.js";
import { randomSystem } from "../support/systems/random-system.js";
import { randomThreads } from "../support/systems/random-threads.js";
import type { Watch } from "../../src/engine/api/watch.js";

const LIMITS = { maxStates: 100_000, engine: "js" } as const;

/** A goal and a witness on transitions, and a goal on states that two processes make true together. */
const watch: Watch = {
  goals: [
    { transitions: [(of) => of.kind === "spurious" && of.cpu === 2], states: [] },
    { transitions: [], states: [(read) => read(0) === 2 && read(1) === 1] },
  ],
  cycles: [],
  witnesses: [(of) => of.kind === "spurious" && of.cpu === 1],
};

/** The first process hands over to the second, whose step nobody can disturb, and which has then done its part. */
const relay: TransitionSystem = {
  components: ["turn", "unused"],
  initial: ["first", 0],
  processes: ["first", "second"],
  fair: [],
  run: (process, read) => {
    const [when, next] = process === 0 ? ["first", "second"] : ["second", "nobody"];
    return read(0) === when ? [{ writes: new Map([[0, next]]), observations: [] }] : [];
  },
};

/** What nobody should use: every step that is its process's only one is taken for safe. */
const everythingIsSafe: SafetyRule = (tables) => ({
  safeMove: (process, state) => {
    const { moves } = tables.answer(process, state);
    return moves.length === 1 ? moves[0] : undefined;
  },
});

describe("random systems, with and without reductions", () => {
  property.prop([randomThreads], { numRuns: 500 })("threads: nothing differs", (system) => {
    expect(audit(system, watch, LIMITS)).toMatchObject({ isDecided: true, differences: [] });
  });

  property.prop([randomSystem], { numRuns: 300 })("decision trees: nothing differs", (system) => {
    expect(audit(system, watch, LIMITS).differences).toEqual([]);
  });

  property.prop([randomThreads], { numRuns: 300 })("threads: stuck or not", (system) => {
    const [plain, reduced] = [
      explore(system, watch, LIMITS),
      exploreReduced(system, watch, LIMITS).exploration,
    ];
    const isBroken = plain.breaks.some((found) => found !== undefined);
    fc.pre(!isBroken);
    expect(reduced.end.kind).toBe(plain.end.kind);
  });

  test("a process that moves within chains only is not idle", () => {
    const { reduced, differences } = audit(relay, watch, LIMITS);
    expect(differences).toEqual([]);
    expect(reduced).toMatchObject({ states: 2, idle: [] });
  });

  test("threads become fewer states", () => {
    const audits = fc.sample(randomThreads, { numRuns: 100, seed: 1 }).map((of) => audit(of, watch, LIMITS));
    const states = (of: "plain" | "reduced") => audits.reduce((sum, one) => sum + one[of].states, 0);
    expect(states("reduced")).toBeLessThan(states("plain") / 1.5);
  });
});

/** Both threads copy x, then write x + 1; who finds that x is not what was copied says 2, else 1. */
const lostUpdate: TransitionSystem = {
  components: ["x", "unused", "a", "b"],
  initial: [0, 0, "start", "start"],
  processes: ["a", "b"],
  fair: [],
  run: (process, read) => {
    const pc = 2 + process;
    const copy = read(pc);
    if (copy === "end") return [];
    if (copy === "start") return [{ writes: new Map([[pc, read(0)]]), observations: [] }];
    const cpu = read(0) === copy ? 1 : 2;
    const writes = new Map<number, unknown>([
      [0, Number(copy) + 1],
      [pc, "end"],
    ]);
    return [{ writes, observations: [{ kind: "spurious", cpu }] }];
  },
};

describe("an audit", () => {
  test("of a wrong reduction says what is missing", () => {
    const { differences } = audit(lostUpdate, watch, LIMITS, everythingIsSafe);
    expect(differences.join("\n")).toContain("seen only without reductions: a");
    expect(differences.join("\n")).toContain("broken goals");
  });

  test("of the reduction in use finds nothing in the same system", () => {
    expect(audit(lostUpdate, watch, LIMITS).differences).toEqual([]);
  });

  test("that hits a bound is not decided", () => {
    expect(audit(lostUpdate, watch, { ...LIMITS, maxStates: 2 })).toMatchObject({ isDecided: false });
  });
});

describe("shipped scenarios, with and without reductions", () => {
  const small: readonly Asked[] = [
    { scenario: "one-cpu" },
    { scenario: "one-cpu", set: { irq: "nmi" } },
    { scenario: "disable-enable" },
    { scenario: "disable-enable", set: { irq: "nmi" } },
    { scenario: "clones" },
    { scenario: "profiler", driver: "linux-7.3" },
    { scenario: "frequency", set: { irq: "nmi" } },
    { scenario: "group-throttle" },
    { scenario: "virtual-pmu" },
  ];
  test.each(small)("$scenario $set $driver: all safety properties at once", { timeout: 60_000 }, (asked) => {
    const { scenario, driver, configuration } = resolve(asked);
    const machine = new Machine(scenario.build(driver, configuration));
    const goals = properties.filter(({ kind }) => kind === "always").map((one) => goalOf(machine, one));
    const reached = expectedWitnesses(scenario, configuration, witnesses).map(({ reachedBy }) => reachedBy);
    const result = audit(machine, { goals, cycles: [], witnesses: reached }, { maxStates: 1e6 });
    expect(result).toMatchObject({ isDecided: true, differences: [] });
    expect(result.reduced.states).toBeLessThan(result.plain.states / 2);
  });
});

describe("check --reduction", () => {
  const options = { witnesses, maxStates: 1e6 };

  test("proves on fewer states, and says so", () => {
    const target = resolve({ scenario: "one-cpu", property: "no-duplicate" });
    const plain = check({ ...target, ...options });
    const reduced = check({ ...target, ...options, reduction: "safe-steps" });
    expect(plain.reductions).toBeUndefined();
    expect(reduced).toMatchObject({
      verdict: "holds",
      complete: true,
      reductions: ["safe-steps"],
      witnesses: plain.witnesses,
      neverMoved: plain.neverMoved,
    });
    expect(reduced.states).toBeLessThan(plain.states / 5);
  });

  test.each(["exactly-once", "eventually-delivered"])("%s: a violation is that of a plain check", (name) => {
    const target = resolve({ scenario: "one-cpu", property: name });
    const measures = { seconds: 0, peakRssBytes: 0 };
    const plain = check({ ...target, ...options });
    const reduced = check({ ...target, ...options, reduction: "safe-steps" });
    expect(plain.verdict).toBe("violated");
    expect({ ...reduced, ...measures }).toEqual({ ...plain, ...measures });
  });

  test("a bound is inconclusive", () => {
    const target = resolve({ scenario: "one-cpu", property: "no-duplicate" });
    const reduced = check({ ...target, ...options, maxStates: 100, reduction: "safe-steps" });
    expect(reduced).toMatchObject({ verdict: "inconclusive", complete: false, reductions: ["safe-steps"] });
  });

  test("on the command line: a word in the text, and the audit on stderr", () => {
    const asked = ["check", "one-cpu", "--property", "no-duplicate"];
    const { status, stdout, stderr } = pmucheck(...asked, "--audit-reductions");
    expect(status).toBe(0);
    expect(stdout).toMatch(/Explored: .* states, .*, complete, reduced\n/);
    expect(stderr).toMatch(
      /audit: one-cpu, linux-6.5, no-duplicate: [\d,]+ states for 16,183, nothing differs/,
    );
    expect(pmucheck(...asked, "--no-reduction").stdout).toBe(pmucheck(...asked).stdout);
  });

  test.each(["--all", "--simulate", "--estimate"])("does not go with %s", (option) => {
    const { status, stderr } = pmucheck("check", "one-cpu", option, "--reduction");
    expect(status).toBe(129);
    expect(stderr).toContain("PMC104");
  });
});

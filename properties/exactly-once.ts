/**
 * exactly-once: every overflow yields exactly one perf_event_overflow. It has two rules, no-loss and no-duplicate, which
 * are also properties of their own.
 *
 * Source: the mail of 20 Nov 2023 (no-loss), William Ashley's question of 5 Dec 2023 about a false second overflow
 * (no-duplicate). Which overflows are due at a teardown is a policy: models/ground-truth.ts.
 */
import type { Rule, SafetyProperty } from "../src/spec/property.js";

const noLossRule: Rule = {
  name: "no-loss",
  brokenBy: (of) => (of.kind === "crossing" && of.overtakes) || of.kind === "unreported",
};

const noDuplicateRule: Rule = {
  name: "no-duplicate",
  brokenBy: (of) => of.kind === "report" && of.unmatched,
};

export const noLoss: SafetyProperty = {
  name: "no-loss",
  kind: "always",
  sentence: "No crossing of a sample period is still unreported when the same event crosses again.",
  reference: "mail of 20 Nov 2023: the count since the last signal is about twice the period",
  rules: [noLossRule],
};

export const noDuplicate: SafetyProperty = {
  name: "no-duplicate",
  kind: "always",
  sentence:
    "perf_event_overflow is never called for an event without an unreported crossing of its sample period.",
  reference: "mail of 5 Dec 2023: can there be a false second overflow signal?",
  rules: [noDuplicateRule],
};

export const exactlyOnce: SafetyProperty = {
  name: "exactly-once",
  kind: "always",
  sentence:
    "Every crossing of a sample period yields exactly one perf_event_overflow, before the next crossing.",
  reference: "mails of 20 Nov and 5 Dec 2023",
  rules: [noLossRule, noDuplicateRule],
};

export const noLossAcrossMigration: SafetyProperty = {
  name: "no-loss-across-migration",
  kind: "always",
  sentence: "No crossing is lost whose task was moved to another CPU before it was reported.",
  reference: "mail of 20 Nov 2023: the reproducer is moved between cores",
  occasion: { sentence: "a task was moved to another CPU", reachedBy: (of) => of.kind === "migration" },
  rules: [
    {
      name: "no-loss-across-migration",
      brokenBy: (of) => of.kind === "crossing" && of.overtakes && of.moved,
    },
  ],
};

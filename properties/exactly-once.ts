/**
 * exactly-once: every overflow yields exactly one perf_event_overflow. Two rules, also checked one by one.
 *
 * Source: the mail of 20 Nov 2023 (no-loss), William Ashley's question of 5 Dec 2023 about a false second overflow
 * (no-duplicate).
 */
import type { Property, Rule } from "../src/spec/property.js";

const noLossRule: Rule = {
  name: "no-loss",
  brokenBy: (observation) => observation.kind === "crossing" && observation.overtakes,
};

const noDuplicateRule: Rule = {
  name: "no-duplicate",
  brokenBy: (observation) => observation.kind === "report" && observation.unmatched,
};

export const noLoss: Property = {
  name: "no-loss",
  kind: "always",
  sentence: "No crossing of a sample period is still unreported when the same event crosses again.",
  reference: "mail of 20 Nov 2023: the count since the last signal is about twice the period",
  rules: [noLossRule],
};

export const noDuplicate: Property = {
  name: "no-duplicate",
  kind: "always",
  sentence:
    "perf_event_overflow is never called for an event without an unreported crossing of its sample period.",
  reference: "mail of 5 Dec 2023: can there be a false second overflow signal?",
  rules: [noDuplicateRule],
};

export const exactlyOnce: Property = {
  name: "exactly-once",
  kind: "always",
  sentence:
    "Every crossing of a sample period yields exactly one perf_event_overflow, before the next crossing.",
  reference: "mails of 20 Nov and 5 Dec 2023",
  rules: [noLossRule, noDuplicateRule],
};

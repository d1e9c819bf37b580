/**
 * Verdicts as SARIF 2.1.0: for GitHub code scanning, the SARIF viewers of VS Code and Visual Studio, and triage tools.
 *
 * Source of the format: OASIS, Static Analysis Results Interchange Format 2.1.0 plus errata 01. A rule is a property. A
 * result is a violated check; its code flow has one thread flow per context (each CPU, and each other process that
 * moves), and `executionOrder` is the step, so that a viewer can interleave them. A location is the model's file and
 * line of the kernel function that a step is in, where the caller can tell, or the line of C that a step's access comes
 * from; else the function's name alone. The location of a result is the step that takes the evidence away (place.ts).
 *
 * A check that decided nothing (inconclusive, vacuous, error) is a notification of the run, which then says that it was
 * not successful: a run without results must not pass for a verdict. A loop is in the messages.
 */
import type { CheckDocument, TraceDocument, TraceStep } from "../../trace/document.js";
import { driverText, modeOf } from "../subject.js";
import { ending, verdictLine, whereBroken } from "../trace/text.js";
import { isOf, type Difference } from "../../trace/expectation.js";
import { happeningIn, lineOfC, stepToLookAt, type SourceLine, type SourceOf } from "./place.js";
import { spansOf, type SpanEvent } from "./spans.js";

export interface SarifOptions {
  /** Of pmucheck. */
  readonly version: string;
  readonly sourceOf?: SourceOf;
  /** What is not as expected; undefined if nothing was expected. */
  readonly differences?: readonly Difference[] | undefined;
}

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const BASE = "PMUCHECK";
const KERNEL = "KERNEL";

export function sarif(checks: readonly CheckDocument[], options: SarifOptions): string {
  const rules = [...new Map(checks.map((check) => [check.property, check])).values()];
  const undecided = checks.filter(({ verdict }) => verdict !== "holds" && verdict !== "violated");
  const run = {
    tool: {
      driver: {
        name: "pmucheck",
        version: options.version,
        semanticVersion: options.version,
        rules: rules.map(({ property, sentence, reference }) => ({
          id: property,
          shortDescription: { text: sentence },
          help: { text: `Where the requirement comes from: ${reference}.` },
          defaultConfiguration: { level: "error" },
        })),
      },
    },
    invocations: [
      {
        executionSuccessful: undecided.length === 0,
        toolExecutionNotifications: undecided.map((check) => ({
          level: check.verdict === "error" ? "error" : "warning",
          message: { text: verdictLine(check) },
          associatedRule: { id: check.property },
          properties: { verdict: check.verdict, scenario: check.scenario, driver: driverText(check) },
        })),
      },
    ],
    originalUriBaseIds: {
      [BASE]: { description: { text: "the folder of the pmucheck package" } },
      ...(checks.some(({ kernel }) => kernel !== undefined)
        ? { [KERNEL]: { description: { text: "the kernel tree that --kernel names" } } }
        : {}),
    },
    results: checks.flatMap((check) =>
      check.verdict === "violated"
        ? [
            resultOf(
              check,
              rules.map(({ property }) => property),
              options,
            ),
          ]
        : [],
    ),
    columnKind: "utf16CodeUnits",
  };
  return JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2);
}

function resultOf(check: CheckDocument, rules: readonly string[], options: SarifOptions): object {
  const { property, sentence, scenario, config, hash, trace } = check;
  const driver = driverText(check);
  const flow = trace === undefined ? undefined : flowOf(trace, options);
  const { differences } = options;
  const isNew = differences?.some(({ found }) => isOf(found, check)) ?? false;
  return {
    ruleId: property,
    ruleIndex: rules.indexOf(property),
    kind: "fail",
    level: "error",
    ...(differences === undefined ? {} : { baselineState: isNew ? "new" : "unchanged" }),
    message: {
      text: [verdictLine(check), sentence, trace?.epilogue ?? ""].filter((line) => line !== "").join("\n"),
    },
    ...(flow === undefined ? {} : { locations: [flow.decisive], codeFlows: [flow.codeFlow] }),
    partialFingerprints: {
      "pmucheckSubject/v1": [scenario, driver, property, ...modeOf({ config })].join("/"),
    },
    properties: { scenario, driver, config, hash },
  };
}

function flowOf(trace: TraceDocument, options: SarifOptions): { codeFlow: object; decisive: object } {
  const locate = (name: string) => options.sourceOf?.(name, trace.driver);
  const spans = spansOf(trace);
  const located = trace.steps.map((step, i) => locationOf(step, i + 1, spans.steps[i] ?? [], locate));
  const processes = [...new Set(trace.steps.map(({ process }) => process))];
  const decisive = stepToLookAt(trace) ?? trace.steps.length;
  const loop = trace.loop === null ? "" : ` It is ${whereBroken(trace)}.`;
  return {
    codeFlow: {
      message: { text: `${trace.start} ${ending(trace)}${loop}` },
      threadFlows: processes.map((process) => ({
        id: process,
        message: { text: `what ${process} does` },
        locations: located.filter((_, i) => trace.steps[i]?.process === process),
      })),
    },
    decisive: located[decisive - 1]?.location ?? {},
  };
}

function locationOf(
  step: TraceStep,
  number: number,
  events: readonly SpanEvent[],
  locate: (name: string) => SourceLine | undefined,
) {
  const { text, within } = happeningIn(step, events);
  const c = lineOfC(step.events);
  const source = c ?? (within === null ? undefined : locate(within));
  const state = step.changes.map(({ signal, cpu, to }) => [
    cpu === null ? signal : `${signal} of CPU${cpu}`,
    { text: to },
  ]);
  return {
    executionOrder: number,
    importance: step.changes.some(({ headline }) => headline) ? "essential" : "important",
    location: {
      message: { text: `step ${number}: ${text}` },
      logicalLocations: [
        within === null
          ? { name: step.process, kind: "resource" }
          : { name: within, fullyQualifiedName: within, kind: "function" },
      ],
      ...(source === undefined
        ? {}
        : {
            physicalLocation: {
              artifactLocation: { uri: source.uri, uriBaseId: c === undefined ? BASE : KERNEL },
              region: { startLine: source.line },
            },
          }),
    },
    ...(state.length === 0 ? {} : { state: Object.fromEntries(state) as object }),
  };
}

/**
 * The package's entry: what a program that uses pmucheck as a library may rely on.
 *
 * `new Machine(scenario.build(driver, configuration))` answers the one question everything rests on: in this state,
 * which labelled steps are enabled, and where do they lead? `check` answers the one everybody asks.
 */
export * from "./authoring.js";
export { columns } from "./report/trace/columns.js";
export { TRACE_FORMATS, traceRenderers, type TraceFormat } from "./report/formats/catalogue.js";
export { junit } from "./report/formats/junit.js";
export { markdownOfChecks } from "./report/formats/markdown.js";
export { sarif } from "./report/formats/sarif.js";
export { verdictLine, verdictText } from "./report/trace/text.js";
export type { CheckDocument, ResultDocument, TraceDocument, Verdict } from "./trace/document.js";
export type { Explanation, MinimizedTrace } from "./trace/explanation.js";
export { readTraceDocument } from "./trace/read.js";
export { replayEdited } from "./check/replay/on-changed-model.js";
export type { CheckRequest } from "./check/request.js";
export { check } from "./check/verdict/check.js";
export { longTrace } from "./check/sampling/long-trace.js";
export { checkBySimulation, type SimulationRequest } from "./check/sampling/simulate.js";
export { explain, type ExplainRequest } from "./explain/explain.js";
export { minimize, type MinimizeRequest } from "./minimize/minimize.js";
export { replay, type ReplayRequest } from "./check/replay/replay.js";

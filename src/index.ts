/**
 * The package's entry: what a program that uses pmucheck as a library may rely on.
 *
 * `new Machine(scenario.build(driver, configuration))` answers the one question everything rests on: in this state,
 * which labelled steps are enabled, and where do they lead? `check` answers the one everybody asks.
 */
export { defaultDriver, drivers, scenarios } from "../models/catalogue.js";
export { edits } from "../models/edits/catalogue.js";
export { combinations, fixes } from "../models/fixes/catalogue.js";
export { defaultProperty, properties, witnesses } from "../properties/catalogue.js";
export { columns } from "./report/trace/columns.js";
export { TRACE_FORMATS, traceRenderers, type TraceFormat } from "./report/formats/catalogue.js";
export { junit } from "./report/formats/junit.js";
export { markdownOfChecks } from "./report/formats/markdown.js";
export { sarif } from "./report/formats/sarif.js";
export { verdictLine, verdictText } from "./report/trace/text.js";
export { Machine, type EnabledStep, type StepLabel } from "./runtime/machine.js";
export type { StepEvent } from "./runtime/execute.js";
export { activation, type Activation } from "./spec/activation.js";
export { component, perCpu, perName, type Component, type ReadView, type View } from "./spec/component.js";
export { fixOfEdit, type Edit, type EditCost } from "./spec/edit.js";
export { PmucheckError, type ErrorCode } from "./spec/errors.js";
export { changing, draftFix, withFixes, type Change, type Fix } from "./spec/fix.js";
export {
  become,
  functionsOf,
  ignoring,
  kernelFunction,
  operation,
  override,
  prototype,
  type FunctionTable,
  type Kernel,
  type KernelFunction,
  type Operation,
  type Request,
} from "./spec/kernel-function.js";
export type { Observation } from "./spec/observation.js";
export { choice, configure, integer, type Configuration, type Parameter } from "./spec/parameter.js";
export type { Property, Rule, Witness } from "./spec/property.js";
export { calls, following, performs, replacing, rewriting, without } from "./spec/rewrite.js";
export type { AddedState, Driver, EventState, Scenario } from "./spec/scenario.js";
export type { Alternative, Process, Processor, Signal, State, System } from "./spec/system.js";
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

/**
 * What one writes scenarios, fixes, properties and models with: the part of the package's entry that needs no Node, so that
 * files of one's own run in the explorer's page too.
 */
export { defaultDriver, drivers, scenarios } from "../models/catalogue.js";
export { edits } from "../models/edits/catalogue.js";
export { combinations, fixes } from "../models/fixes/catalogue.js";
export { defaultProperty, properties, witnesses } from "../properties/catalogue.js";
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

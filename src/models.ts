/**
 * The package's fourth entry, `pmucheck/models`: what a model of one's own is written with: a PMU, an interrupt line and a
 * driver from nothing, without Linux.
 *
 * Parts with defaults: execution contexts, lines, counting within bounds, ground truth, reports.
 */
export { model, holds } from "../models/parts/model.js";
export type { DriverOfModel, EventOfModel, Held, ModelPlan } from "../models/parts/model.js";
export {
  arrivals,
  clearPending,
  edgeLine,
  isOutstanding,
  isPending,
  levelLine,
  lineOf,
  loseSignal,
  signal,
  type EdgeLine,
  type LevelLine,
  type Line,
  type LineState,
} from "../models/parts/lines.js";
export {
  atRest,
  context,
  enter,
  mask_interrupts,
  restore_interrupts,
  smp_processor_id,
  type Context,
} from "../models/parts/context.js";
export type { Counter } from "../models/parts/counting.js";
export { kernelCounts, lag, period, skid } from "../models/parts/parameters.js";
export { reading, writing } from "../models/parts/registers.js";
export { report } from "../models/parts/report.js";
export { truthOf, type Truth } from "../models/parts/truth.js";
export { propertiesOfModels } from "../properties/of-models.js";
export { activation, type Activation } from "./spec/activation.js";
export { component, perCpu, perName, type Component, type ReadView, type View } from "./spec/component.js";
export {
  become,
  ignoring,
  kernelFunction,
  operation,
  override,
  type Kernel,
  type KernelFunction,
} from "./spec/kernel-function.js";
export type { Observation } from "./spec/observation.js";
export {
  choice,
  configure,
  integer,
  valueOf,
  withDefault,
  type Configuration,
  type Parameter,
} from "./spec/parameter.js";
export type { LivenessProperty, Property, Rule, SafetyProperty, Witness } from "./spec/property.js";
export type { Driver, Scenario } from "./spec/scenario.js";
export type { Alternative, Process, Signal, System } from "./spec/system.js";

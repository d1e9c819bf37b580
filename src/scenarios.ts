/**
 * The package's third entry, `pmucheck/scenarios`: what a scenario or a property of one's own is written with.
 *
 * A scenario says which CPUs, tasks and events there are, what the tasks do, and what may happen to them from outside. A
 * property says what must never happen, or must happen in the end. Kernel structures are for what a program waits for.
 */
export { SAMPLING as samplingProperties } from "../models/scenarios/common.js";
export {
  adapt,
  commonParameters,
  counterParameters,
  linuxScenario,
  staying,
  switching,
  switchingParameters,
  type OwnPlan,
  type Plan,
} from "../models/scenarios/common.js";
export * as parameters from "../models/parameters.js";
export { addToCount, startAfresh, truth, type GroundTruth } from "../models/ground-truth.js";
export type { Syscall } from "../models/linux/fs/syscall.js";
export type { EventPlan, Inventory, TaskPlan } from "../models/linux/world/inventory.js";
export { callsOf } from "../models/linux/world/calls.js";
export { hasStopped, programOf, type Program, type Turn } from "../models/linux/world/programs.js";
export {
  ended,
  hotplug,
  interruption,
  powerDown,
  preemption,
  rests,
  sleeping,
  taskset,
  timers,
} from "../models/linux/world/wakeups.js";
export {
  perCpuData,
  perfEvent,
  perfEventContext,
  runQueue,
  taskStruct,
  type PerCpuData,
  type PerfEvent,
  type PerfEventContext,
  type RunQueue,
  type Task,
} from "../models/linux/structs.js";
export { pmu, type PMUv3 } from "../models/arm/pmuv3.js";
export { pe, type PE } from "../models/arm/pe.js";
export { gic } from "../models/arm/gicv3.js";
export { component, perCpu, perName, type ReadView, type View } from "./spec/component.js";
export type { Observation, Report } from "./spec/observation.js";
export {
  choice,
  integer,
  valueOf,
  withDefault,
  type Configuration,
  type Parameter,
} from "./spec/parameter.js";
export type { LivenessProperty, Memory, Property, Rule, SafetyProperty } from "./spec/property.js";
export { atMost, eventually, never, remembering, type Limit, type Remembering } from "./spec/sentence.js";
export type { Scenario } from "./spec/scenario.js";
export type { Alternative, Process } from "./spec/system.js";

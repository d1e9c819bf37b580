/**
 * The catalogue of properties.
 */
import type { Property } from "../src/spec/property.js";
import { countConservation, phase, recognisable } from "./count-conservation.js";
import {
  eventuallyDelivered,
  keepsCounting,
  lineEventuallyLow,
  noInterruptStorm,
  signalFollows,
  throttledEnds,
} from "./eventually.js";
import { exactlyOnce, noDuplicate, noLoss, noLossAcrossMigration } from "./exactly-once.js";
import { noKernelWarning, noSpuriousInterrupt, noUnknownRegister, pmuStaysDisabled } from "./kernel-order.js";
import {
  boundedSkid,
  eventLimitExact,
  noKernelSample,
  noLossByGroupThrottle,
  noOverflowRecursion,
  noReportAfterTeardown,
  noStaleReport,
  rightEvent,
  rightTask,
  signalInTask,
} from "./right-report.js";

export { witnesses } from "./witnesses.js";

export const properties: readonly Property[] = [
  exactlyOnce,
  noLoss,
  noDuplicate,
  countConservation,
  phase,
  recognisable,
  rightEvent,
  rightTask,
  signalInTask,
  noKernelSample,
  boundedSkid,
  noReportAfterTeardown,
  noStaleReport,
  eventLimitExact,
  noOverflowRecursion,
  noLossAcrossMigration,
  noLossByGroupThrottle,
  pmuStaysDisabled,
  noSpuriousInterrupt,
  noUnknownRegister,
  noKernelWarning,
  eventuallyDelivered,
  lineEventuallyLow,
  noInterruptStorm,
  signalFollows,
  throttledEnds,
  keepsCounting,
];

/** The property that the mail asks about. */
export const defaultProperty = exactlyOnce;

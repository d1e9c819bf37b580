/**
 * The properties that say something of every model that is made of models/parts: the same rules as for Linux, in words that
 * are nobody's kernel's.
 */
import type { Property } from "../src/spec/property.js";
import { eventuallyDelivered, noInterruptStorm } from "./eventually.js";
import { exactlyOnce, noDuplicate, noLoss } from "./exactly-once.js";
import { noSpuriousInterrupt } from "./kernel-order.js";
import { boundedSkid, rightEvent } from "./right-report.js";

const reference = "what pmucheck asks of every PMU and driver";

function said<P extends Property>(property: P, sentence: string): P {
  return { ...property, sentence, reference };
}

export const propertiesOfModels: readonly Property[] = [
  said(exactlyOnce, "Every overflow of an event is reported exactly once, before its next overflow."),
  said(noLoss, "No overflow of an event is still unreported when the same event overflows again."),
  said(noDuplicate, "Nothing is reported for an event without an unreported overflow of it."),
  said(rightEvent, "An overflow of one event is never reported as an overflow of another."),
  said(boundedSkid, "An overflow is reported before more is counted than skid and kernelCounts explain."),
  said(noSpuriousInterrupt, "The PMU's handler never runs without finding an overflow."),
  said(eventuallyDelivered, "An overflow is eventually reported, if its event goes on being counted."),
  said(noInterruptStorm, "The PMU's handler does not run for ever without an occurrence in between."),
];

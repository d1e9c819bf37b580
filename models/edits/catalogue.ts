/**
 * The edits that the search for fixes puts together: the parts of every shipped fix, guards, reads, and neighbours swapped.
 *
 * Their order is the order in which they are applied. So task work, which takes what it is to report, is before the others
 * that look at a stop, and what masks interrupts around the work is after what the work does.
 */
import type { Edit } from "../../src/spec/edit.js";
import * as flag from "./flag.js";
import * as guards from "./guards.js";
import * as machine from "./machine.js";
import * as order from "./order.js";
import * as read from "./read.js";
import * as now from "./report-now.js";
import * as work from "./task-work.js";

export const edits: readonly Edit[] = [
  order.updateBeforeDisable,
  order.enableBeforePeriod,
  order.stopBeforeFlags,
  order.clearBeforeInten,
  flag.keepFlag,
  flag.noDisableInAdd,
  flag.saveFlag,
  work.stopTaskwork,
  work.delTaskwork,
  now.stopCall,
  now.stopIrqwork,
  flag.stopMark,
  now.delCall,
  now.delIrqwork,
  flag.delMark,
  work.startTaskwork,
  now.startCall,
  now.startIrqwork,
  now.startShort,
  flag.startRelatch,
  flag.startMark,
  flag.markedRelatch,
  flag.markedSetflag,
  work.requeue,
  work.holdContext,
  work.irqsOff,
  guards.forgetOnPeriod,
  guards.wholeOnPeriod,
  guards.wholeOnRate,
  guards.wholeInKvm,
  guards.notOnClose,
  guards.notOnDisable,
  machine.handlerKeepsE,
  machine.handlerKeepsCount,
  machine.isbAfterStop,
  machine.vetoPowerDown,
  machine.noSwap,
  machine.drainBeforeDisable,
  read.readMasked,
  read.readRelatch,
  read.readPmuOff,
  read.readReport,
];

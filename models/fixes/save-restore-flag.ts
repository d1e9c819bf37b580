/**
 * save-restore-flag: the overflow flag is saved when an event is disabled and set again when it is enabled.
 *
 * Came out (linux-6.5): as predicted: loses wherever the driver of the mail loses. Surprise: in disable-enable the
 * handler can run for ever for nothing (no-interrupt-storm), because every enable raises a line that the next
 * disable lowers again.
 */
import { changing, type Change, type Fix } from "../../src/spec/fix.js";
import { armv8pmu_disable_event_irq, armv8pmu_enable_event } from "../linux/drivers/perf/arm_pmuv3.js";
import { read_pmovsclr } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { loadStable, store } from "../linux/memory.js";
import { perf_event, PERF_HES_STOPPED } from "../linux/structs.js";
import { write_pmovsset } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { eventState, EXACTLY_ONCE, fix_of, overflow_bit } from "./common.js";

/** With the counter stopped and before its flag is cleared. An event that is being added owns no flag yet. */
export const saveFlag: Change = changing(armv8pmu_disable_event_irq, function* (base, event) {
  const stopped = ((yield* loadStable(perf_event(event).hw.state)) & PERF_HES_STOPPED) !== 0;
  if (!stopped && ((yield* read_pmovsclr()) & (yield* overflow_bit(event))) !== 0) {
    yield* store(fix_of(event).pending, 1);
  }
  yield* base(event);
});

export const saveRestoreFlag: Fix = {
  name: "save-restore-flag",
  summary: "save the overflow flag at disable, set it again (PMOVSSET) at enable",
  idea:
    "The flag is state of the event, so it is saved with it and travels with it, to whatever counter of whatever CPU the event " +
    "gets next.",
  proposedBy: "one half of Mark Rutland's proposal of 5 Dec 2023",
  hazards: [
    "still loses: armpmu_start consumes the completed period before the flag is set again, and the handler reports nothing",
    "needs an accessor of PMOVSSET, which mainline does not have",
  ],
  assumes: [],
  claims: EXACTLY_ONCE,
  changes: [
    saveFlag,
    changing(armv8pmu_enable_event, function* (base, event) {
      const { pending } = fix_of(event);
      if ((yield* loadStable(pending)) !== 0) {
        yield* store(pending, 0);
        yield* write_pmovsset(yield* overflow_bit(event));
      }
      yield* base(event);
    }),
  ],
  state: [eventState],
};

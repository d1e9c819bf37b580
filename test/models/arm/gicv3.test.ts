/**
 * The rules of the GICv3 about SGIs, level-sensitive PPIs and the CPU interface, one test each.
 *
 * Source: Arm GIC Architecture Specification (IHI 0069), 4.1.2 "Interrupt handling state machine", 4.4 "Software
 * Generated Interrupts", 4.8 "Interrupt prioritization", and the descriptions of the ICC registers.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { produce, type Draft } from "immer";
import { describe, expect, test } from "vitest";

import {
  acknowledge,
  acknowledgeable,
  deactivate,
  dropPriority,
  generateSGI,
  gic,
  IDLE_PRIORITY,
  lineFalls,
  lineRises,
  resetGICv3,
  runningPriority,
  signals,
  SPURIOUS,
  stateOf,
  type GICv3,
} from "../../../models/arm/gicv3.js";
import { gic_handle_irq } from "../../../models/linux/drivers/irqchip/irq-gic-v3.js";
import { runKernelFunction } from "../../support/models/run-kernel-function.js";

const SGI = 0;
const OTHER_SGI = 5;
const PPI = 23;
const URGENT = 24;

const PRIORITY = 0xa0;
const URGENT_PRIORITY = 0x20;
/** A mask that lets every interrupt of these tests through. */
const OPEN = 0xf0;

const idle = resetGICv3({
  [SGI]: PRIORITY,
  [OTHER_SGI]: PRIORITY,
  [PPI]: PRIORITY,
  [URGENT]: URGENT_PRIORITY,
});

type Change = (of: Draft<GICv3>) => void;

const rises: Change = (of) => lineRises(of, PPI);
const falls: Change = (of) => lineFalls(of, PPI);
const acknowledged: Change = (of) => acknowledge(of, PPI);
const deactivated: Change = (of) => deactivate(of, PPI);
const sgi: Change = (of) => generateSGI(of, SGI);
const sgiAcknowledged: Change = (of) => acknowledge(of, SGI);
const sgiDeactivated: Change = (of) => deactivate(of, SGI);
const urgentRises: Change = (of) => lineRises(of, URGENT);

function after(before: GICv3, ...changes: readonly Change[]): GICv3 {
  return changes.reduce(
    (of, change) =>
      produce(of, (draft) => {
        change(draft);
      }),
    before,
  );
}

describe("the state machine", () => {
  test.each<[string, readonly Change[], string]>([
    ["it rises", [rises], "pending"],
    ["it falls before the acknowledge", [rises, falls], "inactive"],
    ["it is acknowledged with its line high", [rises, acknowledged], "active+pending"],
    ["its line falls while it is active+pending", [rises, acknowledged, falls], "active"],
    ["its line rises again while it is active", [rises, acknowledged, falls, rises], "active+pending"],
    ["it is deactivated with its line low", [rises, acknowledged, falls, deactivated], "inactive"],
    ["it is deactivated with its line high", [rises, acknowledged, deactivated], "pending"],
  ])("4.1.2: a level-sensitive PPI, when %s", (_, changes, state) => {
    expect(stateOf(after(idle, ...changes), PPI)).toBe(state);
  });

  test.each<[string, readonly Change[], string]>([
    ["it is generated", [sgi], "pending"],
    ["it is acknowledged", [sgi, sgiAcknowledged], "active"],
    ["it is generated again while it is active", [sgi, sgiAcknowledged, sgi], "active+pending"],
    ["it is deactivated", [sgi, sgiAcknowledged, sgiDeactivated], "inactive"],
    ["it is deactivated with another pending", [sgi, sgiAcknowledged, sgi, sgiDeactivated], "pending"],
  ])("4.1.2: an SGI, when %s", (_, changes, state) => {
    expect(stateOf(after(idle, ...changes), SGI)).toBe(state);
  });

  test("4.4: two SGIs of one INTID that are pending together are one", () => {
    const twice = after(idle, sgi, sgi);
    expect(twice).toEqual(after(idle, sgi));
    expect(stateOf(after(twice, sgiAcknowledged), SGI)).toBe("active");
  });

  test("4.1.2: an active+pending interrupt is not signalled until it is deactivated", () => {
    const dropped = after(idle, rises, acknowledged, dropPriority);
    expect(signals(dropped, OPEN)).toBe(false);
    expect(acknowledgeable(after(dropped, deactivated), OPEN)).toEqual([PPI]);
  });
});

describe("the acknowledge", () => {
  test("ICC_IAR1_EL1: nothing can be acknowledged once the line fell before the acknowledge", () => {
    expect(acknowledgeable(after(idle, rises), OPEN)).toEqual([PPI]);
    expect(acknowledgeable(after(idle, rises, falls), OPEN)).toEqual([]);
  });

  test("ICC_IAR1_EL1: it then answers 1023, changes nothing, and no handler is called", () => {
    const { accesses, after: end } = runKernelFunction(gic_handle_irq, [{ el: 0, I: false, pmr: OPEN }], {
      prepare: (view) =>
        view.update(gic(0), (of) => {
          rises(of);
          falls(of);
        }),
    });
    expect(accesses).toEqual([`ICC_IAR1 is ${SPURIOUS} (spurious)`]);
    expect(end.read(gic(0)).running).toEqual([]);
  });

  test("ICC_RPR_EL1: the acknowledge raises the running priority; it is idle when nothing runs", () => {
    expect(runningPriority(idle)).toBe(IDLE_PRIORITY);
    expect(runningPriority(after(idle, rises, acknowledged))).toBe(PRIORITY);
  });
});

describe("priorities", () => {
  test("4.8: of the pending interrupts one of the highest priority is acknowledged first", () => {
    expect(acknowledgeable(after(idle, sgi, rises, urgentRises), OPEN)).toEqual([URGENT]);
  });

  test("4.8: of interrupts of equal priority either may be acknowledged first", () => {
    expect(acknowledgeable(after(idle, sgi, rises), OPEN)).toEqual([SGI, PPI]);
  });

  test.each<[string, number, boolean]>([
    ["below", PRIORITY - 1, false],
    ["equal to", PRIORITY, false],
    ["above", PRIORITY + 1, true],
  ])("ICC_PMR_EL1: an interrupt under a mask %s its priority", (_, mask, signalled) => {
    expect(signals(after(idle, rises), mask)).toBe(signalled);
  });

  test("4.8: while one runs, an interrupt of equal priority waits and one of higher priority does not", () => {
    const serving = after(idle, sgi, sgiAcknowledged, rises);
    expect(signals(serving, OPEN)).toBe(false);
    expect(acknowledgeable(after(serving, urgentRises), OPEN)).toEqual([URGENT]);
  });

  test("ICC_EOIR1_EL1: with EOImode 1 the drop lets an equal priority through; the first stays active", () => {
    const dropped = after(idle, sgi, sgiAcknowledged, rises, dropPriority);
    expect(acknowledgeable(dropped, OPEN)).toEqual([PPI]);
    expect(stateOf(dropped, SGI)).toBe("active");
  });

  test("ICC_EOIR1_EL1: the drop of a nested interrupt returns to the priority it interrupted", () => {
    const nested = after(idle, rises, acknowledged, urgentRises, (of) => acknowledge(of, URGENT));
    expect(runningPriority(nested)).toBe(URGENT_PRIORITY);
    expect(runningPriority(after(nested, dropPriority))).toBe(PRIORITY);
  });

  test("ICC_DIR_EL1: deactivation alone leaves the running priority", () => {
    expect(runningPriority(after(idle, rises, acknowledged, deactivated))).toBe(PRIORITY);
  });
});

describe("in any order of events", () => {
  const LEVEL = [PPI, URGENT];

  interface Command {
    readonly kind: "rise" | "fall" | "sgi" | "acknowledge" | "drop" | "deactivate";
    readonly intid: number;
  }

  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({ kind: fc.constantFrom("rise", "fall"), intid: fc.constantFrom(...LEVEL) }),
    fc.record({ kind: fc.constant("sgi"), intid: fc.constantFrom(SGI, OTHER_SGI) }),
    fc.record({ kind: fc.constant("deactivate"), intid: fc.constantFrom(SGI, OTHER_SGI, ...LEVEL) }),
    // The GIC says which; if none can be acknowledged, or none is running, nothing happens.
    fc.record({ kind: fc.constantFrom("acknowledge", "drop"), intid: fc.constant(SPURIOUS) }),
  );

  function take(before: GICv3, { kind, intid }: Command, mask: number): GICv3 {
    const [first] = acknowledgeable(before, mask);
    return after(before, (of) => {
      if (kind === "rise") lineRises(of, intid);
      if (kind === "fall") lineFalls(of, intid);
      if (kind === "sgi") generateSGI(of, intid);
      if (kind === "acknowledge" && first !== undefined) acknowledge(of, first);
      if (kind === "drop") dropPriority(of);
      if (kind === "deactivate") deactivate(of, intid);
    });
  }

  const runs = [fc.array(command, { maxLength: 40 }), fc.constantFrom(OPEN, PRIORITY)] as const;

  prop.prop([...runs])(
    "4.1.2: a level-sensitive interrupt is pending iff its line is high",
    (commands, mask) => {
      const lines = new Map(LEVEL.map((intid) => [intid, false]));
      let of = idle;
      for (const next of commands) {
        of = take(of, next, mask);
        if (next.kind === "rise" || next.kind === "fall") lines.set(next.intid, next.kind === "rise");
        expect(LEVEL.map((intid) => of.interrupts[intid]?.pending)).toEqual([...lines.values()]);
      }
    },
  );

  prop.prop([...runs])(
    "ICC_RPR_EL1: running are the acknowledges without a drop, highest innermost",
    (commands, mask) => {
      let expected: readonly number[] = [];
      let of = idle;
      for (const next of commands) {
        const [first] = acknowledgeable(of, mask);
        const priority = of.interrupts[first ?? SPURIOUS]?.priority;
        if (next.kind === "acknowledge" && priority !== undefined) expected = [...expected, priority];
        if (next.kind === "drop") expected = expected.slice(0, -1);
        of = take(of, next, mask);
        expect(of.running).toEqual(expected);
        expect(of.running).toEqual([...new Set(of.running)].sort((a, b) => b - a));
      }
    },
  );

  prop.prop([...runs])(
    "ICC_IAR1_EL1: what can be acknowledged is pending, not active, and high enough",
    (commands, mask) => {
      let of = idle;
      for (const next of commands) {
        of = take(of, next, mask);
        for (const intid of acknowledgeable(of, mask)) {
          expect(of.interrupts[intid]).toMatchObject({ pending: true, active: false });
          expect(of.interrupts[intid]?.priority).toBeLessThan(Math.min(mask, runningPriority(of)));
        }
      }
    },
  );
});

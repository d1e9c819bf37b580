/**
 * Reading an event that counts: the second loss (docs/reference/second-loss.md), who has it, and what closes it.
 */
import { describe, expect, test } from "vitest";

import { checked } from "../../support/models/checks.js";
import { checkedFix } from "../../support/models/fixes.js";

const READING = ["read-own", "read-other", "reset-count", "read-group"] as const;

describe("a pseudo-NMI in the middle of a read", () => {
  test.each(READING)("loses an overflow in %s, and an ordinary interrupt does not", (scenario) => {
    const of = (irq: string) => checked({ scenario, property: "no-loss", set: { irq } }).verdict;
    expect([of("irq"), of("nmi")]).toEqual(["holds", "violated"]);
  });

  test.each(["linux-5.10", "linux-6.1.y", "linux-6.12.y", "linux-7.3"])("loses in %s", (driver) => {
    const asked = { scenario: "read-own", property: "no-loss", driver, set: { irq: "nmi" } };
    expect(checked(asked).verdict).toBe("violated");
  });

  test("needs no late line where the kernel is counted", () => {
    const set = { irq: "nmi", lag: "0", excludeKernel: "0" };
    expect(checked({ scenario: "read-own", property: "no-loss", set }).verdict).toBe("violated");
  });

  test("makes a report late too", () => {
    const of = (irq: string) =>
      checked({ scenario: "read-own", property: "bounded-skid", set: { irq } }).verdict;
    expect([of("irq"), of("nmi")]).toEqual(["holds", "violated"]);
  });

  test("has the exchange done and the subtraction not", () => {
    const { trace } = checked({ scenario: "read-own", property: "no-loss", set: { irq: "nmi" } });
    const texts = (trace?.steps ?? []).flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === "access" ? [event.text] : [])),
    );
    const exchanged = texts.findIndex((text) => /prev_count = .*cmpxchg/.test(text));
    const taken = texts.findIndex((text) => text.startsWith("ICC_IAR1 is 23"));
    const subtracted = texts.findIndex((text) => /period_left -= [^0]/.test(text));
    expect([exchanged < taken, taken < subtracted]).toEqual([true, true]);
  });
});

describe("rr's reads", () => {
  test.each(["irq", "nmi"])("are of a stopped task, and lose nothing by %s", (irq) => {
    const { verdict, witnesses } = checked({
      scenario: "rr-read",
      property: "exactly-once",
      set: { irq, switches: "0" },
    });
    expect(verdict).toBe("holds");
    expect(witnesses).toMatchObject({ stopped: true });
  });
});

describe("what closes it", () => {
  test.each([
    ["mask-around-read", "exactly-once", {}, "holds"],
    ["mask-around-read", "count-conservation", {}, "holds"],
    // The exchange that succeeds although the counter was programmed anew stays.
    ["relatch-after-read", "count-conservation", {}, "violated"],
    ["disable-around-read", "exactly-once", { lag: "0", excludeKernel: "0" }, "holds"],
    ["disable-around-read", "no-loss", {}, "violated"],
    ["split-period", "no-loss", {}, "violated"],
  ] as const)("%s, %s in read-own with %o: %s", (fix, property, set, verdict) => {
    const asked = { scenario: "read-own", property, set: { irq: "nmi", ...set } };
    expect(checkedFix(fix, asked).verdict).toBe(verdict);
  });
});

test("relatch-after-read loses nothing where there is one read", () => {
  const asked = { scenario: "reset-count", property: "no-loss", set: { irq: "nmi" } };
  expect(checkedFix("relatch-after-read", asked).verdict).toBe("holds");
});

describe("what an interrupted update has in hand", () => {
  test("is not lost: nothing is miscounted by irq, and the state space ends", () => {
    const found = checked({ scenario: "read-own", property: "count-conservation", set: { irq: "irq" } });
    expect(found).toMatchObject({ verdict: "holds", complete: true });
  });
});

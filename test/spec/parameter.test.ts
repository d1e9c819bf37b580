/**
 * Parameters: what the user may set, and how a wrong setting is answered.
 */
import { describe, expect, test } from "vitest";

import { choice, configure, integer } from "../../src/spec/parameter.js";

const parameters = [
  integer({ name: "skid", default: 1, minimum: 0, maximum: 9, meaning: "" }),
  choice({ name: "irq", default: "irq", choices: ["irq", "nmi"], meaning: "" }),
];

describe("configure", () => {
  test("completes settings with the defaults", () => {
    expect(configure(parameters, {})).toEqual({ skid: 1, irq: "irq" });
    expect(configure(parameters, { skid: "0", irq: "nmi" })).toEqual({ skid: 0, irq: "nmi" });
  });

  test.each([
    ["a near name", { skit: "1" }, "PMC105", "unknown parameter 'skit'; did you mean 'skid'?"],
    ["a far name", { elephants: "1" }, "PMC105", "unknown parameter 'elephants'; known: skid, irq"],
    ["too large", { skid: "10" }, "PMC106", "it takes a whole number from 0 to 9"],
    ["negative", { skid: "-1" }, "PMC106", "it takes a whole number from 0 to 9"],
    ["not whole", { skid: "1.5" }, "PMC106", "it takes a whole number from 0 to 9"],
    ["not a number", { skid: "one" }, "PMC106", "it takes a whole number from 0 to 9"],
    ["empty", { skid: "" }, "PMC106", "it takes a whole number from 0 to 9"],
    ["not a choice", { irq: "fiq" }, "PMC106", "it takes one of irq, nmi"],
  ])("refuses %s", (_, settings, code, message) => {
    expect(() => configure(parameters, settings)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
  });
});

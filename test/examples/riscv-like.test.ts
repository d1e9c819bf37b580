/**
 * examples/riscv-like: a PMU that is not Arm's under a kernel that is not Linux, from the package's exports alone. What each
 * driver comes to on each hardware.
 */
import { beforeAll, describe, expect, test } from "vitest";

import { check } from "../../src/check/verdict/check.js";
import { scenarioNamed, witnesses } from "../../src/cli/arguments/catalogue.js";
import { driverFor, propertyFor } from "../../src/cli/arguments/choices.js";
import { configure } from "../../src/spec/parameter.js";
import type { Scenario } from "../../src/spec/scenario.js";
import type { CheckDocument } from "../../src/trace/document.js";

let model: Scenario;
beforeAll(async () => {
  model = await scenarioNamed("examples/riscv-like/riscv-like.ts");
}, 60_000);

async function checked(
  driver: string,
  property: string,
  settings: Readonly<Record<string, string>>,
): Promise<CheckDocument> {
  return check({
    scenario: model,
    driver: driverFor(model, driver),
    property: await propertyFor(model, property),
    configuration: configure(model.parameters, settings),
    witnesses,
    maxStates: 20_000,
  });
}

describe("a RISC-V-like PMU", () => {
  test.each<readonly [string, string, string, Readonly<Record<string, string>>, string]>([
    ["a period that was completed before a switch is lost", "rearms", "exactly-once", {}, "violated"],
    ["but for switches nothing is", "rearms", "exactly-once", { switches: "0" }, "holds"],
    ["nothing is if the interrupt finds its OF", "keeps", "exactly-once", {}, "holds"],
    ["also with more skid", "keeps", "exactly-once", { skid: "2" }, "holds"],
    ["a colliding write to sip loses one", "keeps", "exactly-once", { hardware: "xiangshan" }, "violated"],
    ["for ever", "keeps", "eventually-delivered", { hardware: "xiangshan" }, "violated"],
    ["which the specification does not", "keeps", "eventually-delivered", {}, "holds"],
  ])(
    "%s (%s, %s)",
    async (_, driver, property, settings, verdict) => {
      const found = await checked(driver, property, settings);
      expect({ verdict: found.verdict, reason: found.reason }).toEqual({ verdict, reason: null });
    },
    60_000,
  );

  test("the collision is a step of the trace, and OF stays 1 after it", async () => {
    const { trace } = await checked("keeps", "exactly-once", { hardware: "xiangshan", switches: "0" });
    const at = trace?.steps.findIndex(({ choice }) => choice.startsWith("an overflow request")) ?? -1;
    expect(trace?.steps[at]?.events).toContainEqual(expect.objectContaining({ text: "csrc sip, SSIP" }));
    const after = trace?.steps.slice(at).flatMap(({ changes }) => changes.map(({ signal }) => signal));
    expect(after).not.toContain("OF");
  });
});

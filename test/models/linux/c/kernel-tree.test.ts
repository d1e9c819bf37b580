/**
 * The kernel's own driver, where PMUCHECK_KERNEL names a tree: it has the states, transitions and depth of the version of the model
 * that stands for the tree, in every scenario. No line of a kernel is in this repository.
 */
import { describe, expect, test } from "vitest";

import { driverNamed, scenarios } from "../../../../src/cli/arguments/catalogue.js";
import { counts, type Counts } from "../../../support/models/counts.js";

const KERNEL = process.env["PMUCHECK_KERNEL"];

/** What is cut off is cut off at the same state by both. The whole searches were run by hand: docs/use/judge-your-patch.md. */
const MOST_STATES = 20_000;

/** Where an NMI can come between the load and the exchange of prev_count, so that the update is made again. */
const AGAIN = ["read-own", "read-other", "reset-count", "read-group"];

if (KERNEL === undefined) {
  process.stderr.write(
    "\n*** PMUCHECK_KERNEL names no kernel tree: NO KERNEL'S C IS COMPARED WITH THE MODELS ***\n\n",
  );
}

const cells = scenarios.flatMap(({ name }) => ["irq", "nmi"].map((irq) => [name, irq] as const));
const isAgain = ([name, irq]: (typeof cells)[number]) => irq === "nmi" && AGAIN.includes(name);

/** Of the tree's C, and of the version of the model that stands for it. */
function both(
  scenario: string,
  irq: string,
  property: string,
): { readonly c: Counts; readonly model: Counts } {
  const inC = driverNamed(`kernel:${KERNEL}`);
  const of = { scenario, property, settings: { irq }, maxStates: MOST_STATES };
  return { c: counts(inC, of), model: counts(driverNamed(inC.base ?? ""), of) };
}

describe.skipIf(KERNEL === undefined)("the driver of the tree, and the model of its version", () => {
  test.each(cells.filter((cell) => !isAgain(cell)))("%s, %s: all is equal", (scenario, irq) => {
    for (const property of ["exactly-once", "count-conservation"]) {
      const { c, model } = both(scenario, irq, property);
      expect(c).toEqual(model);
    }
  });

  // Why the C has a few states more: docs/use/judge-your-patch.md.
  test.each(cells.filter(isAgain))("%s, %s: the verdict is equal", (scenario, irq) => {
    const { c, model } = both(scenario, irq, "exactly-once");
    expect([c.verdict, c.depth]).toEqual([model.verdict, model.depth]);
    expect(c.states - model.states).toBeLessThan(50);
  });
});

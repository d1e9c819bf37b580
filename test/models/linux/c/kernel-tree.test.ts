/**
 * The kernel's own driver, where PMUCHECK_KERNEL names a tree: it has the states, transitions and depth of the version of the model
 * that stands for the tree. No line of a kernel is in this repository.
 */
import { describe, expect, test } from "vitest";

import { driverNamed } from "../../../../src/cli/arguments/catalogue.js";
import { counts } from "../../../support/models/counts.js";

const KERNEL = process.env["PMUCHECK_KERNEL"];

if (KERNEL === undefined) {
  process.stderr.write(
    "\n*** PMUCHECK_KERNEL names no kernel tree: NO KERNEL'S C IS COMPARED WITH THE MODELS ***\n\n",
  );
}

describe.skipIf(KERNEL === undefined)("the driver of the tree, and the model of its version", () => {
  test.each([
    ["one-cpu", "irq"],
    ["one-cpu", "nmi"],
    ["ping-pong", "irq"],
    ["ping-pong", "nmi"],
  ])("%s, %s", (scenario, irq) => {
    const inC = driverNamed(`kernel:${KERNEL}`);
    const of = { scenario, property: "exactly-once", settings: { irq } };
    expect(counts(inC, of)).toEqual(counts(driverNamed(inC.base ?? ""), of));
  });
});

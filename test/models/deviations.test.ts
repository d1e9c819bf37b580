/**
 * The deviation register: complete over the model files, and named in the verdicts that a deviation touches.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { drivers } from "../../models/catalogue.js";
import { checked } from "../support/models/checks.js";

const registered = [
  ...new Map(drivers.flatMap(({ deviations }) => deviations).map((one) => [one.name, one])).values(),
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The header comment of a file. */
function headerOf(file: string): string {
  return readFileSync(file, "utf8").split("*/")[0] ?? "";
}

test.each(registered.map(({ name, where }) => [name, where]))("%s is in files that exist", (_, where) => {
  expect(where.split(", ").filter((file) => !existsSync(file))).toEqual([]);
});

describe("every model file whose header leaves something out or adds something", () => {
  const deviating = filesIn("models").filter((file) =>
    /(Not modelled|Over-approximated|Under-approximated):/.test(headerOf(file)),
  );
  /** What these leave out has no part in any path of an overflow; their headers say what. */
  const harmless = new Set([
    "models/linux/c/driver.ts",
    "models/linux/arch/arm64/include/asm/daifflags.ts",
    "models/linux/arch/arm64/kernel/entry-common.ts",
    "models/linux/arch/arm64/kernel/entry.ts",
    "models/linux/kernel/events/core/ioctl.ts",
    "models/linux/kernel/irq/chip.ts",
    "models/linux/kernel/smp.ts",
    "models/linux/structs.ts",
  ]);
  test.each(deviating)("%s is in the register, or is known to leave out nothing that matters", (file) => {
    const isRegistered = registered.some(({ where }) => where.split(", ").includes(file));
    expect(isRegistered || harmless.has(file)).toBe(true);
    expect(isRegistered && harmless.has(file)).toBe(false);
  });
});

describe("a verdict names the deviations that touch it", () => {
  const cell = { scenario: "one-cpu", set: { irq: "irq", switches: "0" } };

  test("all that are not about a parameter, and its driver's own", () => {
    expect(checked(cell).deviations).toContain("program-order");
    expect(checked({ ...cell, driver: "linux-5.4" }).deviations).toContain("pmu-lock-word");
    expect(checked(cell).deviations).not.toContain("pmu-lock-word");
  });

  test("those about a parameter only where it has that value", () => {
    expect(checked(cell).deviations).toContain("line-delay");
    const bounded = { ...cell, set: { ...cell.set, lag: "20" } };
    expect(checked(bounded).deviations).not.toContain("line-delay");
    expect(checked(cell).deviations).not.toContain("virtual-pmu");
  });
});

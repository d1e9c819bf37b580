/**
 * The class room in Chromium: assignments, played by keys and by clicks.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { relatchAtStart } from "../../models/fixes/relatch-at-start.js";
import { witnesses } from "../../properties/catalogue.js";
import { lessonOf } from "../../src/explorer/file/lesson.js";
import { Models } from "../../src/explorer/own/models.js";
import { withFixes } from "../../src/spec/fix.js";
import { chromiumPath, faultsByAxe, launch, open } from "../support/explorer/browser.js";
import { pageOf } from "../support/explorer/pages.js";
import { resolve } from "../support/models/checks.js";

describe.skipIf(chromiumPath === undefined)("an assignment", () => {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-class-room-"));
  const address = pathToFileURL(join(folder, "class.html")).href;
  const made = [undefined, "relatch-at-start"].map((fix) => {
    const asked = resolve({ scenario: "one-cpu" });
    const driver = fix === undefined ? asked.driver : withFixes(asked.driver, fix, [relatchAtStart]);
    const lesson = lessonOf({ ...asked, driver }, { witnesses, maxStates: 100_000 }, new Models());
    if (!("entry" in lesson)) throw new Error(lesson.why);
    // Vitest's modules have no lines that the debugger could map back.
    const source = { file: "models/hardware.ts", line: 42, text: "perform: countOne" };
    return { ...lesson.entry, lines: [{ sort: "pmu: count", source }] };
  });
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(join(folder, "class.html"), pageOf(made));
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const score = (page: Page) => page.locator("#lesson .score").textContent();

  test("is played with keys, and counts what it costs", async () => {
    const { page, faults } = await open(browser, address);
    expect(await page.locator("h1").textContent()).toBe("Lose the overflow yourself");
    for (const key of ["1", "1", "1", "1", "1"]) await page.keyboard.press(key);
    expect(await score(page)).toMatch(/^So far: 0 points .*5 steps\. The checker's best: 4 points/);
    await page.locator("button.take", { hasText: "<interrupt taken at EL0>" }).click();
    expect(await score(page)).toMatch(/^So far: 1 point \(1 interrupt\), 6 steps/);
    await page.keyboard.press("r");
    expect(Number((await page.locator(".position").textContent())?.split(" ").at(-1))).toBeGreaterThan(6);
    await page.keyboard.press("i");
    expect(await page.locator(".hints li").count()).toBe(1);
    expect(faults).toEqual([]);
  });

  test("shows the line that makes a step, whoever takes it", async () => {
    const { page } = await open(browser, address);
    await page.keyboard.press("1");
    expect(await page.locator("#step .source").textContent()).toBe("models/hardware.ts:42perform: countOne");
  });

  test("is done with the score that cannot be beaten", async () => {
    const { page } = await open(browser, address);
    for (const _ of made[0]?.lesson?.hints ?? []) await page.keyboard.press("i");
    await page.getByRole("button", { name: "Show the cheapest way" }).click();
    await page.keyboard.press("End");
    expect(await score(page)).toMatch(/^Done: no-loss is broken\. 4 points .*No way takes fewer/);
    await page.getByRole("button", { name: "Begin anew" }).click();
    expect(await score(page)).toMatch(/^So far: 0 points .*0 steps/);
  });

  test("that cannot be done says so, with the states that were visited", async () => {
    const { page } = await open(browser, address);
    await page.locator("header select").selectOption({ index: 1 });
    await page.getByRole("button", { name: "It cannot be done" }).click();
    expect(await page.locator("#lesson .answer").textContent()).toMatch(/^Right\. .*all [\d,]+ states/);
  });

  test.each(["light", "dark"] as const)("has nothing for axe to mend in the %s theme", async (theme) => {
    const { page } = await open(browser, address, theme);
    expect(await faultsByAxe(page)).toEqual([]);
    for (const key of ["1", "i", "i"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: "It cannot be done" }).click();
    expect(await faultsByAxe(page)).toEqual([]);
  });
});

/**
 * The page in Firefox: what the tests in Chromium hold in detail, done once by clicks and by keys.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { witnesses } from "../../properties/catalogue.js";
import { serve } from "../../src/cli/commands/explore/server.js";
import { lessonOf } from "../../src/explorer/file/lesson.js";
import { Models } from "../../src/explorer/own/models.js";
import { walkDigests } from "../../src/explorer/play/walks.js";
import { Machine } from "../../src/runtime/machine.js";
import { firefoxPath, launchFirefox, openInFirefox, textIn, textsIn } from "../support/explorer/firefox.js";
import { entryFor, pageOf } from "../support/explorer/pages.js";
import { resolve } from "../support/models/checks.js";

describe.skipIf(firefoxPath === undefined)("the page in Firefox", () => {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-firefox-"));
  const address = pathToFileURL(join(folder, "page.html")).href;
  const entry = entryFor({ scenario: "one-cpu" });
  let browser: Browser;

  beforeAll(async () => {
    const lesson = lessonOf(
      resolve({ scenario: "one-cpu" }),
      { witnesses, maxStates: 100_000 },
      new Models(),
    );
    if (!("entry" in lesson)) throw new Error(lesson.why);
    writeFileSync(join(folder, "page.html"), pageOf([entry, lesson.entry]));
    browser = await launchFirefox();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const position = (page: Page) => textIn(page, ".position");
  const clickOn = (page: Page, button: string, text: string) =>
    page.locator(`${button}::-p-text(${text})`).click();

  test("keys and clicks lead to the steps of the story", async () => {
    const { page, faults } = await openInFirefox(browser, address);
    expect(await position(page)).toBe("step 39 of 138");
    for (const key of ["Home", "n", "ArrowRight"] as const) await page.keyboard.press(key);
    expect(await position(page)).toBe("step 5 of 138");
    await page.locator(".answers button").click();
    expect(await position(page)).toBe("step 4 of 138");
    await page.locator("#value-filter").fill("PMOVS");
    await page.locator("#why .values button").click();
    expect(await textIn(page, ".chain")).toMatch(/PMOVS = 1: was 0 until step 4/);
    expect(faults).toEqual([]);
  });

  test("a fork is taken, undone by the back button, and led back to by its address", async () => {
    const { page, faults } = await openInFirefox(browser, `${address}#c=7`);
    await clickOn(page, ".offers button.take", "PPI 23 rises");
    await page.keyboard.press("r");
    const there = await position(page);
    const fork = String(await page.evaluate("location.href"));
    expect(fork).toMatch(/#p=7~/);
    await page.keyboard.press("u");
    await expect.poll(() => position(page)).toBe("step 8 of 8");
    const other = await openInFirefox(browser, fork);
    expect(await position(other.page)).toBe(there);
    expect([...faults, ...other.faults]).toEqual([]);
  });

  test("the worker says where each alternative leads, and whether a fix closes the loss", async () => {
    const { page, faults } = await openInFirefox(browser, `${address}#c=7`);
    await page.keyboard.press("g");
    const texts = () => textsIn(page, ".outlook");
    await expect
      .poll(texts, { timeout: 60_000 })
      .toSatisfy((found: string[]) => found.every((text) => /^(?:open|lost|kept)/.test(text)));
    expect((await texts()).some((text) => text.startsWith("lost"))).toBe(true);
    await page.select("#fix select", "relatch-at-start");
    await clickOn(page, "#fix button", "Compare step by step");
    expect(await textIn(page, ".beside")).toMatch(/the rule is not broken/);
    await clickOn(page, "#fix button", "Search");
    await expect
      .poll(() => textIn(page, "#fix .answer"), { timeout: 60_000 })
      .toMatch(/With relatch-at-start, exactly-once holds in this scenario/);
    expect(faults).toEqual([]);
  });

  test("an assignment is played, and what is on the screen is taken away as text and as a picture", async () => {
    const { page, faults } = await openInFirefox(browser, `${address}#t=1`);
    expect(await textIn(page, "h1")).toBe("Lose the overflow yourself");
    for (const key of ["1", "1", "1", "1", "1", "r", "i"] as const) await page.keyboard.press(key);
    expect(await textIn(page, "#lesson .score")).toMatch(/^So far: 0 points/);
    expect(await textsIn(page, ".hints li")).toHaveLength(1);
    await page.keyboard.press("m");
    expect(await page.evaluate("document.querySelector('textarea').value")).toMatch(/A counts 4 of 4/);
    await page.keyboard.press("Escape");
    await page.evaluate(
      "HTMLAnchorElement.prototype.click = function () { globalThis.saved = this.download }",
    );
    await clickOn(page, ".toolbar button", "PNG");
    await expect.poll(() => page.evaluate("saved")).toBe("pmucheck-one-cpu-linux-6.5.png");
    expect(faults).toEqual([]);
  });

  test("the page of the server asks for nothing but itself", async () => {
    const server = await serve(pageOf([entry]), 0);
    try {
      const { page, faults } = await openInFirefox(browser, `${server.address}#c=7`);
      await page.keyboard.press("g");
      await expect.poll(() => textIn(page, ".outlook"), { timeout: 60_000 }).toMatch(/^(?:open|lost|kept)/);
      expect(faults).toEqual([`a request of ${server.address}#c=7`]);
    } finally {
      await server.close();
    }
  });

  test("a random walk goes through the same states as in Node", async () => {
    const { page } = await openInFirefox(browser, address);
    const inPage: unknown = await page.evaluate("pmucheck.walk(11, 200)");
    expect(inPage).toEqual(walkDigests(new Machine(new Models().modelOf(entry.trace).system), 11, 200));
  });
});

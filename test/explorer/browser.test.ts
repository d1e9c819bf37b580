/**
 * The page in Chromium: by clicks and by keys, from a file, with nothing requested and nothing complained about.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Models } from "../../src/explorer/own/models.js";
import { walkDigests } from "../../src/explorer/play/walks.js";
import { Machine } from "../../src/runtime/machine.js";
import { chromiumPath, faultsByAxe, launch, open } from "../support/explorer/browser.js";
import { entryFor, pageOf } from "../support/explorer/pages.js";

/** The issue asks for 10,000 steps: PMUCHECK_WALK_STEPS=10000. */
const WALK_STEPS = Number(process.env["PMUCHECK_WALK_STEPS"] ?? 400);

describe.skipIf(chromiumPath === undefined)("the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-browser-"));
  const address = pathToFileURL(join(folder, "page.html")).href;
  const entry = entryFor({ scenario: "one-cpu" });
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(join(folder, "page.html"), pageOf([entry]));
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const position = (page: Page) => page.locator(".position").textContent();

  test("opens at the step that destroys the evidence, without a complaint and without a request", async () => {
    const { page, faults } = await open(browser, address);
    expect(await page.locator("h1").textContent()).toBe("exactly-once: violated (no-loss) at step 138");
    expect(await position(page)).toBe("step 39 of 138");
    expect(await page.locator("#step .access").textContent()).toBe("PMOVSCLR = 0x1");
    expect(await page.locator(".answers").textContent()).toMatch(
      /Where is it lost\?step 39: “PMOVSCLR = 0x1” in armv8pmu_disable_intens\(\) sets PMOVS back/,
    );
    expect(await page.locator(".answers").textContent()).toMatch(
      /The GIC has not seen yet that PMUIRQ is high: from step 4 to step 25\. .*PSTATE\.I is 1: from step 7 to.*low again/,
    );
    expect(await page.locator(".answers").textContent()).toMatch(
      /Until step 7\. After step 8.*If “PPI 23 rises” comes next after step 7.*no-lost-overflow does: .* holds/,
    );
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1280);
    expect(faults).toEqual([]);
  });

  test("keys walk along the trace and its story", async () => {
    const { page } = await open(browser, address);
    for (const [key, expected] of [
      ["ArrowRight", 40],
      ["h", 39],
      ["Home", 0],
      ["n", 4],
      ["End", 138],
      ["ArrowRight", 138],
    ] as const) {
      await page.keyboard.press(key);
      expect(await position(page)).toBe(`step ${expected} of 138`);
    }
  });

  test("a click into the picture looks at that step", async () => {
    const { page } = await open(browser, address);
    const box = await page.locator(".spacer svg").boundingBox();
    if (box === null) throw new Error("there is no picture");
    await page.mouse.click(box.x + 8 * 8.5, box.y + 30);
    expect(await position(page)).toBe("step 8 of 138");
  });

  test("the picture folds and unfolds calls", async () => {
    const { page } = await open(browser, address);
    const height = () => page.locator(".spacer svg").getAttribute("height").then(Number);
    const folded = await height();
    await page.keyboard.press("f");
    expect(await height()).toBeGreaterThan(folded);
    await page.keyboard.press("f");
    expect(await height()).toBe(folded);
  });

  test("a narrow window scrolls in one direction only", async () => {
    const { page } = await open(browser, `${address}#x=good&c=7`);
    await page.setViewportSize({ width: 400, height: 800 });
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(400);
  });

  test("all of it is on paper, and after printing as it was", async () => {
    const { page } = await open(browser, address);
    const width = "document.querySelector('.spacer').clientWidth";
    const before = Number(await page.evaluate(width));
    await page.evaluate(`addEventListener("beforeprint", () => (globalThis.printed = ${width}))`);
    await page.pdf();
    expect(Number(await page.evaluate("printed"))).toBeLessThanOrEqual(560);
    expect(await page.evaluate(width)).toBe(before);
    expect(before).toBeGreaterThan(560);
  });

  test("a value says who wrote it last, and what that step had read", async () => {
    const { page } = await open(browser, address);
    await page.locator("#value-filter").fill("period_left");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator(".chain").textContent()).toMatch(
      /event\.A\.hw\.period_left = .*nobody has written it/,
    );
    await page.locator(".answers button", { hasText: "step 39" }).click();
    await page.getByRole("button", { name: "why? who wrote cpu0.pmu.PMOVS last" }).click();
    expect(await page.locator(".chain").textContent()).toMatch(/was 1 until step 39 \(PMOVSCLR = 0x1\)/);
    expect(await page.locator(".chain").textContent()).toMatch(/Step 39 read, last written first/);
  });

  test("each alternative says where it leads, decided in the worker", async () => {
    const { page, faults } = await open(browser, `${address}#c=7`);
    await page.keyboard.press("g");
    const outlook = page.locator(".outlook");
    await expect
      .poll(() => outlook.allTextContents(), { timeout: 60_000 })
      .toSatisfy((texts: string[]) => texts.every((text) => /^(?:open|lost|kept)/.test(text)));
    const texts = await outlook.allTextContents();
    expect(texts.some((text) => text.startsWith("lost"))).toBe(true);
    expect(texts.some((text) => text.startsWith("open"))).toBe(true);
    expect(faults).toEqual([]);
  });

  test("a fork can be undone, and its address leads back to it", async () => {
    const { page } = await open(browser, `${address}#c=7`);
    const rises = page.locator(".offers button.take", { hasText: "PPI 23 rises" });
    await rises.click();
    expect(await position(page)).toBe("step 8 of 8");
    await page.locator("button", { hasText: "Let the CPU run" }).click();
    const after = await position(page);
    const fork = page.url();
    expect(fork).toMatch(/#p=7~/);
    await page.keyboard.press("u");
    await expect.poll(() => position(page)).toBe("step 8 of 8");
    const other = await open(browser, fork);
    expect(await position(other.page)).toBe(after);
    expect(await other.page.locator(".forked").textContent()).toMatch("Your own path since step 7");
    await other.page.locator("button", { hasText: "Back to the trace" }).click();
    expect(await position(other.page)).toBe("step 7 of 138");
  });

  test("says why an interrupt is not taken", async () => {
    const { page } = await open(browser, `${address}#c=20`);
    await page.locator("#play select").selectOption("irq0");
    expect(await page.locator("#play .answer").textContent()).toMatch(/irq0 cannot go here: .*PSTATE\.I/);
  });

  test("says whether a fix closes the loss", async () => {
    const { page, faults } = await open(browser, address);
    const answer = page.locator("#fix .answer");
    for (const [fix, expected] of [
      ["no-clear", /With no-clear, exactly-once still breaks, in \d+ steps/],
      [
        "relatch-at-start",
        /With relatch-at-start, exactly-once holds in this scenario \([\d,]+ states, all\)/,
      ],
    ] as const) {
      await page.locator("#fix select").selectOption(fix);
      await page.locator("#fix button", { hasText: "Search" }).click();
      await expect.poll(() => answer.textContent(), { timeout: 60_000 }).toMatch(expected);
    }
    expect(faults).toEqual([]);
  });

  test("compares the trace with the same decisions under a fix, and marks where they part", async () => {
    const { page, faults } = await open(browser, address);
    await page.locator("#fix select").selectOption("relatch-at-start");
    await page.locator("#fix button", { hasText: "Compare step by step" }).click();
    expect(await page.locator(".beside").textContent()).toMatch(
      /same decisions with relatch-at-start: the rule is not broken.*Alike up to step 46; then “A->hw\.period_left is -1” comes below, and not above/,
    );
    await page.locator(".beside button", { hasText: "step 46" }).click();
    expect(await position(page)).toBe("step 46 of 138");
    expect(await page.locator("#compare tr.parting").textContent()).toMatch("47A->hw.period_left");
    const widths = "new Set([...document.querySelectorAll('.spacer')].map((one) => one.clientWidth)).size";
    expect(await page.evaluate(widths)).toBe(1);
    const other = await open(browser, page.url());
    expect(await other.page.locator(".beside").textContent()).toBe(
      await page.locator(".beside").textContent(),
    );
    await page.locator("header select").selectOption({ label: "nothing" });
    expect(await page.locator(".beside").isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  test("compares with the execution that goes well, and a click below leads to the same place above", async () => {
    const { page } = await open(browser, `${address}#x=good&c=0`);
    expect(await page.locator(".beside").textContent()).toMatch(
      "Alike up to step 7; then above comes “ICC_IAR1 is 0 (IPI_RESCHEDULE)”, below “PPI 23 rises”.",
    );
    const box = await page.locator(".comparison .spacer svg").boundingBox();
    if (box === null) throw new Error("there is no second picture");
    await page.mouse.click(box.x + 5 * 8.5, box.y + 30);
    expect(await position(page)).toBe("step 5 of 138");
  });

  test("mail, litmus and link are text that can be copied", async () => {
    const { page } = await open(browser, address);
    await page.keyboard.press("m");
    const mail = await page.locator("textarea").inputValue();
    expect(
      mail
        .split("\n")
        .slice(0, -1)
        .every((line) => line.length <= 75),
    ).toBe(true);
    expect(mail).toContain("  39  PMOVSCLR = 0x1");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Litmus" }).click();
    expect(await page.locator("textarea").inputValue()).toMatch(/Observation one-cpu\S* Sometimes 1 138/);
  });

  test.each(["SVG", "PNG"])("the picture is saved as %s", async (kind) => {
    const { page, faults } = await open(browser, address);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: kind, exact: true }).click();
    expect((await saving).suggestedFilename()).toBe(`pmucheck-one-cpu-linux-6.5.${kind.toLowerCase()}`);
    expect(faults).toEqual([]);
  });

  test.each([
    ["light", "#c=7"],
    ["dark", "#c=7"],
    ["light", "#x=good&c=12"],
  ] as const)("axe finds nothing to mend in the %s theme at %s", async (theme, place) => {
    const { page } = await open(browser, `${address}${place}`, theme);
    expect(await faultsByAxe(page)).toEqual([]);
  });

  test(`a random walk of ${WALK_STEPS} steps goes through the same states as in Node`, async () => {
    const { page } = await open(browser, address);
    const inPage: unknown = await page.evaluate(`pmucheck.walk(7, ${WALK_STEPS})`);
    const inNode = walkDigests(new Machine(new Models().modelOf(entry.trace).system), 7, WALK_STEPS);
    expect(inNode.length).toBeGreaterThan(100);
    expect(inPage).toEqual(inNode);
  });

  test("without JavaScript it is text", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address);
    expect(await page.locator("main#text").textContent()).toContain("OVERFLOW LOST");
  });
});

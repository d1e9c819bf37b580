/**
 * Chromium for tests of pages: the one of CHROMIUM, or one that is installed. Tests without it are skipped, and say so.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { chromium, type Browser, type Page } from "playwright-core";

import { installed } from "./installed.js";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const chromiumPath = installed("Chromium", "CHROMIUM", PLACES, "chromium");

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("there is no Chromium");
  return chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
}

/** A page from a file, and everything that it should not do: errors, and requests for anything else. */
export async function open(
  browser: Browser,
  address: string,
  colorScheme: "light" | "dark" = "light",
): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) faults.push(`a request of ${request.url()}`);
  });
  await page.goto(address);
  await page.waitForSelector(".panels");
  return { page, faults };
}

/** What axe finds to mend: the accessibility of what is on the screen. */
export async function faultsByAxe(page: Page): Promise<unknown> {
  // The page's policy keeps scripts out of it; the debugger may still evaluate one.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate("axe.run().then(({ violations }) => violations)");
}

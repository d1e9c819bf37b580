/**
 * Firefox for tests of pages, as it is shipped: puppeteer speaks WebDriver BiDi to it, which playwright does not. The one of
 * FIREFOX, or one that is installed. Tests without it are skipped, and say so.
 */
import { launch, type Browser, type Page } from "puppeteer-core";
import { z } from "zod";

import { installed } from "./installed.js";

const PLACES = ["/usr/bin/firefox", "/usr/bin/firefox-esr"];

export const firefoxPath = installed("Firefox", "FIREFOX", PLACES, "firefox-esr");

export function launchFirefox(): Promise<Browser> {
  if (firefoxPath === undefined) throw new Error("there is no Firefox");
  return launch({ browser: "firefox", executablePath: firefoxPath, headless: true });
}

/** A page from a file, and everything that it should not do: errors, and requests for anything else. */
export async function openInFirefox(
  browser: Browser,
  address: string,
): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const faults: string[] = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) faults.push(`a request of ${request.url()}`);
  });
  await page.goto(address);
  await page.waitForSelector(".panels");
  return { page, faults };
}

/** The texts of the elements that a selector finds. */
export async function textsIn(page: Page, selector: string): Promise<readonly string[]> {
  const texts: unknown = await page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent)`,
  );
  return z.array(z.string()).parse(texts);
}

/** The text of the first of them. */
export async function textIn(page: Page, selector: string): Promise<string | undefined> {
  return (await textsIn(page, selector))[0];
}

/**
 * The file that `show --format html` writes, without a browser.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { afterAll, describe, expect, test } from "vitest";

import { entryOfDocument } from "../../src/explorer/file/entry.js";
import { MOST_BYTES } from "../../src/explorer/file/html.js";
import type { PageDocument, PageEntry } from "../../src/explorer/play/page-document.js";
import { pmucheck } from "../support/cli/command-line.js";
import { entryFor, pageOf } from "../support/explorer/pages.js";
import { FIXTURE } from "../support/models/fixture-tree.js";
import { keptTrace } from "../support/models/traces.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

function documentIn(html: string): PageDocument {
  const [, packed = ""] = /<script type="application\/json" id="document">([^<]*)<\/script>/.exec(html) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as PageDocument;
}

describe("a page", () => {
  const html = pageOf([entryFor({ scenario: "one-cpu" })]);

  test("is one file that a mail server lets pass", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
    expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
  });

  test("allows the script and the style that are in it, by their hashes, and nothing else", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const [, program = ""] = /<script id="program">(.*?)<\/script>/s.exec(html) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hashOf(program)};`);
    expect(policy).toContain(`style-src ${hashOf(style)};`);
    expect(policy).not.toContain("unsafe");
    expect(html).not.toMatch(/ style="| on\w+="/);
  });

  test("can be read without JavaScript", () => {
    const [, text = ""] = /<main id="text">(.*?)<\/main>/s.exec(html) ?? [];
    expect(text).toContain("PMOVSCLR = 0x1");
    expect(text).toContain("OVERFLOW LOST");
    expect(text).toContain("point of no return");
    expect(text).toMatch(/Does a fix close it\? no-lost-overflow does/);
    expect(text.replaceAll(/\s+/g, " ")).toMatch(
      /not taken\? The GIC has not seen yet that PMUIRQ is high: from step 4 to step 25\. .*PSTATE\.I is 1: from step 7 to/,
    );
    expect(text).toContain("pmucheck replay --scenario one-cpu");
    expect(text).toContain("<svg");
  });

  test("says what was decided", () => {
    const [entry] = documentIn(html).entries;
    expect(entry?.decided).toMatchObject({
      origin: 4,
      erased: { signal: "PMOVS" },
      noReturn: { after: 7, by: 8 },
    });
    expect(entry?.decided?.needed).toContain(39);
    expect(entry?.decided?.needed).not.toContain(126);
    expect(entry?.decided?.spare).toContain(126);
    expect(entry?.decided?.spare).not.toContain(39);
    expect(entry?.cannotPlay).toBeNull();
  });
});

test("traces that make a page too large are left out, and named", () => {
  const noise = Array.from({ length: 60_000 }, (_, i) => Math.imul(i, 0x9e3779b1).toString(36)).join(" ");
  const entry = entryOfDocument(keptTrace, "it is from elsewhere");
  const large = { ...entry, sentence: noise + noise.split("").reverse().join("") };
  const { entries, leftOut } = documentIn(pageOf([entry, large]));
  expect(entries).toHaveLength(1);
  expect(leftOut).toEqual(["exactly-once: violated (no-loss) at step 138: one-cpu, linux-6.5, irq"]);
  expect(() => pageOf([large])).toThrow("minimize the trace first");
});

/** Every step has the line of a model that makes it; those of registers and of hardware are where they should be. */
function mustHaveLines({ trace, facts }: PageEntry): void {
  const lines = facts?.steps.map(({ source }) => source) ?? [];
  expect(lines).toHaveLength(trace.steps.length);
  for (const source of lines) {
    const { file, line, text } = source ?? { file: "none", line: 0, text: "" };
    expect(file).toMatch(/^models\/.*\.ts$/);
    expect(readFileSync(file, "utf8").split("\n")[line - 1]?.trim()).toBe(text);
  }
  const clears = trace.steps.findIndex(({ events }) =>
    events.some((event) => event.kind === "access" && event.text === "PMOVSCLR = 0x1"),
  );
  expect(lines[clears]?.text).toMatch(/^yield\* write_pmovsclr\(/);
  const counts = trace.steps.findIndex(({ choice }) => choice === "count");
  expect(lines[counts]?.file).toBe("models/linux/world/hardware.ts");
}

describe("on the command line", () => {
  test("a trace of other models is shown as its document says, and why it cannot be played", () => {
    const [file, page] = [join(folder, "old.json"), join(folder, "old.html")];
    writeFileSync(file, JSON.stringify({ ...keptTrace, hash: "000000000000" }));
    const { status, stderr, stdout } = pmucheck("show", file, "--format", "html", "-o", page);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: "",
      stderr: `pmucheck: wrote ${page}\n`,
    });
    const [entry] = documentIn(readFileSync(page, "utf8")).entries;
    expect(entry?.facts).toBeNull();
    expect(entry?.cannotPlay).toMatch("Hash=000000000000");
  });

  test("two traces are compared, and read as text where they part", () => {
    const [one, other] = [join(folder, "one.json"), join(folder, "other.json")];
    const page = join(folder, "two.html");
    writeFileSync(one, JSON.stringify(keptTrace));
    const [first, ...rest] = keptTrace.steps;
    writeFileSync(other, JSON.stringify({ ...keptTrace, steps: [first, ...rest.slice(1)] }));
    expect(pmucheck("show", one, other, "--format", "html", "-o", page).status).toBe(0);
    const html = readFileSync(page, "utf8");
    expect(documentIn(html)).toMatchObject({ isComparison: true, entries: [{}, {}] });
    const [, text = ""] = /<main id="text">(.*?)<\/main>/s.exec(html) ?? [];
    expect(/The traces are alike .*/.exec(text)?.[0]).toBe("The traces are alike for 1 step. Step 2:");
    const { status, stderr } = pmucheck("show", one, other);
    expect(status).toBe(129);
    expect(stderr).toMatch(/PMC104.*--format html/);
  });

  test("verdicts come with the traces of those that have one", () => {
    const page = join(folder, "checks.html");
    const { status } = pmucheck("check", "one-cpu", "innocent", "--quiet", "--output", page);
    expect(status).toBe(12);
    const { entries, verdicts } = documentIn(readFileSync(page, "utf8"));
    expect(entries.map(({ trace, cannotPlay }) => [trace.scenario, cannotPlay])).toEqual([
      ["one-cpu", null],
      ["innocent", null],
    ]);
    entries.forEach(mustHaveLines);
    expect(verdicts.map((line) => line.replace(/ at step.*/, ""))).toEqual([
      "pmucheck: exactly-once VIOLATED (no-loss)",
      "pmucheck: exactly-once VIOLATED (no-loss)",
    ]);
  });

  test("a trace of the user's own C has its lines", () => {
    const page = join(folder, "c.html");
    pmucheck("check", "one-cpu", `--kernel=${FIXTURE}`, "--quiet", "--output", page);
    const sources = documentIn(readFileSync(page, "utf8")).entries[0]?.facts?.steps.flatMap(
      ({ source }) => source ?? [],
    );
    const [first] = sources?.filter(({ file }) => file.endsWith(".c")) ?? [];
    const lines = readFileSync(join(FIXTURE, first?.file ?? ""), "utf8").split("\n");
    expect(lines[(first?.line ?? 0) - 1]?.trim()).toBe(first?.text);
  });

  test("a file that cannot be written is named", () => {
    const file = join(folder, "trace.json");
    writeFileSync(file, JSON.stringify(keptTrace));
    const { status, stderr } = pmucheck(
      "show",
      file,
      "--format",
      "json",
      "-o",
      join(folder, "no", "such", "place"),
    );
    expect(status).toBe(129);
    expect(stderr).toMatch(/PMC155.*no\/such\/place cannot be written/s);
  });
});

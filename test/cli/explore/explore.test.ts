/**
 * `pmucheck explore`: assignments as a file, and the page from a server that only its own terminal's reader can use.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve as absolute } from "node:path";
import { gunzipSync } from "node:zlib";

import { afterAll, describe, expect, test } from "vitest";

import type { PageDocument } from "../../../src/explorer/play/page-document.js";
import { pmucheck, PROGRAM } from "../../support/cli/command-line.js";
import { keptTrace } from "../../support/models/traces.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-explore-"));
afterAll(() => rmSync(folder, { recursive: true }));

function documentIn(file: string): PageDocument {
  const [, packed = ""] = /id="document">([^<]*)</.exec(readFileSync(file, "utf8")) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as PageDocument;
}

describe("assignments", () => {
  const page = join(folder, "class.html");
  const { status, stderr } = pmucheck("explore", "one-cpu", "-o", page);
  const { entries } = documentIn(page);

  test("are of an interrupt, of a pseudo-NMI, and of two fixes, one of which closes the loss", () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: `pmucheck: wrote ${page}\n` });
    expect(entries.map(({ trace, lesson }) => [trace.config["irq"], trace.fix, lesson?.best?.rule])).toEqual([
      ["irq", undefined, "no-loss"],
      ["nmi", undefined, "no-loss"],
      ["irq", "no-clear", "no-loss"],
      ["irq", "no-lost-overflow", undefined],
    ]);
    expect(entries.every(({ trace, cannotPlay }) => trace.steps.length === 0 && cannotPlay === null)).toBe(
      true,
    );
  });

  test("have the best score that a check finds, and the way to it", () => {
    const { stdout } = pmucheck("check", "one-cpu", "--json");
    const { trace } = (JSON.parse(stdout) as { checks: { trace: typeof keptTrace }[] }).checks[0] ?? {};
    const best = entries[0]?.lesson?.best;
    expect(best?.cost).toEqual(trace?.cost);
    expect(best?.names).toEqual(trace?.steps.map(({ process, choice }) => ({ process, choice })));
  });

  test("have the lines of the model for steps that a reader may take", () => {
    const lineOf = (sort: string) => entries[0]?.lines.find((line) => line.sort === sort)?.source;
    expect(lineOf("pmu: count")?.file).toBe("models/linux/world/hardware.ts");
    const { file = "", line = 0, text } = lineOf("armv8pmu_disable_intens: PMOVSCLR") ?? {};
    expect(text).toMatch(/^yield\* write_pmovsclr\(/);
    expect(readFileSync(file, "utf8").split("\n")[line - 1]?.trim()).toBe(text);
  });

  test("have hints that say more and more, and the task in words", () => {
    const { task, hints } = entries[0]?.lesson ?? { task: [], hints: [] };
    expect(task[0]).toContain("Every crossing of a sample period yields exactly one perf_event_overflow");
    expect(hints[0]).toContain("A counts 4 of 4");
    expect(hints.join(" ")).toContain("“PMOVSCLR = 0x1” in armv8pmu_disable_intens()");
    expect(hints.at(-1)).toMatch(/first: |after .*“<interrupt taken at EL0>”/);
  });
});

test("assignments of a model of one's own are of its drivers, and can be played", () => {
  const page = join(folder, "model.html");
  const { status, stderr } = pmucheck("explore", "docs/use/your-own/my-model.ts", "-o", page);
  expect({ status, stderr }).toEqual({ status: 0, stderr: `pmucheck: wrote ${page}\n` });
  expect(documentIn(page).entries.map(({ lesson, cannotPlay }) => [lesson?.title, cannotPlay])).toEqual([
    ["Lose the overflow yourself, in forgetful", null],
    ["Lose the overflow yourself, in careful", null],
  ]);
});

test("a file in this folder is a trace, and no scenario of its name", () => {
  writeFileSync(join(folder, "one-cpu"), JSON.stringify(keptTrace));
  const args = [absolute(PROGRAM), "explore", "one-cpu", "-o", "trace.html"];
  expect(spawnSync(process.execPath, args, { cwd: folder }).status).toBe(0);
  expect(documentIn(join(folder, "trace.html")).entries[0]?.trace.steps).toHaveLength(138);
});

describe("errors", () => {
  test.each([
    [["explore", "one-cpuu"], /PMC101/],
    [["explore", "one-cpu", "--fix", "nothing"], /PMC130/],
    [["explore", "one-cpu", "--max-states", "10"], /PMC107.*inconclusive/s],
    [["explore", "one-cpu", "--port", "70000"], /PMC104.*--port/],
    [["explore", "trace.json", "--irq", "nmi"], /PMC104.*are for a scenario/s],
    [["explore", "docs/use/your-own/my-fix.ts"], /PMC137.*exports no 'scenario'/s],
  ] as const)("%j", (args, expected) => {
    const file = join(folder, "trace.json");
    writeFileSync(file, JSON.stringify(keptTrace));
    const { status, stderr } = pmucheck(...args.map((arg) => (arg === "trace.json" ? file : arg)));
    expect(stderr).toMatch(expected);
    expect(status).toBe(129);
  });
});

interface Got {
  readonly status: number | undefined;
  readonly text: string;
}

function ask(address: string, headers: Record<string, string>, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request(address, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    asking.on("error", reject);
    asking.end();
  });
}

test("the server answers those who know the token, on this machine's address, and ends with its terminal", async () => {
  const file = join(folder, "trace.json");
  writeFileSync(file, JSON.stringify(keptTrace));
  const server = spawn(process.execPath, [PROGRAM, "explore", file], { stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
  const address = await new Promise<string>((resolve) =>
    server.stdout.on("data", (text: Buffer) => resolve(text.toString().trim())),
  );
  const { origin, host, port } = new URL(address);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{24}\/$/);
  const page = await ask(address, {});
  expect(page.status).toBe(200);
  expect(page.text).toContain('<script id="program">');
  expect((await ask(address, { Origin: origin })).status).toBe(200);
  expect(await ask(`${origin}/`, {})).toEqual({ status: 404, text: "" });
  expect(await ask(`${address}x`, {})).toEqual({ status: 404, text: "" });
  expect(await ask(address, { Host: `evil.example:${port}` })).toEqual({ status: 403, text: "" });
  expect(await ask(address, { Host: `localhost:${port}` })).toEqual({ status: 403, text: "" });
  expect(await ask(address, { Host: host, Origin: "http://evil.example" })).toEqual({
    status: 403,
    text: "",
  });
  expect(await ask(address, { Origin: "null" })).toEqual({ status: 403, text: "" });
  expect(await ask(address, {}, "POST")).toEqual({ status: 405, text: "" });
  const taken = pmucheck("explore", file, "--port", port);
  expect(taken.status).toBe(129);
  expect(taken.stderr).toMatch(/PMC181.*EADDRINUSE/s);
  server.stdin.end();
  expect(await ended).toBe(0);
  await expect(ask(address, {})).rejects.toThrow("ECONNREFUSED");
});

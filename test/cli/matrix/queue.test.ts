/**
 * A matrix that workers of a queue explore, on a real Redis: one of them is killed, and the page is that of a local run.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { pmucheck, PROGRAM } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-queue-"));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const one of started) one.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) {
  process.stderr.write(
    "NOT TESTED: a queue, because redis-server cannot be run (apt-get install redis-server)\n",
  );
}

/** A program whose lines on stdout are kept, and can be waited for. */
function start(command: string, ...args: readonly string[]) {
  const child = spawn(command, args, { env: { ...process.env, XDG_CACHE_HOME: folder } });
  started.push(child);
  const ran = { child, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.stderr += text));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = async (what: RegExp): Promise<void> => {
    while (!what.test(ran.stdout)) {
      if (child.exitCode !== null) throw new Error(`${command} ended: ${ran.stdout}${ran.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, ran, ended, said };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const MATRIX = ["check", "--all", "close", "refresh", "--driver", "linux-6.5", "--no-cache"];
const CELLS = [
  "close, linux-6.5, irq",
  "close, linux-6.5, nmi",
  "refresh, linux-6.5, irq",
  "refresh, linux-6.5, nmi",
];
const cellsIn = (text: string) => text.match(/^.*(?=: \d+ verdicts)/gm) ?? [];

describe.runIf(hasRedis)("with a Redis", () => {
  let url = "";
  const connection = () => ({ url, maxRetriesPerRequest: null });
  const worker = () => start(process.execPath, PROGRAM, "worker", "--queue", url, "--jobs", "1");

  beforeAll(async () => {
    const port = await freePort();
    const options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
    await start("redis-server", "--port", String(port), ...options).said(/Ready to accept connections/);
    url = `redis://127.0.0.1:${port}`;
  });

  test("a killed worker's job runs again, each cell counts once, and the page is that of a local run", async () => {
    const form = ["--json", "--traces", "--no-timing"];
    const local = pmucheck(...MATRIX, ...form);
    const asking = start(process.execPath, PROGRAM, ...MATRIX, ...form, "--queue", url);
    const first = worker();
    await first.said(/ verdicts /);
    // Nothing moves while it is looked at.
    first.child.kill("SIGSTOP");
    const [name = ""] = /pmucheck-[0-9a-f]{16}/.exec(await keysOf(url)) ?? [];
    const queue = new Queue(name, { connection: connection() });
    expect(await queue.getActiveCount()).toBe(1);
    await queue.close();
    first.child.kill("SIGKILL");
    await first.ended;
    const second = worker();
    expect(await asking.ended).toBe(local.status);
    expect(asking.ran.stdout).toBe(local.stdout);
    const [byFirst, bySecond] = [cellsIn(first.ran.stdout), cellsIn(second.ran.stdout)];
    expect([byFirst.length > 0, bySecond.length > 0]).toEqual([true, true]);
    expect([...byFirst, ...bySecond].toSorted()).toEqual(CELLS);
  });

  test("a file of this machine is not put into a queue", () => {
    const { stderr, status } = pmucheck(
      "check",
      "--all",
      "examples/riscv-like/riscv-like.ts",
      "--queue",
      url,
    );
    expect(stderr).toMatch(
      /^pmucheck: PMC104: --queue is for what pmucheck ships, and examples\/.* is not: use --shard/,
    );
    expect(status).toBe(129);
  });
});

function keysOf(url: string): Promise<string> {
  const { ran, ended } = start("redis-cli", "-u", url, "keys", "*:meta");
  return ended.then(() => ran.stdout);
}

test("no Redis, or what is no URL of one, is said before anything is checked; no password is", async () => {
  const url = `redis://me:secret@127.0.0.1:${await freePort()}`;
  for (const asked of [MATRIX, ["verify", "no-clear"], ["worker"]]) {
    const { stdout, stderr, status } = pmucheck(...asked, "--queue", url);
    expect(stderr).toMatch(
      /^pmucheck: PMC119: no Redis answers at redis:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED/,
    );
    expect({ stdout, status }).toEqual({ stdout: "", status: 129 });
  }
  expect(pmucheck("worker", "--queue", "localhost").stderr).toContain(
    "PMC104: --queue takes the URL of a Redis",
  );
  expect(pmucheck("verify", "no-clear", "--queue", url, "--shard", "1/2").stderr).toContain(
    "do not go together",
  );
});

test("without BullMQ the program runs, and says what a queue needs", () => {
  cpSync(dirname(PROGRAM), join(folder, "dist/bin"), { recursive: true });
  cpSync("package.json", join(folder, "package.json"));
  const bare = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, PROGRAM), ...args], { encoding: "utf8" });
  expect(bare("--version").status).toBe(0);
  expect(bare("worker", "--queue", "redis://localhost").stderr).toBe(
    "pmucheck: PMC118: a queue needs BullMQ where pmucheck is installed: npm install bullmq@6 ioredis@6\n",
  );
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
  expect(Object.keys(dependencies)).not.toContain("bullmq");
});

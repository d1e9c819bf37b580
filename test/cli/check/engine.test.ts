/**
 * What the command line says of the engine: which inner loops, and how much memory.
 */
import { describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

describe("--engine", () => {
  test("js and wasm print the same bytes", () => {
    const [js, wasm] = ["js", "wasm"].map((engine) => pmucheck("check", "one-cpu", "--engine", engine));
    expect(js?.status).toBe(12);
    expect(js).toEqual(wasm);
  });

  test("takes no other", () => {
    const { status, stderr } = pmucheck("check", "one-cpu", "--engine", "rust");
    expect(status).toBe(129);
    expect(stderr).toContain("PMC104");
  });
});

describe("--jobs", () => {
  // Levels of thousands of states, so that threads do take part, and an end in the middle of one.
  const asked = [
    "check",
    "hotplug",
    "--irq",
    "nmi",
    "--property",
    "count-conservation",
    "--max-states",
    "300000",
  ];

  test("one thread and two print the same document", () => {
    const [one, two] = ["1", "2"].map((jobs) => pmucheck(...asked, "--json", "--quiet", "--jobs", jobs));
    expect(one?.status).toBe(125);
    const measured = /"(?:seconds|peakRssBytes|bytesPerState)": .*/g;
    const [first, second] = [one, two].map((run) => run?.stdout.replaceAll(measured, ""));
    expect(first).toContain('"states": 300001');
    expect(second).toBe(first);
  });
});

describe("--memory", () => {
  test("that does not suffice ends with 125, and says so", () => {
    const asked = ["check", "hotplug", "--irq", "nmi", "--property", "count-conservation"];
    asked.push("--quiet", "--memory", "16M");
    const { status, stdout } = pmucheck(...asked);
    expect(stdout).toContain("INCONCLUSIVE, more than 16 MiB of memory");
    expect(status).toBe(125);
  });

  test.each(["lots", "4", "1K", "-1G", "G"])("%s is no size", (size) => {
    const { status, stderr } = pmucheck("check", "one-cpu", `--memory=${size}`);
    expect(status).toBe(129);
    expect(stderr).toContain("PMC104");
    expect(stderr).toContain(`'${size}'`);
  });
});

/**
 * What the command line of the bench asks for. A shell script stands in for Java.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { benchOptions } from "../../bench/options.js";

const names = (args: readonly string[]) => benchOptions(args, {}).sizes.map(({ name }) => name);

test("by default all sizes, medians of 3, without TLC", () => {
  expect(names([])).toEqual(["1e5", "1e6", "2e7", "1e8"]);
  expect(benchOptions([], {})).toMatchObject({ repeats: 3, json: false, scenarios: false, tlc: undefined });
});

test("--quick stops at the 2e7 size, with one repeat", () => {
  expect(names(["--quick"])).toEqual(["1e5", "1e6", "2e7"]);
  expect(benchOptions(["--quick"], {}).repeats).toBe(1);
  expect(benchOptions(["--quick", "--repeats", "3"], {}).repeats).toBe(3);
});

test("--size picks sizes", () => {
  expect(names(["--size", "1e6", "--size", "1e5"])).toEqual(["1e5", "1e6"]);
});

test.each([
  [["--size", "7"], "unknown size 7; known: 1e5, 1e6, 2e7, 1e8"],
  [["--repeats", "0"], "--repeats takes a whole number above 0"],
  [["--repeats", "many"], "--repeats takes a whole number above 0"],
  [["--quik"], "--quik"],
  [["--java", "/usr/bin/java"], "--java is for TLC and needs --tla2tools"],
])("%j is refused", (args, reason) => {
  const ask = () => benchOptions(args, {});
  expect(ask).toThrow(expect.objectContaining({ code: "PMC104" }));
  expect(ask).toThrow(reason);
});

describe("where TLC is", () => {
  let folder = "";
  let java = "";
  let other = "";
  const jar = "/somewhere/tla2tools.jar";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "pmucheck-options-"));
    java = script("java", "echo TLC2 Version 2.19; exit 1");
    other = script("other", "exit 0");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A Java whose version can be asked, and that does this for anything else. */
  function script(name: string, otherwise: string): string {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n[ "$1" = -version ] && exit 0\n${otherwise}\n`, { mode: 0o755 });
    return file;
  }

  test("is said by options", () => {
    expect(benchOptions(["--java", java, "--tla2tools", jar], {}).tlc).toEqual({ java, tla2tools: jar });
  });

  test("is said by the environment, less strongly", () => {
    expect(benchOptions([], { JAVA: java, TLA2TOOLS: jar }).tlc).toEqual({ java, tla2tools: jar });
    const args = ["--java", java, "--tla2tools", jar];
    expect(benchOptions(args, { JAVA: other, TLA2TOOLS: "/else.jar" }).tlc).toEqual({ java, tla2tools: jar });
  });

  test("is not said by a Java in the environment", () => {
    expect(benchOptions([], { JAVA: java, TLA2TOOLS: "" }).tlc).toBeUndefined();
  });

  test("is made absolute, for TLC is started elsewhere", () => {
    expect(benchOptions(["--java", java, "--tla2tools", "x.jar"], {}).tlc?.tla2tools).toBe(
      join(process.cwd(), "x.jar"),
    );
  });

  test("a path that is not a Java is refused by name", () => {
    const missing = join(folder, "missing");
    expect(() => benchOptions(["--java", missing, "--tla2tools", jar], {})).toThrow(
      `${missing} is not a Java that starts`,
    );
  });

  test("a path that is not TLC is refused by name", () => {
    expect(() => benchOptions(["--java", other, "--tla2tools", jar], {})).toThrow(
      `${jar} is not a tla2tools.jar that starts`,
    );
  });
});

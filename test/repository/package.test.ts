/**
 * What is in the package: what a user needs, and nothing that only the repository does.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const packed = z
  .array(z.object({ unpackedSize: z.number(), files: z.array(z.object({ path: z.string() })) }))
  .length(1);
const manifest = z
  .object({
    bin: z.record(z.string(), z.string()),
    exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
    dependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  encoding: "utf8",
  maxBuffer: 1 << 26,
});
const [made] = packed.parse(JSON.parse(stdout));
const paths = (made?.files ?? []).map(({ path }) => path);
const under = (folder: string) => paths.filter((path) => path.startsWith(`${folder}/`));

describe("the package", () => {
  test("has what its manifest names", () => {
    const named = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((entry) =>
        typeof entry === "string" ? [entry] : Object.values(entry),
      ),
    ].map((path) => path.replace(/^\.\//, ""));
    for (const path of named) expect(paths).toContain(path);
  });

  test.each(["models", "properties", "src/spec", "src/runtime"])(
    "has the sources in %s: the hash of a verdict is of their text",
    (folder) => {
      expect(under(folder).filter((path) => path.endsWith(".ts")).length).toBeGreaterThan(1);
    },
  );

  test("has the explorer's page", () => {
    expect(under("dist/explorer")).toEqual(["dist/explorer/page-style.css", "dist/explorer/page.js"]);
  });

  test("has the guides that messages name, and what pmucheck new copies", () => {
    for (const kind of ["fix", "scenario", "property", "model"]) {
      expect(paths).toContain(`docs/use/your-own/my-${kind}.ts`);
      expect(paths).toContain(`docs/use/your-own/write-your-own-${kind}.md`);
    }
  });

  test("has no bench, no test, no other sources, and only those maps that stack traces are read with", () => {
    const others = /^(dist\/)?(bench|test)\/|^dist\/esbuild|^src\/(?!spec\/|runtime\/)|checkpoint$/;
    expect(paths.filter((path) => others.test(path))).toEqual([]);
    expect(paths.filter((path) => path.endsWith(".map") && !path.startsWith("dist/bin/"))).toEqual([]);
  });

  test("is no more than 14 MB, and brings no compiler", () => {
    expect(made?.unpackedSize).toBeLessThan(14e6);
    expect(Object.keys(manifest.dependencies)).not.toContain("typescript");
  });

  test("is clean for publint", async () => {
    const { messages, pkg } = await publint({ pkgDir: ".", pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
});

/**
 * `pmucheck new`: a file to start from, a test beside it, and types that an editor finds.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { packageRoot } from "../../../check/fingerprint.js";
import { PmucheckError } from "../../../spec/errors.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { print } from "../../terminal/terminal.js";
import { workloadFile } from "../../workload/scenario.js";
import type { Kind } from "./kinds.js";

export interface NewArguments {
  readonly kind: Kind;
  readonly name: string;
  /** The quick workload that a scenario is to be; undefined for the guide's. */
  readonly workload: string | undefined;
  /** Where the files go. */
  readonly folder: string;
}

/** By kind: the command to run, and what it comes to with the file as it is written. */
const PLANS: Readonly<Record<Kind, { readonly args: (file: string) => string[]; readonly comesTo: string }>> =
  {
    fix: { args: (file) => ["check", "one-cpu", "--fix", file], comesTo: "holds" },
    scenario: { args: (file) => ["check", file], comesTo: "violated" },
    model: { args: (file) => ["check", file], comesTo: "violated" },
    property: { args: (file) => ["check", "one-cpu", "--property", file], comesTo: "violated" },
  };

const NAME = /^[a-z][a-z0-9-]*$/;

/** Throws PMC104 for a name that is none, or a file that is there already. */
export function runNew({ kind, name, workload, folder }: NewArguments): ExitStatus {
  if (!NAME.test(name)) {
    throw new PmucheckError("PMC104", `'${name}' is no name: use small letters, digits and hyphens`);
  }
  if (workload !== undefined && kind !== "scenario") {
    throw new PmucheckError("PMC104", `--task, --event and their like are of a scenario, not of a ${kind}`);
  }
  const { args, comesTo } = PLANS[kind];
  const file = `${name}.ts`;
  const isOurs = workload === undefined;
  // What a workload of the user's own comes to, he has to find out.
  const verdicts = isOurs ? [comesTo] : ["holds", "violated"];
  const files: readonly (readonly [string, string])[] = [
    [file, isOurs ? templateOf(kind, name) : workloadFile(workload)],
    [`${name}.test.mjs`, testOf(args(`./${file}`), verdicts)],
  ];
  const taken = files.find(([path]) => existsSync(join(folder, path)));
  if (taken !== undefined) {
    throw new PmucheckError("PMC104", `${taken[0]} is there already: choose another name, or move it`);
  }
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  const config = writeTypes(folder);
  print(
    [
      `pmucheck: wrote ${[...files.map(([path]) => path), ...config].join(", ")}`,
      "",
      `  ${isInstalledIn(folder) ? "npx pmucheck" : "pmucheck"} ${args(`./${file}`).join(" ")}`,
      `  node --test ${name}.test.mjs`,
      "",
      `The guide is ${relative(folder, join(packageRoot(), "docs/use/your-own", `write-your-own-${kind}.md`))}`,
    ].join("\n"),
  );
  return EXIT.holds;
}

/** Is this pmucheck a dependency of the project there, and found by its name? Otherwise it is a global one, or linked. */
function isInstalledIn(folder: string): boolean {
  return relative(folder, packageRoot()) === join("node_modules", "pmucheck");
}

/** The guide's file under the new name, without the words about copying it. */
function templateOf(kind: Kind, name: string): string {
  const text = readFileSync(join(packageRoot(), "docs/use/your-own", `my-${kind}.ts`), "utf8");
  return text.replace(/^\/\*\*[\s\S]*?\*\/\n/, "").replaceAll(`my-${kind}`, name);
}

function testOf(args: readonly string[], verdicts: readonly string[]): string {
  return `import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { test } from "node:test";

const folder = import.meta.dirname;
// The project's own pmucheck, if it has one.
const PATH = [join(folder, "node_modules", ".bin"), process.env.PATH].join(delimiter);

test("pmucheck ${args.join(" ")} is ${verdicts.join(" or ")}", () => {
  const { stdout, stderr, error } = spawnSync("pmucheck", ${JSON.stringify([...args, "--json"])}, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, PATH },
  });
  assert.equal(error, undefined);
  assert.equal(stderr, "");
  const { verdict } = JSON.parse(stdout).checks[0];
  assert.ok(${JSON.stringify(verdicts)}.includes(verdict), verdict);
});
`;
}

/** A tsconfig.json by which editors find the types, if there is none yet. */
function writeTypes(folder: string): string[] {
  const path = join(folder, "tsconfig.json");
  if (existsSync(path)) return [];
  const compilerOptions = {
    target: "ES2022",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    // A fix of a model imports that.
    allowImportingTsExtensions: true,
    types: [],
    ...(isInstalledIn(folder) ? {} : { paths: pathsTo(join(packageRoot(), "dist/src")) }),
  };
  writeFileSync(path, `${JSON.stringify({ compilerOptions, include: ["*.ts"] }, null, 2)}\n`);
  return ["tsconfig.json"];
}

function pathsTo(types: string): Readonly<Record<string, readonly string[]>> {
  return {
    pmucheck: [join(types, "index.d.ts")],
    "pmucheck/linux": [join(types, "linux.d.ts")],
    "pmucheck/models": [join(types, "models.d.ts")],
    "pmucheck/scenarios": [join(types, "scenarios.d.ts")],
  };
}

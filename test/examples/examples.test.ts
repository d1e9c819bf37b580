/**
 * The examples come to what examples/expected.ts and examples/README.md say, through the public exports alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  check,
  configure,
  defaultProperty,
  drivers,
  properties,
  withFixes,
  witnesses,
  type Fix,
  type Property,
  type Scenario,
} from "pmucheck";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { combinations, reports, type Example, type Question } from "../../examples/expected.js";
import { pmucheck } from "../support/cli/command-line.js";

/** What an example's file exports. */
interface Exported {
  readonly scenario?: Scenario;
  readonly property?: Property;
  readonly fix?: Fix;
}

const examples = [...reports, ...combinations];

const documents = z.object({ checks: z.tuple([z.object({ verdict: z.string() })]) });

const files = readdirSync("examples", { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && name !== "expected.ts" && !name.startsWith("riscv-like"),
);

describe.each(examples.map((example) => [example.file, example] as const))("%s", (file, { questions }) => {
  test.each(questions.map((question) => [question.says, question] as const))("%s", async (_, question) => {
    expect(await verdictOf(file, question)).toBe(question.verdict);
  });
});

async function verdictOf(file: string, question: Question): Promise<string> {
  if (question.workload !== undefined) {
    const { stdout } = pmucheck("check", ...question.workload, "--property", `./examples/${file}`, "--json");
    return documents.parse(JSON.parse(stdout)).checks[0].verdict;
  }
  // Node gives what an import has as any.
  const exported = (await import(`../../examples/${file}`)) as Exported;
  return check({ ...targetOf(exported, question), witnesses, maxStates: 1_000_000, jobs: 1 }).verdict;
}

function targetOf({ scenario = missing("scenario"), property, fix }: Exported, question: Question) {
  const driver = named(drivers, question.driver ?? "linux-6.5");
  const fixes = question.fix === true && fix !== undefined ? [fix] : [];
  return {
    scenario,
    driver: fixes.length === 0 ? driver : withFixes(driver, "example", fixes),
    property: question.property === "own" ? (property ?? missing("property")) : propertyOf(question),
    configuration: configure(scenario.parameters, question.set ?? {}),
  };
}

function propertyOf({ property = defaultProperty.name }: Question): Property {
  return named(properties, property);
}

function named<T extends { readonly name: string }>(among: readonly T[], name: string): T {
  return among.find((one) => one.name === name) ?? missing(name);
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}

test("every file is asked something", () => {
  expect(examples.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

test.each(files)("%s imports what the package exports, and nothing else", (file) => {
  const text = readFileSync(join("examples", file), "utf8");
  const imported = [...text.matchAll(/ from "([^"]+)"/g)].map(([, from]) => from);
  expect(imported.filter((from) => !/^pmucheck(\/(linux|scenarios))?$/.test(from ?? ""))).toEqual([]);
});

test("README.md has a row for every example, with its verdicts", () => {
  const text = readFileSync("examples/README.md", "utf8");
  for (const example of examples) expect(text).toContain(rowOf(example));
});

function rowOf({ file, source, questions }: Example): string {
  const verdicts = questions.map(({ says, verdict }) => `${says}: ${verdict}`).join("; ");
  return `| [${file}](${file}) | ${source} | ${verdicts} |`;
}

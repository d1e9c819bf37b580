/**
 * `--output`: files that verdicts are written to, in whatever format each is for, besides what is printed.
 */
import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { PmucheckError } from "../../spec/errors.js";
import { fileFault } from "../arguments/read-text.js";
import { RESULT_FORMATS, type ResultFormat } from "./formats.js";

export interface Output {
  readonly file: string;
  readonly format: ResultFormat;
}

/** By how a file's name ends; the first that fits. */
const ENDINGS: readonly (readonly [string, ResultFormat])[] = [
  [".expect.json", "expect"],
  [".sarif.json", "sarif"],
  [".sarif", "sarif"],
  [".json", "json"],
  [".xml", "junit"],
  [".md", "markdown"],
  [".txt", "text"],
  [".html", "html"],
];

export const outputOptions = {
  output: {
    type: "string",
    array: true,
    nargs: 1,
    default: [],
    describe: `also write a file, its format by its ending (${ENDINGS.map(([ending]) => ending).join(", ")}), or FORMAT:FILE; may be repeated`,
  },
  timing: {
    type: "boolean",
    default: true,
    describe: "--no-timing: zeros for durations, dates and memory, so that two runs are the same bytes",
  },
} as const;

/** Throws PMC104 for a file whose format is not known, PMC155 for one that cannot be written: before anything is checked. */
export function outputsOf(given: readonly string[]): readonly Output[] {
  const outputs = given.map(outputOf);
  const twice = outputs.find(({ file }, at) => outputs.findIndex((of) => of.file === file) < at);
  if (twice !== undefined) throw new PmucheckError("PMC104", `--output names ${twice.file} twice`);
  for (const { file } of outputs) mustBeWritable(file);
  return outputs;
}

function outputOf(given: string): Output {
  const named = RESULT_FORMATS.find((format) => given.startsWith(`${format}:`));
  if (named !== undefined) return { format: named, file: given.slice(named.length + 1) };
  const [, format] = ENDINGS.find(([ending]) => given.endsWith(ending)) ?? [];
  if (format !== undefined) return { format, file: given };
  throw new PmucheckError(
    "PMC104",
    `--output ${given}: the ending names no format; write FORMAT:${given} (${RESULT_FORMATS.join(", ")})`,
  );
}

function mustBeWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error("it is a folder");
  } catch (error) {
    throw new PmucheckError("PMC155", `cannot write ${file}: ${fileFault(error)}`);
  }
}

/** Throws PMC155. */
export async function writeOutputs(
  outputs: readonly Output[],
  render: (format: ResultFormat) => string | Promise<string>,
): Promise<void> {
  for (const { file, format } of outputs) {
    const text = await render(format);
    try {
      writeFileSync(file, `${text}\n`);
    } catch (error) {
      throw new PmucheckError("PMC155", `cannot write ${file}: ${fileFault(error)}`);
    }
  }
}

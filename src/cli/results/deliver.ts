/**
 * What is done with verdicts when all of them are known: printing, files, and the comparison with what was expected.
 */
import { expectationsReport } from "../../report/expectations.js";
import type { CheckDocument } from "../../trace/document.js";
import { differencesFrom, readExpectations, type Expectation } from "../../trace/expectation.js";
import { readText } from "../arguments/read-text.js";
import { EXIT, exitStatusOf, worstOf, type ExitStatus } from "../exit-status.js";
import { complain, print, screen } from "../terminal/terminal.js";
import { resultIn, type Printing, type ResultFormat } from "./formats.js";
import { outputsOf, writeOutputs, type Output } from "./output.js";

/** Where verdicts go, and what they are compared with. */
export interface Delivery {
  readonly format: ResultFormat;
  readonly outputs: readonly Output[];
  readonly timing: boolean;
  readonly expected: { readonly file: string; readonly verdicts: readonly Expectation[] } | undefined;
}

export const expectOption = {
  type: "string",
  describe:
    "status 0 if every verdict is as this file says, 15 if one is not; --output expect:FILE writes it",
} as const;

/** Before anything is checked. Throws PMC104 and PMC155 for files to write, PMC111 and PMC115 for the one to read. */
export function deliveryOf(
  format: ResultFormat,
  args: {
    readonly output: readonly string[];
    readonly timing: boolean;
    readonly expect?: string | undefined;
  },
): Delivery {
  const { output, timing, expect: file } = args;
  return {
    format,
    outputs: outputsOf(output),
    timing,
    expected: file === undefined ? undefined : { file, verdicts: readExpectations(readText(file), file) },
  };
}

/**
 * Prints and writes, and says whether the verdicts are as expected.
 * @param render verdicts in a format; text has been printed check by check before
 * @returns the status of the verdicts, or of their differences
 */
export async function deliver(
  checks: readonly CheckDocument[],
  { format, outputs, timing, expected }: Delivery,
  render: (format: ResultFormat, printing: Printing) => string | Promise<string> = (as, printing) =>
    resultIn(as, checks, printing),
): Promise<ExitStatus> {
  const differences = expected === undefined ? undefined : differencesFrom(expected.verdicts, checks);
  const rendered = (as: ResultFormat) => render(as, { timing, differences });
  if (format !== "text") print(await rendered(format));
  await writeOutputs(outputs, rendered);
  if (expected === undefined || differences === undefined) return worstOf(checks.map(exitStatusOf));
  const report = expectationsReport(checks, differences, expected.file, screen());
  if (format === "text") print(`\n${report}`);
  else complain(report);
  return differences.length === 0 ? EXIT.holds : EXIT.unexpected;
}

/**
 * `pmucheck verify`: what fixes come to, or a part of it.
 */
import type { ExitStatus } from "../../exit-status.js";
import { partOf } from "../../matrix/part.js";
import { statusOfPart } from "../../matrix/run.js";
import { print } from "../../terminal/terminal.js";
import { deliverVerified, refuseForms, type VerifyPrinting } from "./deliver.js";
import { explored, questionOf, type VerifyRun, type VerifySubject } from "./explore.js";

export interface VerifyArguments extends VerifySubject, VerifyRun, VerifyPrinting {}

/** Ends with the status of the fix, of the one that ranks first, or of the part. */
export async function runVerify(args: VerifyArguments): Promise<ExitStatus> {
  refuseForms(args.fix === undefined, args);
  const question = await questionOf(args);
  const made = await explored(question, args);
  if (args.shard === undefined) return deliverVerified(question, made, args);
  print(JSON.stringify(partOf(args.shard, question, [...made.base, ...made.fixed])));
  return statusOfPart(made.fixed.flatMap(({ checks }) => checks));
}

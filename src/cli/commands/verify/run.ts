/**
 * `pmucheck verify`: what fixes come to, or a part of it.
 */
import type { ExploredFixes } from "../../../check/matrix/verify-fix.js";
import type { ExitStatus } from "../../exit-status.js";
import { partOf } from "../../matrix/part.js";
import { statusOfPart } from "../../matrix/run.js";
import { complain, print } from "../../terminal/terminal.js";
import { Interrupted } from "../../thread/interruption.js";
import { deliverVerified, refuseForms, type VerifyPrinting } from "./deliver.js";
import { explored, questionOf, type VerifyRun, type VerifySubject } from "./explore.js";

export interface VerifyArguments extends VerifySubject, VerifyRun, VerifyPrinting {}

/** Ends with the status of the fix, of the one that ranks first, or of the part. */
export async function runVerify(args: VerifyArguments): Promise<ExitStatus> {
  refuseForms(args.fix === undefined, args);
  const question = await questionOf(args);
  let made: ExploredFixes;
  try {
    made = await explored(question, args);
  } catch (error) {
    const { status } = args.interruption;
    if (!(error instanceof Interrupted) || status === undefined) throw error;
    complain(`pmucheck: ${error.message}`);
    return status;
  }
  if (args.shard === undefined) return deliverVerified(question, made, args);
  print(JSON.stringify(partOf(args.shard, question, [...made.base, ...made.fixed])));
  return statusOfPart(made.fixed.flatMap(({ checks }) => checks));
}

/**
 * Verdicts alone, a check per line, so that `git diff` shows which one has changed: what `--expect` compares with.
 */
import type { CheckDocument } from "../../trace/document.js";
import { EXPECTED_FORMAT, expectationOf } from "../../trace/expectation.js";
import { jsonWithList } from "./json.js";

/** Without a final newline. */
export function expectedVerdicts(checks: readonly CheckDocument[]): string {
  return jsonWithList({ tool: "pmucheck", format: EXPECTED_FORMAT }, "checks", checks.map(expectationOf));
}

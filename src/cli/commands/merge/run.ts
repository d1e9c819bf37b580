/**
 * `pmucheck merge`: the table of a matrix of which several machines ran a part each.
 */
import type { ExitStatus } from "../../exit-status.js";
import { merged, readPart } from "../../matrix/part.js";
import { deliverMatrix, type MatrixPrinting } from "../../matrix/run.js";

export function runMerge(files: readonly string[], printing: MatrixPrinting): Promise<ExitStatus> {
  return deliverMatrix(merged(files.map((file) => ({ file, part: readPart(file) }))), printing);
}

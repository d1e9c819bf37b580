/**
 * How a trace, and --fix, name an edit of a file: `./my-edits.ts:two-isbs`.
 */
const IN_FILE = /^(?<file>.+\.m?[jt]s):(?<name>[^:/]+)$/;

export interface EditOfFile {
  readonly file: string;
  readonly name: string;
}

/** Undefined for any other name. */
export function editOfFile(named: string): EditOfFile | undefined {
  const { file, name } = IN_FILE.exec(named)?.groups ?? {};
  return file === undefined || name === undefined ? undefined : { file, name };
}

/**
 * Files that are whole or not there, whichever process or thread ends while it writes one, and however many write one at once.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { threadId } from "node:worker_threads";

let parts = 0;

/**
 * Writes a file of this writer's own beside the place and gives it its name when it is whole, for the user alone to read. Where
 * nothing can be written, nothing is kept, and that is no error.
 * @param flush the file is on the disk before it has its name, so that it is whole after a crash of the machine, too
 * @returns whether it is kept
 */
export function keepWhole(file: string, bytes: string | Buffer, flush: boolean): boolean {
  const part = `${file}.${process.pid}.${threadId}.${++parts}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(part, bytes, { flag: "wx", mode: 0o600, flush });
    renameSync(part, file);
    return true;
  } catch {
    discard(part);
    return false;
  }
}

function discard(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // It was never made: its folder is no folder.
  }
}

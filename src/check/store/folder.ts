/**
 * A folder of entries, each under the digest of its question.
 *
 * Safe with any number of processes and after a crash: an entry is written to a file of its own, flushed, and renamed; and it
 * begins with its own digest, so that whatever else happened to it, it is as it was written or it is not there.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";

const DIGEST_BYTES = 32;
/** A `.part` that is older was left by a process that has died. */
const PART_MS = 3_600_000;

let parts = 0;

export class EntryFolder {
  readonly #path: string;
  readonly #maxBytes: number;

  /** @param maxBytes of all entries: the ones that were not used for longest are removed beyond that */
  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
  }

  /** The entry, which is plain data; undefined if there is none, or it is damaged. */
  read(key: string): unknown {
    const file = this.#file(key);
    try {
      const bytes = readFileSync(file);
      const packed = bytes.subarray(DIGEST_BYTES);
      if (!digestOf(key, packed).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined;
      const now = new Date();
      utimesSync(file, now, now);
      return deserialize(gunzipSync(packed));
    } catch {
      // It is not there, or cannot be read: the question is answered anew.
      return undefined;
    }
  }

  /** Keeps an entry. Where nothing can be written, nothing is kept, and that is no error. */
  write(key: string, entry: unknown): void {
    const file = this.#file(key);
    const part = `${file}.${process.pid}.${++parts}.part`;
    try {
      const packed = gzipSync(serialize(entry), { level: 3 });
      mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
      const handle = openSync(part, "wx");
      try {
        writeFileSync(handle, Buffer.concat([digestOf(key, packed), packed]));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(part, file);
    } catch {
      discard(part);
    }
  }

  /** Removes what was not used for longest, until the rest is as small as it may be. */
  trim(): void {
    const entries = this.#entries().sort((a, b) => b.used - a.used);
    let bytes = 0;
    for (const { path, size, used } of entries) {
      bytes += size;
      const isLost = path.endsWith(".part") && Date.now() - used > PART_MS;
      if (bytes > this.#maxBytes || isLost) rmSync(path, { force: true });
    }
  }

  #entries() {
    try {
      return readdirSync(this.#path, { recursive: true, encoding: "utf8" }).flatMap((name) => {
        const path = join(this.#path, name);
        const found = statSync(path, { throwIfNoEntry: false });
        return found?.isFile() === true ? [{ path, size: found.size, used: found.mtimeMs }] : [];
      });
    } catch {
      return [];
    }
  }

  #file(key: string): string {
    return join(this.#path, key.slice(0, 2), key);
  }
}

function discard(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // It was never made: the folder is none.
  }
}

/** Of the key too: an entry under another's name is no answer. */
function digestOf(key: string, packed: Buffer): Buffer {
  return createHash("sha256").update(key).update(packed).digest();
}

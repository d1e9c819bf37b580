/**
 * A folder of entries, each under the digest of its question.
 *
 * Safe with any number of processes and after a crash: an entry is written to a file of its own, flushed, and renamed; and it
 * begins with its own digest, so that whatever else happened to it, it is as it was written or it is not there.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";

import { keepWhole } from "./whole-file.js";

const DIGEST_BYTES = 32;
/** A `.part` that is older was left by a process that has died. */
const PART_MS = 3_600_000;

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
    const packed = gzipSync(serialize(entry), { level: 3 });
    keepWhole(this.#file(key), Buffer.concat([digestOf(key, packed), packed]), true);
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

/** Of the key too: an entry under another's name is no answer. */
function digestOf(key: string, packed: Buffer): Buffer {
  return createHash("sha256").update(key).update(packed).digest();
}

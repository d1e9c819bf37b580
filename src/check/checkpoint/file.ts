/**
 * Checkpoint files: an image of a search, and what the search is of.
 *
 *   pmucheck-checkpoint/2              the format, a line
 *   {"pmucheck": "0.1.0", ...}         the header, a line of JSON
 *   ...                                the pieces of the image
 *   ................................   SHA-256 of all before it
 *
 * A file is written beside its place and moved there when it is whole, so that no interruption leaves a half one, or
 * takes away the one that was there.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";

import { bytesOfPieces, type Image, type KeptImage } from "../../engine/explore.js";
import { PmucheckError } from "../../spec/errors.js";
import { headerSchema } from "./schema.js";
import type { CheckpointHeader, CheckpointSubject } from "./header.js";

const KIND = "pmucheck-checkpoint/";
const FORMAT = `${KIND}2`;
const DIGEST_BYTES = 32;
/** What is read or written at once. */
const BUFFER_BYTES = 1 << 20;
/** A header that is longer is none. */
const MAX_HEADER_BYTES = 1 << 26;

/** A checkpoint that was found whole, open for reading the image. */
export interface Checkpoint extends CheckpointSubject {
  readonly image: KeptImage;
  readonly close: () => void;
}

/** Throws PMC154 if the file cannot be written; what was there before is there still. */
export function writeCheckpoint(file: string, of: CheckpointSubject, image: Image): void {
  const part = `${file}.part`;
  try {
    const fd = openSync(part, "w");
    try {
      writeAll(fd, of, image);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new PmucheckError("PMC154", `cannot write ${file}: ${messageOf(error)}`);
  }
}

function writeAll(fd: number, of: CheckpointSubject, image: Image): void {
  // Not by making the pieces once more: of 10^9 states that takes minutes.
  const bytes = bytesOfPieces(image.header);
  const header: CheckpointHeader = { ...of, image: image.header, bytes };
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(BUFFER_BYTES);
  const put = (piece: Uint8Array) => {
    // By way of a buffer of our own: pieces lie in memory that others may share.
    for (let at = 0; at < piece.length; at += BUFFER_BYTES) {
      const part = piece.subarray(at, at + BUFFER_BYTES);
      buffer.set(part);
      hash.update(buffer.subarray(0, part.length));
      writeFully(fd, buffer.subarray(0, part.length));
    }
  };
  put(Buffer.from(`${FORMAT}\n${JSON.stringify(header)}\n`));
  let written = 0;
  for (const piece of image.pieces()) {
    put(piece);
    written += piece.length;
  }
  if (written !== bytes) throw new Error(`${written} bytes of states, and its header says ${bytes}`);
  writeFully(fd, hash.digest());
}

/**
 * Throws PMC111 if the file cannot be read, PMC151 if it is no checkpoint, PMC152 if it is damaged, PMC153 if it is of
 * another version of the format.
 */
export function openCheckpoint(file: string): Checkpoint {
  const input = new Input(file);
  try {
    const { header, start } = readHeader(input, file);
    input.at = start;
    const read = (into: Uint8Array) => {
      if (input.at + into.length > start + header.bytes)
        throw damaged(file, "its lists are longer than it says");
      input.read(into);
    };
    const { pmucheck, subject, hash, image } = header;
    return { pmucheck, subject, hash, image: { header: image, read }, close: () => input.close() };
  } catch (error) {
    input.close();
    throw error;
  }
}

function readHeader(input: Input, file: string): { header: CheckpointHeader; start: number } {
  const kind = input.line(FORMAT.length + 8);
  if (kind === undefined || !kind.startsWith(KIND)) {
    throw new PmucheckError("PMC151", `${file} is not a checkpoint: it does not begin with ${FORMAT}`);
  }
  if (kind !== FORMAT) {
    throw new PmucheckError(
      "PMC153",
      `${file} is a ${kind}, and this pmucheck reads ${FORMAT}: use the version that made it`,
    );
  }
  const text = input.line(MAX_HEADER_BYTES);
  const start = input.at;
  const json = text === undefined ? undefined : parsed(text);
  if (typeof json === "object" && json !== null && "bytes" in json && typeof json.bytes === "number") {
    const expected = start + json.bytes + DIGEST_BYTES;
    if (input.size < expected) throw damaged(file, `it has ${input.size} of ${expected} bytes`);
  }
  if (!input.isWhole()) throw damaged(file, "its contents do not have the digest at its end");
  const header = headerSchema.safeParse(json);
  if (!header.success)
    throw damaged(file, `its header says something else: ${header.error.issues[0]?.message}`);
  if (bytesOfPieces(header.data.image) !== header.data.bytes)
    throw damaged(file, "its lists are not as long as its header makes them");
  return { header: header.data, start };
}

function damaged(file: string, how: string): PmucheckError {
  return new PmucheckError("PMC152", `${file} is damaged: ${how}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file that is read from front to back. */
class Input {
  /** Where to read next. */
  at = 0;
  readonly size: number;
  readonly #fd: number;
  readonly #file: string;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);

  constructor(file: string) {
    this.#file = file;
    try {
      this.#fd = openSync(file, "r");
      this.size = fstatSync(this.#fd).size;
      // A folder can be opened, and not be read.
      readSync(this.#fd, this.#buffer, 0, 1, 0);
    } catch (error) {
      throw new PmucheckError("PMC111", `cannot read ${file}: ${messageOf(error)}`);
    }
  }

  /** The next line, without its end; undefined if there is none of at most so many bytes. */
  line(most: number): string | undefined {
    const parts: Buffer[] = [];
    for (let length = 0; length <= most;) {
      const got = readSync(this.#fd, this.#buffer, 0, BUFFER_BYTES, this.at + length);
      if (got === 0) return undefined;
      const end = this.#buffer.subarray(0, got).indexOf("\n");
      parts.push(Buffer.from(this.#buffer.subarray(0, end < 0 ? got : end)));
      length += end < 0 ? got : end;
      if (end < 0) continue;
      if (length > most) return undefined;
      this.at += length + 1;
      return Buffer.concat(parts).toString("utf8");
    }
    return undefined;
  }

  read(into: Uint8Array): void {
    for (let done = 0; done < into.length;) {
      const got = readSync(this.#fd, this.#buffer, 0, Math.min(BUFFER_BYTES, into.length - done), this.at);
      if (got === 0) throw damaged(this.#file, "it ends too early");
      into.set(this.#buffer.subarray(0, got), done);
      done += got;
      this.at += got;
    }
  }

  /** Is the digest at the end that of everything before it? */
  isWhole(): boolean {
    const end = this.size - DIGEST_BYTES;
    const hash: Hash = createHash("sha256");
    for (let at = 0; at < end;) {
      const got = readSync(this.#fd, this.#buffer, 0, Math.min(BUFFER_BYTES, end - at), at);
      if (got === 0) return false;
      hash.update(this.#buffer.subarray(0, got));
      at += got;
    }
    const digest = Buffer.alloc(DIGEST_BYTES);
    return (
      end > 0 &&
      readSync(this.#fd, digest, 0, DIGEST_BYTES, end) === DIGEST_BYTES &&
      digest.equals(hash.digest())
    );
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** A disk that is nearly full takes a part at a time. */
function writeFully(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

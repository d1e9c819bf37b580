/**
 * What a folder of entries gives back: what was written, or nothing.
 */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { EntryFolder } from "../../../src/check/store/folder.js";

const KEY = "ab".repeat(32);
const OTHER = `ab${"cd".repeat(31)}`;
const ENTRY = { numbers: [1, 2n, undefined, -0], texts: new Map([["a", "b"]]) };

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "pmucheck-entries-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const fileOf = (key: string) => join(root, key.slice(0, 2), key);

test("it gives back what was written last, also to another process's eyes", () => {
  new EntryFolder(root, 1e6).write(KEY, "first");
  new EntryFolder(root, 1e6).write(KEY, ENTRY);
  expect(new EntryFolder(root, 1e6).read(KEY)).toEqual(ENTRY);
  expect(new EntryFolder(root, 1e6).read(OTHER)).toBeUndefined();
  // Nothing is left of how it was written.
  expect(readdirSync(join(root, "ab"))).toEqual([KEY]);
});

test("an entry of which a byte differs, or that ends early, is none", () => {
  const folder = new EntryFolder(root, 1e6);
  folder.write(KEY, ENTRY);
  const whole = readFileSync(fileOf(KEY));
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] as number) ^ 1;
    writeFileSync(fileOf(KEY), damaged);
    expect(folder.read(KEY)).toBeUndefined();
    writeFileSync(fileOf(KEY), whole.subarray(0, at));
    expect(folder.read(KEY)).toBeUndefined();
  }
  writeFileSync(fileOf(KEY), whole);
  expect(folder.read(KEY)).toEqual(ENTRY);
});

test("an entry under another's name is none", () => {
  const folder = new EntryFolder(root, 1e6);
  folder.write(KEY, ENTRY);
  renameSync(fileOf(KEY), fileOf(OTHER));
  expect(folder.read(OTHER)).toBeUndefined();
});

test("what was not used for longest goes first, and so does what a dead process left", () => {
  const folder = new EntryFolder(root, 1e6);
  const keys = ["1", "2", "3"].map((digit) => digit.repeat(64));
  keys.forEach((key, at) => {
    folder.write(key, "x".repeat(1000));
    utimesSync(fileOf(key), at + 1, at + 1);
  });
  const part = `${fileOf("4".repeat(64))}.1.1.part`;
  folder.write("4".repeat(64), "");
  renameSync(fileOf("4".repeat(64)), part);
  utimesSync(part, 1, 1);
  // The oldest is used now.
  expect(folder.read(keys[0] ?? "")).toBeDefined();
  const { size } = statSync(fileOf(keys[0] ?? ""));
  new EntryFolder(root, 2 * size).trim();
  expect(keys.map((key) => folder.read(key) !== undefined)).toEqual([true, false, true]);
  expect(existsSync(part)).toBe(false);
});

test("where nothing can be written, nothing is kept, and nothing is said", () => {
  writeFileSync(join(root, "file"), "");
  const folder = new EntryFolder(join(root, "file"), 1e6);
  folder.write(KEY, ENTRY);
  expect(folder.read(KEY)).toBeUndefined();
  folder.trim();
});

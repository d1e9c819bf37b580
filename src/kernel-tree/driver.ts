/** A driver from a folder and patches, with what a verdict has to say of where it comes from. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { readFileSync } from "node:fs";

import { driverFromTree, type TreeDriver } from "../../models/linux/c/driver.js";
import { versionOf, type KernelVersion } from "../../models/linux/c/source.js";
import { PmucheckError } from "../spec/errors.js";
import type { SourceLine } from "../spec/kernel-function.js";
import type { Driver, KernelContents, KernelReport } from "../spec/scenario.js";
import { AddedLines } from "./added-lines.js";
import { patched } from "./apply.js";
import { patchesIn, type Patch } from "./mail.js";
import { Tree } from "./tree.js";

export interface KernelRequest {
  /** How the driver is called. */
  readonly name: string;
  readonly folder: string;
  /** Files with patches, in their order; `series.mbox#2` is the first two of a series. */
  readonly patches: readonly string[];
  /** Which version of the model all but the driver is of. Throws if there is none. */
  readonly baseFor: (version: KernelVersion | undefined) => Driver;
}

/** Throws PMC111 for what cannot be read, PMC171 to PMC174 for what is no driver's C or does not fit. */
export function kernelDriver({ name, folder, patches, baseFor }: KernelRequest): Driver {
  const original = new Tree(folder);
  const series = patches.flatMap((file) => patchesOf(file));
  const tree = series.reduce(patched, original);
  const base = baseFor(versionOf(original));
  const made = driverFromTree(tree, base);
  const added = new AddedLines(made, original, tree);
  const version =
    made.version && `${made.version.version}.${made.version.patchlevel}.${made.version.sublevel}`;
  const standIns = ["prelude.h", "perf_event.h"].map((standIn) => tree.standIn(standIn));
  const digest = digestOf([...[...made.loaded].flat(), ...standIns].join("\0"));
  const report = (): KernelReport => ({
    folder,
    version: version ?? null,
    base: base.name,
    digest,
    files: [...made.loaded.keys()],
    functions: made.taken.map(({ name: of }) => of),
    kept: made.kept,
    ownState: made.slots,
    patches: patches.map((file) => ({ name: basename(file), digest: digestOf(textOf(file)) })),
    notVerified: [...tree.patched].filter((path) => !made.loaded.has(path)),
    addedLines: added.count,
    neverRan: added.neverRan(),
  });
  return {
    ...made.driver,
    name,
    summary: `the C of ${folder}${version === undefined ? "" : `, Linux ${version}`}, on ${base.name}`,
    base: base.name,
    differences: [],
    source: {
      digest,
      lines: (file) => tree.read(file)?.split("\n"),
      report,
      contents: contentsOf(made, base),
    },
  };
}

function contentsOf({ taken, callbacks }: TreeDriver, { functions }: Driver): KernelContents {
  return {
    functions: taken.map(({ name, at }) => ({ name, at: lineOf(at), isModelled: functions.has(name) })),
    callbacks: callbacks.map((callback) => ({ ...callback, at: lineOf(callback.at) })),
  };
}

function lineOf({ file, line }: SourceLine): SourceLine {
  return { file, line };
}

/** The patches of a file, or the first ones of a series. Throws PMC111, PMC174. */
export function patchesOf(named: string): readonly Patch[] {
  const { file, count } = fileOf(named);
  const all = patchesIn(textOf(named), file);
  if (count === undefined || count <= all.length) return all.slice(0, count);
  throw new PmucheckError("PMC174", `${file} has ${all.length} patches: there is no number ${count}`);
}

function textOf(named: string): string {
  const { file } = fileOf(named);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC111", `cannot read '${file}': ${reason}`);
  }
}

function fileOf(named: string): { readonly file: string; readonly count: number | undefined } {
  const [, file, count] = /^(.*)#(\d+)$/.exec(named) ?? [];
  return file === undefined ? { file: named, count: undefined } : { file, count: Number(count) };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

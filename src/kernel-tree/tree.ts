/**
 * A folder with C: a kernel tree, or a folder with a driver's files. Patches lie over it; nothing on disk is changed.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import type { CSource } from "../../models/linux/c/source.js";
import { packageRoot } from "../check/fingerprint.js";
import { PmucheckError } from "../spec/errors.js";

const STAND_INS = "models/linux/c";

export class Tree implements CSource {
  readonly folder: string;
  /** By path, what patches made of files; undefined for those that they removed. */
  readonly #over: ReadonlyMap<string, string | undefined>;

  /** Throws PMC111 for a folder that is not there. */
  constructor(folder: string, over: ReadonlyMap<string, string | undefined> = new Map()) {
    this.folder = folder;
    this.#over = over;
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new PmucheckError("PMC111", `cannot read '${folder}': no such folder; give a kernel tree`);
    }
  }

  get patched(): ReadonlySet<string> {
    return new Set(this.#over.keys());
  }

  read(path: string): string | undefined {
    if (this.#over.has(path)) return this.#over.get(path);
    const file = join(this.folder, path);
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    return isFile ? readFileSync(file, "utf8") : undefined;
  }

  standIn(name: string): string {
    return readFileSync(join(packageRoot(), STAND_INS, name), "utf8");
  }

  /** The tree with further files over it. */
  with(over: ReadonlyMap<string, string | undefined>): Tree {
    return new Tree(this.folder, new Map([...this.#over, ...over]));
  }
}

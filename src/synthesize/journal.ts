/**
 * The journal: what a search has learnt, a line of JSON each, so that a search that was ended goes on where it was.
 *
 * A search goes the same way every time. So the journal of an earlier one answers its questions in turn, and it need not
 * be told where it stands.
 */
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";

import { PmucheckError } from "../spec/errors.js";
import type { BaseCell } from "./requirements.js";
import type { Fate, Killed } from "./search.js";

/** What a journal is about; another search cannot use it. */
export interface JournalHead {
  readonly format: "pmucheck-synthesis/2";
  readonly hash: string;
  readonly edits: readonly string[];
}

/** The whole matrix of a set of edits. */
export interface JournalMatrix {
  /** The set as a fix, empty for the driver as it is; and the scenarios that were asked, empty for all. */
  readonly of: readonly [fix: string, ...scenarios: readonly string[]];
  readonly cells: readonly BaseCell[];
}

/** What became of a set. */
interface FateLine {
  /** A key of what was asked, in which cells: with others the fate may be another. */
  readonly requirements: string;
  readonly fate: Fate;
}

type Line = { readonly matrix: JournalMatrix } | FateLine;

export class Journal {
  readonly #file: string | undefined;
  readonly #matrices = new Map<string, readonly BaseCell[]>();
  /** By the set. */
  readonly #kills = new Map<string, Killed[]>();
  readonly #allKills: Killed[] = [];
  /** By the requirements, and the set. */
  readonly #others = new Map<string, Fate>();

  /**
   * Without a file it is kept in memory only. Throws PMC151 for a file that is no journal, PMC153 for one of another search,
   * PMC154 if it cannot be written.
   */
  constructor(file: string | undefined, head: JournalHead) {
    this.#file = file;
    if (file === undefined) return;
    if (existsSync(file)) this.#read(file, head);
    else write(() => writeFileSync(file, `${JSON.stringify(head)}\n`), file);
  }

  #read(file: string, head: JournalHead): void {
    const [first = "", ...lines] = readFileSync(file, "utf8").split("\n");
    const known = parsed(first, file) as { readonly format?: string; readonly hash?: string };
    if (known.format !== head.format) {
      throw new PmucheckError("PMC151", `${file} is not a journal of pmucheck synthesize`);
    }
    if (JSON.stringify(known) !== JSON.stringify(head)) {
      throw new PmucheckError(
        "PMC153",
        `${file} is of a search of other edits or models (Hash=${known.hash ?? "none"}, now Hash=${head.hash}): name another journal`,
      );
    }
    // What was being written when the search ended has no end, and would spoil the next line.
    const cut = lines.pop() ?? "";
    if (cut !== "") write(() => truncateSync(file, statSync(file).size - Buffer.byteLength(cut)), file);
    for (const text of lines) {
      // Lines are this program's own: the head says so.
      const line = parsed(text, file) as Line;
      if ("matrix" in line) this.#matrices.set(JSON.stringify(line.matrix.of), line.matrix.cells);
      else this.#keep(line);
    }
  }

  matrixOf(of: JournalMatrix["of"]): readonly BaseCell[] | undefined {
    return this.#matrices.get(JSON.stringify(of));
  }

  addMatrix(matrix: JournalMatrix): void {
    this.#matrices.set(JSON.stringify(matrix.of), matrix.cells);
    this.#append({ matrix });
  }

  /**
   * What became of the set under these requirements. A kill does not depend on the others: it counts if what it breaks
   * `isAsked`. A set that was not put to the models may be in the cube of one that was: by a search in another order.
   */
  fateOf(requirements: string, set: readonly number[], isAsked: (kill: Killed) => boolean): Fate | undefined {
    const name = set.join(",");
    const known = this.#kills.get(name)?.find(isAsked) ?? this.#others.get(`${requirements} ${name}`);
    if (known !== undefined) return known;
    const like = this.#allKills.find((kill) => isAsked(kill) && isInCube(kill, set));
    return like === undefined ? undefined : { ...like, set };
  }

  addFate(line: FateLine): void {
    this.#keep(line);
    this.#append(line);
  }

  #keep({ requirements, fate }: FateLine): void {
    const name = fate.set.join(",");
    if (fate.kind === "killed") {
      this.#kills.set(name, [...(this.#kills.get(name) ?? []), fate]);
      this.#allKills.push(fate);
    } else this.#others.set(`${requirements} ${name}`, fate);
  }

  #append(line: Line): void {
    const file = this.#file;
    if (file !== undefined) write(() => appendFileSync(file, `${JSON.stringify(line)}\n`), file);
  }
}

function isInCube({ set, matters }: Killed, other: readonly number[]): boolean {
  return matters.every((at) => set.includes(at) === other.includes(at));
}

/** Throws PMC151. */
function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PmucheckError("PMC151", `${file} is not a journal of pmucheck synthesize`, { cause: error });
  }
}

function write(act: () => void, file: string): void {
  try {
    act();
  } catch (error) {
    throw new PmucheckError("PMC154", `${file}: ${String(error)}`, { cause: error });
  }
}

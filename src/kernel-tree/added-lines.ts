/** The lines that patches add to the driver, and which of them ran. */
import { CError, codeLinesOf, type Lines } from "../cfront/index.js";
import type { TreeDriver } from "../../models/linux/c/driver.js";
import { addedLines } from "./apply.js";
import type { Tree } from "./tree.js";

/** What patches made of the files that the driver was made of. */
export class AddedLines {
  readonly #driver: TreeDriver;
  /** By file, the lines that were added and on which there is something to run. */
  readonly #added: ReadonlyMap<string, readonly number[]>;

  constructor(driver: TreeDriver, original: Tree, patched: Tree) {
    this.#driver = driver;
    const added = new Map<string, readonly number[]>();
    const code = codeLinesIn(driver);
    for (const [file, text] of driver.loaded) {
      if (!patched.patched.has(file)) continue;
      const taken = driver.program.taken.get(file) ?? new Set<number>();
      const lines = text.split("\n");
      const left = (line: number) => !taken.has(line) && isCode(lines, line);
      added.set(
        file,
        addedLines(original.read(file) ?? "", text).filter(
          (line) => code.get(file)?.has(line) === true || left(line),
        ),
      );
    }
    this.#added = added;
  }

  /** `file:line`, those that have not run so far, in any check with this driver; init code that is read counts as run. */
  neverRan(): readonly string[] {
    const { ran } = this.#driver.coverage;
    return [...this.#added].flatMap(([file, lines]) =>
      lines
        .filter((line) => ran.get(file)?.has(line) !== true && !this.#driver.readOff.has(`${file}:${line}`))
        .map((line) => `${file}:${line}`),
    );
  }

  get count(): number {
    return [...this.#added.values()].reduce((sum, lines) => sum + lines.length, 0);
  }
}

function codeLinesIn({ program }: TreeDriver): Lines {
  const all = new Map<string, Set<number>>();
  for (const of of [...program.functions.values(), ...program.variables.values()]) {
    for (const [file, lines] of linesOf(of)) {
      const known = all.get(file);
      if (known === undefined) all.set(file, new Set(lines));
      else for (const line of lines) known.add(line);
    }
  }
  return all;
}

/** Of a function that cannot be parsed, where it begins. */
function linesOf(of: Parameters<typeof codeLinesOf>[0]): Lines {
  try {
    return codeLinesOf(of);
  } catch (error) {
    if (error instanceof CError) return new Map([[error.at.file, new Set([error.at.line])]]);
    throw error;
  }
}

/** Would a compiler look at the line, if no #if left it out? Comments and directives are none; nor are lines of a macro. */
function isCode(lines: readonly string[], line: number): boolean {
  const text = (lines[line - 1] ?? "").trim();
  const isContinued = lines[line - 2]?.endsWith("\\") === true || text.endsWith("\\");
  return text !== "" && !/^(?:\/\*|\*|\/\/|#|\}|\{$)/.test(text) && !isContinued;
}

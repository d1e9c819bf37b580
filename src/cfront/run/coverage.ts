/**
 * Which lines of C ran: what a verdict on a patch has to say about the lines that the patch adds.
 *
 * A line ran if any expression or statement that is written on it was evaluated. What came out of a macro counts for the
 * line of the call and for the line of the macro's body. A constant is evaluated as a whole.
 */
import type { At } from "../base/errors.js";
import type { Constants } from "../semantics/constants.js";
import type { CFunction, Declaration, Expression, SyntaxNode, Variable } from "../syntax/syntax.js";
import { allOf } from "../syntax/walk.js";

/** Lines by file. */
export type Lines = ReadonlyMap<string, ReadonlySet<number>>;

export class Coverage {
  readonly #constants: Constants;
  readonly #seen = new Set<SyntaxNode>();
  readonly #lines = new Map<string, Set<number>>();

  constructor(constants: Constants) {
    this.#constants = constants;
  }

  /** The lines that ran so far. */
  get ran(): Lines {
    return this.#lines;
  }

  /** The node is evaluated, or executed. */
  mark(node: SyntaxNode): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    add(this.#lines, node.at);
    if (isConstant(node, this.#constants)) for (const part of allOf(node)) add(this.#lines, part.at);
  }
}

/**
 * The lines of a function on which there is something to run; those of a variable's initialiser.
 * Throws PMC220 for a function that cannot be parsed.
 */
export function codeLinesOf(of: CFunction | Variable): Lines {
  const lines = new Map<string, Set<number>>();
  const code = of.kind === "variable" ? of.initialiser : of.definition?.body().block;
  for (const node of code === undefined ? [] : allOf(code)) {
    // A block and a list are what is in them, and a declaration without a value does nothing.
    if (node.kind === "block" || node.kind === "list") continue;
    if (node.kind !== "declaration" || doesSomething(node)) add(lines, node.at);
  }
  return lines;
}

function doesSomething({ variables }: Declaration): boolean {
  return variables.some(({ initialiser, storage }) => initialiser !== undefined && storage !== "static");
}

function isConstant(node: SyntaxNode, constants: Constants): boolean {
  switch (node.kind) {
    case "unary":
    case "binary":
    case "logical":
    case "conditional":
    case "cast":
      return constants.valueOf(node satisfies Expression) !== undefined;
    default:
      return false;
  }
}

function add(lines: Map<string, Set<number>>, { file, line, spelled }: At): void {
  let ofFile = lines.get(file);
  if (ofFile === undefined) lines.set(file, (ofFile = new Set()));
  ofFile.add(line);
  if (spelled !== undefined) add(lines, spelled);
}

/** What all running C functions have in common: the program, its meaning, the limits, and what was worked out once. */
import { outlineOf, type Outline } from "../flow/outline.js";
import type { Meaning } from "../meaning/meaning.js";
import { Aggregate, type ConstantObject, type SharedObject } from "../meaning/values.js";
import { linkageName, type Program } from "../parse/program.js";
import type {
  CFunction,
  NameExpression,
  Statement,
  StringExpression,
  SyntaxNode,
  Variable,
} from "../syntax/syntax.js";
import { partsOf } from "../syntax/walk.js";
import type { CType } from "../types/types.js";
import type { Coverage } from "./coverage.js";

export interface Limits {
  /** How many C functions may be run within each other. */
  readonly depth: number;
  /** How many turns a loop may take that is not outlined. */
  readonly turns: number;
}

export const DEFAULT_LIMITS: Limits = { depth: 64, turns: 4096 };

export class World {
  readonly program: Program;
  readonly meaning: Meaning;
  readonly coverage: Coverage;
  readonly limits: Limits;
  /** Constant tables; one whose value is being worked out has no content yet. */
  readonly constantObjects = new Map<Variable, ConstantObject>();
  readonly #outlines = new Map<CFunction, Outline>();
  readonly #literals = new Map<StringExpression, ConstantObject>();
  readonly #shared = new Map<string, SharedObject>();
  readonly #routes = new Map<Statement, Set<SyntaxNode>>();
  readonly #parents = new Map<CFunction, ReadonlyMap<SyntaxNode, SyntaxNode>>();

  constructor(program: Program, meaning: Meaning, coverage: Coverage, limits: Limits = DEFAULT_LIMITS) {
    this.program = program;
    this.meaning = meaning;
    this.coverage = coverage;
    this.limits = limits;
  }

  /** The function with a body that a name means; a static one may be known in its own file only. */
  functionNamed({ name, declared }: Pick<NameExpression, "name" | "declared">): CFunction | undefined {
    if (declared?.kind === "function" && declared.definition !== undefined) return declared;
    return this.program.functions.get(name);
  }

  outline(of: CFunction): Outline {
    let outline = this.#outlines.get(of);
    if (outline === undefined) this.#outlines.set(of, (outline = outlineOf(of, this.program.constants)));
    return outline;
  }

  /** The declaration of a variable that gives it a value, whichever file that is in. */
  definitionOf(variable: Variable): Variable {
    return this.program.variables.get(linkageName(variable)) ?? variable;
  }

  sharedObject(variable: Variable): SharedObject {
    const name = linkageName(variable);
    let object = this.#shared.get(name);
    if (object === undefined) {
      object = { kind: "shared", name, type: variable.type, variable };
      this.#shared.set(name, object);
    }
    return object;
  }

  literal(node: StringExpression): ConstantObject {
    let object = this.#literals.get(node);
    if (object === undefined) {
      object = {
        kind: "constant",
        name: "a string",
        type: node.type,
        content: textOf(node.bytes, node.bytes.length + 1),
      };
      this.#literals.set(node, object);
    }
    return object;
  }

  /** The statements around `target` and itself: the way to it from the function's block. */
  routeTo(target: Statement, of: CFunction): ReadonlySet<SyntaxNode> {
    let route = this.#routes.get(target);
    if (route !== undefined) return route;
    route = new Set();
    let parents = this.#parents.get(of);
    if (parents === undefined) this.#parents.set(of, (parents = parentsIn(of)));
    for (let node: SyntaxNode | undefined = target; node !== undefined; node = parents.get(node)) {
      route.add(node);
    }
    this.#routes.set(target, route);
    return route;
  }
}

function parentsIn({ definition }: CFunction): Map<SyntaxNode, SyntaxNode> {
  const parents = new Map<SyntaxNode, SyntaxNode>();
  const visit = (node: SyntaxNode): void => {
    for (const part of partsOf(node)) {
      parents.set(part, node);
      visit(part);
    }
  };
  if (definition !== undefined) visit(definition.body().block);
  return parents;
}

/** An array of characters with a text in it, and zeros after that. */
export function textOf(bytes: readonly number[], length: number): Aggregate {
  const text = new Aggregate();
  for (let i = 0; i < length; i++) text.parts.set(i, BigInt(bytes[i] ?? 0));
  return text;
}

/** Constant, or an array of constants. */
export function isConstantType(type: CType): boolean {
  return type.kind === "array" ? isConstantType(type.element) : type.constant === true;
}

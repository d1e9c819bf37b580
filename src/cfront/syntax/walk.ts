/** What a node of the syntax tree is made of, for analyses that look at all of it. */
import type { SyntaxNode, Variable } from "./syntax.js";

/** The parts of a node in the order in which they are evaluated where that is fixed. Operands of sizeof are none. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case "unary":
    case "step":
    case "cast":
      return [node.operand];
    case "binary":
    case "logical":
    case "comma":
      return [node.left, node.right];
    case "conditional":
      return present(node.condition, node.whenTrue, node.whenFalse);
    case "assignment":
      return [node.value, node.target];
    case "compound literal":
      return [node.initialiser];
    case "call":
      return [node.callee, ...node.arguments];
    case "member":
      return [node.object];
    case "index":
      return [node.array, node.index];
    case "container":
      return [node.pointer];
    case "statements":
      return [node.block];
    case "generic":
      return node.choices.map(({ value }) => value);
    case "list":
      return node.items.map(({ value }) => value);
    case "block":
      return node.items;
    case "declaration":
      return node.variables.flatMap(({ initialiser }) => present(initialiser));
    case "expression":
      return present(node.expression);
    case "if":
      return present(node.condition, node.whenTrue, node.whenFalse);
    case "loop":
      return node.keyword === "do"
        ? present(node.body, node.condition)
        : present(node.initial, node.condition, node.body, node.step);
    case "switch":
      return [node.control, node.body];
    case "case":
    case "label":
      return [node.body];
    case "return":
      return present(node.value);
    default:
      return [];
  }
}

/** The node and all in it, outside in. */
export function* allOf(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const part of partsOf(node)) yield* allOf(part);
}

export function isLocal({ storage }: Variable): boolean {
  return storage === "local" || storage === "parameter";
}

function present(...nodes: readonly (SyntaxNode | undefined)[]): SyntaxNode[] {
  return nodes.filter((node) => node !== undefined);
}

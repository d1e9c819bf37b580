/** Expressions as errors name them. */
import type { Expression } from "./syntax.js";

/** Near enough to the C that a reader finds it: `event->hw.idx`, `f()`. */
export function describe(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.name;
    case "member":
      return `${describe(node.object)}${node.arrow ? "->" : "."}${node.name}`;
    case "index":
      return `${describe(node.array)}[${describe(node.index)}]`;
    case "integer":
      return String(node.value);
    case "call":
      return `${describe(node.callee)}()`;
    case "cast":
      return describe(node.operand);
    case "unary":
      return `${node.operator}${describe(node.operand)}`;
    default:
      return "the expression";
  }
}

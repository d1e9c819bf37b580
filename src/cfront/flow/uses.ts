/** Which local variables a piece of C mentions, and how. */
import type { Expression, SyntaxNode, Variable } from "../syntax/syntax.js";
import { allOf, isLocal } from "../syntax/walk.js";

/** The local variable that a name stands for; undefined for any other node. */
export function localNamed(node: SyntaxNode): Variable | undefined {
  if (node.kind !== "name" || node.declared?.kind !== "variable") return undefined;
  return isLocal(node.declared) ? node.declared : undefined;
}

/** All local variables in it, those that it declares too. */
export function mentioned(node: SyntaxNode): Set<Variable> {
  const found = new Set<Variable>();
  for (const part of allOf(node)) {
    const named = localNamed(part);
    if (named !== undefined) found.add(named);
  }
  return found;
}

/** The local variables that it declares. */
export function declaredIn(node: SyntaxNode): Set<Variable> {
  const found = new Set<Variable>();
  for (const part of allOf(node)) {
    if (part.kind === "declaration") for (const variable of part.variables) found.add(variable);
  }
  return found;
}

/** The local variables that it may give another value by name. */
export function assignedIn(node: SyntaxNode): Set<Variable> {
  const found = new Set<Variable>();
  for (const part of allOf(node)) {
    const target = part.kind === "assignment" ? part.target : part.kind === "step" ? part.operand : undefined;
    const root = target === undefined ? undefined : rootOf(target);
    if (root !== undefined) found.add(root);
  }
  return found;
}

/**
 * The variables that may be read and written without being named: those whose address is taken, and structures and arrays,
 * which are so easily pointed into that it is not worth a closer look, and those with a cleanup.
 */
export function reachableByPointer(node: SyntaxNode): Set<Variable> {
  const found = new Set<Variable>();
  for (const part of allOf(node)) {
    if (part.kind === "declaration") {
      for (const variable of part.variables) if (variable.cleanup !== undefined) found.add(variable);
    }
    const isAddress = part.kind === "unary" && part.operator === "&";
    const variable = isAddress ? rootOf(part.operand) : localNamed(part);
    if (variable === undefined) continue;
    if (isAddress || variable.type.kind === "record" || variable.type.kind === "array") found.add(variable);
  }
  return found;
}

/** The local variable that a place is a part of, if no pointer is followed on the way. */
function rootOf(target: Expression): Variable | undefined {
  switch (target.kind) {
    case "member":
      return target.arrow ? undefined : rootOf(target.object);
    case "index":
      return rootOf(target.array);
    default:
      return localNamed(target);
  }
}

/** May it access anything but local variables, or call anything? Then its turns can be told apart from outside. */
export function touchesShared(node: SyntaxNode): boolean {
  for (const part of allOf(node)) {
    if (part.kind === "call" || part.kind === "asm" || part.kind === "unsupported") return true;
    if (part.kind === "unary" && part.operator === "*") return true;
    if (part.kind === "member" && part.arrow) return true;
    if (part.kind === "name" && part.declared?.kind === "variable" && !isLocal(part.declared)) return true;
    if (part.kind === "index" && rootOf(part.array)?.type.kind !== "array") return true;
  }
  return false;
}

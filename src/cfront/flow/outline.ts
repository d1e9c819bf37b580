/**
 * Outlining: parts of a C function that become kernel functions of their own, so that a loop without a bound has finitely many
 * states. A turn that begins with the same values of the live variables is the same activation, whatever came before it.
 *
 *   again:                                     f@again(event)     what follows the label, up to f's return
 *       prev = local64_read(&hwc->prev_count);
 *       ...                                    A jump back to it within f is a call of f@again whose result is f's;
 *       if (cmpxchg(...) != prev)              within f@again it becomes f@again.
 *           goto again;
 *
 *   while (read_status() & BUSY)               f@while:12(tries)  one turn; then it becomes itself, or returns how the
 *       tries++;                               loop ended and the variables that it changed
 *
 * Only what C says is decided here. A `for` with a step is taken to be bounded; so is a loop that touches nothing but local
 * variables, which nothing outside could tell from a bounded one.
 */
import type { Callable } from "../meaning/meaning.js";
import type { Constants } from "../semantics/constants.js";
import type {
  Body,
  CFunction,
  GotoStatement,
  LabelStatement,
  LoopStatement,
  Statement,
  Variable,
} from "../syntax/syntax.js";
import { allOf } from "../syntax/walk.js";
import { INT } from "../types/integers.js";
import type { CType, Member } from "../types/types.js";
import { livenessOf, type Liveness } from "./liveness.js";
import { assignedIn, declaredIn, mentioned, reachableByPointer, touchesShared } from "./uses.js";

/** Where a kernel function begins in a C function. */
export interface Part {
  readonly callable: Callable;
  /** A label or a loop; the function's block for the function itself. */
  readonly statement: Statement;
  /** The variables that its arguments are the values of. */
  readonly parameters: readonly Variable[];
  /** For a loop: the variables that are returned, since they may have changed and may be read afterwards. */
  readonly changed: readonly Variable[];
}

export interface Outline {
  readonly whole: Part;
  readonly labels: ReadonlyMap<string, Part>;
  readonly loops: ReadonlyMap<LoopStatement, Part>;
}

/** How a loop ended, as its result's member `how` has it: {@link RETURNED} and goto number n as n + 2. */
export const DONE = 0n;
export const RETURNED = 1n;
export const FIRST_GOTO = 2n;

export const HOW = "how";
export const RESULT = "result";

/** All parts of a function that has a body. Throws PMC220 if that cannot be parsed. */
export function outlineOf(of: CFunction, constants: Constants): Outline {
  const { definition } = of;
  if (definition === undefined) throw new Error(`${of.name} has no body`);
  const body = definition.body();
  const whole: Part = {
    callable: {
      name: of.name,
      of,
      parameters: definition.parameters,
      result: of.type.result,
      isPart: false,
    },
    statement: body.block,
    parameters: definition.parameters,
    changed: [],
  };
  const jumpedBackTo = labelsJumpedBackTo(body);
  const unbounded = unboundedLoops(body, constants);
  if (jumpedBackTo.length === 0 && unbounded.length === 0)
    return { whole, labels: new Map(), loops: new Map() };

  const liveness = livenessOf(body);
  return {
    whole,
    labels: new Map(jumpedBackTo.map((label) => [label.name, labelPart(of, body, label, liveness)])),
    loops: new Map(named(of, unbounded).map(([name, loop]) => [loop, loopPart(of, name, loop, liveness)])),
  };
}

/** Labels of the outermost block that a goto further down jumps to. */
function labelsJumpedBackTo({ block, labels }: Body): LabelStatement[] {
  const back = new Set<string>();
  for (const node of allOf(block)) {
    if (node.kind !== "goto") continue;
    const label = labels.get(node.label);
    if (label !== undefined && node.position > label.position) back.add(label.name);
  }
  // What is to be cleaned up belongs to the function as it was called: then it stays one.
  const cleaned = block.items.findIndex(
    (item) => item.kind === "declaration" && item.variables.some(hasCleanup),
  );
  const cleanedFrom = cleaned < 0 ? Infinity : cleaned;
  return block.items
    .slice(0, cleanedFrom)
    .flatMap(labelsAt)
    .filter(({ name }) => back.has(name));
}

function hasCleanup({ cleanup }: Variable): boolean {
  return cleanup !== undefined;
}

function labelsAt(statement: Statement): LabelStatement[] {
  return statement.kind === "label" ? [statement, ...labelsAt(statement.body)] : [];
}

function unboundedLoops({ block }: Body, constants: Constants): LoopStatement[] {
  const loops: LoopStatement[] = [];
  for (const node of allOf(block)) {
    if (node.kind === "loop" && node.step === undefined && !isBlock(node, constants) && touchesShared(node)) {
      loops.push(node);
    }
  }
  return loops;
}

/** `do { ... } while (0)` is a block. */
function isBlock({ keyword, condition }: LoopStatement, constants: Constants): boolean {
  return keyword === "do" && condition !== undefined && constants.valueOf(condition) === 0n;
}

function named(of: CFunction, loops: readonly LoopStatement[]): (readonly [string, LoopStatement])[] {
  const taken = new Map<string, number>();
  return loops.map((loop) => {
    const name = `${of.name}@${loop.keyword}:${loop.at.line}`;
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return [before === 0 ? name : `${name}.${before + 1}`, loop];
  });
}

function labelPart(of: CFunction, body: Body, label: LabelStatement, { atLabel }: Liveness): Part {
  const inScope = declaredBefore(label, body, of);
  const parameters = [...(atLabel.get(label.name) ?? [])].filter((variable) => inScope.has(variable));
  return {
    callable: { name: `${of.name}@${label.name}`, of, parameters, result: of.type.result, isPart: true },
    statement: label,
    parameters,
    changed: [],
  };
}

/** The variables that a label of the outermost block can see. What is declared further down begins anew after a jump. */
function declaredBefore(
  label: LabelStatement,
  { block }: Body,
  { definition }: CFunction,
): ReadonlySet<Variable> {
  const seen = new Set(definition?.parameters);
  for (const item of block.items) {
    if (labelsAt(item).includes(label)) break;
    if (item.kind === "declaration") for (const variable of item.variables) seen.add(variable);
  }
  return seen;
}

function loopPart(
  of: CFunction,
  name: string,
  loop: LoopStatement,
  { atTurn, afterLoop, atLabel }: Liveness,
): Part {
  // What the initial statement declares is outside of the turns.
  const turns: LoopStatement = { ...loop, initial: undefined };
  const inner = declaredIn(turns);
  const used = mentioned(turns);
  const live = atTurn.get(loop) ?? new Set();
  const parameters = [...used].filter((variable) => live.has(variable) && !inner.has(variable));

  const readLater = new Set(afterLoop.get(loop));
  for (const { label } of gotosIn(turns))
    for (const variable of atLabel.get(label) ?? []) readLater.add(variable);
  const mayChange = new Set([...assignedIn(turns), ...reachableByPointer(turns)]);
  const changed = [...mayChange].filter((variable) => readLater.has(variable) && !inner.has(variable));
  return {
    callable: { name, of, parameters, result: endOf(of, name, loop, changed), isPart: true },
    statement: loop,
    parameters,
    changed,
  };
}

/** A loop's gotos, in the order in which `how` counts them. */
export function gotosIn(loop: Statement): readonly GotoStatement[] {
  return [...allOf(loop)].filter((node) => node.kind === "goto");
}

/** The structure that a loop returns. */
function endOf(of: CFunction, name: string, { at }: LoopStatement, changed: readonly Variable[]): CType {
  const { result } = of.type;
  const members: Member[] = [{ name: HOW, type: INT, at }];
  if (result.kind !== "void") members.push({ name: RESULT, type: result, at });
  members.push(...changed.map((variable) => ({ name: memberFor(variable), type: variable.type, at })));
  return {
    kind: "record",
    definition: { keyword: "struct", tag: name, at, members, packed: false, alignment: undefined },
  };
}

/** Two variables of one name may be in scope one after the other: each has a member. */
export function memberFor({ name, at }: Variable): string {
  return `${name}:${at.line}`;
}

/** Statements, and the jumps between them. */
import { CError, type At } from "../errors.js";
import type { Part } from "../flow/outline.js";
import type { Kernel } from "../kernel.js";
import { integerTypeOf } from "../semantics/typing.js";
import type {
  Block,
  CaseStatement,
  CFunction,
  ExpressionStatement,
  GotoStatement,
  IfStatement,
  LabelStatement,
  LoopStatement,
  NameExpression,
  ReturnStatement,
  Statement,
  StatementExpression,
  SwitchStatement,
  SyntaxNode,
  Variable,
} from "../syntax/syntax.js";
import { promoted, wrap } from "../types/integers.js";
import { unqualified, type IntegerType } from "../types/types.js";
import { Calls } from "./calls.js";
import { converted } from "./convert.js";
import { Pointer, wholeOf, type Held, type LocalObject } from "./values.js";
import type { World } from "./world.js";

/** How a statement ended; undefined if the one after it comes next. */
export type Completion =
  | undefined
  | { readonly kind: "break" | "continue" }
  | { readonly kind: "return"; readonly value: Held }
  | { readonly kind: "goto"; readonly goto: GotoStatement };

/** A jump out of statements within an expression: thrown through the expression, caught by the statement around it. */
class Jump {
  readonly completion: Exclude<Completion, undefined>;

  constructor(completion: Exclude<Completion, undefined>) {
    this.completion = completion;
  }
}

const BREAK = { kind: "break" } as const;
const CONTINUE = { kind: "continue" } as const;

/** A jump that is under way. */
interface Seeking {
  readonly target: Statement;
  /** The target and the statements around it. */
  readonly route: ReadonlySet<SyntaxNode>;
}

/** A variable that a function is called with when its scope is left. */
interface Cleanup {
  readonly by: NameExpression;
  readonly object: LocalObject;
  readonly at: At;
}

export abstract class Statements extends Calls {
  /**
   * Until the target is found, all statements that are not around it are passed over: that is how a jump into the middle of
   * anything works, and a switch is such a jump.
   */
  #seeking: Seeking | undefined;
  /** The statement whose value is that of the statement expression around it. */
  #valued: Statement | undefined;
  #lastValue: Held;
  /** What is to be cleaned up when the innermost scope is left. */
  #cleanups: Cleanup[] = [];
  /** How often this frame jumped back without becoming another. */
  #jumps = 0;
  readonly function: CFunction;

  constructor(world: World, of: CFunction) {
    super(world, world.meaning);
    this.function = of;
  }

  /** Goes on at an outlined label; undefined if the jump has to be done here. */
  protected abstract reenter(part: Part, goto: GotoStatement): Kernel<Completion>;
  /** Runs an outlined loop; undefined if its turns have to be taken here. */
  protected abstract runLoop(part: Part): Kernel<{ readonly completion: Completion } | undefined>;

  protected *execute(statement: Statement): Kernel<Completion> {
    if (this.#seeking !== undefined) {
      const { target, route } = this.#seeking;
      if (statement === target) this.#seeking = undefined;
      else if (!route.has(statement)) return undefined;
    }
    this.world.coverage.mark(statement);
    try {
      return yield* this.#run(statement);
    } catch (error) {
      if (error instanceof Jump) return error.completion;
      throw error;
    }
  }

  #isSeeking(): boolean {
    return this.#seeking !== undefined;
  }

  /** Executes a function's block from one of its labels on. */
  protected *executeFrom(label: Statement, block: Statement): Kernel<Completion> {
    this.#seeking = this.#routeTo(label);
    return yield* this.execute(block);
  }

  *#run(statement: Statement): Kernel<Completion> {
    switch (statement.kind) {
      case "block":
        return yield* this.#block(statement);
      case "declaration":
        for (const variable of statement.variables) yield* this.#declaration(variable);
        return undefined;
      case "expression":
        yield* this.#expression(statement);
        return undefined;
      case "if":
        return yield* this.#if(statement);
      case "loop":
        return yield* this.#loop(statement);
      case "switch":
        return yield* this.#switch(statement);
      case "case":
      case "label":
        return yield* this.execute(statement.body);
      case "goto":
        return { kind: "goto", goto: statement };
      case "break":
        return BREAK;
      case "continue":
        return CONTINUE;
      case "return":
        return { kind: "return", value: yield* this.#returned(statement) };
      case "asm":
        throw new CError(
          "PMC229",
          statement.at,
          `inline assembly ${statement.template} was reached`,
          "give the prelude a macro or a function in its place, which calls an intrinsic",
        );
    }
  }

  *#block(block: Block): Kernel<Completion> {
    return yield* this.#scope(this.#items(block));
  }

  /** Runs what has a scope of its own; when it is left, whichever way, the variables with a cleanup get it, the last one first. */
  *#scope(inner: Kernel<Completion>): Kernel<Completion> {
    const outer = this.#cleanups;
    const mine: Cleanup[] = [];
    this.#cleanups = mine;
    const completion = yield* inner;
    this.#cleanups = outer;
    for (const { by, object, at } of mine.reverse())
      yield* this.callNamed(by, [new Pointer(wholeOf(object))], at);
    return completion;
  }

  *#items(block: Block): Kernel<Completion> {
    for (;;) {
      let completion: Completion;
      for (const item of block.items) {
        completion = yield* this.execute(item);
        if (completion !== undefined) break;
      }
      if (completion?.kind !== "goto") return completion;
      const { goto } = completion;
      const label = this.#labelOf(goto);
      const seeking = this.#routeTo(label);
      if (!seeking.route.has(block)) return completion;
      if (goto.position > label.position) {
        const part = this.world.outline(this.function).labels.get(label.name);
        const reentered = part === undefined ? undefined : yield* this.reenter(part, goto);
        if (reentered !== undefined) return reentered;
        if (++this.#jumps > this.world.limits.turns) throw tooMany("goto", this.world.limits.turns, goto.at);
      }
      this.#seeking = seeking;
    }
  }

  #labelOf({ label, at }: GotoStatement): LabelStatement {
    const found = this.function.definition?.body().labels.get(label);
    if (found !== undefined) return found;
    throw new CError(
      "PMC220",
      at,
      `there is no label ${label} in ${this.function.name}()`,
      "correct the goto",
    );
  }

  #routeTo(target: Statement): Seeking {
    return { target, route: this.world.routeTo(target, this.function) };
  }

  *#declaration(variable: Variable): Kernel {
    const { storage, initialiser, cleanup, at } = variable;
    if (storage !== "local") return;
    const object = this.declare(variable);
    if (initialiser !== undefined) yield* this.initialise(wholeOf(object), initialiser, at);
    if (cleanup !== undefined) this.#cleanups.push({ by: cleanup, object, at });
  }

  *#expression(statement: ExpressionStatement): Kernel {
    const { expression } = statement;
    const isDropped = statement !== this.#valued;
    const value = expression === undefined ? undefined : yield* this.evaluate(expression, isDropped);
    this.#lastValue = value;
  }

  protected override *statements({ block }: StatementExpression, dropped: boolean): Kernel<Held> {
    const outer = this.#valued;
    this.#valued = dropped ? undefined : lastOf(block);
    try {
      const completion = yield* this.execute(block);
      if (completion !== undefined) throw new Jump(completion);
      return this.#valued === undefined ? undefined : this.#lastValue;
    } finally {
      this.#valued = outer;
    }
  }

  *#if({ condition, whenTrue, whenFalse }: IfStatement): Kernel<Completion> {
    if (this.#isSeeking()) {
      const completion = yield* this.execute(whenTrue);
      return this.#isSeeking() && whenFalse !== undefined ? yield* this.execute(whenFalse) : completion;
    }
    const chosen = (yield* this.truth(condition)) ? whenTrue : whenFalse;
    return chosen === undefined ? undefined : yield* this.execute(chosen);
  }

  *#loop(loop: LoopStatement): Kernel<Completion> {
    return yield* loop.initial?.kind === "declaration" ? this.#scope(this.#turns(loop)) : this.#turns(loop);
  }

  *#turns(loop: LoopStatement): Kernel<Completion> {
    const isEntered = this.#isSeeking();
    if (loop.initial !== undefined && !isEntered) yield* this.execute(loop.initial);
    const part = isEntered ? undefined : this.world.outline(this.function).loops.get(loop);
    const outlined = part === undefined ? undefined : yield* this.runLoop(part);
    if (outlined !== undefined) return outlined.completion;

    const { turns } = this.world.limits;
    for (let turn = 0; ; turn++) {
      if (turn >= turns) throw tooMany(loop.keyword, turns, loop.at);
      const ended = yield* this.turn(loop);
      if (ended !== undefined) return ended.completion;
      if (loop.step !== undefined) yield* this.evaluate(loop.step, true);
    }
  }

  /** One turn without the loop's step: how the loop ended, or undefined if there is another turn. */
  protected *turn({
    keyword,
    condition,
    body,
  }: LoopStatement): Kernel<{ completion: Completion } | undefined> {
    const isEntered = this.#isSeeking();
    if (keyword !== "do" && !isEntered && condition !== undefined && !(yield* this.truth(condition)))
      return DONE;
    const completion = yield* this.execute(body);
    if (completion?.kind === "break") return DONE;
    if (completion !== undefined && completion.kind !== "continue") return { completion };
    if (keyword === "do" && condition !== undefined && !(yield* this.truth(condition))) return DONE;
    return undefined;
  }

  *#switch({ control, body, cases }: SwitchStatement): Kernel<Completion> {
    if (!this.#isSeeking()) {
      const type = promoted(integerTypeOf(control));
      const value = yield* this.integer(control, type);
      const chosen =
        cases.find(({ range }) => range !== undefined && isIn(value, range, type)) ?? defaultOf(cases);
      if (chosen === undefined) return undefined;
      this.#seeking = this.#routeTo(chosen);
    }
    const completion = yield* this.execute(body);
    return completion?.kind === "break" ? undefined : completion;
  }

  *#returned({ value, at }: ReturnStatement): Kernel<Held> {
    const { result } = this.function.type;
    if (value === undefined) return undefined;
    if (result.kind !== "void") return converted(yield* this.value(value), unqualified(result), at);
    yield* this.evaluate(value, true);
    return undefined;
  }
}

/** A loop that is over, after which the next statement comes. */
const DONE = { completion: undefined };

function isIn(value: bigint, [from, to]: readonly [bigint, bigint], type: IntegerType): boolean {
  return value >= wrap(type, from) && value <= wrap(type, to);
}

function defaultOf(cases: readonly CaseStatement[]): CaseStatement | undefined {
  return cases.find(({ range }) => range === undefined);
}

/** The statement that gives a statement expression its value. */
function lastOf({ items }: Block): Statement | undefined {
  let last = items.at(-1);
  while (last?.kind === "label" || last?.kind === "case") last = last.body;
  return last?.kind === "expression" ? last : undefined;
}

function tooMany(what: string, turns: number, at: At): CError {
  return new CError(
    "PMC233",
    at,
    `a ${what} took more than ${turns} turns`,
    "give it a bound; or take pointers to local variables out of it, so that each turn can be a state of its own",
  );
}

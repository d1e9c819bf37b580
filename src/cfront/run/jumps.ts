/** How control moves: blocks, jumps, and the scopes that they leave. */
import { CError, type At } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import type { Part } from "../flow/outline.js";
import { Pointer, wholeOf, type Held, type LocalObject } from "../meaning/values.js";
import type {
  Block,
  CFunction,
  GotoStatement,
  LabelStatement,
  ExpressionStatement,
  NameExpression,
  Statement,
  StatementExpression,
  SyntaxNode,
} from "../syntax/syntax.js";
import { Calls } from "./calls.js";
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

export abstract class Jumps extends Calls {
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

  /** Executes a statement that no jump passes over. */
  protected abstract runStatement(statement: Statement): Kernel<Completion>;
  /** Goes on at an outlined label; undefined if the jump has to be done here. */
  protected abstract reenter(part: Part, goto: GotoStatement): Kernel<Completion>;

  protected *execute(statement: Statement): Kernel<Completion> {
    if (this.#seeking !== undefined) {
      const { target, route } = this.#seeking;
      if (statement === target) this.#seeking = undefined;
      else if (!route.has(statement)) return undefined;
    }
    this.world.coverage.mark(statement);
    return yield* caught(this.runStatement(statement));
  }

  /** Is a jump under way? */
  protected isSeeking(): boolean {
    return this.#seeking !== undefined;
  }

  /** Executes a function's block from one of its labels on. */
  protected *executeFrom(label: Statement, block: Statement): Kernel<Completion> {
    this.seek(label);
    return yield* this.execute(block);
  }

  protected *block(block: Block): Kernel<Completion> {
    return yield* this.scope(this.#items(block));
  }

  /** Runs what has a scope of its own; when it is left, whichever way, the variables with a cleanup get it, the last one first. */
  protected *scope(inner: Kernel<Completion>): Kernel<Completion> {
    const outer = this.#cleanups;
    const mine: Cleanup[] = [];
    this.#cleanups = mine;
    const completion = yield* caught(inner);
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

  /** Has all statements passed over up to the target. */
  protected seek(target: Statement): void {
    this.#seeking = this.#routeTo(target);
  }

  #routeTo(target: Statement): Seeking {
    return { target, route: this.world.routeTo(target, this.function) };
  }

  protected cleanUpLater(cleanup: Cleanup): void {
    this.#cleanups.push(cleanup);
  }

  protected *expressionStatement(statement: ExpressionStatement): Kernel {
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
}

/** A jump out of an expression ends what it is thrown through. */
function* caught(inner: Kernel<Completion>): Kernel<Completion> {
  try {
    return yield* inner;
  } catch (error) {
    if (error instanceof Jump) return error.completion;
    throw error;
  }
}

/** The statement that gives a statement expression its value. */
function lastOf({ items }: Block): Statement | undefined {
  let last = items.at(-1);
  while (last?.kind === "label" || last?.kind === "case") last = last.body;
  return last?.kind === "expression" ? last : undefined;
}

export function tooMany(what: string, turns: number, at: At): CError {
  return new CError(
    "PMC233",
    at,
    `a ${what} took more than ${turns} turns`,
    "give it a bound; or take pointers to local variables out of it, so that each turn can be a state of its own",
  );
}

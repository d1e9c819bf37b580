/** Statements: what each kind of them does. */
import { CError } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import type { Part } from "../flow/outline.js";
import { wholeOf, type Held } from "../meaning/values.js";
import { integerTypeOf } from "../semantics/typing.js";
import type {
  CaseStatement,
  IfStatement,
  LoopStatement,
  ReturnStatement,
  Statement,
  SwitchStatement,
  Variable,
} from "../syntax/syntax.js";
import { promoted, wrap } from "../types/integers.js";
import { unqualified, type IntegerType } from "../types/types.js";
import { converted } from "./convert.js";
import { Jumps, tooMany, type Completion } from "./jumps.js";

const BREAK = { kind: "break" } as const;
const CONTINUE = { kind: "continue" } as const;

export abstract class Statements extends Jumps {
  /** Runs an outlined loop; undefined if its turns have to be taken here. */
  protected abstract runLoop(part: Part): Kernel<{ readonly completion: Completion } | undefined>;

  protected override *runStatement(statement: Statement): Kernel<Completion> {
    switch (statement.kind) {
      case "block":
        return yield* this.block(statement);
      case "declaration":
        for (const variable of statement.variables) yield* this.#declaration(variable);
        return undefined;
      case "expression":
        yield* this.expressionStatement(statement);
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

  *#declaration(variable: Variable): Kernel {
    const { storage, initialiser, cleanup, at } = variable;
    if (storage !== "local") return;
    const object = this.declare(variable);
    if (initialiser !== undefined) yield* this.initialise(wholeOf(object), initialiser, at);
    if (cleanup !== undefined) this.cleanUpLater({ by: cleanup, object, at });
  }

  *#if({ condition, whenTrue, whenFalse }: IfStatement): Kernel<Completion> {
    if (this.isSeeking()) {
      const completion = yield* this.execute(whenTrue);
      return this.isSeeking() && whenFalse !== undefined ? yield* this.execute(whenFalse) : completion;
    }
    const chosen = (yield* this.truth(condition)) ? whenTrue : whenFalse;
    return chosen === undefined ? undefined : yield* this.execute(chosen);
  }

  *#loop(loop: LoopStatement): Kernel<Completion> {
    return yield* loop.initial?.kind === "declaration" ? this.scope(this.#turns(loop)) : this.#turns(loop);
  }

  *#turns(loop: LoopStatement): Kernel<Completion> {
    const isEntered = this.isSeeking();
    // A jump into the loop passes over it.
    if (loop.initial !== undefined) yield* this.execute(loop.initial);
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
    const isEntered = this.isSeeking();
    if (keyword !== "do" && !isEntered && condition !== undefined && !(yield* this.truth(condition)))
      return DONE;
    const completion = yield* this.execute(body);
    if (completion?.kind === "break") return DONE;
    if (completion !== undefined && completion.kind !== "continue") return { completion };
    if (keyword === "do" && condition !== undefined && !(yield* this.truth(condition))) return DONE;
    return undefined;
  }

  *#switch({ control, body, cases }: SwitchStatement): Kernel<Completion> {
    if (!this.isSeeking()) {
      const type = promoted(integerTypeOf(control));
      const value = yield* this.integer(control, type);
      const chosen =
        cases.find(({ range }) => range !== undefined && isIn(value, range, type)) ?? defaultOf(cases);
      if (chosen === undefined) return undefined;
      this.seek(chosen);
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

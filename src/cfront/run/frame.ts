/** Frames: a C function, or an outlined part of one, that runs. */
import { CError, type At } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import { DONE, FIRST_GOTO, gotosIn, HOW, memberFor, RESULT, RETURNED, type Part } from "../flow/outline.js";
import { Aggregate, copyOf, pointsToLocal, type CValue, type Held } from "../meaning/values.js";
import type { CFunction, GotoStatement, LoopStatement } from "../syntax/syntax.js";
import { escaping } from "./accesses.js";
import type { Completion } from "./jumps.js";
import { Statements } from "./statements.js";
import type { World } from "./world.js";

/** Runs a part as the kernel function that it is; the arguments are the values of its parameters. */
export function* runPart(world: World, of: CFunction, part: Part, args: readonly Held[]): Kernel<Held> {
  const result = yield* new Frame(world, of, part, 0).run(args);
  if (pointsToLocal(result)) throw escaping(`returned by ${part.callable.name}()`, part.statement.at);
  return result;
}

class Frame extends Statements {
  readonly #part: Part;
  /** How many frames it is within: 0 for a kernel function's own. */
  readonly #depth: number;

  constructor(world: World, of: CFunction, part: Part, depth: number) {
    super(world, of);
    this.#part = part;
    this.#depth = depth;
  }

  *run(args: readonly Held[]): Kernel<Held> {
    const { parameters, statement } = this.#part;
    for (const [i, parameter] of parameters.entries()) this.declare(parameter, copyOf(args[i]));
    switch (statement.kind) {
      case "loop":
        return yield* this.#turnOf(statement);
      case "label":
        return returnedBy(
          yield* this.executeFrom(statement, this.world.outline(this.function).whole.statement),
        );
      default:
        return returnedBy(yield* this.execute(statement));
    }
  }

  protected override *within(of: CFunction, args: readonly CValue[], at: At): Kernel<Held> {
    const depth = this.#depth + 1;
    if (depth > this.world.limits.depth) {
      throw new CError(
        "PMC232",
        at,
        `${of.name}() is called ${depth} functions deep`,
        "end the recursion, or leave the function to the model",
      );
    }
    return yield* new Frame(this.world, of, this.world.outline(of).whole, depth).run(args);
  }

  /**
   * A jump back to a label: what follows it is a kernel function of its own. The function itself calls it, so that it stays
   * the one that its callers called; that kernel function becomes the next one.
   */
  protected override *reenter(part: Part, { at }: GotoStatement): Kernel<Completion> {
    const args = this.#valuesOf(part);
    if (args === undefined) return undefined;
    const { meaning } = this.world;
    // A part is never run within another frame, so this one is the kernel function's own.
    const { isPart } = this.#part.callable;
    const site = { at, dropped: false };
    const value = isPart
      ? yield* meaning.become(part.callable, args, site)
      : yield* meaning.call(part.callable, args, site);
    return { kind: "return", value };
  }

  protected override *runLoop(part: Part): Kernel<{ readonly completion: Completion } | undefined> {
    const args = this.#valuesOf(part);
    if (args === undefined) return undefined;
    const { at } = part.statement;
    const end = yield* this.world.meaning.call(part.callable, args, { at, dropped: false });
    if (!(end instanceof Aggregate)) throw new Error(`${part.callable.name} did not say how it ended`);
    for (const variable of part.changed)
      this.localOf(variable).content = copyOf(end.parts.get(memberFor(variable)));
    return { completion: this.#completionOf(part, end) };
  }

  #completionOf({ statement }: Part, end: Aggregate): Completion {
    const how = end.parts.get(HOW);
    if (how === DONE) return undefined;
    if (how === RETURNED) return { kind: "return", value: end.parts.get(RESULT) };
    const goto = typeof how === "bigint" ? gotosIn(statement)[Number(how - FIRST_GOTO)] : undefined;
    if (goto === undefined) throw new Error(`a loop of ${this.function.name} ended in no way that it can`);
    return { kind: "goto", goto };
  }

  /** The values that a part begins with; undefined if one of them would point into this frame. */
  #valuesOf({ parameters }: Part): readonly Held[] | undefined {
    const values = parameters.map((parameter) => copyOf(this.locals.get(parameter)?.content));
    return values.some(pointsToLocal) ? undefined : values;
  }

  /** One turn of an outlined loop, then the next as another kernel function. */
  *#turnOf(loop: LoopStatement): Kernel<Held> {
    const ended = yield* this.turn(loop);
    if (ended !== undefined) return this.#endOf(loop, ended.completion);
    const args = this.#valuesOf(this.#part);
    if (args === undefined) throw escaping("kept over a turn of the loop", loop.at);
    return yield* this.world.meaning.become(this.#part.callable, args, { at: loop.at, dropped: false });
  }

  /** What the loop returns to the function that it is a part of. */
  #endOf(loop: LoopStatement, completion: Completion): Aggregate {
    const end = new Aggregate();
    const { changed } = this.#part;
    for (const variable of changed)
      end.parts.set(memberFor(variable), copyOf(this.locals.get(variable)?.content));
    if (completion?.kind === "return") {
      end.parts.set(HOW, RETURNED);
      end.parts.set(RESULT, completion.value);
    } else if (completion?.kind === "goto") {
      end.parts.set(HOW, FIRST_GOTO + BigInt(gotosIn(loop).indexOf(completion.goto)));
    } else end.parts.set(HOW, DONE);
    return end;
  }
}

function returnedBy(completion: Completion): Held {
  return completion?.kind === "return" ? completion.value : undefined;
}

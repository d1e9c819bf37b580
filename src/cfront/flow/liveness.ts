/**
 * Live variables: whose value may still be read.
 *
 * Computed backwards over the statements, the loops and the labels until nothing changes. Where it is not sure it says that a
 * variable is live: a part of a function that is given one more than it needs is a little larger and never wrong.
 */
import type {
  Body,
  LoopStatement,
  Statement,
  SwitchStatement,
  SyntaxNode,
  Variable,
} from "../syntax/syntax.js";
import { partsOf } from "../syntax/walk.js";
import { localNamed, reachableByPointer } from "./uses.js";

type Live = ReadonlySet<Variable>;

export interface Liveness {
  /** Before a loop's next turn: before the condition of `while` and `for`, before the body of `do`. */
  readonly atTurn: ReadonlyMap<LoopStatement, Live>;
  readonly afterLoop: ReadonlyMap<LoopStatement, Live>;
  /** By label. */
  readonly atLabel: ReadonlyMap<string, Live>;
}

export function livenessOf({ block }: Body): Liveness {
  return new Analysis(block).run();
}

/** Where `break` and `continue` go. */
interface Around {
  readonly onBreak: Live;
  readonly onContinue: Live;
}

const NONE: Live = new Set();

class Analysis {
  readonly #block: Statement;
  /** May be read through a pointer at any time. */
  readonly #always: Live;
  readonly #atTurn = new Map<LoopStatement, Live>();
  readonly #afterLoop = new Map<LoopStatement, Live>();
  readonly #atLabel = new Map<string, Live>();
  /** Of the switch being looked at: what is live at its cases. */
  #cases: Live[] = [];
  #changed = false;

  constructor(block: Statement) {
    this.#block = block;
    this.#always = reachableByPointer(block);
  }

  run(): Liveness {
    while (this.#learns()) {
      // What was learnt at a label or a loop may matter before it.
    }
    return { atTurn: this.#atTurn, afterLoop: this.#afterLoop, atLabel: this.#atLabel };
  }

  /** Goes over the function once; false if that said nothing new. */
  #learns(): boolean {
    this.#changed = false;
    this.#before(this.#block, NONE, { onBreak: NONE, onContinue: NONE });
    return this.#changed;
  }

  /** What is live before a statement, given what is live after it. */
  #before(statement: Statement, after: Live, around: Around): Live {
    switch (statement.kind) {
      case "block":
        return statement.items.reduceRight((live, item) => this.#before(item, live, around), after);
      case "declaration":
        return statement.variables.reduceRight(
          (live, variable) => this.#declaration(variable, live, around),
          after,
        );
      case "expression":
        return statement.expression === undefined
          ? after
          : this.#evaluated(statement.expression, after, around);
      case "if": {
        const yes = this.#before(statement.whenTrue, after, around);
        const no =
          statement.whenFalse === undefined ? after : this.#before(statement.whenFalse, after, around);
        return this.#evaluated(statement.condition, union(yes, no), around);
      }
      case "loop":
        return this.#loop(statement, after, around);
      case "switch":
        return this.#switch(statement, after, around);
      case "case": {
        const live = this.#before(statement.body, after, around);
        this.#cases.push(live);
        return live;
      }
      case "label": {
        const live = this.#before(statement.body, after, around);
        this.#note(this.#atLabel, statement.name, live);
        return live;
      }
      case "goto":
        return this.#atLabel.get(statement.label) ?? this.#always;
      case "break":
        return around.onBreak;
      case "continue":
        return around.onContinue;
      case "return":
        return statement.value === undefined
          ? this.#always
          : this.#evaluated(statement.value, this.#always, around);
      case "asm":
        return after;
    }
  }

  #declaration(variable: Variable, after: Live, around: Around): Live {
    const live = without(after, new Set([variable]));
    const { initialiser, storage } = variable;
    return initialiser === undefined || storage === "static"
      ? live
      : this.#evaluated(initialiser, live, around);
  }

  #loop(loop: LoopStatement, after: Live, around: Around): Live {
    this.#note(this.#afterLoop, loop, after);
    let turn = this.#atTurn.get(loop) ?? NONE;
    for (;;) {
      const continued = loop.step === undefined ? turn : this.#evaluated(loop.step, turn, around);
      const grown = union(turn, this.#turn(loop, continued, after, around));
      if (grown.size === turn.size) break;
      turn = grown;
    }
    this.#note(this.#atTurn, loop, turn);
    return loop.initial === undefined ? turn : this.#before(loop.initial, turn, around);
  }

  /** What is live before a turn, given what is live when it is over and another may begin. */
  #turn({ keyword, condition, body }: LoopStatement, next: Live, after: Live, around: Around): Live {
    const decide = (more: Live): Live => {
      const either = condition === undefined ? more : union(more, after);
      return condition === undefined ? either : this.#evaluated(condition, either, around);
    };
    if (keyword === "do") {
      const decided = decide(next);
      return this.#before(body, decided, { onBreak: after, onContinue: decided });
    }
    return decide(this.#before(body, next, { onBreak: after, onContinue: next }));
  }

  #switch({ control, body, cases }: SwitchStatement, after: Live, around: Around): Live {
    const outer = this.#cases;
    this.#cases = [];
    this.#before(body, after, { onBreak: after, onContinue: around.onContinue });
    const hasDefault = cases.some(({ range }) => range === undefined);
    const entered = this.#cases.reduce(union, hasDefault ? NONE : after);
    this.#cases = outer;
    return this.#evaluated(control, entered, around);
  }

  /** Before something is evaluated, given what is live after it: its parts backwards. */
  #evaluated(node: SyntaxNode, after: Live, around: Around): Live {
    const named = localNamed(node);
    if (named !== undefined) return after.has(named) ? after : new Set([...after, named]);
    switch (node.kind) {
      case "assignment": {
        const target = node.operator === undefined ? localNamed(node.target) : undefined;
        const stored =
          target === undefined
            ? this.#evaluated(node.target, after, around)
            : without(after, new Set([target]));
        return this.#evaluated(node.value, stored, around);
      }
      case "logical":
        return this.#evaluated(node.left, union(after, this.#evaluated(node.right, after, around)), around);
      case "conditional": {
        const { condition, whenTrue, whenFalse } = node;
        const yes = whenTrue === undefined ? after : this.#evaluated(whenTrue, after, around);
        return this.#evaluated(condition, union(yes, this.#evaluated(whenFalse, after, around)), around);
      }
      case "statements":
        return this.#before(node.block, after, around);
      default:
        return partsOf(node).reduceRight((live, part) => this.#evaluated(part, live, around), after);
    }
  }

  /** Remembers that these are live there, too. */
  #note<K>(known: Map<K, Live>, key: K, live: Live): void {
    const before = known.get(key) ?? this.#always;
    const now = union(before, live);
    if (known.has(key) && now.size === before.size) return;
    known.set(key, now);
    this.#changed = true;
  }
}

function union(a: Live, b: Live): Live {
  if (b.size === 0) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
}

function without(a: Live, b: Live): Live {
  return b.size === 0 ? a : new Set([...a].filter((variable) => !b.has(variable)));
}

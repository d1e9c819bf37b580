/** The condition of `#if`: an integer expression over 64 bits in which every name that is left is 0 (C11 6.10.1). */
import { CError, type At } from "../base/errors.js";
import { characterLiteral, integerLiteral } from "../types/literals.js";
import type { Token } from "./token.js";

interface Operand {
  readonly value: bigint;
  readonly unsigned: boolean;
}

/** By operator: how tightly it binds, and what it computes; comparisons give 0 or 1. */
const BINARY: Readonly<Record<string, readonly [number, (a: bigint, b: bigint) => bigint | boolean]>> = {
  "||": [1, (a, b) => a !== 0n || b !== 0n],
  "&&": [2, (a, b) => a !== 0n && b !== 0n],
  "|": [3, (a, b) => a | b],
  "^": [4, (a, b) => a ^ b],
  "&": [5, (a, b) => a & b],
  "==": [6, (a, b) => a === b],
  "!=": [6, (a, b) => a !== b],
  "<": [7, (a, b) => a < b],
  ">": [7, (a, b) => a > b],
  "<=": [7, (a, b) => a <= b],
  ">=": [7, (a, b) => a >= b],
  "<<": [8, (a, b) => a << b],
  ">>": [8, (a, b) => a >> b],
  "+": [9, (a, b) => a + b],
  "-": [9, (a, b) => a - b],
  "*": [10, (a, b) => a * b],
  "/": [10, (a, b) => a / b],
  "%": [10, (a, b) => a % b],
};

const SHIFTS = new Set(["<<", ">>"]);
const CONDITIONAL_PRECEDENCE = 0;

/** Does the condition hold? `tokens` have no macros and no `defined` left. Throws PMC171. */
export function holds(tokens: readonly Token[], at: At): boolean {
  const condition = new Condition(tokens, at);
  return condition.whole().value !== 0n;
}

class Condition {
  readonly #tokens: readonly Token[];
  readonly #at: At;
  #next = 0;
  /** How many operands around this one have no say (`0 && x`): there, a division by zero is none. */
  #unevaluated = 0;

  constructor(tokens: readonly Token[], at: At) {
    this.#tokens = tokens;
    this.#at = at;
  }

  whole(): Operand {
    const result = this.#expression(CONDITIONAL_PRECEDENCE);
    const more = this.#tokens[this.#next];
    if (more !== undefined) throw this.#malformed(`'${more.text}' is not expected`);
    return result;
  }

  #expression(least: number): Operand {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens[this.#next]?.text ?? "";
      if (operator === "?" && least <= CONDITIONAL_PRECEDENCE) left = this.#conditional(left);
      else {
        const known = BINARY[operator];
        if (known === undefined || known[0] < Math.max(least, 1)) return left;
        this.#next++;
        left = this.#binary(operator, left, known);
      }
    }
  }

  #binary(
    operator: string,
    left: Operand,
    [precedence, compute]: readonly [number, (a: bigint, b: bigint) => bigint | boolean],
  ): Operand {
    const decided = (operator === "&&" && left.value === 0n) || (operator === "||" && left.value !== 0n);
    const right = this.#where(!decided, () => this.#expression(precedence + 1));
    if (decided) return truth(operator === "||");
    if ((operator === "/" || operator === "%") && right.value === 0n) {
      if (this.#unevaluated > 0) return left;
      throw this.#malformed("a division by zero");
    }
    const unsigned = SHIFTS.has(operator) ? left.unsigned : left.unsigned || right.unsigned;
    const logical = operator === "&&" || operator === "||";
    const wide = !logical && unsigned;
    const result = compute(
      wrap(left.value, wide),
      SHIFTS.has(operator) ? right.value & 63n : wrap(right.value, wide),
    );
    return typeof result === "boolean" ? truth(result) : { value: wrap(result, unsigned), unsigned };
  }

  #conditional(condition: Operand): Operand {
    this.#next++;
    const taken = condition.value !== 0n;
    const yes = this.#where(taken, () => this.#expression(CONDITIONAL_PRECEDENCE));
    this.#expect(":");
    const no = this.#where(!taken, () => this.#expression(CONDITIONAL_PRECEDENCE));
    const unsigned = yes.unsigned || no.unsigned;
    return { value: wrap((taken ? yes : no).value, unsigned), unsigned };
  }

  #where(evaluated: boolean, parse: () => Operand): Operand {
    if (!evaluated) this.#unevaluated++;
    const result = parse();
    if (!evaluated) this.#unevaluated--;
    return result;
  }

  #unary(): Operand {
    const token = this.#tokens[this.#next++];
    switch (token?.text) {
      case undefined:
        throw this.#malformed("an operand is missing");
      case "(": {
        const inner = this.#expression(CONDITIONAL_PRECEDENCE);
        this.#expect(")");
        return inner;
      }
      case "!":
        return truth(this.#unary().value === 0n);
      case "-":
        return this.#changed((value) => -value);
      case "~":
        return this.#changed((value) => ~value);
      case "+":
        return this.#unary();
      default:
        return this.#primary(token as Token);
    }
  }

  #changed(compute: (value: bigint) => bigint): Operand {
    const { value, unsigned } = this.#unary();
    return { value: wrap(compute(value), unsigned), unsigned };
  }

  #primary(token: Token): Operand {
    if (token.kind === "name") {
      if (this.#tokens[this.#next]?.text === "(")
        throw this.#malformed(`${token.text} is no macro with parameters`);
      return { value: 0n, unsigned: false };
    }
    const literal = token.kind === "number" ? integerLiteral(token.text) : undefined;
    if (literal !== undefined) {
      const unsigned = literal.unsigned || literal.value >= 1n << 63n;
      return { value: wrap(literal.value, unsigned), unsigned };
    }
    const character = token.kind === "character" ? characterLiteral(token.text) : undefined;
    if (character !== undefined) return { value: BigInt(character), unsigned: false };
    throw this.#malformed(`'${token.text}' is not expected`);
  }

  #expect(text: string): void {
    if (this.#tokens[this.#next]?.text !== text) throw this.#malformed(`'${text}' is missing`);
    this.#next++;
  }

  #malformed(what: string): CError {
    return new CError(
      "PMC171",
      this.#at,
      `the condition of #if cannot be read: ${what}`,
      "correct the condition",
    );
  }
}

function truth(value: boolean): Operand {
  return { value: value ? 1n : 0n, unsigned: false };
}

function wrap(value: bigint, unsigned: boolean): bigint {
  return unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
}

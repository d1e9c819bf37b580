/** A place in a list of tokens, and the questions a parser asks there. */
import { CError, type At } from "../base/errors.js";
import { Token } from "../preprocess/token.js";

/** The opening brackets and what closes them. */
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

export class Cursor {
  protected readonly tokens: readonly Token[];
  protected position: number;
  readonly #end: Token;

  constructor(tokens: readonly Token[], position: number) {
    this.tokens = tokens;
    this.position = position;
    this.#end = new Token("other", "", tokens.at(-1)?.at ?? { file: "(no file)", line: 0 }, false);
  }

  /** The token to come; an empty one at the end. */
  protected peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? this.#end;
  }

  protected get at(): At {
    return this.peek().at;
  }

  protected get isAtEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  protected is(text: string): boolean {
    return this.peek().text === text;
  }

  protected take(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.position++;
    return true;
  }

  protected expect(text: string): Token {
    if (!this.is(text)) throw this.failure(`'${text}' is expected before '${this.peek().text}'`);
    return this.take();
  }

  /** Passes a bracket that opens here, up to and with the one that closes it. */
  protected skipBrackets(): void {
    const open = this.take();
    const close = CLOSING[open.text];
    for (let depth = 1; depth > 0;) {
      if (this.isAtEnd) throw this.failure(`'${open.text}' at line ${open.at.line} is not closed`, open.at);
      const { text } = this.take();
      if (text === open.text) depth++;
      if (text === close) depth--;
    }
  }

  protected failure(what: string, at: At = this.at): CError {
    return new CError("PMC220", at, what, "rewrite it, or define away the macro that is in it");
  }
}

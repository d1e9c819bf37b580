/**
 * The preprocessor: files in, tokens out; directives obeyed, macros replaced (C11 6.10, with GNU's `, ##` and `args...`).
 *
 * One Preprocessor makes one translation unit: it reads files one after the other, the macros of the earlier ones known in
 * the later ones. {@link Preprocessor.copy} continues from a prelude any number of times.
 */
import { CError, type At } from "../base/errors.js";
import { holds } from "./condition.js";
import { expandAll, Expander, type MacroTable } from "./expand.js";
import { tokensOf } from "./lexer.js";
import { macroOf } from "./macro.js";
import { Token } from "./token.js";

export interface Include {
  /** `linux/perf_event.h` */
  readonly name: string;
  /** Written with `<>`, not with quotes. */
  readonly angled: boolean;
  /** The file that says so. */
  readonly from: string;
}

/** What an `#include` brings; its `file` is how errors and lines call it. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** The file an include stands for; "nothing" if what it declares comes from elsewhere; undefined if it is unknown. */
export type IncludeProvider = (include: Include) => SourceFile | "nothing" | undefined;

/** An `#if` that has not ended: is the text before the next `#else` taken, and was any part of it? */
interface Conditional {
  readonly at: At;
  taking: boolean;
  taken: boolean;
  elseSeen: boolean;
}

interface OpenFile {
  readonly tokens: readonly Token[];
  next: number;
  readonly conditionals: Conditional[];
}

const DEEPEST_INCLUDE = 100;

export class Preprocessor {
  readonly #provider: IncludeProvider;
  readonly #macros: MacroTable;
  /** Shared by copies: a header is split into tokens once. */
  readonly #lexed: Map<string, readonly Token[]>;
  readonly #once: Set<string>;
  readonly #open: OpenFile[] = [];
  #counter = 0;
  #noted: At | undefined;

  /** By file, the lines that no `#if` left out. */
  readonly taken: Map<string, Set<number>>;

  constructor(provider: IncludeProvider, from?: Preprocessor) {
    this.#provider = provider;
    this.#macros = new Map(from === undefined ? [] : from.#macros);
    this.#lexed = from === undefined ? new Map<string, readonly Token[]>() : from.#lexed;
    this.#once = new Set(from === undefined ? [] : from.#once);
    this.taken = from?.taken ?? new Map<string, Set<number>>();
    this.#macros.set("__LINE__", (call) => replacement(call, "number", String(call.at.line)));
    this.#macros.set("__FILE__", (call) => replacement(call, "string", JSON.stringify(call.at.file)));
    this.#macros.set("__COUNTER__", (call) => replacement(call, "number", String(this.#counter++)));
  }

  /** Another one that knows the same macros and goes its own way from here. */
  copy(): Preprocessor {
    const copied = new Preprocessor(this.#provider, this);
    copied.#counter = this.#counter;
    return copied;
  }

  /** The tokens of a file and all it includes. Throws PMC171 and PMC172. */
  read(source: SourceFile): Token[] {
    this.#enter(source, { file: source.file, line: 1 });
    const expander = new Expander(this.#macros, () => this.#raw());
    const out: Token[] = [];
    for (let token = expander.next(); token !== undefined; token = expander.next()) {
      if (token.text === "_Pragma" && token.kind === "name") skipPragma(expander, token);
      else out.push(token);
    }
    return out;
  }

  /** The next token that is in no directive and that no `#if` left out. */
  #raw(): Token | undefined {
    for (let file = this.#open.at(-1); file !== undefined; file = this.#open.at(-1)) {
      const token = file.tokens[file.next++];
      if (token === undefined) this.#leave(file);
      else if (token.startsLine && token.text === "#") this.#directive(file, token.at);
      else if (file.conditionals.at(-1)?.taking !== false) {
        this.#note(token.at);
        return token;
      } else skipLine(file);
    }
    return undefined;
  }

  #note(at: At): void {
    // The tokens of a line share their place.
    if (at === this.#noted) return;
    this.#noted = at;
    const { file, line } = at;
    let lines = this.taken.get(file);
    if (lines === undefined) this.taken.set(file, (lines = new Set()));
    lines.add(line);
  }

  #enter({ file, text }: SourceFile, at: At): void {
    if (this.#open.length >= DEEPEST_INCLUDE) {
      throw new CError("PMC171", at, `files include each other ${DEEPEST_INCLUDE} deep`, "guard the header");
    }
    if (this.#once.has(file)) return;
    let tokens = this.#lexed.get(file);
    if (tokens === undefined) this.#lexed.set(file, (tokens = tokensOf(file, text)));
    this.#open.push({ tokens, next: 0, conditionals: [] });
  }

  #leave(file: OpenFile): void {
    const unended = file.conditionals.at(-1);
    if (unended !== undefined)
      throw new CError("PMC171", unended.at, "an #if does not end", "close it with #endif");
    this.#open.pop();
  }

  #directive(file: OpenFile, at: At): void {
    const [name, ...line] = restOfLine(file);
    if (name === undefined) return;
    if (this.#conditional(file, name.text, line, at)) return;
    if (file.conditionals.at(-1)?.taking === false) return;
    this.#note(at);
    for (const token of line) this.#note(token.at);
    switch (name.text) {
      case "define": {
        const macro = macroOf(line, at);
        this.#macros.set(macro.name, macro);
        return;
      }
      case "undef":
        this.#macros.delete(line[0]?.text ?? "");
        return;
      case "include":
        this.#include(line, at);
        return;
      case "pragma":
        this.#pragma(line, at);
        return;
      case "error":
        throw new CError("PMC171", at, `#error ${textOf(line)}`, "give the definitions it asks for");
      case "warning":
      case "ident":
        return;
      default:
        throw new CError("PMC171", at, `the directive #${name.text} is not known`, "leave it out");
    }
  }

  /** Obeys `#if` and its kin, which count even in text that is left out. */
  #conditional(file: OpenFile, directive: string, line: readonly Token[], at: At): boolean {
    const open = file.conditionals;
    const current = open.at(-1);
    switch (directive) {
      case "if":
      case "ifdef":
      case "ifndef": {
        const possible = current?.taking !== false;
        const taking = possible && this.#decides(directive, line, at);
        open.push({ at, taking, taken: taking || !possible, elseSeen: false });
        return true;
      }
      case "elif":
      case "else": {
        if (current === undefined || current.elseSeen) throw stray(directive, at);
        current.taking = !current.taken && (directive === "else" || this.#decides("if", line, at));
        current.taken ||= current.taking;
        current.elseSeen = directive === "else";
        return true;
      }
      case "endif":
        if (open.pop() === undefined) throw stray(directive, at);
        return true;
      default:
        return false;
    }
  }

  #decides(directive: string, line: readonly Token[], at: At): boolean {
    if (directive === "if") return holds(expandAll(this.#macros, this.#answered(line, at)), at);
    const name = line[0];
    if (name?.kind !== "name") throw new CError("PMC171", at, `#${directive} without a name`, "name a macro");
    return this.#macros.has(name.text) === (directive === "ifdef");
  }

  /** `defined X` and `__has_include(<x>)` replaced by 0 or 1. */
  #answered(line: readonly Token[], at: At): Token[] {
    const out: Token[] = [];
    for (let i = 0; i < line.length; i++) {
      const token = line[i] as Token;
      const inParentheses = line[i + 1]?.text === "(";
      if (token.text === "defined") {
        const name = line[inParentheses ? i + 2 : i + 1];
        if (name?.kind !== "name") throw new CError("PMC171", at, "'defined' without a name", "name a macro");
        out.push(replacement(token, "number", this.#macros.has(name.text) ? "1" : "0"));
        i += inParentheses ? 3 : 1;
      } else if (token.text === "__has_include" && inParentheses) {
        const end = line.findIndex((other, j) => j > i && other.text === ")");
        const include = includeOf(line.slice(i + 2, end), at);
        const found = include !== undefined && this.#provider(include) !== undefined;
        out.push(replacement(token, "number", found ? "1" : "0"));
        i = end;
      } else out.push(token);
    }
    return out;
  }

  #include(line: readonly Token[], at: At): void {
    const include = includeOf(line, at) ?? includeOf(expandAll(this.#macros, line), at);
    if (include === undefined)
      throw new CError("PMC171", at, "#include without a file", "name one in <> or quotes");
    const source = this.#provider(include);
    if (source === undefined) {
      const shown = include.angled ? `<${include.name}>` : `"${include.name}"`;
      throw new CError("PMC172", at, `the file ${shown} is not there`, "give it, or leave the #include out");
    }
    if (source !== "nothing") this.#enter(source, at);
  }

  #pragma(line: readonly Token[], at: At): void {
    const [first] = line;
    if (first?.text === "once") this.#once.add(at.file);
    // All others are about warnings and code generation, but for this one, which moves fields.
    if (first?.text === "pack") {
      throw new CError(
        "PMC171",
        at,
        "#pragma pack changes the layout of structures",
        "use __attribute__((packed))",
      );
    }
  }
}

/** The tokens up to the next line, taken. */
function restOfLine(file: OpenFile): Token[] {
  const from = file.next;
  skipLine(file);
  return file.tokens.slice(from, file.next);
}

function skipLine(file: OpenFile): void {
  while (file.tokens[file.next]?.startsLine === false) file.next++;
}

function includeOf(line: readonly Token[], { file }: At): Include | undefined {
  const [first] = line;
  if (first?.kind === "string") return { name: first.text.slice(1, -1), angled: false, from: file };
  const end = line.findIndex((token) => token.text === ">");
  if (first?.text !== "<" || end < 0) return undefined;
  return {
    name: line
      .slice(1, end)
      .map(({ text }) => text)
      .join(""),
    angled: true,
    from: file,
  };
}

/** `_Pragma("...")` is the same as `#pragma`, and none of those that come this way means anything here. */
function skipPragma(expander: Expander, at: Token): void {
  const rest = [expander.next(), expander.next(), expander.next()].map((token) => token?.text);
  if (rest[0] === "(" && rest[2] === ")" && rest[1]?.includes("pack") !== true) return;
  throw new CError("PMC171", at.at, "this _Pragma is not understood", "leave it out");
}

function replacement(call: Token, kind: "number" | "string", text: string): Token {
  return new Token(kind, text, call.at, call.spaced);
}

function textOf(line: readonly Token[]): string {
  return line.map(({ text }) => text).join(" ");
}

function stray(directive: string, at: At): CError {
  return new CError("PMC171", at, `#${directive} without #if`, "remove it, or add the #if");
}

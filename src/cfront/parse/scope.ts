/** Scopes: what names and tags stand for, inside out. */
import type { CError } from "../base/errors.js";
import type { Declared } from "../syntax/syntax.js";
import type { CType } from "../types/types.js";

export class Scope {
  readonly #names = new Map<string, Declared>();
  readonly #tags = new Map<string, CType>();
  /** Undefined for a file's own scope. */
  readonly around: Scope | undefined;
  /** Names in declarations that could not be parsed, and why: a use of one can say so. */
  readonly #unread: Map<string, CError>;

  constructor(around?: Scope) {
    this.around = around;
    this.#unread = around === undefined ? new Map<string, CError>() : around.#unread;
  }

  get isFile(): boolean {
    return this.around === undefined;
  }

  declare(name: string, declared: Declared): void {
    this.#names.set(name, declared);
  }

  declareTag(tag: string, type: CType): void {
    this.#tags.set(tag, type);
  }

  find(name: string): Declared | undefined {
    return this.#names.get(name) ?? this.around?.find(name);
  }

  findTag(tag: string): CType | undefined {
    return this.#tags.get(tag) ?? this.around?.findTag(tag);
  }

  /** In this scope itself, where it would be declared again. */
  findHere(name: string): Declared | undefined {
    return this.#names.get(name);
  }

  findTagHere(tag: string): CType | undefined {
    return this.#tags.get(tag);
  }

  /** Everything declared in this scope itself. */
  get declared(): Iterable<Declared> {
    return this.#names.values();
  }

  markUnread(name: string, error: CError): void {
    if (!this.#unread.has(name)) this.#unread.set(name, error);
  }

  get unread(): ReadonlyMap<string, CError> {
    return this.#unread;
  }

  whyUnread(name: string): CError | undefined {
    return this.#unread.get(name);
  }

  /** A file scope that begins with what this one has: for the next unit after the same prelude. */
  copy(): Scope {
    const copied = new Scope();
    for (const [name, declared] of this.#names) copied.#names.set(name, declared);
    for (const [tag, type] of this.#tags) copied.#tags.set(tag, type);
    for (const [name, error] of this.#unread) copied.#unread.set(name, error);
    return copied;
  }
}

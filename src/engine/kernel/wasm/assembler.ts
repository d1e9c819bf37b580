/**
 * A small assembler for WebAssembly: enough to emit the search kernel, nothing else.
 *
 * Code is a tree of bytes, blocks and branches, built by the functions of wasm/instructions.ts; branches name the block
 * they leave or repeat, and the assembler counts how deep that is. A function becomes bytes as soon as it has its body, so
 * that its tree need not stay. A module has one imported memory and some functions, all exported. The binary format is
 * that of the WebAssembly core specification 2.0, chapter 5.
 */
export type Type = "i32" | "i64" | "v128";

/** A block or loop, as the target of branches. */
export class Label {
  /** Which of the enclosing blocks it is; known only while its body is assembled. */
  depth = -1;
}

export type Code = number | readonly Code[] | Block | Branch;

interface Block {
  readonly opcode: number;
  readonly label: Label;
  readonly body: Code;
}

interface Branch {
  readonly opcode: number;
  readonly target: Label;
}

/** A parameter or a local variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: Type;
}

const TYPE_BYTES: Readonly<Record<Type, number>> = { i32: 0x7f, i64: 0x7e, v128: 0x7b };
const VOID = 0x40;
const END = 0x0b;
const FUNCTION = 0x60;
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 };
/** Limits of a memory that threads may share. */
const SHARED_WITH_MAXIMUM = 3;
const KIND = { function: 0, memory: 2 };
/** "\0asm", version 1. */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Bytes that are written one after another. */
class Writer {
  #bytes = new Uint8Array(1 << 12);
  #length = 0;

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  byte(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = byte;
  }

  all(bytes: ArrayLike<number>): void {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A number of bytes, and the bytes that the content writes. */
  sized(content: (to: Writer) => void): void {
    const to = new Writer();
    content(to);
    this.all(unsigned(to.#length));
    this.all(to.#bytes.subarray(0, to.#length));
  }

  /** How many there are, and what is written for each. */
  vector<T>(items: readonly T[], write: (item: T, to: Writer) => void): void {
    this.all(unsigned(items.length));
    for (const item of items) write(item, this);
  }

  text(value: string): void {
    this.vector([...Buffer.from(value, "utf8")], (byte) => this.byte(byte));
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + by));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** A function: its signature, its local variables, and its code. */
export class FunctionBuilder {
  readonly name: string;
  readonly index: number;
  readonly parameters: readonly Local[];
  readonly result: Type;
  readonly #locals: Type[] = [];
  #code: Uint8Array = new Uint8Array();

  constructor(name: string, index: number, parameters: readonly Type[], result: Type) {
    this.name = name;
    this.index = index;
    this.parameters = parameters.map((type, i) => ({ index: i, type }));
    this.result = result;
  }

  /** To be called before there is a body. */
  local(type: Type): Local {
    this.#locals.push(type);
    return { index: this.parameters.length + this.#locals.length - 1, type };
  }

  set body(body: Code) {
    const to = new Writer();
    to.vector(this.#locals, (type) => to.all([1, TYPE_BYTES[type]]));
    assemble(body, to);
    to.byte(END);
    this.#code = to.bytes;
  }

  /** The function as a module has it: local variables and code. */
  get code(): Uint8Array {
    return this.#code;
  }
}

/** The bytes of a module that imports shared memory `m.memory` with at most `maxPages` pages. */
export function assembleModule(
  functions: readonly FunctionBuilder[],
  maxPages: number,
): Uint8Array<ArrayBuffer> {
  const module = new Writer();
  module.all(HEADER);
  const section = (id: number, content: (to: Writer) => void) => {
    module.byte(id);
    module.sized(content);
  };
  section(SECTION.type, (types) =>
    types.vector(functions, ({ parameters, result }) => {
      types.byte(FUNCTION);
      types.vector(parameters, ({ type }) => types.byte(TYPE_BYTES[type]));
      types.all([1, TYPE_BYTES[result]]);
    }),
  );
  section(SECTION.import, (imports) =>
    imports.vector(["memory"], (name) => {
      imports.text("m");
      imports.text(name);
      imports.all([KIND.memory, SHARED_WITH_MAXIMUM, ...unsigned(0), ...unsigned(maxPages)]);
    }),
  );
  section(SECTION.function, (indices) =>
    indices.vector(functions, ({ index }) => indices.all(unsigned(index))),
  );
  section(SECTION.export, (exports) =>
    exports.vector(functions, ({ name, index }) => {
      exports.text(name);
      exports.all([KIND.function, ...unsigned(index)]);
    }),
  );
  section(SECTION.code, (codes) => codes.vector(functions, ({ code }) => codes.sized((to) => to.all(code))));
  return module.bytes;
}

/** LEB128, as indices and sizes are written. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = rest % 0x80;
    rest = Math.floor(rest / 0x80);
    bytes.push(rest === 0 ? low : low | 0x80);
    if (rest === 0) return bytes;
  }
}

/** LEB128 with a sign, as constants are written. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

function assemble(code: Code, to: Writer): void {
  let depth = 0;
  const emit = (part: Code): void => {
    if (typeof part === "number") to.byte(part);
    else if ("body" in part) {
      to.byte(part.opcode);
      to.byte(VOID);
      part.label.depth = ++depth;
      emit(part.body);
      depth--;
      part.label.depth = -1;
      to.byte(END);
    } else if ("target" in part) {
      if (part.target.depth < 0) throw new Error("a branch to a block that it is not in");
      to.byte(part.opcode);
      to.all(unsigned(depth - part.target.depth));
    } else for (const one of part) emit(one);
  };
  emit(code);
}

/**
 * A small assembler for WebAssembly: enough to emit the search kernel, nothing else.
 *
 * Code is a tree of bytes, blocks and branches, built by the functions of wasm-instructions.ts; branches name the block
 * they leave or repeat, and the assembler counts how deep that is. A module has one imported memory and some
 * functions, all exported. The binary format is that of the WebAssembly core specification 2.0, chapter 5.
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

/** A function under construction: its signature and its local variables. */
export class FunctionBuilder {
  readonly name: string;
  readonly index: number;
  readonly parameters: readonly Local[];
  readonly result: Type;
  readonly #locals: Type[] = [];
  body: Code = [];

  constructor(name: string, index: number, parameters: readonly Type[], result: Type) {
    this.name = name;
    this.index = index;
    this.parameters = parameters.map((type, i) => ({ index: i, type }));
    this.result = result;
  }

  local(type: Type): Local {
    this.#locals.push(type);
    return { index: this.parameters.length + this.#locals.length - 1, type };
  }

  assemble(): number[] {
    const locals = this.#locals.flatMap((type) => [1, TYPE_BYTES[type]]);
    const code = [...unsigned(this.#locals.length), ...locals, ...assemble(this.body), END];
    return [...unsigned(code.length), ...code];
  }
}

/** The bytes of a module that imports shared memory `m.memory` with at most `maxPages` pages. */
export function assembleModule(
  functions: readonly FunctionBuilder[],
  maxPages: number,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    FUNCTION,
    ...vector(parameters.map(({ type }) => [TYPE_BYTES[type]])),
    ...vector([[TYPE_BYTES[result]]]),
  ]);
  const memory = [
    ...text("m"),
    ...text("memory"),
    KIND.memory,
    SHARED_WITH_MAXIMUM,
    ...unsigned(0),
    ...unsigned(maxPages),
  ];
  return new Uint8Array([
    ...HEADER,
    ...section(SECTION.type, vector(types)),
    ...section(SECTION.import, vector([memory])),
    ...section(SECTION.function, vector(functions.map(({ index }) => unsigned(index)))),
    ...section(
      SECTION.export,
      vector(functions.map(({ name, index }) => [...text(name), KIND.function, ...unsigned(index)])),
    ),
    ...section(SECTION.code, vector(functions.map((one) => one.assemble()))),
  ]);
}

/** LEB128, as indices and sizes are written. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = rest % 0x80;
    rest = Math.floor(rest / 0x80);
    if (rest === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** LEB128 with a sign, as constants are written. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    if (isLast) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

function assemble(code: Code): number[] {
  const bytes: number[] = [];
  let depth = 0;
  const emit = (part: Code): void => {
    if (typeof part === "number") bytes.push(part);
    else if ("body" in part) {
      bytes.push(part.opcode, VOID);
      part.label.depth = ++depth;
      emit(part.body);
      depth--;
      part.label.depth = -1;
      bytes.push(END);
    } else if ("target" in part) {
      if (part.target.depth < 0) throw new Error("a branch to a block that it is not in");
      bytes.push(part.opcode, ...unsigned(depth - part.target.depth));
    } else part.forEach(emit);
  };
  emit(code);
  return bytes;
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function text(name: string): number[] {
  const bytes = [...Buffer.from(name, "utf8")];
  return [...unsigned(bytes.length), ...bytes];
}

/**
 * The kernel as WebAssembly, emitted for one layout, and its memory.
 */
import { MAX_BYTES, type Memory } from "./arena.js";
import { R } from "./control.js";
import { alone, Threads } from "./crew.js";
import type { Kernel, KernelInput, KernelKind, SharedKernel } from "./kernel.js";
import { assembleModule, FunctionBuilder } from "./wasm-assembler.js";
import { leave, ZERO } from "./wasm-instructions.js";
import { checking } from "./wasm-checking.js";
import { deduping, entering, flushing, numbering } from "./wasm-lookups.js";
import { movesFunction, type Shared } from "./wasm-moves.js";
import { rowsFunction } from "./wasm-rows.js";
import { shortenFunction } from "./wasm-shorten.js";
import { splitting } from "./wasm-split.js";
import { internFunction, walkFunction } from "./wasm-state.js";
import { VisitedCode } from "./wasm-visited.js";

/** As much of the JavaScript interface as is used: lib.dom.d.ts has it, and Node's types have not. */
declare const WebAssembly:
  | {
      readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
      readonly Memory: new (of: {
        readonly initial: number;
        readonly maximum: number;
        readonly shared: true;
      }) => LinearMemory;
      readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
      readonly Instance: new (
        module: object,
        imports: object,
      ) => { readonly exports: Readonly<Record<string, unknown>> };
    }
  | undefined;

interface LinearMemory {
  readonly buffer: SharedArrayBuffer;
  readonly grow: (pages: number) => number;
}

type Interface = NonNullable<typeof WebAssembly>;

const PAGE = 1 << 16;
const MAX_PAGES = Math.ceil(MAX_BYTES / PAGE);

/** Undefined where there is no WebAssembly with vectors and memory that threads can share. */
export function wasmKernel(): KernelKind | undefined {
  // Node without it, by --jitless, has no such global.
  const wasm = typeof WebAssembly === "undefined" ? undefined : WebAssembly;
  if (wasm?.validate(vectorModule()) !== true || !hasAddresses(wasm)) return undefined;
  return {
    name: "wasm",
    memory: (maxBytes) => new WasmMemory(wasm, maxBytes),
    kernel: (input) => instantiate(wasm, input),
    crew: (threads, arena, lane, kernel) =>
      threads > 1
        ? new Threads(arena, (arena.memory as WasmMemory).memory, lane, threads, kernel)
        : alone(kernel, lane),
  };
}

/** However small it is, a memory takes gigabytes of addresses, which a limit (`ulimit -v`) may not grant. */
function hasAddresses(wasm: Interface): boolean {
  try {
    return new wasm.Memory({ initial: 1, maximum: 1, shared: true }).buffer.byteLength > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The smallest module that only an engine with vectors takes. */
function vectorModule(): Uint8Array<ArrayBuffer> {
  const probe = new FunctionBuilder("probe", 0, [], "i32");
  const visited = new VisitedCode(probe, { segments: 0 }, false);
  const word = probe.local("i64");
  probe.body = [visited.add(word, ZERO, { onNew: [], onFull: leave(ZERO) }), ZERO];
  return assembleModule([probe], MAX_PAGES);
}

class WasmMemory implements Memory {
  readonly memory: LinearMemory;

  constructor(wasm: Interface, maxBytes: number) {
    const maximum = Math.max(1, Math.min(MAX_PAGES, Math.ceil(maxBytes / PAGE)));
    this.memory = new wasm.Memory({ initial: 1, maximum, shared: true });
  }

  get buffer(): SharedArrayBuffer {
    return this.memory.buffer;
  }

  growTo(bytes: number): boolean {
    try {
      this.memory.grow(Math.ceil((bytes - this.buffer.byteLength) / PAGE));
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}

function instantiate(wasm: Interface, input: KernelInput): Kernel {
  const { memory } = input.arena.memory as WasmMemory;
  const module = new wasm.Module(assembleModule(functionsOf(input), MAX_PAGES));
  const { exports } = new wasm.Instance(module, { m: { memory } });
  const functionNamed = (name: string) => exports[name] as (lane: number) => number;
  const isWide = () => input.arena.words[R.wideEntries] === 1;
  const [flush, flushWide] = [functionNamed("flush"), functionNamed("flushWide")];
  const [enter, enterWide] = [functionNamed("enter"), functionNamed("enterWide")];
  return {
    expand: functionNamed("expand"),
    flush: (lane) => (isWide() ? flushWide(lane) : flush(lane)),
    check: functionNamed("check"),
    find: functionNamed("find"),
    enter: (lane) => (isWide() ? enterWide(lane) : enter(lane)),
    shared: { ...sharedFunctions(exports, isWide), module },
  };
}

/** The part of a module's functions that several threads may run, for another thread than the one that made it. */
export function sharedKernel(module: object, memory: object, words: Int32Array): SharedKernel {
  const wasm = WebAssembly as Interface;
  const { exports } = new wasm.Instance(module, { m: { memory } });
  return sharedFunctions(exports, () => words[R.wideEntries] === 1);
}

function sharedFunctions(exports: Readonly<Record<string, unknown>>, isWide: () => boolean): SharedKernel {
  type Dedupe = SharedKernel["dedupe"];
  type Split = SharedKernel["split"];
  const [dedupe, dedupeWide] = [exports["dedupe"] as Dedupe, exports["dedupeWide"] as Dedupe];
  const [split, splitWide] = [exports["split"] as Split, exports["splitWide"] as Split];
  return {
    gather: exports["gather"] as SharedKernel["gather"],
    dedupe: (part, parts, lanes) => (isWide() ? dedupeWide : dedupe)(part, parts, lanes),
    number: exports["number"] as SharedKernel["number"],
    split: (segment) => (isWide() ? splitWide : split)(segment),
  };
}

function functionsOf(input: KernelInput): FunctionBuilder[] {
  const functions: FunctionBuilder[] = [];
  const add = (make: (index: number) => FunctionBuilder): FunctionBuilder => {
    const made = make(functions.length);
    functions.push(made);
    return made;
  };
  const named = (name: string, parameters: number) => (index: number) =>
    new FunctionBuilder(
      name,
      index,
      Array.from({ length: parameters }, () => "i32"),
      "i32",
    );
  const { shortcuts } = input;
  const shared: Shared = {
    walk: add((index) => walkFunction(index, input.addresses)),
    intern: add((index) => internFunction(index, true)),
    lookUp: add((index) => internFunction(index, false)),
    shorten: shortcuts && add((index) => shortenFunction(index, input, shortcuts)),
  };
  for (const purpose of ["expand", "gather", "find"] as const) {
    const moves = add(named(`${purpose}Moves`, 2));
    movesFunction(moves, shared, input, purpose);
    rowsFunction(add(named(purpose, purpose === "gather" ? 2 : 1)), moves, input, purpose);
  }
  for (const [width, isWide] of [
    ["", false],
    ["Wide", true],
  ] as const) {
    flushing(add(named(`flush${width}`, 1)), input, isWide);
    entering(add(named(`enter${width}`, 1)), input, isWide);
    deduping(add(named(`dedupe${width}`, 3)), input, isWide);
    splitting(add(named(`split${width}`, 1)), input.addresses, isWide);
  }
  checking(add(named("check", 1)), shared, input);
  numbering(add(named("number", 1)), input);
  return functions;
}

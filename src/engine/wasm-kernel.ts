/**
 * The kernel as WebAssembly, emitted for one layout, and its memory.
 */
import { MAX_BYTES, type Memory } from "./arena.js";
import { R } from "./control.js";
import type { Kernel, KernelInput, KernelKind } from "./kernel.js";
import { assembleModule, FunctionBuilder } from "./wasm-assembler.js";
import { i32, leave } from "./wasm-instructions.js";
import { checking, flushing, moves, refilling, type Shared } from "./wasm-loops.js";
import { internFunction, walkFunction } from "./wasm-state.js";
import { VisitedCode } from "./wasm-visited.js";

/** As much of the JavaScript interface as is used: lib.dom.d.ts has it, and Node's types have not. */
declare const WebAssembly:
  | {
      readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
      readonly Memory: new (of: { readonly initial: number; readonly maximum: number }) => LinearMemory;
      readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
      readonly Instance: new (
        module: object,
        imports: object,
      ) => { readonly exports: Readonly<Record<string, unknown>> };
    }
  | undefined;

interface LinearMemory {
  readonly buffer: ArrayBuffer;
  readonly grow: (pages: number) => number;
}

type Interface = NonNullable<typeof WebAssembly>;

const PAGE = 1 << 16;
const MAX_PAGES = Math.ceil(MAX_BYTES / PAGE);
const ZERO = i32.constant(0);

/** Undefined where there is no WebAssembly with vectors. */
export function wasmKernel(): KernelKind | undefined {
  // Node without it, by --jitless, has no such global.
  const wasm = typeof WebAssembly === "undefined" ? undefined : WebAssembly;
  if (wasm?.validate(vectorModule()) !== true) return undefined;
  return {
    name: "wasm",
    memory: (maxBytes) => new WasmMemory(wasm, maxBytes),
    kernel: (input) => instantiate(wasm, input),
  };
}

/** The smallest module that only an engine with vectors takes. */
function vectorModule(): Uint8Array<ArrayBuffer> {
  const probe = new FunctionBuilder("probe", 0, [], "i32");
  const visited = new VisitedCode(probe, false);
  const word = probe.local("i64");
  probe.body = [visited.add(word, { onNew: [], onFull: leave(ZERO) }), ZERO];
  return assembleModule([probe], MAX_PAGES);
}

class WasmMemory implements Memory {
  readonly memory: LinearMemory;

  constructor(wasm: Interface, maxBytes: number) {
    const maximum = Math.max(1, Math.min(MAX_PAGES, Math.ceil(maxBytes / PAGE)));
    this.memory = new wasm.Memory({ initial: 1, maximum });
  }

  get buffer(): ArrayBuffer {
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
  const functionNamed = (name: string) => exports[name] as () => number;
  const isWide = () => input.arena.words[R.wideEntries] === 1;
  const [flush, flushWide] = [functionNamed("flush"), functionNamed("flushWide")];
  const [refill, refillWide] = [functionNamed("refill"), functionNamed("refillWide")];
  return {
    expand: functionNamed("expand"),
    flush: () => (isWide() ? flushWide() : flush()),
    check: functionNamed("check"),
    find: functionNamed("find"),
    refill: () => (isWide() ? refillWide() : refill()),
  };
}

function functionsOf(input: KernelInput): FunctionBuilder[] {
  const shared: Shared = { walk: walkFunction(0, input.addresses), intern: internFunction(1) };
  return [
    shared.walk,
    shared.intern,
    moves(new FunctionBuilder("expand", 2, [], "i32"), shared, input, false),
    moves(new FunctionBuilder("find", 3, [], "i32"), shared, input, true),
    flushing(new FunctionBuilder("flush", 4, [], "i32"), input, false),
    flushing(new FunctionBuilder("flushWide", 5, [], "i32"), input, true),
    refilling(new FunctionBuilder("refill", 6, [], "i32"), input, false),
    refilling(new FunctionBuilder("refillWide", 7, [], "i32"), input, true),
    checking(new FunctionBuilder("check", 8, [], "i32"), shared, input),
  ];
}

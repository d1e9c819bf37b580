/**
 * The kernel as WebAssembly, emitted for one layout, and its memory.
 */
import { MAX_BYTES, type Arena, type Memory } from "../../memory/arena.js";
import { CapacityError } from "../../memory/budget.js";
import { R } from "../../memory/control-block.js";
import type { Annex } from "../../memory/annexes.js";
import { alone } from "../crew.js";
import type { Kernel, KernelInput, KernelKind } from "../kernel.js";
import { annexKernels, annexed } from "../annexed.js";
import { assembleModule, FunctionBuilder } from "./assembler.js";
import { leave, ZERO } from "./instructions.js";
import { deduping, entering, flushing, numbering } from "./buffers.js";
import { checking } from "./check.js";
import { movesFunction, type Shared } from "./moves.js";
import { leastFunction } from "./orbits.js";
import { rowsFunction } from "./rows.js";
import { shortenFunction } from "./move-cache-recorder.js";
import { splitting } from "./split.js";
import { internFunction, walkFunction } from "./state.js";
import {
  sharedFunctions,
  webAssembly,
  type Interface,
  type KernelOrigin,
  type LinearMemory,
} from "./instance.js";
import { VisitedCode } from "./visited.js";
import { Threads } from "./threads.js";

const PAGE = 1 << 16;
const MAX_PAGES = Math.ceil(MAX_BYTES / PAGE);

/** Undefined where there is no WebAssembly with vectors and memory that threads can share. */
export function wasmKernel(): KernelKind | undefined {
  const wasm = webAssembly();
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
    try {
      this.memory = new wasm.Memory({ initial: 1, maximum, shared: true });
    } catch (error) {
      if (error instanceof RangeError)
        throw new CapacityError("more addresses than the system grants (ulimit -v)");
      throw error;
    }
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

function instantiate(wasm: Interface, { arena, addresses, annexes, ...of }: KernelInput): Kernel {
  const module = new wasm.Module(
    assembleModule(functionsOf({ arena, addresses, annexes, ...of }), MAX_PAGES),
  );
  const memoryOf = (one: Arena) => (one.memory as WasmMemory).memory;
  const exportsIn = (one: Arena) => new wasm.Instance(module, { m: { memory: memoryOf(one) } }).exports;
  const exports = exportsIn(arena);
  const functionNamed = (name: string) => exports[name] as (lane: number) => number;
  const isWide = () => arena.words[R.wideEntries] === 1;
  const [flush, flushWide] = [functionNamed("flush"), functionNamed("flushWide")];
  const [enter, enterWide] = [functionNamed("enter"), functionNamed("enterWide")];
  const own: Kernel = {
    expand: functionNamed("expand"),
    flush: (lane) => (isWide() ? flushWide(lane) : flush(lane)),
    check: functionNamed("check"),
    find: functionNamed("find"),
    enter: (lane) => (isWide() ? enterWide(lane) : enter(lane)),
    shared: sharedFunctions(exports, isWide),
  };
  const kernels = annexKernels(annexes, ({ arena: memory, lane }) => {
    const { dedupe, split } = sharedFunctions(exportsIn(memory), isWide);
    return { memory, lane, dedupe, split };
  });
  const kernel = annexed(arena, own, addresses.lane, kernels);
  let origin: KernelOrigin = { module, memory: memoryOf(arena), annexes: [] };
  let inUse: readonly Annex[] = [];
  return {
    ...kernel,
    shared: {
      ...kernel.shared,
      get origin(): KernelOrigin {
        if (annexes.inUse === inUse) return origin;
        inUse = annexes.inUse;
        const sent = inUse.map((one) => ({ memory: memoryOf(one.arena), lane: one.lane }));
        return (origin = { ...origin, annexes: sent });
      },
    },
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
  const { shortcuts, orbits } = input;
  const shared: Shared = {
    walk: add((index) => walkFunction(index, input.addresses)),
    intern: add((index) => internFunction(index, true)),
    lookUp: add((index) => internFunction(index, false)),
    shorten: shortcuts && add((index) => shortenFunction(index, input, shortcuts)),
    least: orbits && add((index) => leastFunction(index, orbits)),
  };
  for (const purpose of ["expand", "gather", "find"] as const) {
    const moves = add(named(`${purpose}Moves`, 2));
    movesFunction(moves, shared, input, purpose);
    rowsFunction(add(named(purpose, purpose === "gather" ? 2 : 1)), moves, input, purpose, shared.least);
  }
  for (const [width, isWide] of [
    ["", false],
    ["Wide", true],
  ] as const) {
    flushing(add(named(`flush${width}`, 1)), input, isWide);
    entering(add(named(`enter${width}`, 1)), input, isWide);
    deduping(add(named(`dedupe${width}`, 4)), input, isWide);
    splitting(add(named(`split${width}`, 2)), input.addresses, isWide);
  }
  checking(add(named("check", 1)), shared, input);
  numbering(add(named("number", 1)), input);
  return functions;
}

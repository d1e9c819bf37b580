/**
 * What threads need to know of the WebAssembly kernel: how a module that another thread has made is used.
 *
 * A thread starts with little else: what emits modules stays with the first one (wasm/kernel.ts).
 */
import { R, type LaneLayout } from "../../memory/control-block.js";
import type { Views } from "../../memory/annexes.js";
import type { SharedKernel } from "../kernel.js";
import { annexedParts } from "../annexed.js";

/** As much of the JavaScript interface as is used: lib.dom.d.ts has it, and Node's types have not. */
declare const WebAssembly: Interface | undefined;

export interface Interface {
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

export interface LinearMemory {
  readonly buffer: SharedArrayBuffer;
  readonly grow: (pages: number) => number;
}

/** Node without it, by --jitless, has no such global. */
export function webAssembly(): Interface | undefined {
  return typeof WebAssembly === "undefined" ? undefined : WebAssembly;
}

/** What a thread makes the kernel of another one from. */
export interface KernelOrigin {
  readonly module: object;
  readonly memory: LinearMemory;
  readonly annexes: readonly AnnexOrigin[];
}

interface AnnexOrigin {
  readonly memory: LinearMemory;
  readonly lane: number;
}

/**
 * The part of a module's functions that several threads may run, for another thread than the one that made it. Memories
 * have to be sent each time: a thread sees as much of them as there was then, and all lanes were made before that.
 */
export function sharedKernel({ module, memory, annexes }: KernelOrigin, lane: LaneLayout): SharedKernel {
  const wasm = webAssembly();
  if (wasm === undefined) throw new Error("a thread has no WebAssembly, although the first one has");
  const first = viewsOf(memory);
  const isWide = () => first.words[R.wideEntries] === 1;
  const own = functionsIn(wasm, module, memory, isWide);
  const kernels = annexes.map((annex) => ({
    ...functionsIn(wasm, module, annex.memory, isWide),
    memory: viewsOf(annex.memory),
    lane: annex.lane,
  }));
  return { ...own, ...annexedParts(first, own, lane, () => kernels) };
}

function functionsIn(
  wasm: Interface,
  module: object,
  memory: LinearMemory,
  isWide: () => boolean,
): SharedKernel {
  return sharedFunctions(new wasm.Instance(module, { m: { memory } }).exports, isWide);
}

function viewsOf({ buffer }: LinearMemory): Views {
  return { words: new Int32Array(buffer), bytes: new Uint8Array(buffer) };
}

export function sharedFunctions(
  exports: Readonly<Record<string, unknown>>,
  isWide: () => boolean,
): SharedKernel {
  type Dedupe = SharedKernel["dedupe"];
  type Split = SharedKernel["split"];
  const [dedupe, dedupeWide] = [exports["dedupe"] as Dedupe, exports["dedupeWide"] as Dedupe];
  const [split, splitWide] = [exports["split"] as Split, exports["splitWide"] as Split];
  return {
    gather: exports["gather"] as SharedKernel["gather"],
    dedupe: (part, parts, thread, lanes) => (isWide() ? dedupeWide : dedupe)(part, parts, thread, lanes),
    number: exports["number"] as SharedKernel["number"],
    split: (segment, thread) => (isWide() ? splitWide : split)(segment, thread),
  };
}

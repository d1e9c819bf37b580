/**
 * What threads need to know of the WebAssembly kernel: how a module that another thread has made is used.
 *
 * A thread starts with little else: what emits modules stays with the first one (wasm/kernel.ts).
 */
import { R } from "../../memory/control-block.js";
import type { SharedKernel } from "../kernel.js";

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

/**
 * The part of a module's functions that several threads may run, for another thread than the one that made it.
 * @param words of the memory's beginning
 */
export function sharedKernel(module: object, memory: object, words: Int32Array): SharedKernel {
  const wasm = webAssembly();
  if (wasm === undefined) throw new Error("a thread has no WebAssembly, although the first one has");
  const { exports } = new wasm.Instance(module, { m: { memory } });
  return sharedFunctions(exports, () => words[R.wideEntries] === 1);
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
    dedupe: (part, parts, lanes) => (isWide() ? dedupeWide : dedupe)(part, parts, lanes),
    number: exports["number"] as SharedKernel["number"],
    split: (segment, thread) => (isWide() ? splitWide : split)(segment, thread),
  };
}

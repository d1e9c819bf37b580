/**
 * Parts of the engine on their own: an arena with a control block and a kernel, and no system. And numbers in bulk, of
 * which fast-check would make one at a time.
 */
import { Arena, PlainMemory } from "../../../src/engine/memory/arena.js";
import { allocateControl, LANE, R, type Addresses } from "../../../src/engine/memory/control-block.js";
import type { EngineName } from "../../../src/engine/explore.js";
import type { Kernel, KernelKind } from "../../../src/engine/kernel/kernel.js";
import { Lane } from "../../../src/engine/memory/lane.js";
import { Annexes } from "../../../src/engine/memory/annexes.js";
import type { Layout } from "../../../src/engine/memory/state-layout.js";
import { plainKernel } from "../../../src/engine/kernel/plain/kernel.js";
import { wasmKernel } from "../../../src/engine/kernel/wasm/kernel.js";

/** A root word. */
export type Word = readonly [low: number, high: number];

export interface EngineRoom {
  readonly arena: Arena;
  readonly addresses: Addresses;
  readonly lane: Lane;
  readonly annexes: Annexes;
  readonly kernel: Kernel;
}

export interface RoomSize {
  /** Words that a lane has room for. */
  readonly block: number;
  readonly chunkBits: number;
  readonly maxBytes: number;
}

/** @param engine whose kernel; it moves and checks nothing, but knows the visited set */
export function engineRoom(engine: EngineName, size: Partial<RoomSize> = {}): EngineRoom {
  const { block = 64, chunkBits = 4, maxBytes = 1 << 26 } = size;
  const kind = kindOf(engine);
  const arena = new Arena(kind.memory(maxBytes), maxBytes);
  const sizes = { processes: 1, rules: 0, threads: 1 };
  const addresses = allocateControl(arena, sizes, { block, chunkBits });
  const annexes = new Annexes({ ...kind, maxBytes, budget: arena.budget, sizes, block });
  const lane = new Lane(arena, addresses.lane, addresses.mainLane);
  arena.words[R.block] = block;
  soil(arena);
  return {
    arena,
    addresses,
    lane,
    annexes,
    kernel: kind.kernel({ arena, addresses, annexes, layout: layoutOfWords(64), processes: 1, rules: 0 }),
  };
}

/** An arena with nothing in it, on memory that was used before. */
export function usedArena(): Arena {
  const arena = new Arena(new PlainMemory(), 1 << 26);
  soil(arena);
  return arena;
}

/** The layout of states that are words of so many bits. */
export function layoutOfWords(rootBits: number): Layout {
  return { fields: [], leaves: 1, nodes: [], rootBits };
}

/** Puts words into a lane's buffer, and says that they are there. */
export function fillLane(lane: Lane, words: readonly Word[]): void {
  words.forEach(([low, high], i) => lane.put(i, low, high));
  lane.set(LANE.buffered, words.length);
  lane.set(LANE.flushed, 0);
}

/** In the order of the halves: what sets of words can be compared by. */
export function sorted(words: readonly Word[]): Word[] {
  return [...words].sort(([lowA, highA], [lowB, highB]) => highA - highB || lowA - lowB);
}

/** Every word once. */
export function distinct(words: readonly Word[]): Word[] {
  return [...new Map(words.map((word) => [word.join(), word])).values()];
}

/** Numbers of 32 bits that look random (xorshift), from a seed on. */
export function numbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  };
}

/** Random words of so many bits. */
export function randomWords(seed: number, count: number, bits: number): Word[] {
  const next = numbers(seed);
  return Array.from({ length: count }, () => {
    const [low, high] = [next(), next()];
    return [bits < 32 ? low & (2 ** bits - 1) : low, bits <= 32 ? 0 : high >>> (64 - bits)] as const;
  }).map(([low, high]) => [low | 0, high | 0]);
}

/** Leaves something behind in memory that will be used again: what has to be 0 must be made 0. */
function soil(arena: Arena): void {
  const bytes = 1 << 18;
  const address = arena.allocate(bytes);
  arena.bytes.fill(0xa5, address, address + bytes);
  arena.free(address, bytes);
}

/** The kernels of an engine. */
export function kindOf(engine: EngineName): KernelKind {
  const kind = engine === "js" ? plainKernel : wasmKernel();
  if (kind === undefined) throw new Error("there is no WebAssembly");
  return kind;
}

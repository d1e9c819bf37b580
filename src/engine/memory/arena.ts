/**
 * A memory of the engine: a linear address space, because that is what a WebAssembly kernel can walk.
 *
 * Everything a search may need much of lives in the first one: rows, visited set, tree, interned words, tables. If the
 * visited set outgrows it, that has further ones (annexes.ts). Blocks are whole pages of 4 KiB; freed blocks are used again.
 * Addresses are bytes below 2^32.
 */
import { Budget, CapacityError, showBytes } from "./budget.js";

/** What memory is made of: the fallback's plain buffer, or the kernel's. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
  /** Makes the buffer at least this long; false if that cannot be had. */
  readonly growTo: (bytes: number) => boolean;
}

/** There is memory left, but none that this arena has addresses for. */
export class AddressError extends CapacityError {}

const PAGE = 4096;
/** 32-bit addresses, and a last page that no load may run over. */
export const MAX_BYTES = 2 ** 32 - 2 ** 16;

interface Hole {
  from: number;
  to: number;
}

export class Arena {
  readonly memory: Memory;
  /** All that it has addresses for. */
  readonly maxBytes: number;
  /** What it shares with other arenas of the search. */
  readonly budget: Budget;
  /** Views of all memory; new ones after every {@link allocate} that had to grow it. */
  words: Int32Array;
  bytes: Uint8Array;
  /** In order of address, never touching each other. */
  #holes: Hole[] = [];
  #end = 0;
  #free = 0;
  /** Beyond this, nothing was ever used and all is 0. */
  #dirtyEnd = 0;

  constructor(memory: Memory, maxBytes: number, budget = new Budget(maxBytes)) {
    this.memory = memory;
    this.maxBytes = Math.min(maxBytes, MAX_BYTES);
    this.budget = budget;
    this.words = new Int32Array(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
  }

  /** Bytes in use. */
  get used(): number {
    return this.#end - this.#free;
  }

  /** Bytes of the largest block that can be had within the limit. */
  get room(): number {
    const last = this.#holes.at(-1);
    const end = last?.to === this.#end ? last.from : this.#end;
    const limit = Math.min(this.maxBytes, this.#end + this.budget.left);
    const left = Math.floor((limit - end) / PAGE) * PAGE;
    return this.#holes.reduce((most, { from, to }) => Math.max(most, to - from), left);
  }

  /** The address of a zeroed block. Throws a CapacityError beyond the limit, an AddressError beyond the addresses. */
  allocate(bytes: number): number {
    const address = this.allocateRaw(bytes);
    this.bytes.fill(0, address, Math.min(address + bytes, this.#dirtyEnd));
    return address;
  }

  /** The address of a block with anything in it. Throws as {@link allocate} does. */
  allocateRaw(bytes: number): number {
    const size = Math.ceil(bytes / PAGE) * PAGE;
    const hole = this.#holes.find(({ from, to }) => to - from >= size);
    if (hole !== undefined) {
      const address = hole.from;
      hole.from += size;
      if (hole.from === hole.to) this.#holes.splice(this.#holes.indexOf(hole), 1);
      this.#free -= size;
      this.budget.use(size);
      return address;
    }
    const address = this.#append(size);
    this.budget.use(size);
    return address;
  }

  free(address: number, bytes: number): void {
    const size = Math.ceil(bytes / PAGE) * PAGE;
    this.#dirtyEnd = Math.max(this.#dirtyEnd, address + size);
    this.#free += size;
    this.budget.use(-size);
    this.#holes.push({ from: address, to: address + size });
    this.#holes.sort((a, b) => a.from - b.from);
    this.#holes = this.#holes.reduce<Hole[]>((merged, hole) => {
      const last = merged.at(-1);
      if (last?.to === hole.from) last.to = hole.to;
      else merged.push(hole);
      return merged;
    }, []);
  }

  /**
   * Takes a hole at the end along, so that a table that is freed and allocated larger needs no second place. Throws an
   * AddressError if it is only addresses that are missing.
   */
  #append(size: number): number {
    const last = this.#holes.at(-1);
    const from = last?.to === this.#end ? last.from : this.#end;
    const end = from + size;
    this.budget.mustGrant(end - this.#end);
    if (end > this.maxBytes) {
      throw new AddressError(
        `more than ${showBytes(this.maxBytes)} of rows, tree and tables: they are in one memory, which has no more addresses`,
      );
    }
    if (!this.#growTo(end)) {
      throw new CapacityError(
        `more than the ${showBytes(this.budget.taken)} of memory that the system grants`,
      );
    }
    if (last !== undefined && from < this.#end) {
      this.#holes.pop();
      this.#free -= last.to - last.from;
    }
    this.budget.take(end - this.#end);
    this.#end = end;
    return from;
  }

  #growTo(bytes: number): boolean {
    if (bytes <= this.bytes.length) return true;
    // Seldom and much: what is not used takes no memory, but every time all threads have to take note.
    const roomy = Math.min(this.maxBytes, bytes + bytes / 4);
    if (!this.memory.growTo(roomy) && !this.memory.growTo(bytes)) return false;
    this.words = new Int32Array(this.memory.buffer);
    this.bytes = new Uint8Array(this.memory.buffer);
    return true;
  }
}

/** Memory for the fallback: an array that is replaced by a larger one. */
export class PlainMemory implements Memory {
  buffer = new ArrayBuffer(1 << 20);

  growTo(bytes: number): boolean {
    try {
      const buffer = new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE);
      new Uint8Array(buffer).set(new Uint8Array(this.buffer));
      this.buffer = buffer;
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}

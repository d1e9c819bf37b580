/**
 * The kernel in plain TypeScript: what is used where there is no WebAssembly, and what the other one is tested against.
 */
import { PlainMemory } from "./arena.js";
import { Codec } from "./codec.js";
import { CHUNK_BITS, R, STATUS } from "./control.js";
import { INNER, MOVE, MOVES, moveBytes } from "./footprint-tables.js";
import { hashOf } from "./hash.js";
import { rootBytes } from "./layout.js";
import { TABLE, type Kernel, type KernelInput, type KernelKind } from "./kernel.js";

const LANES = TABLE.bucketBytes / 4;

export const plainKernel: KernelKind = {
  name: "js",
  memory: () => new PlainMemory(),
  kernel: (input) => new PlainKernel(input),
};

class PlainKernel implements Kernel {
  readonly #input: KernelInput;
  readonly #codec: Codec;
  readonly #stride: number;
  readonly #moveBytes: number;
  /** As they are during a call: memory never moves while one runs. */
  #words = new Int32Array(0);
  #bytes = new Uint8Array(0);

  constructor(input: KernelInput) {
    this.#input = input;
    this.#codec = new Codec(input.arena, input.addresses, input.layout);
    this.#stride = rootBytes(input.layout);
    this.#moveBytes = moveBytes(input.layout.leaves);
  }

  expand(): number {
    return this.#moves(false);
  }

  find(): number {
    return this.#moves(true);
  }

  flush(): number {
    const words = this.#look();
    const buffer = this.#input.addresses.buffer >>> 2;
    for (let i = words[R.flushed] as number; i < (words[R.buffered] as number); i++) {
      const low = words[buffer + 2 * i] as number;
      const high = words[buffer + 2 * i + 1] as number;
      words[R.flushed] = i;
      const status = this.#add(low, high);
      if (status === FULL) return STATUS.tableFull;
      if (status === OLD) continue;
      const size = words[R.size] as number;
      this.#write(size, low, high);
      words[R.size] = size + 1;
      if (size >>> 0 >= (words[R.sizeLimit] as number) >>> 0) {
        words[R.flushed] = i + 1;
        return STATUS.limit;
      }
    }
    words[R.flushed] = words[R.buffered] = 0;
    return STATUS.done;
  }

  refill(): number {
    const words = this.#look();
    for (
      ;
      (words[R.row] as number) < (words[R.rowEnd] as number);
      words[R.row] = (words[R.row] as number) + 1
    ) {
      const at = this.#rowAddress(words[R.row] as number);
      if (this.#add(this.#low(at), this.#high(at)) === FULL) return STATUS.tableFull;
    }
    return STATUS.done;
  }

  check(): number {
    const words = this.#look();
    const { processes, rules } = this.#input;
    for (let row = words[R.checked] as number; row < (words[R.size] as number); row++) {
      words[R.checked] = row;
      this.#decode(row);
      for (let rule = words[R.rule] as number; rule < rules; rule++) {
        if ((((words[R.wantedStates] as number) >>> rule) & 1) === 0) continue;
        words[R.rule] = rule;
        const answer = this.#walk(processes + rule);
        if (answer === 0) return STATUS.miss;
        if (words[answer] !== 0) return STATUS.broken;
      }
      words[R.rule] = 0;
    }
    words[R.checked] = words[R.size] as number;
    return STATUS.done;
  }

  #moves(toTarget: boolean): number {
    const words = this.#look();
    const { processes, addresses } = this.#input;
    const buffer = addresses.buffer >>> 2;
    const moved = addresses.moved >>> 2;
    let process = words[R.process] as number;
    let outcome = words[R.outcome] as number;
    const stop = (status: number): number => {
      words[R.process] = process;
      words[R.outcome] = outcome;
      return status;
    };
    for (
      ;
      (words[R.row] as number) < (words[R.rowEnd] as number);
      words[R.row] = (words[R.row] as number) + 1
    ) {
      this.#decode(words[R.row] as number);
      for (; process < processes; process++) {
        const answer = this.#walk(process);
        if (answer === 0) return stop(STATUS.miss);
        const count = words[answer] as number;
        if (count === 0) continue;
        words[R.alive] = 1;
        words[moved + process] = 1;
        for (; outcome < count; outcome++) {
          const move = 4 * answer + MOVES + outcome * this.#moveBytes;
          if (toTarget) {
            this.#codec.successor(move);
            const isTarget =
              this.#codec.low === words[R.targetLow] && this.#codec.high === words[R.targetHigh];
            if (isTarget) return stop(STATUS.found);
            continue;
          }
          if (
            ((words[(move + MOVE.broken) >>> 2] as number) & (words[R.wantedTransitions] as number)) !==
            0
          ) {
            return stop(STATUS.broken);
          }
          const buffered = words[R.buffered] as number;
          if (buffered === words[R.block]) return stop(STATUS.full);
          if (!this.#codec.successor(move)) {
            words[R.fullNode] = this.#codec.fullNode;
            return stop(STATUS.nodeFull);
          }
          words[R.witnessed] =
            (words[R.witnessed] as number) | (words[(move + MOVE.witnessed) >>> 2] as number);
          words[buffer + 2 * buffered] = this.#codec.low;
          words[buffer + 2 * buffered + 1] = this.#codec.high;
          words[R.buffered] = buffered + 1;
        }
        outcome = 0;
      }
      if (words[R.alive] === 0) return stop(STATUS.stuck);
      words[R.alive] = 0;
      process = 0;
    }
    return stop(STATUS.done);
  }

  #look(): Int32Array<ArrayBuffer> {
    this.#bytes = this.#input.arena.bytes;
    return (this.#words = this.#input.arena.words);
  }

  /** The answer of a table for the decoded state, by word; 0 if there is none yet. */
  #walk(table: number): number {
    const words = this.#words;
    const { roots, leaves } = this.#input.addresses;
    const leaf = leaves >>> 2;
    let at = words[(roots >>> 2) + table] as number;
    while (at !== 0 && (at & 1) === 0) {
      const node = at >>> 2;
      const word = words[leaf + (words[node] as number)] as number;
      const id = (word >>> (words[node + 1] as number)) & (words[node + 2] as number);
      const child = (id - (words[node + 3] as number)) >>> 0;
      at = child < (words[node + 4] as number) ? (words[node + INNER.children / 4 + child] as number) : 0;
    }
    return at >>> 2;
  }

  #decode(row: number): void {
    const at = this.#rowAddress(row);
    this.#codec.decode(this.#low(at), this.#high(at));
  }

  #rowAddress(row: number): number {
    const chunk = this.#words[(this.#input.addresses.chunks >>> 2) + (row >>> CHUNK_BITS)] as number;
    return (chunk >>> 0) + (row & ((1 << CHUNK_BITS) - 1)) * this.#stride;
  }

  #low(at: number): number {
    const bytes = this.#bytes;
    return (
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    );
  }

  #high(at: number): number {
    let high = 0;
    for (let i = 4; i < this.#stride; i++) high |= (this.#bytes[at + i] as number) << (8 * (i - 4));
    return high;
  }

  #write(row: number, low: number, high: number): void {
    const bytes = this.#bytes;
    const at = this.#rowAddress(row);
    for (let i = 0; i < 4; i++) bytes[at + i] = low >>> (8 * i);
    for (let i = 4; i < this.#stride; i++) bytes[at + i] = high >>> (8 * (i - 4));
  }

  /** Adds a root word to the visited set (kernel.ts). */
  #add(low: number, high: number): number {
    const words = this.#words;
    const bits = words[R.bucketBits] as number;
    const isWide = words[R.wideEntries] === 1;
    const restLow = (low >>> bits) | (high << (32 - bits));
    const restHigh = high >>> bits;
    const hash = hashOf(restLow, restHigh);
    const buckets = 2 ** bits - 1;
    const stride = ((hash >>> TABLE.strideShift) & TABLE.strideMask) | 1;
    let bucket = (Math.imul(low, TABLE.homeFactor) ^ hash) & buckets;
    const base = (words[R.table] as number) >>> 2;
    const entryHigh = (restHigh << TABLE.strideBits) | (restLow >>> (32 - TABLE.strideBits));
    for (let strides = 1; strides <= TABLE.maxStrides; strides++) {
      const entry = (restLow << TABLE.strideBits) | strides;
      const from = base + bucket * LANES;
      if (isWide) {
        for (let at = from; at < from + LANES; at += 2) {
          if (words[at] === entry && words[at + 1] === entryHigh) return OLD;
          if (words[at] !== 0) continue;
          words[at] = entry;
          words[at + 1] = entryHigh;
          return NEW;
        }
      } else {
        for (let at = from; at < from + LANES; at++) {
          if (words[at] === entry) return OLD;
          if (words[at] !== 0) continue;
          words[at] = entry;
          return NEW;
        }
      }
      bucket = (bucket + stride) & buckets;
    }
    return FULL;
  }
}

const OLD = 0;
const NEW = 1;
const FULL = 2;

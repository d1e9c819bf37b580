/**
 * Shortcuts: what the moves of a process change in the root word, remembered under what they depend on there.
 *
 * The footprint tables know what a process does to components. To use them a state has to be taken apart, a tree to be
 * walked, changed words to be looked up. All that depends on some fields of the root word only: those that hold what the
 * process reads or writes. Where these are as they were before, root word xor change is the successor.
 *
 *   first field   the one that holds what a process reads first; others read there first, too
 *   words         by first field and number | idle: bit p, process p has no moves | slot of a process | slot ... |
 *   slot          | change, 64 bits | link |
 *   link          1: one move, the change | else odd: to a list | even: to the mask of all fields that matter | 0: unknown
 *   pairs         | root word and mask, 64 bits | mask's address | link, 0 for no moves | change, 64 bits |
 *   list          | moves | broken | witnessed | change, 64 bits | ... next move ...
 *
 * For example, with root words of three fields of eight bits, | c | b | a |, and process 4, which reads a first. Numbers are
 * hexadecimal.
 *
 *   a is 05: it makes a 06, whatever b and c are       slot of 05:   change 03 = 05 xor 06, link 1
 *            20 01 05 -> 20 01 05 xor 03 = 20 01 06
 *   a is 07: it cannot move, whatever b and c are      idle of 07:   bit 4 is set; nothing else is looked at
 *   a is 03: it reads b, too, and makes a 04 if b is   slot of 03:   link to the mask 00 ff ff, which is even
 *            01; c does not matter                     pair:         word 00 01 03, that mask, link 1, change 07 = 03 xor 04
 *            20 01 03 and mask = 00 01 03, as in the pair -> 20 01 03 xor 07 = 20 01 04
 *   a is 09: it makes a 0a or 0b                       slot of 09:   link to the list, less 7, which is odd
 *                                                      list:         2 moves, breaks nothing, witnesses nothing, 03, 02
 *
 * Pairs are direct-mapped: the last one stays. What is used together is in one cache line, because the visited set
 * displaces all this from the caches again and again.
 *
 * A memory for the kernel (wasm/move-cache.ts) that says nothing new. It is forgotten when the layout changes or it is
 * full, and every thread has one of its own. The plain kernel does without.
 */
import type { Arena } from "../memory/arena.js";
import { MAX_MADE, R } from "../memory/control-block.js";
import { ROOT, type Field, type Layout, type Node } from "../memory/state-layout.js";

/** What there is about a process, in bytes: its first field, how many numbers there are words for, and where. */
export const FIRST = { shift: 0, mask: 4, limit: 8, stride: 12, idle: 16, slots: 20, bytes: 24 } as const;
/** A process that can make more moves has no shortcut. */
export const LONGEST = MAX_MADE;
const IDLE_BYTES = 8;
export const SLOT = { change: 0, link: 8, bytes: 12 } as const;
export const PAIR = { key: 0, mask: 8, link: 12, change: 16, bytes: 32 } as const;
export const LIST = { moves: 0, broken: 4, witnessed: 8, changes: 16 } as const;
/** The link of a single move that breaks and witnesses nothing. */
export const SINGLE = 1;
/** A link to a list is so much less than its address, which makes it odd. */
export const LINK_OFFSET = 7;
/** What is by number takes at most so many times as many bytes as the pairs. */
const MOST_WORDS = 8;
/** So many times as many numbers as there are by now are expected, and some. */
const MORE_NUMBERS = 4;
const FEW_NUMBERS = 1024;
/** Searches with less than so many times as much memory as shortcuts would take go without. */
const RARITY = 16;
/** Bytes of a cache line. */
const LINE = 64;
/** One bit less than a word of idle processes has, so that "none is left" can be a shift by the number of processes. */
const MAX_PROCESSES = 63;

/** A field of the root word that is the first one of some processes. */
interface FirstField {
  readonly shift: number;
  readonly width: number;
  /** How many numbers to expect. */
  readonly numbers: number;
  readonly processes: readonly number[];
}

/** Where the words for the numbers of a first field are, in bytes from the beginning. */
export interface FirstWords extends FirstField {
  readonly words: number;
  readonly stride: number;
  /** Numbers from here on have no words. */
  readonly limit: number;
}

/** Where the parts are, in bytes from the beginning. */
export interface ShortcutLayout {
  /** The address of what is free in the pool. */
  readonly used: number;
  /** By process, a {@link FIRST}. */
  readonly processes: number;
  readonly fields: readonly FirstWords[];
  /** From here to the pool everything is 0 at first. */
  readonly words: number;
  readonly pairs: number;
  /** log2 of how many there are. */
  readonly pairBits: number;
  /** Lists and masks. */
  readonly pool: number;
  readonly bytes: number;
}

export class Shortcuts {
  readonly #arena: Arena;
  readonly #threads: number;
  readonly #bits: number;
  /** By process, the component that it reads first; undefined if it never ran. */
  readonly #firstReads: (number | undefined)[];
  #address = 0;
  #layout: ShortcutLayout | undefined;

  /** @param bits log2 of the bytes of the pairs, and of the pool; what is by number may take eight times as many */
  constructor(arena: Arena, processes: number, threads: number, bits: number) {
    this.#arena = arena;
    this.#threads = threads;
    this.#bits = bits;
    this.#firstReads = Array.from({ length: processes }, () => undefined);
  }

  /** Undefined if there are none. */
  get layout(): ShortcutLayout | undefined {
    return this.#layout;
  }

  /** Notes what a process reads first. All of them run in the initial state, before there is a kernel for shortcuts. */
  meet(process: number, component: number | undefined): void {
    this.#firstReads[process] ??= component;
  }

  /**
   * Forgets everything: for another layout.
   * @param words interned words of each node so far
   */
  forget(layout: Layout, words: readonly number[]): void {
    const arena = this.#arena;
    if (this.#layout !== undefined) arena.free(this.#address, this.#layout.bytes * this.#threads);
    this.#layout = undefined;
    const parts = partsOf(firstFields(layout, this.#firstReads, words), this.#firstReads.length, this.#bits);
    const { bytes } = parts;
    const isRare = bytes * this.#threads * RARITY <= arena.maxBytes;
    if (!isRare || this.#firstReads.length > MAX_PROCESSES) return;
    this.#layout = parts;
    this.#address = arena.allocate(bytes * this.#threads);
    arena.words[R.shortcuts] = this.#address;
    arena.words[R.shortcutBytes] = bytes;
    for (let thread = 0; thread < this.#threads; thread++)
      this.#prepare(this.#address + thread * bytes, parts);
  }

  /** Enters where everything is. */
  #prepare(address: number, { used, pool, fields, processes: first }: ShortcutLayout): void {
    const { words: memory } = this.#arena;
    memory[(address + used) >>> 2] = address + pool;
    for (const { shift, width, processes, words, stride, limit } of fields) {
      processes.forEach((process, i) => {
        const idle = address + words;
        const slots = idle + IDLE_BYTES + i * SLOT.bytes;
        const at = address + first + process * FIRST.bytes;
        memory.set([shift, 2 ** width - 1, limit, stride, idle, slots], at >>> 2);
      });
    }
  }
}

function firstFields(
  layout: Layout,
  firstReads: readonly (number | undefined)[],
  words: readonly number[],
): FirstField[] {
  const fields = new Map<number, FirstField & { processes: number[] }>();
  firstReads.forEach((component, process) => {
    if (component === undefined) return;
    const { shift, width, numbers } = rootFieldOf(layout, component, words);
    const field = fields.get(shift) ?? { shift, width, numbers, processes: [] };
    field.processes.push(process);
    fields.set(shift, field);
  });
  return [...fields.values()];
}

/** The field of the root word that holds a component, or the number of a word with it in it. */
function rootFieldOf(
  { fields, nodes }: Layout,
  component: number,
  words: readonly number[],
): Omit<FirstField, "processes"> {
  const { word, shift, width } = fields[component] as Field;
  let at = word >>> 1;
  if (nodes[at] === undefined) return { shift: 32 * word + shift, width, numbers: 2 ** width };
  while (nodes[at]?.parent !== ROOT) at = (nodes[at] as Node).parent;
  const top = nodes[at] as Node;
  const numbers = Math.min(2 ** top.width, (words[at] ?? 0) * MORE_NUMBERS + FEW_NUMBERS);
  return { shift: top.shift, width: top.width, numbers };
}

/** A mask of the field of the root word that holds the number of a leaf, or of a word with that in it. */
export function rootMaskOf({ nodes }: Layout, leaf: number): bigint {
  let node = nodes[leaf] as Node;
  while (node.parent !== ROOT) node = nodes[node.parent] as Node;
  return ((1n << BigInt(node.width)) - 1n) << BigInt(node.shift);
}

function partsOf(fields: readonly FirstField[], processes: number, bits: number): ShortcutLayout {
  const size = 2 ** bits;
  const used = 0;
  const first = 8;
  const words = Math.ceil((first + processes * FIRST.bytes) / LINE) * LINE;
  const strides = fields.map((field) => IDLE_BYTES + field.processes.length * SLOT.bytes);
  const most = Math.floor((size * MOST_WORDS) / strides.reduce((sum, stride) => sum + stride, 0));
  let end = words;
  const withWords = fields.map((field, i) => {
    const [from, stride] = [end, strides[i] as number];
    const limit = Math.min(field.numbers, most);
    end += limit * stride;
    return { ...field, words: from, stride, limit };
  });
  const pairs = Math.ceil(end / LINE) * LINE;
  return {
    used,
    processes: first,
    fields: withWords,
    words,
    pairs,
    pairBits: bits - Math.log2(PAIR.bytes),
    pool: pairs + size,
    bytes: pairs + 2 * size,
  };
}

/**
 * The part of the WebAssembly kernel that makes shortcuts (move-cache.ts) of what it has learned from the tables.
 */
import { INNER, MOVE, MOVES, moveBytes } from "../../oracle/answer-tables.js";
import type { KernelInput } from "../kernel.js";
import type { Layout } from "../../memory/state-layout.js";
import {
  LINK_OFFSET,
  LIST,
  LONGEST,
  PAIR,
  rootMaskOf,
  SINGLE,
  SLOT,
  type ShortcutLayout,
} from "../move-cache.js";
import { FunctionBuilder, Label, type Code, type Local } from "./assembler.js";
import {
  block,
  branch,
  branchIf,
  fill,
  get,
  i32,
  i64,
  increment,
  leave,
  loop,
  ONE,
  set,
  when,
  ZERO,
} from "./instructions.js";
import { SlotCode } from "./move-cache.js";

const NOTHING = i64.constant(0n);
const ALL = i64.constant(-1n);

/**
 * `shorten(memory, lane, process, root word, answer)`: makes a shortcut of an answer whose moves the lane has just made.
 * The lane's leaf words are those of the root word.
 */
export function shortenFunction(
  index: number,
  input: KernelInput,
  shortcuts: ShortcutLayout,
): FunctionBuilder {
  const f = new FunctionBuilder("shorten", index, ["i32", "i32", "i32", "i64", "i32"], "i32");
  f.body = new ShortenCode(f, input, shortcuts).body();
  return f;
}

class ShortenCode {
  readonly #input: KernelInput;
  readonly #shortcuts: ShortcutLayout;
  readonly #slots: SlotCode;
  readonly #area: Local;
  readonly #lane: Local;
  readonly #process: Local;
  readonly #root: Local;
  readonly #answer: Local;
  /** The address of the successor at hand. */
  readonly #successor: Local;
  /** Of the fields that matter. */
  readonly #mask: Local;
  readonly #broken: Local;
  readonly #witnessed: Local;
  readonly #used: Local;
  readonly #link: Local;
  readonly #change: Local;
  /** Of what is still to be done. */
  readonly #left: Local;
  /** For walks. */
  readonly #at: Local;
  readonly #word: Local;

  constructor(f: FunctionBuilder, input: KernelInput, shortcuts: ShortcutLayout) {
    const [area, lane, process, root, answer] = f.parameters as [Local, Local, Local, Local, Local];
    this.#input = input;
    this.#shortcuts = shortcuts;
    this.#slots = new SlotCode(f, shortcuts, area);
    this.#area = area;
    this.#lane = lane;
    this.#process = process;
    this.#root = root;
    this.#answer = answer;
    this.#successor = f.local("i32");
    this.#mask = f.local("i64");
    this.#change = f.local("i64");
    this.#broken = f.local("i32");
    this.#witnessed = f.local("i32");
    this.#used = f.local("i32");
    this.#link = f.local("i32");
    this.#left = f.local("i32");
    this.#at = f.local("i32");
    this.#word = f.local("i32");
  }

  body(): Code {
    const { lane } = this.#input.addresses;
    const isSingle = i32.and(
      i32.eq(this.#count, ONE),
      i32.eqz(i32.or(get(this.#broken), get(this.#witnessed))),
    );
    return [
      when(i32.lt(i32.constant(LONGEST), this.#count), leave(ZERO)),
      this.#slots.findSlot(this.#process, this.#root, leave(ZERO)),
      this.#readFields(),
      this.#readMoves(),
      this.#makeRoom(),
      set(this.#successor, i32.add(get(this.#lane), i32.constant(lane.made))),
      when(
        this.#count,
        this.#takeChange(),
        set(this.#link, i32.constant(SINGLE)),
        when(i32.eqz(isSingle), this.#writeList()),
      ),
      this.#enter(),
      i32.store(get(this.#area), get(this.#used), this.#shortcuts.used),
      ZERO,
    ];
  }

  get #count(): Code {
    return i32.load(get(this.#answer));
  }

  /** Masks the fields that the process's walk through the footprint tables has come by. */
  #readFields(): Code {
    const { layout, addresses } = this.#input;
    const inner = (word: number) => i32.load(get(this.#at), word);
    const [done, next] = [new Label(), new Label()];
    const leafWord = i32.load(
      i32.add(get(this.#lane), i32.shl(get(this.#word), i32.constant(2))),
      addresses.lane.leaves,
    );
    const id = i32.and(i32.shr(leafWord, inner(INNER.shift)), inner(INNER.mask));
    const child = i32.shl(i32.sub(id, inner(INNER.first)), i32.constant(2));
    const shift = i32.add(inner(INNER.shift), i32.shl(get(this.#word), i32.constant(5)));
    return [
      set(this.#at, i32.load(i32.shl(get(this.#process), i32.constant(2)), addresses.roots)),
      block(
        done,
        loop(
          next,
          branchIf(i32.and(get(this.#at), ONE), done),
          set(this.#word, inner(INNER.word)),
          layout.nodes.length === 0
            ? this.#include(i64.shl(i64.extend(inner(INNER.mask)), i64.extend(shift)))
            : forEachLeaf(layout, (leaf) =>
                when(
                  i32.eq(i32.shr(get(this.#word), ONE), i32.constant(leaf)),
                  this.#include(i64.constant(rootMaskOf(layout, leaf))),
                ),
              ),
          set(this.#at, i32.load(i32.add(get(this.#at), child), INNER.children)),
          branch(next),
        ),
      ),
    ];
  }

  /** Takes over what the moves break and witness, and masks what they write: other parts of the same word stay. */
  #readMoves(): Code {
    const { layout } = this.#input;
    const ofMove = (word: number) => i32.load(get(this.#at), word);
    const kept = (leaf: number) => i64.load(get(this.#at), MOVE.leaves + leaf * MOVE.leafBytes);
    return [
      set(this.#at, i32.add(get(this.#answer), i32.constant(MOVES))),
      this.#forEachMove(
        set(this.#broken, i32.or(get(this.#broken), ofMove(MOVE.broken))),
        set(this.#witnessed, i32.or(get(this.#witnessed), ofMove(MOVE.witnessed))),
        layout.nodes.length === 0
          ? this.#include(i64.xor(kept(0), ALL))
          : forEachLeaf(layout, (leaf) =>
              when(i64.ne(kept(leaf), ALL), this.#include(i64.constant(rootMaskOf(layout, leaf)))),
            ),
        increment(this.#at, moveBytes(layout.leaves)),
      ),
    ];
  }

  #include(mask: Code): Code {
    return set(this.#mask, i64.or(get(this.#mask), mask));
  }

  /** Forgets everything if there might be too little room for a list and a mask. */
  #makeRoom(): Code {
    const { words, pool, bytes, used } = this.#shortcuts;
    const list = i32.add(i32.shl(this.#count, i32.constant(3)), i32.constant(LIST.changes));
    const needed = i32.add(list, i32.constant(8));
    const inArea = (offset: number) => i32.add(get(this.#area), i32.constant(offset));
    return [
      set(this.#used, i32.load(get(this.#area), used)),
      when(
        i32.lt(inArea(bytes), i32.add(get(this.#used), needed)),
        fill(inArea(words), ZERO, i32.constant(pool - words)),
        set(this.#used, inArea(pool)),
      ),
    ];
  }

  #takeChange(): Code {
    return set(this.#change, i64.xor(get(this.#root), i64.load(get(this.#successor))));
  }

  #writeList(): Code {
    const values = [
      [LIST.moves, this.#count],
      [LIST.broken, get(this.#broken)],
      [LIST.witnessed, get(this.#witnessed)],
    ] as const;
    return [
      set(this.#link, i32.sub(get(this.#used), i32.constant(LINK_OFFSET))),
      values.map(([word, value]) => i32.store(get(this.#used), value, word)),
      increment(this.#used, LIST.changes),
      this.#forEachMove(
        this.#takeChange(),
        i64.store(get(this.#used), get(this.#change)),
        increment(this.#used, 8),
        increment(this.#successor, 8),
      ),
    ];
  }

  /** Enters link and change: in the slot if only the first field matters, otherwise in a pair. */
  #enter(): Code {
    const { slot, key, pair } = this.#slots;
    const bit = i64.shl(i64.constant(1n), i64.extend(get(this.#process)));
    const [done, masked] = [new Label(), new Label()];
    const mask = this.#at;
    return block(
      done,
      set(mask, i32.load(get(slot), SLOT.link)),
      block(
        masked,
        branchIf(get(mask), masked),
        branchIf(i64.ne(get(this.#mask), this.#slots.firstMask()), masked),
        i32.store(get(slot), get(this.#link), SLOT.link),
        i64.store(get(slot), get(this.#change), SLOT.change),
        branchIf(get(this.#link), done),
        set(slot, this.#slots.idle()),
        i64.store(get(slot), i64.or(i64.load(get(slot)), bit)),
        branch(done),
      ),
      // What is in a slot is never made again.
      branchIf(i32.and(get(mask), ONE), done),
      when(
        i32.eqz(get(mask)),
        set(mask, get(this.#used)),
        i64.store(get(mask), NOTHING),
        increment(this.#used, 8),
        i32.store(get(slot), get(mask), SLOT.link),
      ),
      i64.store(get(mask), i64.or(i64.load(get(mask)), get(this.#mask))),
      this.#slots.findPair(mask, this.#root),
      i64.store(get(pair), get(key), PAIR.key),
      i32.store(get(pair), get(mask), PAIR.mask),
      i32.store(get(pair), get(this.#link), PAIR.link),
      i64.store(get(pair), get(this.#change), PAIR.change),
    );
  }

  #forEachMove(...body: readonly Code[]): Code {
    const [done, next] = [new Label(), new Label()];
    return [
      set(this.#left, this.#count),
      block(
        done,
        loop(next, branchIf(i32.eqz(get(this.#left)), done), body, increment(this.#left, -1), branch(next)),
      ),
    ];
  }
}

function forEachLeaf({ leaves }: Layout, body: (leaf: number) => Code): Code {
  return Array.from({ length: leaves }, (_, leaf) => body(leaf));
}

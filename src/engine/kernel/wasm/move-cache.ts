/**
 * The part of the WebAssembly kernel that takes shortcuts (move-cache.ts). How they are made: wasm/move-cache-recorder.ts.
 */
import { R } from "../../memory/control-block.js";
import { FIRST, LINK_OFFSET, LIST, PAIR, SLOT, type ShortcutLayout } from "../move-cache.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
import { block, branch, branchIf, get, i32, i64, increment, ONE, set, when } from "./instructions.js";
import { register } from "./state.js";

/** 2^64 by the golden ratio. */
const FACTOR = 0x9e3779b97f4a7c15n;
/** A mask's address is hashed with what is masked: above the fields, which are in the lower bits. */
const SALT = 32n;

/** Finds slots and pairs. */
export class SlotCode {
  /** The slot's address. */
  readonly slot: Local;
  /** A root word and mask, and the address of the pair for it. */
  readonly key: Local;
  readonly pair: Local;
  readonly #layout: ShortcutLayout;
  /** The memory's address, and that of the process in it. */
  readonly #area: Local;
  readonly #process: Local;
  readonly #number: Local;

  constructor(f: FunctionBuilder, layout: ShortcutLayout, area: Local) {
    this.#layout = layout;
    this.#area = area;
    this.#process = f.local("i32");
    this.#number = f.local("i32");
    this.slot = f.local("i32");
    this.key = f.local("i64");
    this.pair = f.local("i32");
  }

  /** Finds the slot of a process for a root word; `ifNone` has to leave. */
  findSlot(process: Local, root: Local, ifNone: Code): Code {
    const number = i32.wrap(i64.shr(get(root), i64.extend(this.#first(FIRST.shift))));
    return [
      set(this.#process, i32.add(get(this.#area), i32.mul(get(process), i32.constant(FIRST.bytes)))),
      set(this.#number, i32.and(number, this.#first(FIRST.mask))),
      when(i32.ge(get(this.#number), this.#first(FIRST.limit)), ifNone),
      set(this.slot, this.#atNumber(FIRST.slots)),
    ];
  }

  /** The address of the word that says which processes are idle, for the process and the number found last. */
  idle(): Code {
    return this.#atNumber(FIRST.idle);
  }

  /** A mask of the first field of the process found last. */
  firstMask(): Code {
    return i64.shl(i64.extend(this.#first(FIRST.mask)), i64.extend(this.#first(FIRST.shift)));
  }

  /** Finds the pair for a root word and the mask at an address. */
  findPair(mask: Local, root: Local): Code {
    const { pairs, pairBits } = this.#layout;
    const salted = i64.xor(get(this.key), i64.shl(i64.extend(get(mask)), i64.constant(SALT)));
    const hash = i64.shr(i64.mul(salted, i64.constant(FACTOR)), i64.constant(64n - BigInt(pairBits)));
    const offset = i32.mul(i32.wrap(hash), i32.constant(PAIR.bytes));
    return [
      set(this.key, i64.and(get(root), i64.load(get(mask)))),
      set(this.pair, i32.add(i32.add(get(this.#area), offset), i32.constant(pairs))),
    ];
  }

  #first(word: number): Code {
    return i32.load(get(this.#process), this.#layout.processes + word);
  }

  #atNumber(word: number): Code {
    return i32.add(this.#first(word), i32.mul(get(this.#number), this.#first(FIRST.stride)));
  }
}

/** Takes shortcuts. */
export class ShortcutCode {
  /** The memory's address. */
  readonly area: Local;
  /** What was found: the link, and the change that it may be about. */
  readonly link: Local;
  readonly change: Local;
  readonly #layout: ShortcutLayout;
  readonly #slots: SlotCode;
  readonly #number: Local;

  constructor(f: FunctionBuilder, layout: ShortcutLayout) {
    this.#layout = layout;
    this.area = f.local("i32");
    this.link = f.local("i32");
    this.change = f.local("i64");
    this.#number = f.local("i32");
    this.#slots = new SlotCode(f, layout, this.area);
  }

  /** To be run once, before shortcuts are taken. `thread`: whose. */
  prepare(thread: Code): Code {
    const offset = i32.mul(thread, register(R.shortcutBytes));
    return set(this.area, i32.add(register(R.shortcuts), offset));
  }

  /** Drops the bits of the processes that are known to be idle in a root word. */
  dropIdle(root: Local, processes: Local): Code {
    const number = get(this.#number);
    return this.#layout.fields.map(({ shift, width, words, stride, limit }) => {
      const at = i32.add(get(this.area), i32.mul(number, i32.constant(stride)));
      const shifted = i32.wrap(i64.shr(get(root), i64.constant(BigInt(shift))));
      return [
        set(this.#number, i32.and(shifted, i32.constant(2 ** width - 1))),
        when(
          i32.lt(number, i32.constant(limit)),
          set(processes, i64.without(get(processes), i64.load(at, words))),
        ),
      ];
    });
  }

  /** Finds what a process does to a root word: the link, 0 for no moves, and the change; branches if it is not known. */
  find(process: Local, root: Local, unknown: Label): Code {
    const found = new Label();
    const { slot, key, pair } = this.#slots;
    const link = get(this.link);
    return [
      this.#slots.findSlot(process, root, branch(unknown)),
      set(this.link, i32.load(get(slot), SLOT.link)),
      set(this.change, i64.load(get(slot), SLOT.change)),
      block(
        found,
        branchIf(i32.and(link, ONE), found),
        branchIf(i32.eqz(link), unknown),
        this.#slots.findPair(this.link, root),
        branchIf(i64.ne(i64.load(get(pair), PAIR.key), get(key)), unknown),
        branchIf(i32.ne(i32.load(get(pair), PAIR.mask), link), unknown),
        set(this.link, i32.load(get(pair), PAIR.link)),
        set(this.change, i64.load(get(pair), PAIR.change)),
      ),
    ];
  }

  /** A word of the list that was found. */
  ofList(word: number): Code {
    return i32.load(get(this.link), LINK_OFFSET + word);
  }

  /** Takes the next change of the list that was found. */
  nextOfList(): Code {
    return [set(this.change, i64.load(get(this.link), LINK_OFFSET + LIST.changes)), increment(this.link, 8)];
  }
}

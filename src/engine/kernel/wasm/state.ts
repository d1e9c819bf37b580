/**
 * The parts of the WebAssembly kernel that know the layout: rows, fields, walks, successors.
 *
 * Shifts, masks and the number of leaves become constants of the emitted code; whatever grows (tables, nodes, chunks)
 * is read from the control block.
 */
import { NODE, ROW_BYTES, type Addresses } from "../../memory/control-block.js";
import { INNER, MOVE } from "../../oracle/answer-tables.js";
import { HASH } from "../../memory/hash.js";
import { ROOT, type Layout, type Node } from "../../memory/state-layout.js";
import { FunctionBuilder, Label, type Code, type Local } from "./assembler.js";
import {
  block,
  branch,
  branchIf,
  call,
  get,
  i32,
  i64,
  increment,
  leave,
  loop,
  set,
  tee,
  when,
  ZERO,
} from "./instructions.js";

/** A register's value, and the code that replaces it. */
export const register = (word: number): Code => i32.load(ZERO, 4 * word);
export const setRegister = (word: number, value: Code): Code => i32.store(ZERO, value, 4 * word);

/** The same for a register of the lane at an address. */
export const laneRegister = (lane: Local, word: number): Code => i32.load(get(lane), 4 * word);
export const setLaneRegister = (lane: Local, word: number, value: Code): Code =>
  i32.store(get(lane), value, 4 * word);

/** The hash of hash.ts of a local, left in another. */
export function hash(word: Local, into: Local): Code {
  const low = i32.wrap(get(word));
  const high = i32.wrap(i64.shr(get(word), i64.constant(32n)));
  const mixed = i32.xor(low, i32.mul(high, i32.constant(HASH.high)));
  return [
    set(into, i32.mul(mixed, i32.constant(HASH.first))),
    set(into, i32.xor(get(into), i32.shr(get(into), i32.constant(HASH.shift)))),
    set(into, i32.mul(get(into), i32.constant(HASH.second))),
    set(into, i32.xor(get(into), i32.shr(get(into), i32.constant(HASH.last)))),
  ];
}

/** The address of a row. */
export function rowAddress({ chunks, chunkBits }: Addresses, row: Code): Code {
  const chunk = i32.load(i32.shl(i32.shr(row, i32.constant(chunkBits)), i32.constant(2)), chunks);
  const within = i32.and(row, i32.constant(2 ** chunkBits - 1));
  return i32.add(chunk, i32.mul(within, i32.constant(ROW_BYTES)));
}

/** The root word of a row. */
export function loadRow(addresses: Addresses, row: Code): Code {
  return i64.load(rowAddress(addresses, row));
}

/** Sets a bit of a lane's: the `number`-th from an offset on. */
export function setBit(lane: Local, number: Local, offset: number): Code {
  const at = i32.add(get(lane), i32.shr(get(number), i32.constant(3)));
  const bit = i32.shl(i32.constant(1), i32.and(get(number), i32.constant(7)));
  return i32.store8(at, i32.or(i32.load8(at, offset), bit), offset);
}

function maskOf(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

function field(word: Code, { shift, width }: Node): Code {
  return i32.wrap(i64.and(i64.shr(word, i64.constant(BigInt(shift))), i64.constant(maskOf(width))));
}

function withField(word: Code, { shift, width }: Node, value: Code): Code {
  const keep = i64.constant(~(maskOf(width) << BigInt(shift)));
  return i64.or(i64.and(word, keep), i64.shl(i64.extend(value), i64.constant(BigInt(shift))));
}

/** `walk(lane, table) -> address of the answer`, 0 if there is none: answer-tables.ts, for the lane's leaf words. */
export function walkFunction(index: number, { roots, lane: { leaves } }: Addresses): FunctionBuilder {
  const walk = new FunctionBuilder("walk", index, ["i32", "i32"], "i32");
  const [lane, table] = walk.parameters as [Local, Local];
  const at = walk.local("i32");
  const child = walk.local("i32");
  const [miss, next] = [new Label(), new Label()];
  const word = i32.load(i32.add(get(lane), i32.shl(i32.load(get(at), INNER.word), i32.constant(2))), leaves);
  const id = i32.and(i32.shr(word, i32.load(get(at), INNER.shift)), i32.load(get(at), INNER.mask));
  walk.body = [
    set(at, i32.load(i32.shl(get(table), i32.constant(2)), roots)),
    block(
      miss,
      loop(
        next,
        when(i32.and(get(at), i32.constant(1)), leave(i32.and(get(at), i32.constant(-2)))),
        branchIf(i32.eqz(get(at)), miss),
        set(child, i32.sub(id, i32.load(get(at), INNER.first))),
        branchIf(i32.ge(get(child), i32.load(get(at), INNER.ids)), miss),
        set(at, i32.load(i32.add(get(at), i32.shl(get(child), i32.constant(2))), INNER.children)),
        branch(next),
      ),
    ),
    ZERO,
  ];
  return walk;
}

/**
 * `intern(node's words, word) -> its number`, -1 if it is new and there is no room for it: intern-table.ts. Where others
 * look words up at the same time none may be interned: there it is -1 for every new one.
 */
export function internFunction(index: number, interns: boolean): FunctionBuilder {
  const intern = new FunctionBuilder(interns ? "intern" : "lookUp", index, ["i32", "i64"], "i32");
  const [node, word] = intern.parameters as [Local, Local];
  const [keys, slots, mask, slot, number] = [0, 1, 2, 3, 4].map(() => intern.local("i32")) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [free, next] = [new Label(), new Label()];
  const slotAddress = i32.add(get(slots), i32.shl(get(slot), i32.constant(2)));
  const key = (of: Code): Code => i32.add(get(keys), i32.shl(of, i32.constant(3)));
  intern.body = [
    set(keys, i32.load(get(node), NODE.keys)),
    set(slots, i32.load(get(node), NODE.slots)),
    set(mask, i32.load(get(node), NODE.mask)),
    hash(word, slot),
    block(
      free,
      loop(
        next,
        set(slot, i32.and(get(slot), get(mask))),
        branchIf(i32.eqz(tee(number, i32.load(slotAddress))), free),
        increment(number, -1),
        when(i64.eq(i64.load(key(get(number))), get(word)), leave(get(number))),
        increment(slot),
        branch(next),
      ),
    ),
    interns
      ? [
          set(number, i32.load(get(node), NODE.count)),
          when(i32.ge(get(number), i32.load(get(node), NODE.capacity)), leave(i32.constant(-1))),
          i64.store(key(get(number)), get(word)),
          i32.store(slotAddress, i32.add(get(number), i32.constant(1))),
          i32.store(get(node), i32.add(get(number), i32.constant(1)), NODE.count),
          get(number),
        ]
      : i32.constant(-1),
  ];
  return intern;
}

/** The words of the decoded state, in locals: the root's, and every node's. */
export class StateCode {
  readonly root: Local;
  readonly #intern: FunctionBuilder;
  readonly #addresses: Addresses;
  readonly #layout: Layout;
  readonly #words: readonly Local[];
  readonly #nextWords: readonly Local[];
  readonly #number: Local;

  constructor(of: FunctionBuilder, intern: FunctionBuilder, addresses: Addresses, layout: Layout) {
    const words = Math.max(1, layout.nodes.length);
    this.#intern = intern;
    this.#addresses = addresses;
    this.#layout = layout;
    this.root = of.local("i64");
    this.#number = of.local("i32");
    this.#words = Array.from({ length: words }, () => of.local("i64"));
    this.#nextWords = Array.from({ length: words }, () => of.local("i64"));
  }

  /** Loads the root word of a row. */
  load(row: Code): Code {
    return set(this.root, loadRow(this.#addresses, row));
  }

  /** Takes the root word apart, and writes its leaf words to where walks of the lane read them. */
  decode(lane: Local): Code {
    const { nodes, leaves } = this.#layout;
    const words = [...nodes.keys()].reverse().map((i) => {
      const node = nodes[i] as Node;
      const number = field(get(node.parent === ROOT ? this.root : this.#word(node.parent)), node);
      const keys = i32.load(i32.constant(this.#node(i)), NODE.keys);
      return set(this.#word(i), i64.load(i32.add(keys, i32.shl(number, i32.constant(3)))));
    });
    const inMemory = Array.from({ length: leaves }, (_, i) =>
      i64.store(get(lane), get(this.#word(i)), this.#addresses.lane.leaves + 8 * i),
    );
    return [nodes.length === 0 ? set(this.#word(0), get(this.root)) : words, inMemory];
  }

  /**
   * Leaves the root word that the move at an address leads to in a local; `ifNone` is for a word without a number. A number
   * fits its field, because it is below the node's capacity (intern-table.ts).
   */
  successor(move: Local, into: Local, ifNone: (node: number) => Code): Code {
    const { nodes, leaves } = this.#layout;
    const changed = Array.from({ length: leaves }, (_, i) => {
      const offset = MOVE.leaves + i * MOVE.leafBytes;
      const kept = i64.and(get(this.#word(i)), i64.load(get(move), offset));
      return set(this.#next(i), i64.or(kept, i64.load(get(move), offset + 8)));
    });
    const unchanged = [...nodes.keys()].slice(leaves).map((i) => set(this.#next(i), get(this.#word(i))));
    if (nodes.length === 0) return [changed, set(into, get(this.#next(0)))];
    return [
      changed,
      unchanged,
      set(into, get(this.root)),
      nodes.map((node, i) => {
        const parent = node.parent === ROOT ? into : this.#next(node.parent);
        return when(
          i64.ne(get(this.#next(i)), get(this.#word(i))),
          set(this.#number, call(this.#intern, i32.constant(this.#node(i)), get(this.#next(i)))),
          when(i32.eq(get(this.#number), i32.constant(-1)), ifNone(i)),
          set(parent, withField(get(parent), node, get(this.#number))),
        );
      }),
    ];
  }

  #node(i: number): number {
    return this.#addresses.nodes + i * NODE.bytes;
  }

  #word(i: number): Local {
    return this.#words[i] as Local;
  }

  #next(i: number): Local {
    return this.#nextWords[i] as Local;
  }
}

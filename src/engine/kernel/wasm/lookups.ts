/**
 * How the WebAssembly kernel looks successors up by the thousand, so that loads from memory overlap; what it does with
 * those that are new is in wasm/buffers.ts. How a single word is looked up is in wasm/visited.ts.
 */
import { LANE, R, SEGMENT_BITS, type Addresses, type LaneLayout } from "../../memory/control-block.js";
import type { KernelInput } from "../kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
import { block, branch, branchIf, get, i32, i64, increment, loop, ONE, set, ZERO } from "./instructions.js";
import { laneRegister, register, setLaneRegister } from "./state.js";
import { VisitedCode, type Outcomes } from "./visited.js";

/** The buffered successors of a lane, one after another. */
export class Successors {
  readonly word: Local;
  readonly at: Local;
  readonly #end: Local;
  readonly #lane: Local;
  readonly #buffer: number;
  readonly #places: number;

  constructor(f: FunctionBuilder, lane: Local, { lane: { buffer, places } }: Addresses) {
    this.word = f.local("i64");
    this.at = f.local("i32");
    this.#end = f.local("i32");
    this.#lane = lane;
    this.#buffer = buffer;
    this.#places = places;
  }

  /** Has `at` go from one on to the last. */
  forEach(first: Code, ...body: readonly Code[]): Code {
    const [done, next] = [new Label(), new Label()];
    return [
      set(this.at, first),
      set(this.#end, laneRegister(this.#lane, LANE.buffered)),
      block(
        done,
        loop(
          next,
          branchIf(i32.ge(get(this.at), get(this.#end)), done),
          body,
          increment(this.at),
          branch(next),
        ),
      ),
    ];
  }

  /** Loads the word of the one at `at`. */
  load(): Code {
    const offset = i32.shl(get(this.at), i32.constant(3));
    return set(this.word, i64.load(i32.add(get(this.#lane), offset), this.#buffer));
  }

  place(): Code {
    const offset = i32.shl(get(this.at), i32.constant(2));
    return i32.load(i32.add(get(this.#lane), offset), this.#places);
  }
}

/**
 * Looks successors of a lane up, those of one part of the visited set.
 *
 *   list     which ones are they, and where is the bucket of each? Without a branch, which no processor could predict
 *   touch    load from their buckets. A processor goes on for some hundred instructions while a load waits for memory: the
 *            fewer there are to a touch, the more loads overlap
 *   add      look for each in its bucket, which by now is in the cache
 *
 *   memory of a thread   | address | address | ... | number | number | ...      32 and 16 bits each
 */
export class LookupCode {
  readonly successors: Successors;
  readonly #lane: Local;
  readonly #layout: LaneLayout;
  readonly #visited: VisitedCode;
  /** The thread's memory. */
  readonly #list: Local;
  /** How many are in the list, and which one is at hand. */
  readonly #count: Local;
  readonly #at: Local;
  readonly #address: Local;
  readonly #end: Local;
  readonly #touched: Local;

  constructor(f: FunctionBuilder, lane: Local, { addresses }: KernelInput, isWide: boolean) {
    this.#lane = lane;
    this.#layout = addresses.lane;
    this.#visited = new VisitedCode(f, addresses, isWide);
    this.successors = new Successors(f, lane, addresses);
    [this.#list, this.#count, this.#at, this.#address, this.#end, this.#touched] = Array.from(
      { length: 6 },
      () => f.local("i32"),
    ) as [Local, Local, Local, Local, Local, Local];
  }

  /** To be run once. */
  prepare(thread: Code): Code {
    const list = i32.add(register(R.lists), i32.mul(thread, i32.constant(this.#layout.list)));
    return [this.#visited.prepare(), set(this.#list, list)];
  }

  /** Segment s belongs to part (s * parts) >> 6: that of the place at hand. */
  partOf(parts: Local): Code {
    return i32.shr(i32.mul(this.#visited.segment(), get(parts)), i32.constant(SEGMENT_BITS));
  }

  /** Looks up those from one on for which `isOwn` leaves 1. */
  run(from: Code, isOwn: Code, outcomes: Outcomes): Code {
    return [this.#makeList(from, isOwn), this.#touch(), this.#add(outcomes)];
  }

  #makeList(from: Code, isOwn: Code): Code {
    return [
      set(this.#count, ZERO),
      this.successors.forEach(
        from,
        set(this.#visited.place, this.successors.place()),
        i32.store(this.#addressOf(this.#count), this.#visited.home()),
        i32.store16(this.#numberOf(this.#count), get(this.successors.at), this.#layout.numbers),
        set(this.#count, i32.add(get(this.#count), isOwn)),
      ),
    ];
  }

  /** Four at a time. Behind the last one there may be addresses of an earlier list, or 0: they do no harm. */
  #touch(): Code {
    const [done, next] = [new Label(), new Label()];
    const loads = [0, 4, 8, 12].map((offset) => i32.load(i32.load(get(this.#address), offset)));
    return [
      set(this.#address, get(this.#list)),
      set(this.#end, this.#addressOf(this.#count)),
      block(
        done,
        loop(
          next,
          branchIf(i32.ge(get(this.#address), get(this.#end)), done),
          set(
            this.#touched,
            loads.reduce((a, b) => i32.xor(a, b), get(this.#touched)),
          ),
          increment(this.#address, 16),
          branch(next),
        ),
      ),
      // What was touched has to go somewhere, or it would not be loaded.
      setLaneRegister(this.#lane, LANE.touched, get(this.#touched)),
    ];
  }

  #add(outcomes: Outcomes): Code {
    const [done, next] = [new Label(), new Label()];
    return [
      set(this.#at, ZERO),
      block(
        done,
        loop(
          next,
          branchIf(i32.ge(get(this.#at), get(this.#count)), done),
          set(this.successors.at, i32.load16(this.#numberOf(this.#at), this.#layout.numbers)),
          set(this.#visited.place, this.successors.place()),
          this.successors.load(),
          this.#visited.add(this.successors.word, i32.load(this.#addressOf(this.#at)), outcomes),
          increment(this.#at),
          branch(next),
        ),
      ),
    ];
  }

  #addressOf(number: Local): Code {
    return i32.add(get(this.#list), i32.shl(get(number), i32.constant(2)));
  }

  #numberOf(number: Local): Code {
    return i32.add(get(this.#list), i32.shl(get(number), ONE));
  }
}

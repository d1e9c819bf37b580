/**
 * The loops of the WebAssembly kernel around the visited set: plain-kernel.ts, function by function. How words are looked
 * up there is in wasm-visited.ts.
 */
import { LANE, R, SEGMENT_BITS, STATUS, type Addresses } from "./control.js";
import type { KernelInput } from "./kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./wasm-assembler.js";
import {
  block,
  branch,
  branchIf,
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
} from "./wasm-instructions.js";
import { laneRegister, register, rowAddress, setBit, setLaneRegister, setRegister } from "./wasm-state.js";
import { VisitedCode } from "./wasm-visited.js";

/** The buffered successors of a lane, one after another. */
class Successors {
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

/** Makes a row for a new state. */
function append({ word }: Successors, row: Local, { addresses }: KernelInput): Code {
  return [i64.store(rowAddress(addresses, get(row)), get(word)), increment(row)];
}

/** The buffer of a lane is done with. */
function emptied(lane: Local): Code {
  return [
    setLaneRegister(lane, LANE.buffered, ZERO),
    setLaneRegister(lane, LANE.flushed, ZERO),
    i32.constant(STATUS.done),
  ];
}

export function flushing(f: FunctionBuilder, input: KernelInput, isWide: boolean): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const visited = new VisitedCode(f, input.addresses, isWide);
  const successors = new Successors(f, lane, input.addresses);
  const [size, touched] = [f.local("i32"), f.local("i32")] as [Local, Local];
  f.body = [
    set(size, register(R.size)),
    visited.prepare(),
    // What is loaded here is not used: the loads that miss the cache overlap, as those below do not.
    successors.forEach(
      laneRegister(lane, LANE.flushed),
      set(visited.place, successors.place()),
      visited.touch(touched),
    ),
    setLaneRegister(lane, LANE.touched, get(touched)),
    successors.forEach(
      laneRegister(lane, LANE.flushed),
      set(visited.place, successors.place()),
      successors.load(),
      visited.add(successors.word, {
        onNew: [
          setBit(lane, successors.at, input.addresses.lane.news),
          append(successors, size, input),
          when(
            i32.lt(register(R.sizeLimit), get(size)),
            setRegister(R.size, get(size)),
            leave(i32.constant(STATUS.limit)),
          ),
        ],
        onFull: [
          setLaneRegister(lane, LANE.flushed, get(successors.at)),
          setRegister(R.size, get(size)),
          leave(i32.constant(STATUS.tableFull)),
        ],
      }),
    ),
    setRegister(R.size, get(size)),
    emptied(lane),
  ];
  return f;
}

/** Eight bytes that are 0 or 1 as eight bits: the factor has each of them at another place of the highest byte. */
function bitsOf(bytes: Local): Code {
  const gathered = i64.mul(get(bytes), i64.constant(0x0102040810204080n));
  return i32.wrap(i64.shr(gathered, i64.constant(56n)));
}

/** Eight successors at a time: 73 of 100 are not new. */
export function numbering(f: FunctionBuilder, input: KernelInput): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const successors = new Successors(f, lane, input.addresses);
  const [row, eight, end, flags] = [0, 1, 2, 3].map(() => f.local("i32")) as [Local, Local, Local, Local];
  const isNew = f.local("i64");
  const [done, next, merged, nextPart, taken, nextNew] = Array.from({ length: 6 }, () => new Label()) as [
    Label,
    Label,
    Label,
    Label,
    Label,
    Label,
  ];
  const { isNew: offset, news } = input.addresses.lane;
  const endOfFlags = i32.add(
    i32.add(get(lane), get(eight)),
    i32.mul(register(R.parts), i32.constant(input.addresses.lane.flags)),
  );
  f.body = [
    set(row, laneRegister(lane, LANE.firstNew)),
    set(end, laneRegister(lane, LANE.buffered)),
    block(
      done,
      loop(
        next,
        branchIf(i32.ge(get(eight), get(end)), done),
        set(isNew, i64.constant(0n)),
        set(flags, i32.add(get(lane), get(eight))),
        block(
          merged,
          loop(
            nextPart,
            branchIf(i32.ge(get(flags), endOfFlags), merged),
            set(isNew, i64.or(get(isNew), i64.load(get(flags), offset))),
            // For the next batch.
            i64.store(get(flags), i64.constant(0n), offset),
            increment(flags, input.addresses.lane.flags),
            branch(nextPart),
          ),
        ),
        i32.store8(i32.add(get(lane), i32.shr(get(eight), i32.constant(3))), bitsOf(isNew), news),
        block(
          taken,
          loop(
            nextNew,
            branchIf(i64.eqz(get(isNew)), taken),
            // A byte is 0 or 1: the lowest bit is in the byte of the first one that is new.
            set(successors.at, i32.add(get(eight), i32.shr(i32.wrap(i64.ctz(get(isNew))), i32.constant(3)))),
            set(isNew, i64.and(get(isNew), i64.sub(get(isNew), i64.constant(1n)))),
            successors.load(),
            append(successors, row, input),
            branch(nextNew),
          ),
        ),
        increment(eight, 8),
        branch(next),
      ),
    ),
    emptied(lane),
  ];
  return f;
}

/**
 * The part of a lane's successors that is in some segments.
 *
 *   own      which ones are they? without a branch: which segment comes next cannot be predicted
 *   touch    load from their buckets: loads that miss the cache overlap, because nothing waits for them
 *   look up  as in `flush`
 */
export function deduping(f: FunctionBuilder, { addresses }: KernelInput, isWide: boolean): FunctionBuilder {
  const [part, parts, first] = f.parameters as [Local, Local, Local];
  const { isNew, counts, bytes } = addresses.lane;
  const visited = new VisitedCode(f, addresses, isWide);
  const [lane, lanes, at, end, own, touched, flags, news] = Array.from({ length: 8 }, () =>
    f.local("i32"),
  ) as [Local, Local, Local, Local, Local, Local, Local, Local];
  const successors = new Successors(f, lane, addresses);
  const [done, next] = [new Label(), new Label()];
  /** Segment s belongs to part (s * parts) >> 6. */
  const owner = i32.shr(i32.mul(visited.segment(), get(parts)), i32.constant(SEGMENT_BITS));
  const forOwn = (body: Code): Code => {
    const [ended, again] = [new Label(), new Label()];
    return [
      set(at, get(own)),
      block(
        ended,
        loop(
          again,
          branchIf(i32.ge(get(at), get(end)), ended),
          set(successors.at, i32.load16(get(at))),
          set(visited.place, successors.place()),
          body,
          increment(at, 2),
          branch(again),
        ),
      ),
    ];
  };
  const count = i32.add(get(lane), i32.shl(get(part), i32.constant(2)));
  // Added to, for a part may be done again when the set was too full.
  const countNews = [i32.store(count, i32.add(i32.load(count, counts), get(news)), counts), set(news, ZERO)];
  f.body = [
    visited.prepare(),
    // Every part has a list of its own.
    set(own, i32.add(register(R.lists), i32.mul(get(part), i32.constant(addresses.lane.list)))),
    set(flags, i32.mul(get(part), i32.constant(addresses.lane.flags))),
    set(lane, get(first)),
    set(lanes, register(R.lanes)),
    block(
      done,
      loop(
        next,
        branchIf(i32.eqz(get(lanes)), done),
        set(end, get(own)),
        successors.forEach(
          ZERO,
          set(visited.place, successors.place()),
          i32.store16(get(end), get(successors.at)),
          set(end, i32.add(get(end), i32.shl(i32.eq(owner, get(part)), ONE))),
        ),
        forOwn(visited.touch(touched)),
        forOwn([
          successors.load(),
          visited.add(successors.word, {
            onNew: [
              i32.store8(i32.add(i32.add(get(lane), get(flags)), get(successors.at)), ONE, isNew),
              increment(news),
            ],
            onFull: [countNews, leave(i32.constant(STATUS.tableFull))],
          }),
        ]),
        countNews,
        increment(lane, bytes),
        increment(lanes, -1),
        branch(next),
      ),
    ),
    // What was touched has to go somewhere, or it would not be loaded.
    i32.store(get(own), get(touched)),
    i32.constant(STATUS.done),
  ];
  return f;
}

/** Enters the buffered words of a lane; there are no rows for them to become. */
export function entering(f: FunctionBuilder, { addresses }: KernelInput, isWide: boolean): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const visited = new VisitedCode(f, addresses, isWide);
  const successors = new Successors(f, lane, addresses);
  const touched = f.local("i32");
  const forEach = (...body: readonly Code[]) =>
    successors.forEach(laneRegister(lane, LANE.flushed), set(visited.place, successors.place()), body);
  const onFull = [
    setLaneRegister(lane, LANE.flushed, get(successors.at)),
    leave(i32.constant(STATUS.tableFull)),
  ];
  f.body = [
    visited.prepare(),
    forEach(visited.touch(touched)),
    setLaneRegister(lane, LANE.touched, get(touched)),
    forEach(successors.load(), visited.add(successors.word, { onNew: [], onFull })),
    emptied(lane),
  ];
  return f;
}

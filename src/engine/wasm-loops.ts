/**
 * The loops of the WebAssembly kernel: plain-kernel.ts, function by function, in 64-bit and vector operations.
 *
 * What the functions mean is said there and in control.ts; how states, tables and the visited set are read, in
 * wasm-state.ts and wasm-visited.ts.
 */
import {
  HOLE_WORDS,
  LANE,
  LIST_BYTES,
  MAX_HOLES,
  R,
  SEGMENT_BITS,
  STATUS,
  type Addresses,
} from "./control.js";
import { MOVE, MOVES, moveBytes } from "./footprint-tables.js";
import type { KernelInput } from "./kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./wasm-assembler.js";
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
} from "./wasm-instructions.js";
import {
  laneRegister,
  loadRow,
  register,
  rowAddress,
  setLaneRegister,
  setRegister,
  StateCode,
} from "./wasm-state.js";
import { VisitedCode } from "./wasm-visited.js";

const ZERO = i32.constant(0);
const ONE = i32.constant(1);

/** Functions that loops call. */
export interface Shared {
  readonly walk: FunctionBuilder;
  readonly intern: FunctionBuilder;
  /** As `intern`, without interning. */
  readonly lookUp: FunctionBuilder;
}

/** The buffered successors of a lane, one after another. */
class Successors {
  readonly word: Local;
  readonly at: Local;
  readonly #end: Local;
  readonly #lane: Local;
  readonly #buffer: number;

  constructor(f: FunctionBuilder, lane: Local, { lane: { buffer } }: Addresses) {
    this.word = f.local("i64");
    this.at = f.local("i32");
    this.#end = f.local("i32");
    this.#lane = lane;
    this.#buffer = buffer;
  }

  /** From one on, to the last. */
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
          this.load(),
          body,
          increment(this.at),
          branch(next),
        ),
      ),
    ];
  }

  load(): Code {
    const offset = i32.shl(get(this.at), i32.constant(3));
    return set(this.word, i64.load(i32.add(get(this.#lane), offset), this.#buffer));
  }
}

/** Makes a row for a new state, and leaves if there are more than there may be. */
function append(
  lane: Local,
  { word, at }: Successors,
  size: Local,
  { addresses, layout }: KernelInput,
): Code {
  return [
    i64.store(rowAddress(addresses, layout, get(size)), get(word)),
    increment(size),
    when(
      i32.lt(register(R.sizeLimit), get(size)),
      setLaneRegister(lane, LANE.flushed, i32.add(get(at), ONE)),
      setRegister(R.size, get(size)),
      leave(i32.constant(STATUS.limit)),
    ),
  ];
}

/** All successors of a lane have been looked up. */
function flushed(lane: Local, size: Local): Code {
  return [
    setRegister(R.size, get(size)),
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
    successors.forEach(laneRegister(lane, LANE.flushed), visited.touch(successors.word, touched)),
    setLaneRegister(lane, LANE.touched, get(touched)),
    successors.forEach(
      laneRegister(lane, LANE.flushed),
      visited.add(successors.word, {
        onNew: append(lane, successors, size, input),
        onFull: [
          setLaneRegister(lane, LANE.flushed, get(successors.at)),
          setRegister(R.size, get(size)),
          leave(i32.constant(STATUS.tableFull)),
        ],
      }),
    ),
    flushed(lane, size),
  ];
  return f;
}

export function numbering(f: FunctionBuilder, input: KernelInput): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const successors = new Successors(f, lane, input.addresses);
  const size = f.local("i32");
  const { isNew } = input.addresses.lane;
  const flag = i32.add(get(lane), get(successors.at));
  f.body = [
    set(size, register(R.size)),
    successors.forEach(
      ZERO,
      when(
        i32.load8(flag, isNew),
        // For the next batch.
        i32.store8(flag, ZERO, isNew),
        append(lane, successors, size, input),
      ),
    ),
    flushed(lane, size),
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
  const { isNew, bytes } = addresses.lane;
  const visited = new VisitedCode(f, addresses, isWide);
  const [lane, lanes, at, end, own, touched] = Array.from({ length: 6 }, () => f.local("i32")) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
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
          successors.load(),
          body,
          increment(at, 2),
          branch(again),
        ),
      ),
    ];
  };
  f.body = [
    visited.prepare(),
    // Every part has a list of its own.
    set(own, i32.add(register(R.lists), i32.mul(get(part), i32.constant(LIST_BYTES)))),
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
          visited.locate(successors.word),
          i32.store16(get(end), get(successors.at)),
          set(end, i32.add(get(end), i32.shl(i32.eq(owner, get(part)), ONE))),
        ),
        forOwn(visited.touch(successors.word, touched)),
        forOwn(
          visited.add(successors.word, {
            onNew: i32.store8(i32.add(get(lane), get(successors.at)), ONE, isNew),
            onFull: leave(i32.constant(STATUS.tableFull)),
          }),
        ),
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

export function refilling(
  f: FunctionBuilder,
  { addresses, layout }: KernelInput,
  isWide: boolean,
): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const visited = new VisitedCode(f, addresses, isWide);
  const [row, end] = [f.local("i32"), f.local("i32")];
  const word = f.local("i64");
  const [done, next] = [new Label(), new Label()];
  f.body = [
    set(row, laneRegister(lane, LANE.row)),
    set(end, laneRegister(lane, LANE.rowEnd)),
    visited.prepare(),
    block(
      done,
      loop(
        next,
        branchIf(i32.ge(get(row), get(end)), done),
        set(word, loadRow(addresses, layout, get(row))),
        visited.add(word, {
          onNew: [],
          onFull: [setLaneRegister(lane, LANE.row, get(row)), leave(i32.constant(STATUS.tableFull))],
        }),
        increment(row),
        branch(next),
      ),
    ),
    setLaneRegister(lane, LANE.row, get(row)),
    i32.constant(STATUS.done),
  ];
  return f;
}

export function checking(f: FunctionBuilder, { walk, intern }: Shared, input: KernelInput): FunctionBuilder {
  const { addresses, layout, processes, rules } = input;
  const [lane] = f.parameters as [Local];
  const state = new StateCode(f, intern, addresses, layout);
  const [row, rule, answer] = [f.local("i32"), f.local("i32"), f.local("i32")];
  const [done, nextRow, rowDone, nextRule, skip] = [0, 1, 2, 3, 4].map(() => new Label()) as [
    Label,
    Label,
    Label,
    Label,
    Label,
  ];
  const stop = (status: number): Code => [
    setRegister(R.checked, get(row)),
    setRegister(R.rule, get(rule)),
    leave(i32.constant(status)),
  ];
  const isWanted = i32.and(i32.shr(register(R.wantedStates), get(rule)), ONE);
  f.body = [
    set(row, register(R.checked)),
    set(rule, register(R.rule)),
    block(
      done,
      loop(
        nextRow,
        branchIf(i32.ge(get(row), register(R.size)), done),
        state.decode(lane, get(row)),
        block(
          rowDone,
          loop(
            nextRule,
            branchIf(i32.ge(get(rule), i32.constant(rules)), rowDone),
            block(
              skip,
              branchIf(i32.eqz(isWanted), skip),
              set(answer, call(walk, get(lane), i32.add(get(rule), i32.constant(processes)))),
              when(i32.eqz(get(answer)), stop(STATUS.miss)),
              when(i32.load(get(answer)), stop(STATUS.broken)),
            ),
            increment(rule),
            branch(nextRule),
          ),
        ),
        set(rule, ZERO),
        increment(row),
        branch(nextRow),
      ),
    ),
    stop(STATUS.done),
    ZERO,
  ];
  return f;
}

/** What is done with a move: plain-kernel.ts. */
export type Purpose = "expand" | "gather" | "find";

export function moves(
  f: FunctionBuilder,
  { walk, intern, lookUp }: Shared,
  input: KernelInput,
  purpose: Purpose,
): FunctionBuilder {
  const { addresses, layout, processes } = input;
  const [lane] = f.parameters as [Local];
  const state = new StateCode(f, purpose === "gather" ? lookUp : intern, addresses, layout);
  const successor = f.local("i64");
  const [row, process, outcome, alive, buffered, answer, count, move] = Array.from({ length: 8 }, () =>
    f.local("i32"),
  ) as [Local, Local, Local, Local, Local, Local, Local, Local];
  const [done, nextRow, rowDone, nextProcess, processDone, nextMove] = Array.from(
    { length: 6 },
    () => new Label(),
  ) as [Label, Label, Label, Label, Label, Label];
  const saved: readonly (readonly [number, Local])[] = [
    [LANE.row, row],
    [LANE.process, process],
    [LANE.outcome, outcome],
    [LANE.alive, alive],
    [LANE.buffered, buffered],
  ];
  const stop = (status: number): Code => [
    saved.map(([word, local]) => setLaneRegister(lane, word, get(local))),
    purpose === "gather" ? setLaneRegister(lane, LANE.status, i32.constant(status)) : [],
    leave(i32.constant(status)),
  ];
  const isTarget = [i64.eq(get(successor), i64.load(ZERO, 4 * R.targetLow))];
  const witness = setLaneRegister(
    lane,
    LANE.witnessed,
    i32.or(laneRegister(lane, LANE.witnessed), i32.load(get(move), MOVE.witnessed)),
  );
  const made = new Label();
  const holeAt = i32.add(get(lane), i32.mul(laneRegister(lane, LANE.holes), i32.constant(4 * HOLE_WORDS)));
  const hole: Code = [
    when(i32.eq(laneRegister(lane, LANE.holes), i32.constant(MAX_HOLES)), stop(STATUS.nodeFull)),
    [buffered, row, process, outcome].map((local, i) =>
      i32.store(holeAt, get(local), addresses.lane.holes + 4 * i),
    ),
    setLaneRegister(lane, LANE.holes, i32.add(laneRegister(lane, LANE.holes), ONE)),
    branch(made),
  ];
  const full = (node: number): Code => [
    setLaneRegister(lane, LANE.fullNode, i32.constant(node)),
    stop(STATUS.nodeFull),
  ];
  const makeMove: Code =
    purpose === "find"
      ? [
          setLaneRegister(lane, LANE.moves, i32.add(laneRegister(lane, LANE.moves), ONE)),
          state.successor(move, successor, () => []),
          witness,
          when(isTarget, stop(STATUS.found)),
        ]
      : [
          when(i32.and(i32.load(get(move), MOVE.broken), register(R.wantedTransitions)), stop(STATUS.broken)),
          when(i32.eq(get(buffered), register(R.block)), stop(STATUS.full)),
          block(made, state.successor(move, successor, purpose === "gather" ? () => hole : full)),
          witness,
          i64.store(
            i32.add(get(lane), i32.shl(get(buffered), i32.constant(3))),
            get(successor),
            addresses.lane.buffer,
          ),
          increment(buffered),
        ];
  f.body = [
    saved.map(([word, local]) => set(local, laneRegister(lane, word))),
    block(
      done,
      loop(
        nextRow,
        branchIf(i32.ge(get(row), laneRegister(lane, LANE.rowEnd)), done),
        state.decode(lane, get(row)),
        block(
          rowDone,
          loop(
            nextProcess,
            branchIf(i32.ge(get(process), i32.constant(processes)), rowDone),
            when(i32.eqz(tee(answer, call(walk, get(lane), get(process)))), stop(STATUS.miss)),
            block(
              processDone,
              branchIf(i32.eqz(tee(count, i32.load(get(answer)))), processDone),
              set(alive, ONE),
              i32.store(
                i32.add(get(lane), i32.shl(get(process), i32.constant(2))),
                ONE,
                addresses.lane.moved,
              ),
              set(
                move,
                i32.add(
                  i32.add(get(answer), i32.constant(MOVES)),
                  i32.mul(get(outcome), i32.constant(moveBytes(layout.leaves))),
                ),
              ),
              loop(
                nextMove,
                branchIf(i32.ge(get(outcome), get(count)), processDone),
                makeMove,
                increment(outcome),
                increment(move, moveBytes(layout.leaves)),
                branch(nextMove),
              ),
            ),
            set(outcome, ZERO),
            increment(process),
            branch(nextProcess),
          ),
        ),
        when(i32.eqz(get(alive)), stop(STATUS.stuck)),
        set(alive, ZERO),
        set(process, ZERO),
        increment(row),
        branch(nextRow),
      ),
    ),
    stop(STATUS.done),
    ZERO,
  ];
  return f;
}

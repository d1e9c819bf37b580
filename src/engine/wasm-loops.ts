/**
 * The loops of the WebAssembly kernel: plain-kernel.ts, function by function, in 64-bit and vector operations.
 *
 * What the functions mean is said there and in control.ts; how states, tables and the visited set are read, in
 * wasm-state.ts and wasm-visited.ts.
 */
import { HOLE_WORDS, LANE, MAX_HOLES, R, SEGMENTS, STATUS, type Addresses } from "./control.js";
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
  const size = f.local("i32");
  f.body = [
    set(size, register(R.size)),
    visited.prepare(),
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
  const isNew = i32.load8(i32.add(get(lane), get(successors.at)), input.addresses.lane.isNew);
  f.body = [
    set(size, register(R.size)),
    successors.forEach(ZERO, when(isNew, append(lane, successors, size, input))),
    flushed(lane, size),
  ];
  return f;
}

/** A counting sort: how many there are in every segment, where each begins, and then, backwards, who they are. */
export function scattering(f: FunctionBuilder, { addresses }: KernelInput): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const { segments, order, isNew } = addresses.lane;
  const visited = new VisitedCode(f, addresses, false);
  const successors = new Successors(f, lane, addresses);
  const [i, sum] = [f.local("i32"), f.local("i32")];
  const [done, next, placed, nextPlace] = [0, 1, 2, 3].map(() => new Label()) as [Label, Label, Label, Label];
  const count = (segment: Code): Code => i32.add(get(lane), i32.shl(segment, i32.constant(2)));
  f.body = [
    loop(
      next,
      i32.store(count(get(i)), ZERO, segments),
      increment(i),
      branchIf(i32.lt(get(i), i32.constant(SEGMENTS + 1)), next),
    ),
    successors.forEach(
      ZERO,
      i32.store8(i32.add(get(lane), get(successors.at)), ZERO, isNew),
      set(i, count(visited.segment(successors.word))),
      i32.store(get(i), i32.add(i32.load(get(i), segments), ONE), segments),
    ),
    set(i, get(lane)),
    block(
      done,
      loop(
        next,
        set(sum, i32.add(get(sum), i32.load(get(i), segments))),
        i32.store(get(i), get(sum), segments),
        increment(i, 4),
        branchIf(i32.lt(get(i), i32.add(get(lane), i32.constant(4 * (SEGMENTS + 1)))), next),
      ),
    ),
    set(successors.at, laneRegister(lane, LANE.buffered)),
    block(
      placed,
      loop(
        nextPlace,
        branchIf(i32.eqz(get(successors.at)), placed),
        increment(successors.at, -1),
        successors.load(),
        set(i, count(visited.segment(successors.word))),
        set(sum, i32.sub(i32.load(get(i), segments), ONE)),
        i32.store(get(i), get(sum), segments),
        i32.store16(i32.add(get(lane), i32.shl(get(sum), ONE)), get(successors.at), order),
        branch(nextPlace),
      ),
    ),
    ZERO,
  ];
  return f;
}

export function deduping(f: FunctionBuilder, { addresses }: KernelInput, isWide: boolean): FunctionBuilder {
  const [segment, first] = f.parameters as [Local, Local];
  const { segments, order, isNew, bytes } = addresses.lane;
  const visited = new VisitedCode(f, addresses, isWide);
  const [lane, lanes, at, begin, end, touched] = Array.from({ length: 6 }, () => f.local("i32")) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const successors = new Successors(f, lane, addresses);
  const [done, next] = [new Label(), new Label()];
  const bound = i32.add(get(lane), i32.shl(get(segment), i32.constant(2)));
  const forEach = (body: Code): Code => {
    const [ended, again] = [new Label(), new Label()];
    return [
      set(at, get(begin)),
      block(
        ended,
        loop(
          again,
          branchIf(i32.ge(get(at), get(end)), ended),
          set(successors.at, i32.load16(i32.add(get(lane), i32.shl(get(at), ONE)), order)),
          successors.load(),
          body,
          increment(at),
          branch(again),
        ),
      ),
    ];
  };
  f.body = [
    visited.prepare(),
    set(lane, get(first)),
    set(lanes, register(R.lanes)),
    block(
      done,
      loop(
        next,
        branchIf(i32.eqz(get(lanes)), done),
        set(begin, i32.load(bound, segments)),
        set(end, i32.load(bound, segments + 4)),
        // What is read here is not used: the loads that miss the cache do not wait for each other, as those below do.
        forEach(visited.touch(successors.word, touched)),
        forEach(
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
    i32.store(get(first), get(touched), 4 * LANE.moves),
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

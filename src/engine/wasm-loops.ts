/**
 * The loops of the WebAssembly kernel that walk the tables: plain-kernel.ts, function by function.
 *
 * What the functions mean is said there and in control.ts; how states and tables are read, in wasm-state.ts. The loops
 * around the visited set are in wasm-lookups.ts.
 */
import { HOLE_WORDS, LANE, MAX_HOLES, R, STATUS } from "./control.js";
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
  ONE,
  set,
  tee,
  when,
  ZERO,
} from "./wasm-instructions.js";
import { laneRegister, register, setLaneRegister, setRegister, StateCode } from "./wasm-state.js";
import { PlaceCode } from "./wasm-visited.js";

/** Functions that loops call. */
export interface Shared {
  readonly walk: FunctionBuilder;
  readonly intern: FunctionBuilder;
  /** As `intern`, without interning. */
  readonly lookUp: FunctionBuilder;
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
  const placing = new PlaceCode(f);
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
          placing.locate(successor),
          i32.store(
            i32.add(get(lane), i32.shl(get(buffered), i32.constant(2))),
            get(placing.place),
            addresses.lane.places,
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

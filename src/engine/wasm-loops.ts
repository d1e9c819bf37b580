/**
 * The loops of the WebAssembly kernel: plain-kernel.ts, function by function, in 64-bit and vector operations.
 *
 * What the functions mean is said there and in control.ts; how states, tables and the visited set are read, in
 * wasm-state.ts and wasm-visited.ts.
 */
import { R, STATUS } from "./control.js";
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
import { loadRow, register, rowAddress, setRegister, StateCode } from "./wasm-state.js";
import { VisitedCode } from "./wasm-visited.js";

const ZERO = i32.constant(0);
const ONE = i32.constant(1);

/** Functions that loops call. */
export interface Shared {
  readonly walk: FunctionBuilder;
  readonly intern: FunctionBuilder;
}

export function flushing(
  f: FunctionBuilder,
  { addresses, layout }: KernelInput,
  isWide: boolean,
): FunctionBuilder {
  const visited = new VisitedCode(f, isWide);
  const [i, end, size] = [f.local("i32"), f.local("i32"), f.local("i32")];
  const word = f.local("i64");
  const [done, next] = [new Label(), new Label()];
  const stop = (status: number, flushed: Code): Code => [
    setRegister(R.flushed, flushed),
    setRegister(R.size, get(size)),
    leave(i32.constant(status)),
  ];
  f.body = [
    set(i, register(R.flushed)),
    set(end, register(R.buffered)),
    set(size, register(R.size)),
    visited.prepare(),
    block(
      done,
      loop(
        next,
        branchIf(i32.ge(get(i), get(end)), done),
        set(word, i64.load(i32.shl(get(i), i32.constant(3)), addresses.buffer)),
        visited.add(word, {
          onNew: [
            i64.store(rowAddress(addresses, layout, get(size)), get(word)),
            increment(size),
            when(i32.lt(register(R.sizeLimit), get(size)), stop(STATUS.limit, i32.add(get(i), ONE))),
          ],
          onFull: stop(STATUS.tableFull, get(i)),
        }),
        increment(i),
        branch(next),
      ),
    ),
    setRegister(R.buffered, ZERO),
    stop(STATUS.done, ZERO),
    ZERO,
  ];
  return f;
}

export function refilling(
  f: FunctionBuilder,
  { addresses, layout }: KernelInput,
  isWide: boolean,
): FunctionBuilder {
  const visited = new VisitedCode(f, isWide);
  const [row, end] = [f.local("i32"), f.local("i32")];
  const word = f.local("i64");
  const [done, next] = [new Label(), new Label()];
  f.body = [
    set(row, register(R.row)),
    set(end, register(R.rowEnd)),
    visited.prepare(),
    block(
      done,
      loop(
        next,
        branchIf(i32.ge(get(row), get(end)), done),
        set(word, loadRow(addresses, layout, get(row))),
        visited.add(word, {
          onNew: [],
          onFull: [setRegister(R.row, get(row)), leave(i32.constant(STATUS.tableFull))],
        }),
        increment(row),
        branch(next),
      ),
    ),
    setRegister(R.row, get(row)),
    i32.constant(STATUS.done),
  ];
  return f;
}

export function checking(f: FunctionBuilder, { walk, intern }: Shared, input: KernelInput): FunctionBuilder {
  const { addresses, layout, processes, rules } = input;
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
        state.decode(get(row)),
        block(
          rowDone,
          loop(
            nextRule,
            branchIf(i32.ge(get(rule), i32.constant(rules)), rowDone),
            block(
              skip,
              branchIf(i32.eqz(isWanted), skip),
              set(answer, call(walk, i32.add(get(rule), i32.constant(processes)))),
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

export function moves(
  f: FunctionBuilder,
  { walk, intern }: Shared,
  input: KernelInput,
  toTarget: boolean,
): FunctionBuilder {
  const { addresses, layout, processes } = input;
  const state = new StateCode(f, intern, addresses, layout);
  const successor = f.local("i64");
  const [row, process, outcome, alive, buffered, answer, count, move] = Array.from({ length: 8 }, () =>
    f.local("i32"),
  ) as [Local, Local, Local, Local, Local, Local, Local, Local];
  const [done, nextRow, rowDone, nextProcess, processDone, nextMove] = Array.from(
    { length: 6 },
    () => new Label(),
  ) as [Label, Label, Label, Label, Label, Label];
  const saved: readonly (readonly [number, Local])[] = [
    [R.row, row],
    [R.process, process],
    [R.outcome, outcome],
    [R.alive, alive],
    [R.buffered, buffered],
  ];
  const stop = (status: number): Code => [
    saved.map(([word, local]) => setRegister(word, get(local))),
    leave(i32.constant(status)),
  ];
  const isTarget = [i64.eq(get(successor), i64.load(ZERO, 4 * R.targetLow))];
  const makeMove: Code = toTarget
    ? [state.successor(move, successor, []), when(isTarget, stop(STATUS.found))]
    : [
        when(i32.and(i32.load(get(move), MOVE.broken), register(R.wantedTransitions)), stop(STATUS.broken)),
        when(i32.eq(get(buffered), register(R.block)), stop(STATUS.full)),
        state.successor(move, successor, stop(STATUS.nodeFull)),
        setRegister(R.witnessed, i32.or(register(R.witnessed), i32.load(get(move), MOVE.witnessed))),
        i64.store(i32.shl(get(buffered), i32.constant(3)), get(successor), addresses.buffer),
        increment(buffered),
      ];
  f.body = [
    saved.map(([word, local]) => set(local, register(word))),
    block(
      done,
      loop(
        nextRow,
        branchIf(i32.ge(get(row), register(R.rowEnd)), done),
        state.decode(get(row)),
        block(
          rowDone,
          loop(
            nextProcess,
            branchIf(i32.ge(get(process), i32.constant(processes)), rowDone),
            when(i32.eqz(tee(answer, call(walk, get(process)))), stop(STATUS.miss)),
            block(
              processDone,
              branchIf(i32.eqz(tee(count, i32.load(get(answer)))), processDone),
              set(alive, ONE),
              i32.store(i32.shl(get(process), i32.constant(2)), ONE, addresses.moved),
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

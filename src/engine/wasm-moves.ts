/**
 * How the WebAssembly kernel makes the moves of one process in one state by the tables: plain-kernel.ts, the inner part
 * of `#moves`. The loops around it are in wasm-rows.ts.
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
  drop,
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
import { laneRegister, register, setLaneRegister, StateCode } from "./wasm-state.js";
import { PlaceCode } from "./wasm-visited.js";

/** Functions that loops call. */
export interface Shared {
  readonly walk: FunctionBuilder;
  readonly intern: FunctionBuilder;
  /** As `intern`, without interning. */
  readonly lookUp: FunctionBuilder;
  /** Makes shortcuts; undefined if there are none. */
  readonly shorten: FunctionBuilder | undefined;
}

/** What is done with a move: plain-kernel.ts. */
export type Purpose = "expand" | "gather" | "find";

/** Puts successors into a lane's buffer. */
export class BufferCode {
  readonly #lane: Local;
  readonly #buffered: Local;
  readonly #input: KernelInput;
  readonly #places: PlaceCode;

  constructor(f: FunctionBuilder, lane: Local, buffered: Local, input: KernelInput) {
    this.#lane = lane;
    this.#buffered = buffered;
    this.#input = input;
    this.#places = new PlaceCode(f);
  }

  add(successor: Local): Code {
    const { buffer, places } = this.#input.addresses.lane;
    const at = (shift: number) => i32.add(get(this.#lane), i32.shl(get(this.#buffered), i32.constant(shift)));
    return [
      i64.store(at(3), get(successor), buffer),
      this.#places.locate(successor),
      i32.store(at(2), get(this.#places.place), places),
      increment(this.#buffered),
    ];
  }
}

/** Notes that a process has moved. */
export function noteMove(lane: Local, process: Local, { addresses }: KernelInput): Code {
  return i32.store(i32.add(get(lane), i32.shl(get(process), i32.constant(2))), ONE, addresses.lane.moved);
}

/** Notes witnesses. */
export function noteWitnesses(lane: Local, bits: Code): Code {
  return setLaneRegister(lane, LANE.witnessed, i32.or(laneRegister(lane, LANE.witnessed), bits));
}

/**
 * `moves(lane, memory)`: makes the moves of the process at the lane's cursor, and a shortcut of them in the memory. The
 * status is `done` if all were made; the cursor is then at the first move of the same process.
 */
export function movesFunction(
  f: FunctionBuilder,
  shared: Shared,
  input: KernelInput,
  purpose: Purpose,
): FunctionBuilder {
  f.body = new MovesCode(f, shared, input, purpose).body();
  return f;
}

class MovesCode {
  readonly #input: KernelInput;
  readonly #shared: Shared;
  readonly #purpose: Purpose;
  readonly #lane: Local;
  readonly #memory: Local;
  readonly #state: StateCode;
  readonly #buffer: BufferCode;
  readonly #successor: Local;
  readonly #process: Local;
  readonly #outcome: Local;
  readonly #buffered: Local;
  readonly #answer: Local;
  readonly #count: Local;
  readonly #move: Local;
  /** The first successor, and how many holes there were before; for the shortcut. */
  readonly #first: Local;
  readonly #holes: Local;

  constructor(f: FunctionBuilder, shared: Shared, input: KernelInput, purpose: Purpose) {
    const [lane, memory] = f.parameters as [Local, Local];
    this.#input = input;
    this.#shared = shared;
    this.#purpose = purpose;
    this.#lane = lane;
    this.#memory = memory;
    const intern = purpose === "gather" ? shared.lookUp : shared.intern;
    this.#state = new StateCode(f, intern, input.addresses, input.layout);
    this.#successor = f.local("i64");
    this.#process = f.local("i32");
    this.#outcome = f.local("i32");
    this.#buffered = f.local("i32");
    this.#answer = f.local("i32");
    this.#count = f.local("i32");
    this.#move = f.local("i32");
    this.#first = f.local("i32");
    this.#holes = f.local("i32");
    this.#buffer = new BufferCode(f, lane, this.#buffered, input);
  }

  body(): Code {
    const size = moveBytes(this.#input.layout.leaves);
    const [made, next] = [new Label(), new Label()];
    const offset = i32.mul(get(this.#outcome), i32.constant(size));
    return [
      this.#saved.map(([word, local]) => set(local, laneRegister(this.#lane, word))),
      set(this.#process, laneRegister(this.#lane, LANE.process)),
      set(this.#first, get(this.#buffered)),
      when(get(this.#outcome), set(this.#first, i32.constant(-1))),
      set(this.#holes, laneRegister(this.#lane, LANE.holes)),
      this.#state.load(laneRegister(this.#lane, LANE.row)),
      this.#state.decode(this.#lane),
      set(this.#answer, call(this.#shared.walk, get(this.#lane), get(this.#process))),
      when(i32.eqz(get(this.#answer)), this.#stop(STATUS.miss)),
      block(
        made,
        branchIf(i32.eqz(tee(this.#count, i32.load(get(this.#answer)))), made),
        noteMove(this.#lane, this.#process, this.#input),
        set(this.#move, i32.add(i32.add(get(this.#answer), i32.constant(MOVES)), offset)),
        loop(
          next,
          branchIf(i32.ge(get(this.#outcome), get(this.#count)), made),
          this.#makeMove(),
          increment(this.#outcome),
          increment(this.#move, size),
          branch(next),
        ),
      ),
      set(this.#outcome, ZERO),
      this.#shorten(),
      this.#stop(STATUS.done),
      ZERO,
    ];
  }

  #makeMove(): Code {
    const lane = this.#lane;
    const witness = noteWitnesses(lane, i32.load(get(this.#move), MOVE.witnessed));
    if (this.#purpose === "find") {
      const isTarget = i64.eq(get(this.#successor), i64.load(ZERO, 4 * R.targetLow));
      return [
        setLaneRegister(lane, LANE.moves, i32.add(laneRegister(lane, LANE.moves), ONE)),
        this.#state.successor(this.#move, this.#successor, () => []),
        witness,
        setLaneRegister(lane, LANE.alive, ONE),
        when(isTarget, this.#stop(STATUS.found)),
      ];
    }
    const isBroken = i32.and(i32.load(get(this.#move), MOVE.broken), register(R.wantedTransitions));
    const made = new Label();
    const ifNew = (node: number) => (this.#purpose === "gather" ? this.#leaveHole(made) : this.#full(node));
    return [
      when(isBroken, this.#stop(STATUS.broken)),
      when(i32.eq(get(this.#buffered), register(R.block)), this.#stop(STATUS.full)),
      block(made, this.#state.successor(this.#move, this.#successor, ifNew)),
      witness,
      setLaneRegister(lane, LANE.alive, ONE),
      this.#buffer.add(this.#successor),
    ];
  }

  #leaveHole(made: Label): Code {
    const lane = this.#lane;
    const count = laneRegister(lane, LANE.holes);
    const at = i32.add(get(lane), i32.mul(count, i32.constant(4 * HOLE_WORDS)));
    const values = [
      get(this.#buffered),
      laneRegister(lane, LANE.row),
      get(this.#process),
      get(this.#outcome),
    ];
    return [
      when(i32.eq(count, i32.constant(MAX_HOLES)), this.#stop(STATUS.nodeFull)),
      values.map((value, i) => i32.store(at, value, this.#input.addresses.lane.holes + 4 * i)),
      setLaneRegister(lane, LANE.holes, i32.add(count, ONE)),
      branch(made),
    ];
  }

  #full(node: number): Code {
    return [setLaneRegister(this.#lane, LANE.fullNode, i32.constant(node)), this.#stop(STATUS.nodeFull)];
  }

  /** Makes a shortcut if all successors are in the buffer. */
  #shorten(): Code {
    const { shorten } = this.#shared;
    if (shorten === undefined || this.#purpose === "find") return [];
    const isWhole = i32.and(
      i32.ne(get(this.#first), i32.constant(-1)),
      i32.eq(get(this.#holes), laneRegister(this.#lane, LANE.holes)),
    );
    const { root } = this.#state;
    const values = [this.#memory, this.#lane, this.#process, root, this.#answer, this.#first];
    return when(isWhole, drop(call(shorten, ...values.map((value) => get(value)))));
  }

  get #saved(): readonly (readonly [number, Local])[] {
    return [
      [LANE.outcome, this.#outcome],
      [LANE.buffered, this.#buffered],
    ];
  }

  #stop(status: number): Code {
    return [
      this.#saved.map(([word, local]) => setLaneRegister(this.#lane, word, get(local))),
      leave(i32.constant(status)),
    ];
  }
}

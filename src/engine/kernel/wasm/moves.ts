/**
 * How the WebAssembly kernel makes the moves of one process in one state by the tables: plain/rows.ts, `#makeMoves`
 * and `#tryMoves`. The loops around it are in wasm/rows.ts.
 */
import { HOLE_WORDS, LANE, MAX_HOLES, MAX_MADE, R, STATUS } from "../../memory/control-block.js";
import { MOVE, MOVES, moveBytes } from "../../oracle/answer-tables.js";
import type { KernelInput, Purpose } from "../kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
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
} from "./instructions.js";
import { takeLeast } from "./orbits.js";
import { laneRegister, register, setLaneRegister, StateCode } from "./state.js";
import { PlaceCode } from "./visited.js";

/** Functions that loops call. */
export interface Shared {
  readonly walk: FunctionBuilder;
  readonly intern: FunctionBuilder;
  /** As `intern`, without interning. */
  readonly lookUp: FunctionBuilder;
  /** Makes shortcuts; undefined if there are none. */
  readonly shorten: FunctionBuilder | undefined;
  /** Finds least words of orbits (wasm/orbits.ts); undefined if no states differ by names. */
  readonly least: FunctionBuilder | undefined;
}

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
  /** Whether moves were left to be made, and how many holes there were before; for the shortcut. */
  readonly #isWhole: Local;
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
    this.#isWhole = f.local("i32");
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
      set(this.#isWhole, i32.eqz(get(this.#outcome))),
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
        this.#takeLeast(this.#stop(STATUS.unmapped)),
        witness,
        setLaneRegister(lane, LANE.alive, ONE),
        when(isTarget, this.#stop(STATUS.found)),
      ];
    }
    const isBroken = i32.and(i32.load(get(this.#move), MOVE.broken), register(R.wantedTransitions));
    const made = new Label();
    const isGathering = this.#purpose === "gather";
    const ifNew = (node: number) => (isGathering ? this.#leaveHole(made) : this.#full(node));
    const at = i32.add(get(lane), i32.shl(get(this.#outcome), i32.constant(3)));
    return [
      when(isBroken, this.#stop(STATUS.broken)),
      when(i32.eq(get(this.#buffered), register(R.block)), this.#stop(STATUS.full)),
      block(
        made,
        this.#state.successor(this.#move, this.#successor, ifNew),
        when(
          i32.lt(get(this.#outcome), i32.constant(MAX_MADE)),
          i64.store(at, get(this.#successor), this.#input.addresses.lane.made),
        ),
        this.#takeLeast(isGathering ? this.#leaveHole(made) : this.#stop(STATUS.unmapped)),
      ),
      witness,
      setLaneRegister(lane, LANE.alive, ONE),
      this.#buffer.add(this.#successor),
    ];
  }

  /** Has the successor be the least one of its orbit; `ifUnknown` has to leave. */
  #takeLeast(ifUnknown: Code): Code {
    const { least } = this.#shared;
    return least === undefined ? [] : takeLeast(least, this.#successor, ifUnknown);
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

  /** Makes a shortcut if all moves were made. */
  #shorten(): Code {
    const { shorten } = this.#shared;
    if (shorten === undefined || this.#purpose === "find") return [];
    const isWhole = i32.and(
      get(this.#isWhole),
      i32.eq(get(this.#holes), laneRegister(this.#lane, LANE.holes)),
    );
    const { root } = this.#state;
    const values = [this.#memory, this.#lane, this.#process, root, this.#answer];
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

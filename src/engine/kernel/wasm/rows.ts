/**
 * The loops of the WebAssembly kernel over rows: plain/rows.ts, `move`. Where it is known what a process does, by
 * shortcuts (move-cache.ts); otherwise by the tables (wasm/moves.ts).
 */
import { LANE, R, STATUS } from "../../memory/control-block.js";
import type { KernelInput, Purpose } from "../kernel.js";
import { LIST, SINGLE } from "../move-cache.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
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
} from "./instructions.js";
import { BufferCode, noteMove, noteWitnesses } from "./moves.js";
import { takeLeast } from "./orbits.js";
import { ShortcutCode } from "./move-cache.js";
import { laneRegister, loadRow, register, setBit, setLaneRegister } from "./state.js";

/** No successor. */
const NONE = i32.constant(-1);

/**
 * @param moves makes the moves of one process by the tables
 * @param least finds least words of orbits
 */
export function rowsFunction(
  f: FunctionBuilder,
  moves: FunctionBuilder,
  input: KernelInput,
  purpose: Purpose,
  least: FunctionBuilder | undefined,
): FunctionBuilder {
  f.body = new RowsCode(f, moves, input, purpose, least).body();
  return f;
}

class RowsCode {
  readonly #input: KernelInput;
  readonly #moves: FunctionBuilder;
  readonly #purpose: Purpose;
  readonly #least: FunctionBuilder | undefined;
  readonly #lane: Local;
  readonly #thread: Code;
  readonly #shortcuts: ShortcutCode | undefined;
  readonly #buffer: BufferCode;
  readonly #root: Local;
  readonly #successor: Local;
  /** Bit p: process p may have moves. */
  readonly #busy: Local;
  readonly #row: Local;
  readonly #rowEnd: Local;
  readonly #process: Local;
  readonly #alive: Local;
  /** The successor that will be by the row's first move; -1 if that was made before. */
  readonly #first: Local;
  readonly #buffered: Local;
  /** What it was before the process at hand. */
  readonly #start: Local;
  readonly #block: Local;
  readonly #count: Local;
  readonly #status: Local;

  constructor(
    f: FunctionBuilder,
    moves: FunctionBuilder,
    input: KernelInput,
    purpose: Purpose,
    least: FunctionBuilder | undefined,
  ) {
    const [lane, thread] = f.parameters as [Local, Local?];
    this.#input = input;
    this.#moves = moves;
    this.#purpose = purpose;
    this.#least = least;
    this.#start = f.local("i32");
    this.#lane = lane;
    this.#thread = thread === undefined ? ZERO : get(thread);
    this.#root = f.local("i64");
    this.#successor = f.local("i64");
    this.#busy = f.local("i64");
    this.#row = f.local("i32");
    this.#rowEnd = f.local("i32");
    this.#process = f.local("i32");
    this.#alive = f.local("i32");
    this.#first = f.local("i32");
    this.#buffered = f.local("i32");
    this.#block = f.local("i32");
    this.#count = f.local("i32");
    this.#status = f.local("i32");
    this.#buffer = new BufferCode(f, lane, this.#buffered, input);
    const { shortcuts } = input;
    const has = shortcuts !== undefined && purpose !== "find";
    this.#shortcuts = has ? new ShortcutCode(f, shortcuts) : undefined;
  }

  body(): Code {
    const [done, nextRow] = [new Label(), new Label()];
    const lane = this.#lane;
    return [
      this.#load(),
      set(this.#row, laneRegister(lane, LANE.row)),
      set(this.#rowEnd, laneRegister(lane, LANE.rowEnd)),
      set(this.#process, laneRegister(lane, LANE.process)),
      set(this.#block, register(R.block)),
      set(this.#first, get(this.#buffered)),
      when(get(this.#alive), set(this.#first, NONE)),
      this.#shortcuts === undefined ? [] : this.#shortcuts.prepare(this.#thread),
      // In the middle of a process only the tables know how to go on.
      when(laneRegister(lane, LANE.outcome), this.#byTables(), increment(this.#process)),
      block(
        done,
        loop(
          nextRow,
          branchIf(i32.ge(get(this.#row), get(this.#rowEnd)), done),
          this.#shortcuts === undefined ? this.#allProcesses() : this.#busyProcesses(this.#shortcuts),
          when(
            i32.eqz(get(this.#alive)),
            set(this.#process, i32.constant(this.#input.processes)),
            this.#leave(i32.constant(STATUS.stuck)),
          ),
          this.#noteFirst(),
          set(this.#first, get(this.#buffered)),
          set(this.#alive, ZERO),
          set(this.#process, ZERO),
          increment(this.#row),
          branch(nextRow),
        ),
      ),
      this.#leave(i32.constant(STATUS.done)),
      ZERO,
    ];
  }

  /** From the cursor's on. */
  #allProcesses(): Code {
    const [rowDone, next] = [new Label(), new Label()];
    return block(
      rowDone,
      loop(
        next,
        branchIf(i32.ge(get(this.#process), i32.constant(this.#input.processes)), rowDone),
        this.#byTables(),
        increment(this.#process),
        branch(next),
      ),
    );
  }

  /** From the cursor's on, those that are not known to be idle. */
  #busyProcesses(shortcuts: ShortcutCode): Code {
    const [rowDone, next, processDone] = [new Label(), new Label(), new Label()];
    const all = (1n << BigInt(this.#input.processes)) - 1n;
    const from = i64.shl(i64.constant(all), i64.extend(get(this.#process)));
    const busy = this.#busy;
    return [
      set(this.#root, loadRow(this.#input.addresses, get(this.#row))),
      set(busy, i64.and(from, i64.constant(all))),
      shortcuts.dropIdle(this.#root, busy),
      block(
        rowDone,
        loop(
          next,
          branchIf(i64.eqz(get(busy)), rowDone),
          set(this.#process, i32.wrap(i64.ctz(get(busy)))),
          set(busy, i64.and(get(busy), i64.sub(get(busy), i64.constant(1n)))),
          block(processDone, this.#byShortcut(shortcuts, processDone), this.#byTables()),
          branch(next),
        ),
      ),
    ];
  }

  #byShortcut(shortcuts: ShortcutCode, processDone: Label): Code {
    const [unknown, isList, nextChange] = [new Label(), new Label(), new Label()];
    const moves = tee(this.#count, shortcuts.ofList(LIST.moves));
    const room = i32.sub(get(this.#block), get(this.#buffered));
    const isBroken = i32.and(shortcuts.ofList(LIST.broken), register(R.wantedTransitions));
    const hasMoved = [set(this.#alive, ONE), noteMove(this.#lane, this.#process, this.#input)];
    const ifUnknown = [set(this.#buffered, get(this.#start)), branch(unknown)];
    const successor = [
      set(this.#successor, i64.xor(get(this.#root), get(shortcuts.change))),
      this.#least === undefined ? [] : takeLeast(this.#least, this.#successor, ifUnknown),
    ];
    return block(
      unknown,
      shortcuts.find(this.#process, this.#root, unknown),
      set(this.#start, get(this.#buffered)),
      branchIf(i32.eqz(get(shortcuts.link)), processDone),
      block(
        isList,
        branchIf(i32.ne(get(shortcuts.link), i32.constant(SINGLE)), isList),
        branchIf(i32.eqz(room), unknown),
        successor,
        hasMoved,
        this.#buffer.add(this.#successor),
        branch(processDone),
      ),
      branchIf(i32.lt(room, moves), unknown),
      branchIf(isBroken, unknown),
      noteWitnesses(this.#lane, shortcuts.ofList(LIST.witnessed)),
      loop(
        nextChange,
        shortcuts.nextOfList(),
        successor,
        this.#buffer.add(this.#successor),
        branchIf(tee(this.#count, i32.sub(get(this.#count), ONE)), nextChange),
      ),
      hasMoved,
      branch(processDone),
    );
  }

  /** Has the tables make the process's moves; leaves if they cannot. */
  #byTables(): Code {
    const memory = this.#shortcuts === undefined ? ZERO : get(this.#shortcuts.area);
    return [
      this.#save(),
      when(
        tee(this.#status, call(this.#moves, get(this.#lane), memory)),
        this.#load(),
        this.#leave(get(this.#status)),
      ),
      this.#load(),
    ];
  }

  /** What the tables change is in registers of the lane. */
  #load(): Code {
    return [
      set(this.#buffered, laneRegister(this.#lane, LANE.buffered)),
      set(this.#alive, laneRegister(this.#lane, LANE.alive)),
    ];
  }

  #save(): Code {
    const lane = this.#lane;
    return [
      setLaneRegister(lane, LANE.row, get(this.#row)),
      setLaneRegister(lane, LANE.process, get(this.#process)),
      setLaneRegister(lane, LANE.buffered, get(this.#buffered)),
      setLaneRegister(lane, LANE.alive, get(this.#alive)),
    ];
  }

  /** Notes which successor is by the first move of the row. */
  #noteFirst(): Code {
    if (this.#purpose === "find") return [];
    // If it was made before, that is more than any other one.
    const isMade = i32.lt(get(this.#first), get(this.#buffered));
    return when(isMade, setBit(this.#lane, this.#first, this.#input.addresses.lane.firsts));
  }

  #leave(status: Code): Code {
    return [
      this.#noteFirst(),
      this.#save(),
      this.#purpose === "gather" ? setLaneRegister(this.#lane, LANE.status, status) : [],
      leave(status),
    ];
  }
}

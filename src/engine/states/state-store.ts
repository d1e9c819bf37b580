/**
 * States, packed, and what it takes to make moves of them: memory, rows and visited set, tables of answers, and the kernel
 * for the layout of their words at the moment (reencoding.ts).
 */
import type { Renaming } from "../../spec/symmetry.js";
import { Arena } from "../memory/arena.js";
import { Budget, CapacityError } from "../memory/budget.js";
import type { Codec } from "../encoding/codec.js";
import { allocateControl, LANE, maxStatesOf, R, STATUS, type Addresses } from "../memory/control-block.js";
import { alone } from "../kernel/crew.js";
import { Encoding } from "./reencoding.js";
import { FootprintTables, MOVES, moveBytes, OrderError } from "../oracle/answer-tables.js";
import type { KeptImage, StatesShape } from "../api/image.js";
import type { Crew, Kernel, KernelKind } from "../kernel/kernel.js";
import type { Knowledge, Learned } from "../oracle/oracle.js";
import { Lane } from "../memory/lane.js";
import { LayoutPlan } from "../encoding/layout-plan.js";
import type { Layout } from "../memory/state-layout.js";
import { Annexes } from "../memory/annexes.js";
import { Packing } from "../encoding/packing.js";
import { packWords } from "../encoding/word-bytes.js";
import { plainKernel } from "../kernel/plain/kernel.js";
import type { Rows } from "./rows.js";
import { Shortcuts } from "../kernel/move-cache.js";
import { States, type RowRange } from "./states.js";
import type { Tuning } from "../api/tuning.js";
import type { Word } from "../memory/words.js";

export class StateStore {
  readonly arena: Arena;
  /** Where the visited set is, if it is not in the arena. */
  readonly annexes: Annexes;
  readonly answers: FootprintTables;
  readonly encoding: Encoding;
  /** The lane for everything that is not done in batches. */
  readonly lane: Lane;
  /** The threads that share out work which can be done at the same time. */
  crew: Crew;
  readonly #kind: KernelKind;
  readonly #knowledge: Knowledge;
  readonly #tuning: Tuning;
  readonly #processes: number;
  readonly #rules: number;
  readonly #states: States;
  readonly #shortcuts: Shortcuts;
  /** Made by the last {@link successor}. */
  #word: Word;
  #kernel: Kernel;
  #isCompiled = false;

  constructor(
    kind: KernelKind,
    maxBytes: number,
    of: {
      readonly components: number;
      readonly processes: number;
      readonly rules: number;
      readonly threads: number;
      readonly renamings: readonly Renaming[];
    },
    knowledge: Knowledge,
    tuning: Tuning,
  ) {
    this.#kind = kind;
    this.#knowledge = knowledge;
    this.#tuning = tuning;
    this.#processes = of.processes;
    this.#rules = of.rules;
    const budget = new Budget(maxBytes);
    const arena = new Arena(kind.memory(maxBytes), maxBytes, budget);
    const addresses = allocateControl(arena, of, tuning);
    const { annexBytes, block } = tuning;
    const { memory } = kind;
    const annexes = new Annexes({ memory, maxBytes: annexBytes, budget, sizes: of, block });
    this.arena = arena;
    this.annexes = annexes;
    this.lane = new Lane(arena, addresses.lane, addresses.mainLane);
    const plan = new LayoutPlan(of.components, tuning, of.renamings);
    const packing = new Packing(arena, addresses, this.lane.leaves, plan.layout());
    const { layout } = packing;
    this.answers = new FootprintTables(arena, addresses.roots, of.processes + of.rules, layout);
    this.crew = alone(() => this.#kernel.shared, addresses.lane);
    this.#shortcuts = new Shortcuts(arena, of.processes, of.threads, tuning.shortcutBits);
    const enter = (lane: number): number => this.#kernel.enter(lane);
    const states = new States({ arena, addresses, tuning, annexes, enter }, layout.rootBits);
    const { renamings } = of;
    const { regroupAt } = tuning;
    const onOther = (): void => this.#useLayout();
    const parts = { arena, states, knowledge, renamings, regroupAt, plan, packing, onOther };
    this.#states = states;
    this.encoding = new Encoding(parts);
    this.#word = this.codec;
    this.#kernel = this.#newKernel();
    arena.words[R.block] = tuning.block;
  }

  get size(): number {
    return this.#states.size;
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  get layout(): Layout {
    return this.encoding.layout;
  }

  get addresses(): Addresses {
    return this.#packing.addresses;
  }

  get rows(): Rows {
    return this.#states.rows;
  }

  get codec(): Codec {
    return this.#packing.codec;
  }

  /** Bytes of rows, visited set and interned words, free space included. */
  get bytes(): number {
    return this.#states.bytes + this.#packing.bytes;
  }

  /** Forgets all states and nothing that was learned, for another search. */
  clear(): void {
    this.lane.start(0, 0);
    for (const register of [LANE.buffered, LANE.flushed]) this.lane.set(register, 0);
    this.#states.clear(this.layout.rootBits);
  }

  /** Rows before this one are not needed any more. */
  release(row: number): void {
    this.#states.release(row);
  }

  /** Remembers the answer of a table. Throws PMC201 if it was given in another order than answers before. */
  remember(table: number, { footprint, answer }: Learned): void {
    try {
      this.answers.add(table, footprint, answer);
    } catch (error) {
      throw error instanceof OrderError ? this.#knowledge.orderFault(table) : error;
    }
    if (table < this.#processes) this.#shortcuts.meet(table, footprint[0]);
  }

  /** Puts a root word into the buffer. */
  buffer({ low, high }: Word): void {
    const buffered = this.lane.get(LANE.buffered);
    this.lane.put(buffered, low, high);
    this.lane.set(LANE.buffered, buffered + 1);
  }

  /**
   * Makes the root word that a move leads to, or the least one of its orbit, the word at hand.
   * @returns `done`; or `nodeFull` or `unmapped`, if it cannot be made in this layout
   */
  successor(row: number, process: number, outcome: number): number {
    const { orbits } = this.encoding;
    this.decode(row);
    if (!this.codec.successor(this.moveAddress(process, outcome))) return STATUS.nodeFull;
    const { low, high } = this.codec;
    this.#word = orbits ?? this.codec;
    if (orbits === undefined || orbits.translate(low, high)) return STATUS.done;
    if (!this.encoding.tryToMap(this.#packing.idsOf(low, high))) return STATUS.unmapped;
    orbits.translate(low, high);
    return STATUS.done;
  }

  /** What `successor` has made. */
  get word(): Word {
    return this.#word;
  }

  /** Finds out what the successor of a move is called otherwise. The buffer has to be empty. */
  mapSuccessor(row: number, process: number, outcome: number): void {
    for (this.decode(row); !this.codec.successor(this.moveAddress(process, outcome)); this.decode(row)) {
      this.encoding.growNode(this.codec.fullNode);
    }
    this.encoding.map(this.#packing.idsOf(this.codec.low, this.codec.high));
  }

  /** Makes a row's leaf words those at hand. */
  decode(row: number): void {
    const { rows } = this.#states;
    rows.read(row);
    this.#packing.decode(rows.low, rows.high);
  }

  /** The ids of a row, one at a time. */
  idsOf(row: number): (component: number) => number {
    this.decode(row);
    return (component) => this.id(component);
  }

  /** How many moves a process has in the state that was decoded last; the tables must know it. */
  outcomes(process: number): number {
    return this.arena.words[this.answers.find(process, this.lane.leaves) >>> 2] as number;
  }

  /** Where the tables have a move of the state that was decoded last; they must know it. */
  moveAddress(process: number, outcome: number): number {
    return this.answers.find(process, this.lane.leaves) + MOVES + outcome * moveBytes(this.layout.leaves);
  }

  /** The id of a component in the state that was decoded last. */
  id(component: number): number {
    return this.#packing.id(component);
  }

  /** Is there a compiled kernel? Below a certain number of states it is not worth it. */
  get isCompiled(): boolean {
    return this.#isCompiled;
  }

  /** Makes room for so many more states. */
  reserve(states: number): void {
    const end = this.size + states;
    const most = maxStatesOf(this.addresses);
    if (end > most) throw new CapacityError(`more than ${most} states`);
    if (!this.#isCompiled && end > this.#tuning.compileAt) this.#kernel = this.#newKernel();
    this.#states.reserve(end, this.layout.rootBits, this.crew);
  }

  /** Makes the visited set again, larger, because a bucket has overflowed. */
  growVisited(): void {
    this.#states.grow(this.size + this.#tuning.block, this.layout.rootBits);
  }

  /** The states that there were, as they can be kept. */
  shape(range: RowRange): StatesShape {
    const nodes = this.#packing.used((visit) => this.#states.forEachOf(range, visit));
    return { states: range.states, first: range.first, layout: this.layout, nodes };
  }

  /** Their interned words, their rows, and the words of those without a row, as bytes. */
  *pieces({ first, states, end }: RowRange, { nodes }: StatesShape): Generator<Uint8Array> {
    yield* this.#packing.images(nodes);
    yield* this.#states.rows.pieces(first, states);
    for (const forEach of this.#states.without(first, end)) yield packWords(forEach, this.layout);
  }

  /** Takes the states of an image for its own. There must be none, or only the initial one; the buffer has to be empty. */
  restore(shape: StatesShape, kept: Pick<KeptImage, "read">): void {
    this.encoding.restore(shape, kept);
  }

  get #packing(): Packing {
    return this.encoding.packing;
  }

  /** Has everything that depends on the layout use the one that there is now. */
  #useLayout(): void {
    this.answers.encode(this.layout);
    this.#kernel = this.#newKernel();
  }

  #newKernel(): Kernel {
    const kind = this.size + this.#tuning.block <= this.#tuning.compileAt ? plainKernel : this.#kind;
    this.#isCompiled = kind === this.#kind;
    if (this.#isCompiled) this.#shortcuts.forget(this.layout, this.#packing.words);
    return kind.kernel({
      arena: this.arena,
      addresses: this.addresses,
      layout: this.layout,
      processes: this.#processes,
      rules: this.#rules,
      shortcuts: this.#shortcuts.layout,
      orbits: this.encoding.orbits,
      annexes: this.annexes,
    });
  }
}

/**
 * States, packed: the layout of their words, and the kernel for that.
 *
 * When ids or numbers outgrow the layout, or a better grouping is found, states move to another layout; row numbers stay.
 * Nothing is ever dropped: what does not fit is a CapacityError.
 */
import type { Renaming } from "../spec/symmetry.js";
import { Arena, CapacityError } from "./arena.js";
import type { Codec } from "./codec.js";
import { allocateControl, LANE, maxStatesOf, R, STATUS, type Addresses } from "./control.js";
import { FootprintTables, MOVES, moveBytes } from "./footprint-tables.js";
import { alone, type Crew } from "./crew.js";
import type { KeptImage, StatesShape } from "./image.js";
import type { Kernel, KernelKind } from "./kernel.js";
import type { Knowledge, Learned } from "./knowledge.js";
import { Lane } from "./lane.js";
import { LayoutPlan } from "./layout-plan.js";
import type { Layout } from "./layout.js";
import { Orbits } from "./orbits.js";
import { Packing } from "./packing.js";
import { packWords, unpackWords } from "./packed-words.js";
import { plainKernel } from "./plain-kernel.js";
import { Recoder, Repacker } from "./relayout.js";
import type { Rows } from "./rows.js";
import { Shortcuts } from "./shortcuts.js";
import { States, type RowRange } from "./states.js";
import type { Tuning } from "./tuning.js";

export class StateStore {
  readonly arena: Arena;
  readonly answers: FootprintTables;
  /** The lane for everything that is not done in batches. */
  readonly lane: Lane;
  /** Who does what can be done at the same time. */
  crew: Crew;
  readonly #kind: KernelKind;
  readonly #tuning: Tuning;
  readonly #processes: number;
  readonly #rules: number;
  readonly #states: States;
  readonly #plan: LayoutPlan;
  readonly #knowledge: Knowledge;
  readonly #renamings: readonly Renaming[];
  readonly #shortcuts: Shortcuts;
  #packing: Packing;
  /** Undefined if no states differ by names only. */
  #orbits: Orbits | undefined;
  /** Made by the last {@link successor}. */
  #word: { readonly low: number; readonly high: number };
  #kernel: Kernel;
  #regroupings = 0;
  #settlings = 0;
  #isCompiled = false;

  constructor(
    kind: KernelKind,
    maxBytes: number,
    of: {
      readonly components: number;
      readonly processes: number;
      readonly rules: number;
      readonly parts: number;
      readonly renamings: readonly Renaming[];
    },
    knowledge: Knowledge,
    tuning: Tuning,
  ) {
    this.#kind = kind;
    this.#tuning = tuning;
    this.#processes = of.processes;
    this.#rules = of.rules;
    this.arena = new Arena(kind.memory(maxBytes), maxBytes);
    const addresses = allocateControl(this.arena, of, tuning);
    this.lane = new Lane(this.arena, addresses.lane, addresses.mainLane);
    this.#knowledge = knowledge;
    this.#renamings = of.renamings;
    this.#plan = new LayoutPlan(of.components, tuning, of.renamings);
    this.#packing = new Packing(this.arena, addresses, this.lane.leaves, this.#plan.layout());
    this.answers = new FootprintTables(this.arena, addresses.roots, of.processes + of.rules, this.layout);
    this.crew = alone(() => this.#kernel.shared, addresses.lane);
    this.#shortcuts = new Shortcuts(this.arena, of.processes, of.parts, tuning.shortcutBits);
    this.#states = new States(this.arena, addresses, tuning, this.layout.rootBits, (address) =>
      this.#kernel.enter(address),
    );
    this.#word = this.codec;
    this.#orbits = this.#newOrbits();
    this.#kernel = this.#newKernel();
    this.arena.words[R.block] = tuning.block;
  }

  get size(): number {
    return this.#states.size;
  }

  /** How often states may have become others of their orbits. */
  get settlings(): number {
    return this.#settlings;
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  get layout(): Layout {
    return this.#packing.layout;
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

  /** Remembers the answer of a table. */
  remember(table: number, { footprint, answer }: Learned): void {
    this.answers.add(table, footprint, answer);
    if (table < this.#processes) this.#shortcuts.meet(table, footprint[0]);
  }

  /** Puts a state's root word, or the least one of its orbit, into the buffer. */
  buffer(ids: readonly number[]): void {
    while (!this.#packing.encode(ids)) this.growNode(this.codec.fullNode);
    this.#map(ids);
    this.#packing.encode(ids);
    this.#orbits?.translate(this.codec.low, this.codec.high);
    this.bufferWord(this.#orbits ?? this.codec);
  }

  /** Puts a root word into the buffer; that which the codec made last, if not said. */
  bufferWord({ low, high }: { readonly low: number; readonly high: number } = this.codec): void {
    const buffered = this.lane.get(LANE.buffered);
    this.lane.put(buffered, low, high);
    this.lane.set(LANE.buffered, buffered + 1);
  }

  /** Finds out what a state is called otherwise. The buffer has to be empty. */
  #map(ids: readonly number[]): void {
    while (!this.#tryToMap(ids)) {
      if (this.fits) this.growNode(this.codec.fullNode);
      else this.fit();
    }
  }

  /** The same without changing the layout; false if that would have to be. */
  #tryToMap(ids: readonly number[]): boolean {
    if (this.#orbits === undefined) return true;
    const states = [ids, ...this.#renamings.map((_, renaming) => this.#knowledge.renamed(renaming, ids))];
    if (!this.fits) return false;
    return this.#orbits.learn(states, this.#packing);
  }

  /**
   * Makes the root word that a move leads to, or the least one of its orbit, the word at hand.
   * @returns `done`; or `nodeFull` or `unmapped`, if it cannot be made in this layout
   */
  successor(row: number, process: number, outcome: number): number {
    this.decode(row);
    if (!this.codec.successor(this.moveAddress(process, outcome))) return STATUS.nodeFull;
    const { low, high } = this.codec;
    this.#word = this.#orbits ?? this.codec;
    if (this.#orbits === undefined || this.#orbits.translate(low, high)) return STATUS.done;
    if (!this.#tryToMap(this.#packing.idsOf(low, high))) return STATUS.unmapped;
    this.#orbits.translate(low, high);
    return STATUS.done;
  }

  /** What `successor` has made. */
  get word(): { readonly low: number; readonly high: number } {
    return this.#word;
  }

  /** Finds out what the successor of a move is called otherwise. The buffer has to be empty. */
  mapSuccessor(row: number, process: number, outcome: number): void {
    for (this.decode(row); !this.codec.successor(this.moveAddress(process, outcome)); this.decode(row)) {
      this.growNode(this.codec.fullNode);
    }
    this.#map(this.#packing.idsOf(this.codec.low, this.codec.high));
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

  /** Makes room for one more word in a node. The buffer has to be empty. */
  growNode(node: number): void {
    if (this.#packing.grow(node)) return;
    // The plan may be of a time when there were fewer values, and fields are often wider.
    this.#plan.widen(this.#knowledge.counts);
    if (!this.#plan.isPossible) return this.#groupAnew();
    this.#plan.widenNode(node, this.layout);
    const layout = this.#plan.layout();
    const isSameTree =
      layout.nodes.length === this.layout.nodes.length &&
      layout.nodes.every(({ parent }, i) => parent === this.layout.nodes[i]?.parent);
    const hasRoom = this.#packing.words.every((count, i) => count <= 2 ** (layout.nodes[i]?.width ?? 0));
    if (isSameTree && hasRoom) this.#repack(layout);
    else this.#move();
  }

  /** Has the layout room for the ids of all values? */
  get fits(): boolean {
    return this.#packing.hasRoomFor(this.#knowledge.counts);
  }

  /** Makes room for the ids of all values. The buffer has to be empty. */
  fit(): void {
    if (this.fits) return;
    this.#plan.widen(this.#knowledge.counts);
    if (!this.#plan.isPossible) this.#groupAnew();
    else if (this.layout.nodes.length === 0) this.#move();
    else {
      this.#packing.relayout(this.#plan.rewidened(this.layout));
      this.#use();
    }
  }

  /** Now and then, thinks the grouping over. The buffer has to be empty. */
  regroup(): void {
    if (this.size < this.#nextRegrouping) return;
    this.#regroupings++;
    this.#plan.narrow(this.#knowledge.counts);
    if (this.#group()) this.#move();
  }

  /** Groups do not fit any more. What they are thought over for now need not be done again soon. */
  #groupAnew(): void {
    if (2 * this.size > this.#nextRegrouping) this.#regroupings++;
    this.#group();
    this.#move();
  }

  /** Plans groups by the states that have rows; true if they are others. */
  #group(): boolean {
    return this.#plan.group(() => this.#packing.samples(this.rows, this.size));
  }

  /** How many states there are when the grouping is thought over. */
  get #nextRegrouping(): number {
    return this.#tuning.regroupAt[this.#regroupings] ?? Infinity;
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
  restore(shape: StatesShape, { read }: KeptImage): void {
    const { states, first, layout, nodes } = shape;
    this.#packing.free();
    this.#plan.follow(layout, this.#knowledge.counts, nodes);
    this.#packing = this.#newPacking(layout);
    this.#packing.load(nodes, read);
    this.#states.load(shape, layout.rootBits, read, (add) => unpackWords(first, layout, read, add));
    while (states >= this.#nextRegrouping) this.#regroupings++;
    this.#use();
  }

  /** Moves all states to the layout that groups and widths now make. */
  #move(): void {
    const { nodes, otherNodes } = this.addresses;
    const addresses = { ...this.addresses, nodes: otherNodes, otherNodes: nodes };
    while (!this.#tryMove(addresses));
    this.#settle();
  }

  /** False if a node's numbers did not fit; it gets more bits the next time. */
  #tryMove(addresses: Addresses): boolean {
    const packing = this.#newPacking(this.#plan.layout(), addresses);
    if (!this.#states.translate(new Recoder(this.#packing, packing), packing.layout.rootBits)) {
      this.#plan.widenNode(packing.codec.fullNode, packing.layout);
      packing.free();
      return false;
    }
    this.#packing.free();
    this.#packing = packing;
    this.#use(this.#newOrbits());
    return true;
  }

  /** Makes the root words again for a layout that differs in the widths of numbers only. */
  #repack(layout: Layout): void {
    this.#states.translate(new Repacker(this.layout, layout), layout.rootBits);
    this.#packing.relayout(layout);
    this.#use(this.#newOrbits());
    this.#settle();
  }

  /** Other root words, other least ones: has every state be the least one of its orbit again. */
  #settle(): void {
    if (this.#orbits === undefined) return;
    this.#settlings++;
    for (let known: Layout | undefined; known !== this.layout;) {
      known = this.layout;
      this.#states.forEach((low, high) => {
        // Mapping one may have taken another layout. Then these words say nothing any more.
        if (known !== this.layout || this.#orbits?.translate(low, high) === true) return;
        this.#map(this.#packing.idsOf(low, high));
      });
    }
    this.#states.translate(this.#orbits, this.layout.rootBits);
  }

  #newOrbits(): Orbits | undefined {
    return this.#renamings.length === 0 ? undefined : new Orbits(this.arena, this.#renamings, this.layout);
  }

  #newPacking(layout: Layout, addresses = this.addresses): Packing {
    return new Packing(this.arena, addresses, this.lane.leaves, layout);
  }

  /**
   * Has everything that depends on the layout use the one that there is now.
   * @param orbits other ones, if root words change
   */
  #use(orbits = this.#orbits): void {
    if (orbits !== this.#orbits) this.#orbits?.free();
    this.#orbits = orbits;
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
      orbits: this.#orbits,
    });
  }
}

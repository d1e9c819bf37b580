/**
 * The states of a search: their rows, the visited set, and the layout they are packed in.
 *
 * When ids or numbers outgrow the layout, or a better grouping is found, all states move to another layout; row numbers
 * stay. Nothing is ever dropped: what does not fit is a CapacityError.
 */
import { Arena, CapacityError } from "./arena.js";
import { Codec } from "./codec.js";
import { LANE, MAX_STATES, NODE, R, STATUS, allocateControl, type Addresses } from "./control.js";
import { FootprintTables, MOVES, moveBytes } from "./footprint-tables.js";
import { alone, type Crew } from "./crew.js";
import type { KeptImage, StatesShape } from "./image.js";
import type { Kernel, KernelKind } from "./kernel.js";
import type { Learned } from "./knowledge.js";
import { Lane } from "./lane.js";
import { LayoutPlan } from "./layout-plan.js";
import type { Layout } from "./layout.js";
import { NodeTable } from "./node-table.js";
import { plainKernel } from "./plain-kernel.js";
import { moveRows, repackRows, rewriteLeaves } from "./relayout.js";
import { Rows } from "./rows.js";
import { Shortcuts } from "./shortcuts.js";
import type { Tuning } from "./tuning.js";
import { usedWords } from "./used-words.js";
import { VisitedSet } from "./visited-set.js";
import { maskOf } from "./words.js";

/** A kernel's code gets faster between calls. */
const ROWS_PER_CALL = 1 << 14;
/** States that a grouping is measured on. */
const SAMPLES = 1 << 13;

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
  readonly #visited: VisitedSet;
  readonly #plan: LayoutPlan;
  readonly #shortcuts: Shortcuts;
  #addresses: Addresses;
  #layout: Layout;
  #nodes: NodeTable[];
  #rows: Rows;
  #codec: Codec;
  #kernel: Kernel;
  #regroupings = 0;
  #isCompiled = false;

  constructor(
    kind: KernelKind,
    maxBytes: number,
    of: {
      readonly components: number;
      readonly processes: number;
      readonly rules: number;
      readonly parts: number;
    },
    tuning: Tuning,
  ) {
    this.#kind = kind;
    this.#tuning = tuning;
    this.#processes = of.processes;
    this.#rules = of.rules;
    this.arena = new Arena(kind.memory(maxBytes), maxBytes);
    this.#addresses = allocateControl(this.arena, of, tuning.block);
    this.lane = new Lane(this.arena, this.#addresses.lane, this.#addresses.mainLane);
    this.#plan = new LayoutPlan(of.components, tuning);
    this.#layout = this.#plan.layout();
    this.answers = new FootprintTables(
      this.arena,
      this.#addresses.roots,
      of.processes + of.rules,
      this.#layout,
    );
    this.crew = alone(() => this.#kernel.shared, this.#addresses.lane);
    this.#shortcuts = new Shortcuts(this.arena, of.processes, of.parts, tuning.shortcutBits);
    this.#nodes = this.#newNodes(this.#layout, this.#addresses);
    this.#rows = new Rows(this.arena, this.#addresses, this.#layout);
    this.#codec = new Codec(this.arena, this.#addresses, this.#layout);
    this.#kernel = this.#newKernel();
    this.#visited = new VisitedSet(this.arena, this.#addresses, tuning);
    this.arena.words[R.block] = tuning.block;
    this.#rows.reserve(tuning.block + 1);
    this.#visited.allocate(tuning.block, this.#layout.rootBits, false);
  }

  get size(): number {
    return this.arena.words[R.size] as number;
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  get layout(): Layout {
    return this.#layout;
  }

  get addresses(): Addresses {
    return this.#addresses;
  }

  get rows(): Rows {
    return this.#rows;
  }

  get codec(): Codec {
    return this.#codec;
  }

  /** Bytes of rows, visited set and interned words, free space included. */
  get bytes(): number {
    return this.#rows.bytes + this.#visited.bytes + this.#nodes.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Forgets all states and nothing that was learned, for another search. */
  clear(): void {
    this.lane.start(0, 0);
    for (const register of [LANE.buffered, LANE.flushed]) this.lane.set(register, 0);
    for (const register of [R.size, R.checked, R.rule]) this.arena.words[register] = 0;
    this.#visited.allocate(this.#tuning.block, this.#layout.rootBits, false);
  }

  /** Remembers the answer of a table. */
  remember(table: number, { footprint, answer }: Learned): void {
    this.answers.add(table, footprint, answer);
    if (table < this.#processes) this.#shortcuts.meet(table, footprint[0]);
  }

  /** Puts a state's root word into the buffer. */
  buffer(ids: readonly number[], counts: readonly number[]): void {
    while (!this.#codec.encode(ids)) this.growNode(this.#codec.fullNode, counts);
    this.bufferWord();
  }

  /** Puts the root word that the codec made last into the buffer. */
  bufferWord(): void {
    const buffered = this.lane.get(LANE.buffered);
    this.lane.put(buffered, this.#codec.low, this.#codec.high);
    this.lane.set(LANE.buffered, buffered + 1);
  }

  /** Makes a row's leaf words those at hand. */
  decode(row: number): void {
    this.#rows.read(row);
    this.#codec.decode(this.#rows.low, this.#rows.high, this.lane.leaves);
  }

  /** The ids of a row, one at a time. */
  idsOf(row: number): (component: number) => number {
    this.decode(row);
    return (component) => this.id(component);
  }

  /** Where the tables have a move of the state that was decoded last; they must know it. */
  moveAddress(process: number, outcome: number): number {
    return this.answers.find(process, this.lane.leaves) + MOVES + outcome * moveBytes(this.#layout.leaves);
  }

  /** The id of a component in the state that was decoded last. */
  id(component: number): number {
    const { word, shift, width } = this.#layout.fields[component] ?? { word: 0, shift: 0, width: 0 };
    return ((this.arena.words[(this.lane.leaves >>> 2) + word] as number) >>> shift) & maskOf(width);
  }

  /** Is there a compiled kernel? Below a certain number of states it is not worth it. */
  get isCompiled(): boolean {
    return this.#isCompiled;
  }

  /** Makes room for so many more states. */
  reserve(states: number): void {
    const end = this.size + states;
    if (end > MAX_STATES) throw new CapacityError(`more than ${MAX_STATES} states`);
    this.#rows.reserve(end + 1);
    if (!this.#isCompiled && end > this.#tuning.compileAt) this.#kernel = this.#newKernel();
    while (!this.#visited.hasRoomFor(end)) {
      if (!this.#visited.grow(end, this.#layout.rootBits, this.crew)) this.#refill(end, false);
    }
  }

  /** Makes the visited set again, larger, because a bucket has overflowed. */
  growVisited(): void {
    this.#refill(this.size + this.#tuning.block, true);
  }

  /** Makes the visited set again from the rows: with room for so many states, `larger` than before or not. */
  #refill(states: number, larger: boolean): void {
    const { lane } = this;
    const { cursor } = lane;
    let status: number = STATUS.tableFull;
    for (let again = larger; status === STATUS.tableFull; again = true) {
      this.#visited.allocate(states, this.#layout.rootBits, again);
      status = STATUS.done;
      for (let row = 0; status === STATUS.done && row < this.size; row += ROWS_PER_CALL) {
        lane.start(row, Math.min(this.size, row + ROWS_PER_CALL));
        status = this.#kernel.refill(lane.address);
      }
    }
    lane.cursor = cursor;
  }

  /**
   * Makes room for one more word in a node. The buffer has to be empty.
   * @param counts values per component: the plan may be of a time when there were fewer, and fields are often wider
   */
  growNode(node: number, counts: readonly number[]): void {
    if (this.#nodes[node]?.grow() === true) return;
    this.#plan.widen(counts);
    if (!this.#plan.isPossible) {
      this.#plan.group(() => this.#samples());
      this.#move();
      return;
    }
    this.#plan.widenNode(node, this.#layout);
    const layout = this.#plan.layout();
    const isSameTree =
      layout.nodes.length === this.#layout.nodes.length &&
      layout.nodes.every(({ parent }, i) => parent === this.#layout.nodes[i]?.parent);
    const hasRoom = layout.nodes.every(({ width }, i) => (this.#nodes[i]?.count ?? 0) <= 2 ** width);
    if (isSameTree && hasRoom) this.#repack(layout);
    else this.#move();
  }

  /** Has the layout room for the ids below `counts`? */
  fits(counts: readonly number[]): boolean {
    const { fields } = this.#layout;
    return counts.every((count, component) => count <= 2 ** (fields[component]?.width ?? 0));
  }

  /** Makes room for the ids below `counts`. The buffer has to be empty. */
  fit(counts: readonly number[]): void {
    const { nodes } = this.#layout;
    if (this.fits(counts)) return;
    this.#plan.widen(counts);
    if (!this.#plan.isPossible) {
      this.#plan.group(() => this.#samples());
      this.#move();
    } else if (nodes.length === 0) this.#move();
    else {
      const layout = this.#plan.rewidened(this.#layout);
      rewriteLeaves(this.#nodes, this.#layout, layout);
      this.#use(layout);
    }
  }

  /** Now and then, thinks the grouping over. The buffer has to be empty. */
  regroup(counts: readonly number[]): void {
    if (this.size < (this.#tuning.regroupAt[this.#regroupings] ?? Infinity)) return;
    this.#regroupings++;
    this.#plan.narrow(counts);
    if (this.#plan.group(() => this.#samples())) this.#move();
  }

  /** The states before a row, with the layout they are packed in. */
  shape(states: number): StatesShape {
    return { states, layout: this.#layout, nodes: usedWords(states, this.#layout, this.#rows, this.#nodes) };
  }

  /** Their interned words and their rows, as bytes. */
  *pieces({ states, nodes }: StatesShape): Generator<Uint8Array> {
    for (const [node, count] of nodes.entries()) {
      const table = this.#nodes[node];
      if (table !== undefined) yield table.image(count);
    }
    yield* this.#rows.pieces(states);
  }

  /** Takes the states of an image for its own. There must be none, or only the initial one; the buffer has to be empty. */
  restore({ states, layout, nodes }: StatesShape, counts: readonly number[], { read }: KeptImage): void {
    this.#visited.free();
    for (const node of this.#nodes) node.free();
    this.#rows.free();
    this.#plan.follow(layout, counts, nodes);
    this.#nodes = this.#newNodes(layout, this.#addresses);
    this.#nodes.forEach((node, i) => {
      if (!node.load(nodes[i] ?? 0, read)) throw new Error(`an image with too many words in node ${i}`);
    });
    this.#rows = new Rows(this.arena, this.#addresses, layout);
    this.#rows.reserve(states + this.#tuning.block + 1);
    for (const piece of this.#rows.pieces(states)) read(piece);
    this.arena.words[R.size] = states;
    while (states >= (this.#tuning.regroupAt[this.#regroupings] ?? Infinity)) this.#regroupings++;
    this.#use(layout);
    this.#refill(this.size + this.#tuning.block, false);
  }

  /** Ids of states, evenly spaced. */
  #samples(): Uint32Array {
    const count = Math.min(this.size, SAMPLES);
    const components = this.#layout.fields.length;
    const samples = new Uint32Array(Math.max(1, count) * components);
    for (let i = 0; i < count; i++) {
      this.decode(Math.floor((i * this.size) / count));
      for (let component = 0; component < components; component++)
        samples[i * components + component] = this.id(component);
    }
    return samples;
  }

  /** Moves all states to the layout that groups and widths now make. */
  #move(): void {
    this.#visited.free();
    const { nodes, otherNodes } = this.#addresses;
    const addresses = { ...this.#addresses, nodes: otherNodes, otherNodes: nodes };
    while (!this.#tryMove(addresses));
  }

  /** False if a node's numbers did not fit; it gets more bits the next time. */
  #tryMove(addresses: Addresses): boolean {
    const layout = this.#plan.layout();
    const nodes = this.#newNodes(layout, addresses);
    const to = { layout, rows: this.#newRows(layout), codec: new Codec(this.arena, addresses, layout) };
    const from = { layout: this.#layout, rows: this.#rows, codec: this.#codec };
    const makeRoom = (node: number) => nodes[node]?.grow() === true;
    if (!moveRows(this.size, from, to, this.lane.leaves, () => this.arena.words, makeRoom)) {
      this.#plan.widenNode(to.codec.fullNode, layout);
      for (const node of nodes) node.free();
      to.rows.free();
      return false;
    }
    for (const node of this.#nodes) node.free();
    this.#rows.free();
    this.#addresses = addresses;
    this.#nodes = nodes;
    this.#rows = to.rows;
    this.#use(layout);
    this.#refill(this.size + this.#tuning.block, false);
    return true;
  }

  /** Writes the rows again for a layout that differs in the widths of numbers only. */
  #repack(layout: Layout): void {
    this.#visited.free();
    const rows = this.#newRows(layout);
    repackRows(this.size, { layout: this.#layout, rows: this.#rows }, { layout, rows });
    rewriteLeaves(this.#nodes, this.#layout, layout);
    this.#nodes.forEach((node, i) => node.setWidth(layout.nodes[i]?.width ?? 0));
    this.#rows.free();
    this.#rows = rows;
    this.#use(layout);
    this.#refill(this.size + this.#tuning.block, false);
  }

  /** Has everything that depends on the layout use this one. */
  #use(layout: Layout): void {
    this.#layout = layout;
    this.#codec = new Codec(this.arena, this.#addresses, layout);
    this.#rows.publish();
    this.answers.encode(layout);
    this.#kernel = this.#newKernel();
  }

  #newRows(layout: Layout): Rows {
    const rows = new Rows(this.arena, this.#addresses, layout);
    rows.reserve(this.size + this.#tuning.block + 1);
    return rows;
  }

  #newNodes(layout: Layout, { nodes }: Addresses): NodeTable[] {
    return layout.nodes.map(({ width }, i) => new NodeTable(this.arena, nodes + i * NODE.bytes, width));
  }

  #newKernel(): Kernel {
    const kind = this.size + this.#tuning.block <= this.#tuning.compileAt ? plainKernel : this.#kind;
    this.#isCompiled = kind === this.#kind;
    if (this.#isCompiled) this.#shortcuts.forget(this.#layout);
    return kind.kernel({
      arena: this.arena,
      addresses: this.#addresses,
      layout: this.#layout,
      processes: this.#processes,
      rules: this.#rules,
      shortcuts: this.#shortcuts.layout,
    });
  }
}

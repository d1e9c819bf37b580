/**
 * The states of a search: their rows, the visited set, and the layout they are packed in.
 *
 * When ids or numbers outgrow the layout, or a better grouping is found, all states move to another layout; row numbers
 * stay. Nothing is ever dropped: what does not fit is a CapacityError.
 */
import { Arena, CapacityError } from "./arena.js";
import { Codec } from "./codec.js";
import { MAX_BLOCK, MAX_NODES, MAX_STATES, NODE, R, STATUS, allocateControl, type Addresses } from "./control.js";
import { FootprintTables } from "./footprint-tables.js";
import { cheapestGroups, fullestGroups } from "./grouping.js";
import type { Kernel, KernelKind } from "./kernel.js";
import { fitsLeaf, layoutOf, roomyWidth, ROOT, type Layout } from "./layout.js";
import { NodeTable } from "./node-table.js";
import { Rows } from "./rows.js";
import { VisitedSet } from "./visited-set.js";

/** Knobs that change no result; tests turn them to force what small systems would not need. */
export interface Tuning {
  /** Successors per block. */
  readonly block: number;
  /** log2 of the visited set's buckets, at least. */
  readonly bucketBits: number;
  /** Bits per component at first. */
  readonly componentBits: number;
  /** Bits for the numbers of interned words at first. */
  readonly numberBits: number;
  /** How many states there are when the grouping is thought over. */
  readonly regroupAt: readonly number[];
}

export const DEFAULT_TUNING: Tuning = {
  block: MAX_BLOCK,
  bucketBits: 8,
  componentBits: 6,
  numberBits: 12,
  regroupAt: [2 ** 12, 2 ** 15, 2 ** 19],
};

/** States that a grouping is measured on. */
const SAMPLES = 1 << 15;

export class StateStore {
  readonly arena: Arena;
  readonly answers: FootprintTables;
  readonly #kind: KernelKind;
  readonly #tuning: Tuning;
  readonly #processes: number;
  readonly #rules: number;
  readonly #visited: VisitedSet;
  /** By component. */
  readonly #widths: number[];
  readonly #numberWidths = new Map<number, number>();
  #groups: number[][];
  #addresses: Addresses;
  #layout: Layout;
  #nodes: NodeTable[];
  #rows: Rows;
  #codec: Codec;
  #kernel: Kernel;
  #regroupings = 0;

  constructor(
    kind: KernelKind,
    maxBytes: number,
    of: { readonly components: number; readonly processes: number; readonly rules: number },
    tuning: Tuning,
  ) {
    this.#kind = kind;
    this.#tuning = tuning;
    this.#processes = of.processes;
    this.#rules = of.rules;
    this.arena = new Arena(kind.memory(maxBytes), maxBytes);
    this.#addresses = allocateControl(this.arena, of.processes, of.rules);
    this.#widths = Array.from({ length: of.components }, () => tuning.componentBits);
    this.#groups = fullestGroups(this.#widths);
    this.#layout = this.#newLayout();
    this.answers = new FootprintTables(this.arena, this.#addresses.roots, of.processes + of.rules, this.#layout);
    this.#nodes = this.#newNodes(this.#layout, this.#addresses);
    this.#rows = new Rows(this.arena, this.#addresses, this.#layout.rootBits);
    this.#codec = new Codec(this.arena, this.#addresses, this.#layout);
    this.#kernel = this.#newKernel();
    this.#visited = new VisitedSet(this.arena, tuning.bucketBits);
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

  /** Puts a state's root word into the buffer. */
  buffer(ids: readonly number[]): void {
    while (!this.#codec.encode(ids)) this.growNode(this.#codec.fullNode);
    const { words } = this.arena;
    const at = (this.#addresses.buffer >>> 2) + 2 * (words[R.buffered] as number);
    words[at] = this.#codec.low;
    words[at + 1] = this.#codec.high;
    words[R.buffered] = (words[R.buffered] as number) + 1;
  }

  /** Makes a row's leaf words those at hand. */
  decode(row: number): void {
    this.#rows.read(row);
    this.#codec.decode(this.#rows.low, this.#rows.high);
  }

  /** The id of a component in the state that was decoded last. */
  id(component: number): number {
    const { word, shift, width } = this.#layout.fields[component] ?? { word: 0, shift: 0, width: 0 };
    return ((this.arena.words[(this.#addresses.leaves >>> 2) + word] as number) >>> shift) & (2 ** width - 1);
  }

  /** Makes room for another block of states. */
  reserveBlock(): void {
    const end = this.size + this.#tuning.block;
    if (end > MAX_STATES) throw new CapacityError(`more than ${MAX_STATES} states`);
    this.#rows.reserve(end + 1);
    if (!this.#visited.hasRoomFor(end)) this.growVisited(false);
  }

  /** Makes the visited set again: with room for another block, or (`larger`) because its buckets overflow. */
  growVisited(larger: boolean): void {
    const { words } = this.arena;
    const [row, rowEnd] = [words[R.row] as number, words[R.rowEnd] as number];
    let status: number = STATUS.tableFull;
    for (let again = larger; status === STATUS.tableFull; again = true) {
      this.#visited.allocate(this.size + this.#tuning.block, this.#layout.rootBits, again);
      this.arena.words[R.row] = 0;
      this.arena.words[R.rowEnd] = this.size;
      status = this.#kernel.refill();
    }
    this.arena.words[R.row] = row;
    this.arena.words[R.rowEnd] = rowEnd;
  }

  /** Makes room for one more word in a node. The buffer has to be empty. */
  growNode(node: number): void {
    if (this.#nodes[node]?.grow() === true) return;
    this.#widen(node, this.#layout);
    this.#move();
  }

  /** Makes room for the ids below `counts`. The buffer has to be empty. True if states moved. */
  fit(counts: readonly number[]): boolean {
    const tooWide = counts.filter((count, component) => count > 2 ** (this.#layout.fields[component]?.width ?? 0));
    if (tooWide.length === 0) return false;
    counts.forEach((count, component) => {
      this.#widths[component] = Math.max(this.#widths[component] ?? 0, roomyWidth(count));
    });
    const stillFit = this.#groups.every((group) => fitsLeaf(group.map((one) => this.#widths[one] ?? 0)));
    if (!stillFit) this.#groups = this.#bestGroups(counts);
    this.#move();
    return true;
  }

  /** Now and then, thinks the grouping over. The buffer has to be empty. */
  regroup(counts: readonly number[]): void {
    if (this.size < (this.#tuning.regroupAt[this.#regroupings] ?? Infinity)) return;
    this.#regroupings++;
    counts.forEach((count, component) => {
      this.#widths[component] = roomyWidth(count);
    });
    const groups = this.#bestGroups(counts);
    if (JSON.stringify(groups) === JSON.stringify(this.#groups)) return;
    this.#groups = groups;
    this.#numberWidths.clear();
    this.#move();
  }

  #bestGroups(counts: readonly number[]): number[][] {
    const all = [[...counts.keys()]];
    const isDirect = fitsLeaf(this.#widths) && layoutOf(all, this.#widths, () => 1).nodes.length === 0;
    return isDirect ? all : cheapestGroups(this.#samples(), this.#widths);
  }

  /** Ids of states, evenly spaced. */
  #samples(): Uint32Array {
    const count = Math.min(this.size, SAMPLES);
    const components = this.#widths.length;
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
    const from = { layout: this.#layout, nodes: this.#nodes, rows: this.#rows, codec: this.#codec };
    const { nodes, otherNodes } = this.#addresses;
    const addresses = { ...this.#addresses, nodes: otherNodes, otherNodes: nodes };
    for (let isMoved = false; !isMoved;) isMoved = this.#tryMove(from, addresses);
    for (const node of from.nodes) node.free();
    from.rows.free();
    this.#rows.publish();
    this.answers.encode(this.#layout);
    this.#kernel = this.#newKernel();
    this.growVisited(false);
  }

  /** False if a node's numbers did not fit; it gets more bits the next time. */
  #tryMove(
    from: { readonly layout: Layout; readonly rows: Rows; readonly codec: Codec },
    addresses: Addresses,
  ): boolean {
    const layout = this.#newLayout();
    const nodes = this.#newNodes(layout, addresses);
    const rows = new Rows(this.arena, addresses, layout.rootBits);
    const codec = new Codec(this.arena, addresses, layout);
    rows.reserve(this.size + this.#tuning.block + 1);
    const ids = new Uint32Array(this.#widths.length);
    for (let row = 0; row < this.size; row++) {
      from.rows.read(row);
      from.codec.decode(from.rows.low, from.rows.high);
      for (let component = 0; component < ids.length; component++) {
        const { word, shift, width } = from.layout.fields[component] ?? { word: 0, shift: 0, width: 0 };
        const half = this.arena.words[(addresses.leaves >>> 2) + word] as number;
        ids[component] = (half >>> shift) & (2 ** width - 1);
      }
      while (!codec.encode(ids)) {
        if (nodes[codec.fullNode]?.grow() === true) continue;
        this.#widen(codec.fullNode, layout);
        for (const node of nodes) node.free();
        rows.free();
        return false;
      }
      rows.write(row, codec.low, codec.high);
    }
    this.#addresses = addresses;
    this.#layout = layout;
    this.#nodes = nodes;
    this.#rows = rows;
    this.#codec = codec;
    return true;
  }

  #widen(node: number, layout: Layout): void {
    const { width, parent } = layout.nodes[node] ?? { width: 0, parent: ROOT };
    if (parent !== ROOT || width >= 31) throw new CapacityError(`more than 2^${width} different parts of states`);
    this.#numberWidths.set(node, width + 2);
  }

  #newLayout(): Layout {
    const layout = layoutOf(
      this.#groups,
      this.#widths,
      (node) => this.#numberWidths.get(node) ?? this.#tuning.numberBits,
    );
    if (layout.nodes.length > MAX_NODES) throw new CapacityError("states too wide for the engine");
    return layout;
  }

  #newNodes(layout: Layout, { nodes }: Addresses): NodeTable[] {
    return layout.nodes.map(({ width }, i) => new NodeTable(this.arena, nodes + i * NODE.bytes, width));
  }

  #newKernel(): Kernel {
    return this.#kind.kernel({
      arena: this.arena,
      addresses: this.#addresses,
      layout: this.#layout,
      processes: this.#processes,
      rules: this.#rules,
    });
  }
}

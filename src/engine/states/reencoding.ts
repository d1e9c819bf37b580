/**
 * How states are encoded now, and how they come to be encoded otherwise: when ids or numbers outgrow the layout, or a
 * better grouping is found, all states move to another layout; row numbers stay.
 *
 * Nothing is ever dropped: what does not fit is a CapacityError.
 */
import type { Renaming } from "../../spec/symmetry.js";
import type { Arena } from "../memory/arena.js";
import type { Addresses } from "../memory/control-block.js";
import type { KeptImage, StatesShape } from "../api/image.js";
import type { Knowledge } from "../oracle/oracle.js";
import type { LayoutPlan } from "../encoding/layout-plan.js";
import type { Layout } from "../memory/state-layout.js";
import { Orbits } from "../encoding/orbits.js";
import type { Packing } from "../encoding/packing.js";
import { unpackWords } from "../encoding/word-bytes.js";
import { Recoder, Repacker } from "../encoding/recode.js";
import type { Rows } from "./rows.js";
import type { States } from "./states.js";
import type { OnWord, Word } from "../memory/words.js";
import { damaged } from "./image-check.js";

/** What an encoding is made of. */
export interface EncodingParts {
  readonly arena: Arena;
  readonly states: States;
  readonly knowledge: Knowledge;
  readonly renamings: readonly Renaming[];
  /** How many states there are when the grouping is thought over. */
  readonly regroupAt: readonly number[];
  readonly plan: LayoutPlan;
  readonly packing: Packing;
  /** Called when the layout is another one. */
  readonly onOther: () => void;
}

export class Encoding {
  readonly #parts: EncodingParts;
  #packing: Packing;
  /** Undefined if no states differ by names only. */
  #orbits: Orbits | undefined;
  #regroupings = 0;
  #settlings = 0;

  constructor(parts: EncodingParts) {
    this.#parts = parts;
    this.#packing = parts.packing;
    this.#orbits = this.#newOrbits();
  }

  get packing(): Packing {
    return this.#packing;
  }

  get orbits(): Orbits | undefined {
    return this.#orbits;
  }

  get layout(): Layout {
    return this.#packing.layout;
  }

  /** How often states may have become others of their orbits. */
  get settlings(): number {
    return this.#settlings;
  }

  /** Has the layout room for the ids of all values? */
  get fits(): boolean {
    return this.#packing.hasRoomFor(this.#parts.knowledge.counts);
  }

  /** Makes room for the ids of all values. The buffer has to be empty. */
  fit(): void {
    const { plan, knowledge } = this.#parts;
    if (this.fits) return;
    plan.widen(knowledge.counts);
    if (!plan.isPossible) this.#groupAnew();
    else if (this.layout.nodes.length === 0) this.#move();
    else {
      this.#packing.relayout(plan.rewidened(this.layout));
      this.#parts.onOther();
    }
  }

  /** Makes room for one more word in a node. The buffer has to be empty. */
  growNode(node: number): void {
    const { plan, knowledge } = this.#parts;
    if (this.#packing.grow(node)) return;
    // The plan may be of a time when there were fewer values, and fields are often wider.
    plan.widen(knowledge.counts);
    if (!plan.isPossible) return this.#groupAnew();
    plan.widenNode(node, this.layout);
    const layout = plan.layout();
    const isSameTree =
      layout.nodes.length === this.layout.nodes.length &&
      layout.nodes.every(({ parent }, i) => parent === this.layout.nodes[i]?.parent);
    const hasRoom = this.#packing.words.every((count, i) => count <= 2 ** (layout.nodes[i]?.width ?? 0));
    if (isSameTree && hasRoom) this.#repack(layout);
    else this.#move();
  }

  /** Now and then, thinks the grouping over. The buffer has to be empty. */
  regroup(): void {
    const { states, plan, knowledge } = this.#parts;
    if (states.size < this.#nextRegrouping) return;
    this.#regroupings++;
    plan.narrow(knowledge.counts);
    if (this.#group()) this.#move();
  }

  /** A state's root word, or the least one of its orbit. The buffer has to be empty. */
  encode(ids: readonly number[]): Word {
    while (!this.#packing.encode(ids)) this.growNode(this.#packing.codec.fullNode);
    this.map(ids);
    this.#packing.encode(ids);
    const { low, high } = this.#packing.codec;
    this.#orbits?.translate(low, high);
    return this.#orbits ?? this.#packing.codec;
  }

  /** Finds out what a state is called otherwise. The buffer has to be empty. */
  map(ids: readonly number[]): void {
    while (!this.tryToMap(ids)) {
      if (this.fits) this.growNode(this.#packing.codec.fullNode);
      else this.fit();
    }
  }

  /** The same without changing the layout; false if that would have to be. */
  tryToMap(ids: readonly number[]): boolean {
    const { renamings, knowledge } = this.#parts;
    if (this.#orbits === undefined) return true;
    const states = [ids, ...renamings.map((_, renaming) => knowledge.renamed(renaming, ids))];
    if (!this.fits) return false;
    return this.#orbits.learn(states, this.#packing);
  }

  /**
   * Takes the states of an image whose header was checked (image-check.ts). There must be none, or only the initial one;
   * the buffer has to be empty. Throws PMC152 if its lists do not go together.
   */
  restore(shape: StatesShape, { read }: Pick<KeptImage, "read">): void {
    const { plan, knowledge } = this.#parts;
    const { states, first, layout, nodes } = shape;
    this.#packing.free();
    plan.follow(layout, knowledge.counts, nodes);
    this.#packing = this.#packing.another(layout);
    this.#packing.load(nodes, read);
    this.#parts.states.load(shape, layout.rootBits, read, (add) => unpackWords(first, layout, read, add));
    this.#checkNumbers(nodes);
    while (states >= this.#nextRegrouping) this.#regroupings++;
    this.#parts.onOther();
  }

  /** Throws PMC152 if the states that were read have numbers or ids that there are not. */
  #checkNumbers(nodes: readonly number[]): void {
    const { states, knowledge } = this.#parts;
    const forEach = (visit: OnWord) => states.forEach(visit);
    const used = this.#packing.used(forEach);
    if (!this.fits || used.some((count, node) => count > (nodes[node] as number))) {
      throw damaged("its states have parts or values that it does not have");
    }
    if (!this.#packing.holdsOnly(knowledge.counts, forEach))
      throw damaged("its states have values that it does not have");
  }

  /** Groups do not fit any more. What they are thought over for now need not be done again soon. */
  #groupAnew(): void {
    if (2 * this.#parts.states.size > this.#nextRegrouping) this.#regroupings++;
    this.#group();
    this.#move();
  }

  /** Plans groups by the states that have rows; true if they are others. */
  #group(): boolean {
    const { plan, states } = this.#parts;
    return plan.group(() => samplesOf(this.#packing, states.rows, states.size), this.layout);
  }

  get #nextRegrouping(): number {
    return this.#parts.regroupAt[this.#regroupings] ?? Infinity;
  }

  /** Moves all states to the layout that groups and widths now make. */
  #move(): void {
    const { nodes, otherNodes } = this.#packing.addresses;
    const addresses = { ...this.#packing.addresses, nodes: otherNodes, otherNodes: nodes };
    while (!this.#tryMove(addresses));
    this.#settle();
  }

  /** False if a node's numbers did not fit; it gets more bits the next time. */
  #tryMove(addresses: Addresses): boolean {
    const { plan, states } = this.#parts;
    const packing = this.#packing.another(plan.layout(), addresses);
    if (!states.translate(new Recoder(this.#packing, packing), packing.layout.rootBits)) {
      plan.widenNode(packing.codec.fullNode, packing.layout);
      packing.free();
      return false;
    }
    this.#packing.free();
    this.#packing = packing;
    this.#useOtherWords();
    return true;
  }

  /** Makes the root words again for a layout that differs in the widths of numbers only. */
  #repack(layout: Layout): void {
    this.#parts.states.translate(new Repacker(this.layout, layout), layout.rootBits);
    this.#packing.relayout(layout);
    this.#useOtherWords();
    this.#settle();
  }

  /** Root words are others: what is known of orbits says nothing any more. */
  #useOtherWords(): void {
    this.#orbits?.free();
    this.#orbits = this.#newOrbits();
    this.#parts.onOther();
  }

  /** Other root words, other least ones: has every state be the least one of its orbit again. */
  #settle(): void {
    const { states } = this.#parts;
    if (this.#orbits === undefined) return;
    this.#settlings++;
    for (let known: Layout | undefined; known !== this.layout;) {
      known = this.layout;
      states.forEach((low, high) => {
        // Mapping one may have taken another layout. Then these words say nothing any more.
        if (known !== this.layout || this.#orbits?.translate(low, high) === true) return;
        this.map(this.#packing.idsOf(low, high));
      });
    }
    states.translate(this.#orbits, this.layout.rootBits);
  }

  #newOrbits(): Orbits | undefined {
    const { arena, renamings } = this.#parts;
    return renamings.length === 0 ? undefined : new Orbits(arena, renamings, this.layout);
  }
}

/** States that a grouping is measured on. */
const SAMPLES = 1 << 11;

/**
 * Ids of states in rows before `end`, evenly spaced: `samples[c][i]` is component c of the i-th. Of one state with ids 0
 * if there is none.
 */
function samplesOf(packing: Packing, rows: Rows, end: number): Uint32Array[] {
  const { first } = rows;
  const count = Math.min(end - first, SAMPLES);
  const samples = packing.layout.fields.map(() => new Uint32Array(Math.max(1, count)));
  const ids = new Uint32Array(samples.length);
  for (let i = 0; i < count; i++) {
    rows.read(first + Math.floor((i * (end - first)) / count));
    packing.decode(rows.low, rows.high);
    packing.ids(ids);
    for (const [component, column] of samples.entries()) column[i] = ids[component] as number;
  }
  return samples;
}

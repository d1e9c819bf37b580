/**
 * The session: which path of which trace is on the screen, and which step of it is looked at. The address says all of it,
 * so that the back button undoes a fork and a permalink leads back here.
 */
import type { PageDocument, PageEntry } from "../play/page-document.js";
import { sceneOf, type Scene } from "../picture/scene.js";
import { decodeAddress, encodeAddress, type Address } from "../play/address.js";
import { Models } from "../own/models.js";
import { comparable, comparisonOf, type Compared, type Comparison } from "./comparison.js";
import { ownCode } from "./data.js";
import { Player, type Line } from "./player.js";

/** What changed: another path, or another step of the same path. */
export type Change = "path" | "column";

/** The address is written this long after the last move: a browser refuses to do it too often. */
const SETTLED_MS = 250;

export class Session {
  readonly page: PageDocument;
  readonly models = new Models(ownCode());
  #address: Address = { entry: 0, fork: null, column: null, against: null };
  #line: Line;
  #scene: Scene;
  #comparison: Comparison | undefined;
  readonly #players = new Map<number, Player>();
  readonly #listeners: ((change: Change) => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: PageDocument) {
    const [first] = page.entries;
    if (first === undefined) throw new Error("a page without an entry");
    this.page = page;
    this.#line = first;
    this.#scene = sceneOf(first.trace, first.decided);
    const address = decodeAddress(location.hash);
    this.#show(page.isComparison && location.hash === "" ? { ...address, against: "1" } : address);
    addEventListener("popstate", () => {
      this.#show(decodeAddress(location.hash));
      this.#tell("path");
    });
  }

  get entry(): PageEntry {
    return this.page.entries[this.#address.entry] ?? (this.page.entries[0] as PageEntry);
  }

  get entryIndex(): number {
    return this.#address.entry;
  }

  get line(): Line {
    return this.#line;
  }

  get scene(): Scene {
    return this.#scene;
  }

  /** The column that is looked at: the state after so many steps. */
  get column(): number {
    return Math.min(this.#address.column ?? this.#firstColumn, this.length);
  }

  get length(): number {
    return this.#line.trace.steps.length;
  }

  /** After how many steps the path leaves its trace; null if it does not. */
  get forkedAfter(): number | null {
    return this.#address.fork?.after ?? null;
  }

  /** What the path is compared with; undefined for nothing. */
  get comparison(): Comparison | undefined {
    return this.#comparison;
  }

  /** The names and titles of what the path can be compared with. */
  get comparable(): readonly (readonly [name: string, title: string])[] {
    return comparable(this.#compared);
  }

  /** Undefined if the entry cannot be played. */
  get player(): Player | undefined {
    const { entry, entryIndex } = this;
    if (entry.cannotPlay !== null) return undefined;
    let player = this.#players.get(entryIndex);
    if (player === undefined) this.#players.set(entryIndex, (player = new Player(entry, this.models)));
    return player;
  }

  get permalink(): string {
    return `${location.href.replace(/#.*$/, "")}${encodeAddress({ ...this.#address, column: this.column })}`;
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  goTo(column: number): void {
    const next = Math.max(0, Math.min(column, this.length));
    if (next === this.#address.column) return;
    this.#address = { ...this.#address, column: next };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write("replace"), SETTLED_MS);
    this.#tell("column");
  }

  /** Shows another trace of the page. */
  choose(entry: number): void {
    this.#leaveTo({ entry, fork: null, column: null, against: null });
  }

  /** Shows something else below the path; null for nothing. False if that cannot be made. */
  compareWith(against: string | null): boolean {
    this.#leaveTo({ ...this.#address, column: this.column, against });
    return this.#comparison?.name === (against ?? undefined);
  }

  /** From the column that is looked at, takes these steps; `follow`: looks at the last of them. */
  take(indices: readonly number[]): void {
    const { column, fork, entry, against } = { ...this.#address, column: this.column };
    const kept = fork === null || column <= fork.after ? [] : fork.indices.slice(0, column - fork.after);
    const after = fork === null ? column : Math.min(fork.after, column);
    const isOwn =
      fork === null && indices.every((index, i) => this.#line.trace.steps[column + i]?.index === index);
    if (isOwn) this.goTo(column + indices.length);
    else
      this.#leaveTo({
        entry,
        fork: { after, indices: [...kept, ...indices] },
        column: column + indices.length,
        against,
      });
  }

  /** Of a lesson: the cheapest way there is, from the beginning. */
  takeBest(): void {
    const { entry, player } = this;
    const best = entry.lesson?.best ?? null;
    if (best === null || player === undefined) return;
    const indices = player.follow(player.start, 0, best.names);
    this.#leaveTo({ entry: this.entryIndex, fork: { after: 0, indices }, column: 0, against: null });
  }

  /** Goes back to the trace. */
  abandonFork(): void {
    const { entry, fork } = this.#address;
    if (fork !== null) this.#leaveTo({ entry, fork: null, column: fork.after, against: null });
  }

  #leaveTo(address: Address): void {
    this.#write("replace");
    this.#show(address);
    this.#write("push");
    this.#tell("path");
  }

  #show(address: Address): void {
    const entry = address.entry < this.page.entries.length ? address.entry : 0;
    this.#address = { ...address, entry };
    const { fork } = address;
    const { player } = this;
    const canFork = fork !== null && player !== undefined && fork.after <= this.entry.trace.steps.length;
    if (!canFork) this.#address = { ...this.#address, fork: null };
    this.#line = canFork ? player.fork(this.entry, fork.after, fork.indices) : this.entry;
    this.#scene = sceneOf(this.#line.trace, canFork ? null : this.entry.decided);
    const { against } = this.#address;
    this.#comparison = against === null ? undefined : comparisonOf(against, this.#compared);
    if (this.#comparison === undefined) this.#address = { ...this.#address, against: null };
  }

  get #compared(): Compared {
    const { page, models, entry, entryIndex, player, line } = this;
    return { page, models, entry, entryIndex, player, line, isFork: this.forkedAfter !== null };
  }

  /** A first look is at the step that decides, not at the beginning. */
  get #firstColumn(): number {
    const { decided } = this.entry;
    if (this.#address.fork !== null) return this.length;
    return decided?.erased?.step ?? decided?.noReturn?.by ?? 0;
  }

  #write(how: "push" | "replace"): void {
    clearTimeout(this.#timer);
    const hash = encodeAddress({ ...this.#address, column: this.column });
    if (how === "push") history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}

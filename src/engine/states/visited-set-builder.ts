/**
 * Fills a visited set with words that come one at a time; where one has no place, a larger set takes over.
 */
import type { Arena } from "../memory/arena.js";
import { LANE, SEGMENTS, STATUS, type LaneLayout } from "../memory/control-block.js";
import { Lane } from "../memory/lane.js";
import type { VisitedSet } from "./visited-set.js";

/** What it takes. */
export interface FillingTools {
  readonly arena: Arena;
  readonly lane: LaneLayout;
  /** Words that a lane has room for. */
  readonly block: number;
  /** The kernel's: enters the words of a lane into the set that was made last. */
  readonly enter: (lane: number) => number;
  /** An empty set, with more buckets than `smaller`. */
  readonly newVisited: (smaller?: VisitedSet) => VisitedSet;
}

export class Filling {
  readonly #tools: FillingTools;
  /** Of its own, for in those of the search there may be successors. */
  readonly #lane: Lane;
  #visited: VisitedSet;
  #buffered = 0;

  constructor(tools: FillingTools, smaller?: VisitedSet) {
    const { arena, lane } = tools;
    this.#tools = tools;
    this.#lane = new Lane(arena, lane, arena.allocate(lane.bytes));
    this.#visited = tools.newVisited(smaller);
  }

  add(low: number, high: number): void {
    if (this.#buffered === this.#tools.block) this.#flush();
    this.#lane.put(this.#buffered++, low, high);
  }

  /** Adds what is in a set. */
  addAll(of: VisitedSet): void {
    for (let segment = 0; segment < SEGMENTS; segment++) {
      of.forEachIn(segment, (low, high) => this.add(low, high));
    }
  }

  /** The set; to be called once, at the end. */
  finish(): VisitedSet {
    this.#flush();
    const { arena, lane } = this.#tools;
    arena.free(this.#lane.address, lane.bytes);
    return this.#visited;
  }

  #flush(): void {
    this.#lane.set(LANE.buffered, this.#buffered);
    this.#buffered = 0;
    while (this.#tools.enter(this.#lane.address) === STATUS.tableFull) {
      const larger = new Filling(this.#tools, this.#visited);
      larger.addAll(this.#visited);
      this.#visited.free();
      this.#visited = larger.finish();
    }
  }
}

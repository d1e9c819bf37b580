/**
 * The explored transitions, all of them, in the arena: what liveness needs and reachability does not.
 *
 *   first    [ 0 | 2 | 5 | ...            the edges of state s are first[s] .. first[s + 1] - 1
 *   waits    [ w | w | w | ...            what is waited for in state s: bit g, that of cycle goal g
 *   target   [ 7   3 | 0   1   9 | ...    where edge e leads
 *   process  [ 4   8 | 0   4   4 | ...    whose step it is, in ascending order; what is not here cannot move in s
 *   marks    [ m   m | m   m   m | ...    what the watchers of cycles say of it
 *
 * The edges of a state are in the order of outcomes too, so which outcome an edge is need not be there. There are fewer
 * than 2^31 states and edges, because that many would not fit the arena.
 */
import { WordList, type Words } from "../memory/word-array.js";

const WORD = 4;

export class TransitionGraph {
  readonly states: number;
  readonly #first: WordList;
  readonly #waits: WordList;
  readonly #target: WordList;
  readonly #process: WordList;
  readonly #marks: WordList;
  #state = 0;
  #edge = 0;

  static bytesFor(states: number, edges: number): number {
    return WORD * (states + 1 + states + 3 * edges);
  }

  /** In as many bytes from an address on as it takes, whatever is in them. */
  constructor(memory: Words, address: number, states: number, edges: number) {
    let end = address;
    const place = (length: number) => {
      end += WORD * length;
      return new WordList(memory, end - WORD * length, length);
    };
    this.states = states;
    this.#first = place(states + 1);
    this.#waits = place(states);
    this.#target = place(edges);
    this.#process = place(edges);
    this.#marks = place(edges);
    this.#first.set(0, 0);
  }

  /** Adds an edge of the current state, which is state 0 at first; by process, and then by outcome. */
  add(target: number, process: number, marks: number): void {
    if (this.#edge === this.#target.length) throw new Error("more transitions than the search has counted");
    this.#target.set(this.#edge, target);
    this.#process.set(this.#edge, process);
    this.#marks.set(this.#edge, marks);
    this.#edge++;
  }

  /** The current state has no more edges, and this is what is waited for in it; the next state is current. */
  endState(waits: number): void {
    this.#waits.set(this.#state, waits);
    this.#first.set(++this.#state, this.#edge);
  }

  waits(state: number): number {
    return this.#waits.get(state);
  }

  firstEdge(state: number): number {
    return this.#first.get(state);
  }

  endEdge(state: number): number {
    return this.#first.get(state + 1);
  }

  target(edge: number): number {
    return this.#target.get(edge);
  }

  process(edge: number): number {
    return this.#process.get(edge);
  }

  marks(edge: number): number {
    return this.#marks.get(edge);
  }

  canMove(state: number, process: number): boolean {
    for (let edge = this.firstEdge(state); edge < this.endEdge(state); edge++) {
      if (this.process(edge) === process) return true;
    }
    return false;
  }

  /** Which outcome of its process an edge of a state is. */
  outcome(state: number, edge: number): number {
    let first = edge;
    while (first > this.firstEdge(state) && this.process(first - 1) === this.process(edge)) first--;
    return edge - first;
  }
}

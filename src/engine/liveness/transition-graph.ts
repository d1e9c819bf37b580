/**
 * The explored transitions, all of them, in the arena: what liveness needs and reachability does not.
 *
 *   first    [ 0 | 2 | 5 | ...            the edges of state s are first[s] .. first[s + 1] - 1
 *   waits    [ w | w | w | ...            what is waited for in state s: bit g, that of cycle goal g
 *   target   [ 7   3 | 0   1   9 | ...    where edge e leads
 *   kind     [ 4   8 | 0   4   4 | ...    whose step it is, and what the watchers of cycles say of it: a number of its own for
 *                                         each such pair, of which there are few; two numbers in a word
 *
 * The edges of a state are in the order of processes (a process that is not there cannot move in the state) and of outcomes,
 * so which outcome an edge is need not be there. There are fewer than 2^31 - 2 states and 2^31 edges, because that many would not fit the arena.
 */
import { CapacityError } from "../memory/budget.js";
import { WordList, type Words } from "../memory/word-array.js";

const WORD = 4;
const KIND_BITS = 16;
const MAX_KINDS = 1 << KIND_BITS;

export class TransitionGraph {
  readonly states: number;
  readonly #first: WordList;
  readonly #waits: WordList;
  readonly #target: WordList;
  readonly #kinds: WordList;
  /** By kind: the process, and the marks. */
  readonly #processes: number[] = [];
  readonly #marks: number[] = [];
  /** By process: its kinds. */
  readonly #kindsOf: number[][] = [];
  #state = 0;
  #edge = 0;

  static bytesFor(states: number, edges: number): number {
    return WORD * (states + 1 + states + edges + Math.ceil(edges / 2));
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
    this.#kinds = place(Math.ceil(edges / 2));
    this.#kinds.fill(0);
    this.#first.set(0, 0);
  }

  /**
   * Adds an edge of the current state, which is state 0 at first; by process, and then by outcome. Throws a CapacityError
   * when there are too many kinds of edges.
   */
  add(target: number, process: number, marks: number): void {
    if (this.#edge === this.#target.length) throw new Error("more transitions than the search has counted");
    this.#target.set(this.#edge, target);
    const kind = this.#kindOf(process, marks);
    const pair = this.#edge >>> 1;
    this.#kinds.set(pair, this.#kinds.get(pair) | (kind << halfOf(this.#edge)));
    this.#edge++;
  }

  /** Says where an edge leads that was added before. */
  lead(edge: number, target: number): void {
    this.#target.set(edge, target);
  }

  /** The current state has no more edges, and this is what is waited for in it; the next state is current. */
  endState(waits: number): void {
    this.#waits.set(this.#state, waits);
    this.#first.set(++this.#state, this.#edge);
  }

  waits(state: number): number {
    return this.#waits.get(state);
  }

  /** Nothing is waited for in this state, as far as anybody looks for cycles. */
  waitNoMore(state: number): void {
    this.#waits.set(state, 0);
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

  kind(edge: number): number {
    return (this.#kinds.get(edge >>> 1) >>> halfOf(edge)) & (MAX_KINDS - 1);
  }

  process(edge: number): number {
    return this.#processes[this.kind(edge)] as number;
  }

  marks(edge: number): number {
    return this.#marks[this.kind(edge)] as number;
  }

  /** By kind: 1 if it has one of these marks. */
  kindsMarked(marks: number): Uint8Array {
    return Uint8Array.from(this.#marks, (of) => ((of & marks) === 0 ? 0 : 1));
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

  #kindOf(process: number, marks: number): number {
    const kinds = (this.#kindsOf[process] ??= []);
    for (const kind of kinds) if (this.#marks[kind] === marks) return kind;
    const kind = this.#marks.length;
    if (kind === MAX_KINDS)
      throw new CapacityError(`more than ${MAX_KINDS} kinds of steps, of which cycles could be made`);
    this.#processes.push(process);
    this.#marks.push(marks);
    kinds.push(kind);
    return kind;
  }
}

/** Where the kind of an edge is in its word: as a shift. */
function halfOf(edge: number): number {
  return (edge & 1) * KIND_BITS;
}

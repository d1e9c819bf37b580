/**
 * The explored transitions, all of them, in flat arrays: what liveness needs and reachability does not.
 *
 *   first    [ 0 | 2 | 5 | ...            the edges of state s are first[s] .. first[s + 1] - 1
 *   target   [ 7   3 | 0   1   9 | ...    where edge e leads
 *   process  [ 4   8 | 0   4   4 | ...    whose step it is, in ascending order; what is not here cannot move in s
 *   marks    [ m   m | m   m   m | ...    what the watchers of cycles say of it
 *
 * The edges of a state are in the order of outcomes too, so which outcome an edge is need not be there.
 */

export class TransitionGraph {
  readonly states: number;
  readonly #first: Uint32Array;
  readonly #target: Uint32Array;
  readonly #process: Uint32Array;
  readonly #marks: Uint32Array;
  #state = 0;
  #edge = 0;

  constructor(states: number, transitions: number) {
    this.states = states;
    this.#first = new Uint32Array(states + 1);
    this.#target = new Uint32Array(transitions);
    this.#process = new Uint32Array(transitions);
    this.#marks = new Uint32Array(transitions);
  }

  /** Adds an edge of the current state, which is state 0 at first; by process, and then by outcome. */
  add(target: number, process: number, marks: number): void {
    this.#target[this.#edge] = target;
    this.#process[this.#edge] = process;
    this.#marks[this.#edge] = marks;
    this.#edge++;
  }

  /** The current state has no more edges; the next state is current. */
  endState(): void {
    this.#first[++this.#state] = this.#edge;
  }

  firstEdge(state: number): number {
    return this.#first[state] as number;
  }

  endEdge(state: number): number {
    return this.#first[state + 1] as number;
  }

  target(edge: number): number {
    return this.#target[edge] as number;
  }

  process(edge: number): number {
    return this.#process[edge] as number;
  }

  marks(edge: number): number {
    return this.#marks[edge] as number;
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

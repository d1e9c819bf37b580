/**
 * The explored transitions, all of them, in flat arrays: what liveness needs and reachability does not.
 *
 *   first   [ 0 | 2 | 5 | ...            the edges of state s are first[s] .. first[s + 1] - 1
 *   target  [ 7   3 | 0   1   9 | ...    where edge e leads
 *   label   [ p   p | p   p   p | ...    its process and outcome
 *   marks   [ m   m | m   m   m | ...    what the watchers of cycles say of it
 */

/** Outcomes of one process in one state; a label is process * MAX_OUTCOMES + outcome. */
const MAX_OUTCOMES = 1 << 16;

export class TransitionGraph {
  readonly states: number;
  readonly #first: Uint32Array;
  readonly #target: Uint32Array;
  readonly #label: Uint32Array;
  readonly #marks: Uint32Array;
  /** Bit p: process p can move in the state. */
  readonly #movers: Uint32Array;
  #state = 0;
  #edge = 0;

  constructor(states: number, transitions: number) {
    this.states = states;
    this.#first = new Uint32Array(states + 1);
    this.#target = new Uint32Array(transitions);
    this.#label = new Uint32Array(transitions);
    this.#marks = new Uint32Array(transitions);
    this.#movers = new Uint32Array(states);
  }

  /** Adds an edge of the current state, which is state 0 at first. */
  add(target: number, process: number, outcome: number, marks: number): void {
    this.#target[this.#edge] = target;
    this.#label[this.#edge] = process * MAX_OUTCOMES + outcome;
    this.#marks[this.#edge] = marks;
    this.#movers[this.#state] = (this.#movers[this.#state] as number) | (1 << process);
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
    return Math.floor((this.#label[edge] as number) / MAX_OUTCOMES);
  }

  outcome(edge: number): number {
    return (this.#label[edge] as number) % MAX_OUTCOMES;
  }

  marks(edge: number): number {
    return this.#marks[edge] as number;
  }

  canMove(state: number, process: number): boolean {
    return (((this.#movers[state] as number) >>> process) & 1) === 1;
  }
}

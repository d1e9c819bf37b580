/**
 * All the places where an execution may be that has shown what the log shows so far.
 *
 * The models are a nondeterministic automaton, whose letters are what can be seen; every other step (a register
 * write, the line, the GIC, a function that is inlined) is silent. A log is accepted if some run of the automaton shows it:
 * the frontier after an entry is every place that a run can have reached by silent steps and then that entry. It is
 * exact: no place is forgotten and none is in it that no execution reaches.
 *
 * A step may show several things, and other CPUs may show something between two of them. So a place is a state and,
 * for each CPU, what its last step has yet to show; a CPU takes no step while it has something to show.
 */
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";
import type { Seen } from "./observable.js";

export interface Place {
  readonly state: GraphState;
  /** What was done and is still to be shown, of all CPUs, each CPU's in order. */
  readonly toShow: readonly Seen[];
  /** How an execution came here. */
  readonly from: { readonly place: Place; readonly move: Move } | undefined;
}

export type Show = (from: GraphState, move: Move) => readonly Seen[];

export class Frontier {
  readonly #graph: StateGraph;
  readonly #show: Show;
  readonly #shown = new Map<Move, readonly Seen[]>();
  /** Closed under silent steps. */
  #places: readonly Place[];

  constructor(graph: StateGraph, show: Show) {
    this.#graph = graph;
    this.#show = show;
    this.#places = this.#close([{ state: graph.initial, toShow: [], from: undefined }]);
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  /** Goes on by an entry. False, and the frontier stays, if no execution shows it next. */
  advance(seen: Seen): boolean {
    const next = this.#places.flatMap((place) => {
      const at = place.toShow.findIndex(({ cpu }) => cpu === seen.cpu);
      if (at < 0 || place.toShow[at]?.text !== seen.text) return [];
      return [{ ...place, toShow: place.toShow.filter((_, i) => i !== at) }];
    });
    if (next.length === 0) return false;
    this.#places = this.#close(next);
    return true;
  }

  /** What executions can show next. */
  offers(): readonly Seen[] {
    const first = this.#places.flatMap(({ toShow }) =>
      toShow.filter((one, i) => toShow.findIndex(({ cpu }) => cpu === one.cpu) === i),
    );
    return [...new Map(first.map((one) => [`${one.cpu} ${one.text}`, one])).values()];
  }

  /** Every place that can be reached by steps that need nothing to be shown first. */
  #close(from: readonly Place[]): readonly Place[] {
    const places: Place[] = [];
    const known = new Map<GraphState, Set<string>>();
    const add = (place: Place): void => {
      const key = place.toShow.map(({ cpu, text }) => `${cpu} ${text}`).join("|");
      const keys = known.get(place.state);
      if (keys?.has(key) === true) return;
      if (keys === undefined) known.set(place.state, new Set([key]));
      else keys.add(key);
      places.push(place);
    };
    for (const place of from) add(place);
    for (let at = 0; at < places.length; at++) {
      const place = places[at] as Place;
      for (const move of this.#graph.moves(place.state)) {
        const { cpu } = move.label;
        const waits = isProcessor(move) && place.toShow.some((one) => one.cpu === cpu);
        if (waits) continue;
        const seen = this.#seen(place.state, move);
        add({
          state: move.to,
          toShow: seen.length === 0 ? place.toShow : [...place.toShow, ...seen],
          from: { place, move },
        });
      }
    }
    return places;
  }

  #seen(from: GraphState, move: Move): readonly Seen[] {
    let seen = this.#shown.get(move);
    if (seen === undefined) this.#shown.set(move, (seen = this.#show(from, move)));
    return seen;
  }
}

function isProcessor({ label }: Move): boolean {
  return label.level !== undefined;
}

/** The moves that lead to a place, first to last. */
export function pathTo(place: Place): readonly Move[] {
  const moves: Move[] = [];
  for (let at = place; at.from !== undefined; at = at.from.place) moves.push(at.from.move);
  return moves.reverse();
}

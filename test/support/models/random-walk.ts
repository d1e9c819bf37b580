/**
 * Random walks: long traces that nobody would want to read, the same ones for the same seed.
 */
import { Machine } from "../../../src/runtime/machine.js";
import type { TraceDocument } from "../../../src/trace/document.js";
import { record } from "../../../src/trace/record.js";
import { StateGraph } from "../../../src/trace/state-graph.js";
import { traceDocument } from "../../../src/check/verdict/counterexample.js";
import { resolve, type Asked } from "./checks.js";

/** Numbers below a bound (mulberry32). */
function random(seed: number): (bound: number) => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** The trace of the first seed whose walk breaks the property for the first time within these bounds on its length. */
export function randomTrace(asked: Asked, atLeast: number, atMost: number): TraceDocument {
  const target = resolve(asked);
  const machine = new Machine(target.scenario.build(target.driver, target.configuration));
  const graph = new StateGraph(machine, target.property);
  for (let seed = 1; seed <= 2000; seed++) {
    const path = walk(graph, random(seed), atMost);
    if (path === undefined || path.length < atLeast) continue;
    const recording = record(machine, target.property, path.length, (_, at) => path[at] ?? -1);
    if (recording.broken === undefined) throw new Error("the graph and the machine disagree");
    return traceDocument(target, machine, recording.broken.rule, recording);
  }
  throw new Error("no seed breaks the property within these bounds");
}

/** Positions among the enabled steps; undefined if nothing breaks. */
function walk(graph: StateGraph, pick: (bound: number) => number, atMost: number): number[] | undefined {
  const path: number[] = [];
  for (let at = graph.initial; path.length < atMost;) {
    const moves = graph.moves(at);
    const index = pick(moves.length);
    const move = moves[index];
    if (move === undefined) return undefined;
    path.push(index);
    if (move.broken !== undefined) return path;
    at = move.to;
  }
  return undefined;
}

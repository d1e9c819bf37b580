/**
 * Exhaustive breadth-first search: the engine's front door.
 *
 * Visits every reachable state once and gives the same counts and the same shortest traces every time, whichever inner
 * loops it uses. Ends early at the first broken rule or at a bound, and says which. Knows no model: it sees components,
 * processes and observations only.
 */
import { PmucheckError } from "../spec/errors.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { CapacityError } from "./memory/budget.js";
import { cheapestOf } from "./cheapest/cheapest-paths.js";
import type { Exploration } from "./api/result.js";
import type { KernelKind } from "./kernel/kernel.js";
import { lassosOf } from "./liveness/lassos.js";
import { plainKernel } from "./kernel/plain/kernel.js";
import { Search } from "./search/breadth-first.js";
import { finish, stoppable } from "./api/cooperative.js";
import { wasmKernel } from "./kernel/wasm/kernel.js";
import type { Watch } from "./api/watch.js";
import type { EngineName, Limits } from "./api/limits.js";

export type * from "./api/audited.js";
export type * from "./api/limits.js";
export type * from "./api/result.js";
export type * from "./api/watch.js";
export type { Image, KeptImage } from "./api/image.js";
export { bytesOfPieces } from "./states/image-check.js";

/**
 * Throws PMC108 for a limit that is none, PMC142 for more rules or witnesses than words have bits, PMC201 for a
 * process or a rule that is not a function of what it reads, PMC104 if the engine that was asked for is not there, PMC153 if the image to go on from is of something else.
 */
export function explore(system: TransitionSystem, watch: Watch, limits: Limits): Exploration {
  return finish(exploring(system, watch, limits));
}

/** The same in steps that take some ten milliseconds each, so that others can have a turn. */
export function* exploring(
  system: TransitionSystem,
  watch: Watch,
  limits: Limits,
): Generator<undefined, Exploration> {
  const search = searchOf(system, watch, limits);
  const { end, lassos } = yield* finished(search, watch, limits);
  if (end.kind === "bound" && limits.keep !== undefined) {
    const image = search.image();
    if (image !== undefined) limits.keep(image);
  }
  const { store, knowledge, findings } = search;
  const exploration = {
    end,
    breaks: findings.breaks,
    lassos,
    states: store.size,
    transitions: search.transitions,
    depth: search.depth,
    audit: search.audit,
    witnesses: watch.witnesses.map((_, i) => findings.isWitnessed(i)),
    idle: system.processes.filter((_, process) => !findings.hasMoved(process)),
    bytes: search.bytes,
    bytesInUse: store.arena.budget.most,
    values: knowledge.values,
    asked: knowledge.asked,
  };
  const { cost } = watch;
  const cheapest = cost === undefined ? undefined : yield* cheapestOf(search, cost, limits, end);
  return { ...exploration, cheapest };
}

/** Throws PMC108 if a limit is none, or there is not even memory to begin with. */
function searchOf(system: TransitionSystem, watch: Watch, limits: Limits): Search {
  const { maxStates, maxBytes = Infinity, jobs = 1 } = limits;
  for (const [name, value] of Object.entries({ maxStates, maxBytes, jobs })) {
    if ((Number.isInteger(value) || value === Infinity) && value >= 1) continue;
    throw new PmucheckError("PMC108", `${name} is ${value}, and has to be a whole number above 0`);
  }
  try {
    return new Search(system, watch, limits, kernelFor(limits.engine));
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error;
    throw new PmucheckError(
      "PMC108",
      `a search takes ${error.message} to begin: raise maxBytes, or make the model smaller`,
    );
  }
}

/** Running out of something, of time too, is a result, and never a wrong count. */
function* finished(
  search: Search,
  { cycles }: Watch,
  limits: Limits,
): Generator<undefined, Pick<Exploration, "end" | "lassos">> {
  const none = cycles.map(() => undefined);
  try {
    const end = yield* stoppable(search.steps(limits.from), limits.stop);
    if (limits.audit === "full") yield* stoppable(search.auditInFull(end), limits.stop);
    if (end.kind !== "complete" || cycles.length === 0) return { end, lassos: none };
    return { end, lassos: yield* stoppable(lassosOf(search, cycles), limits.stop) };
  } catch (error) {
    if (error instanceof CapacityError) return { end: { kind: "bound", bound: error.message }, lassos: none };
    throw error;
  }
}

function kernelFor(engine: EngineName | undefined): KernelKind {
  if (engine === "js") return plainKernel;
  const wasm = wasmKernel();
  if (wasm === undefined && engine === "wasm") {
    throw new PmucheckError(
      "PMC104",
      "there is no WebAssembly with vectors here, or no addresses for its memory: leave --engine out, or say js",
    );
  }
  return wasm ?? plainKernel;
}

/**
 * Each C function beside the model's: both are run by themselves, from the same states with the same arguments, and what they do
 * that others can see is compared: accesses in their order, and what they return.
 *
 * Calls and states are those of random walks of the model's system, always the same: a function that they do not call is not
 * compared.
 */
import { pe } from "../../models/arm/pe.js";
import type { StepEvent } from "../runtime/execute.js";
import { Machine } from "../runtime/machine.js";
import { activation } from "../spec/activation.js";
import { component } from "../spec/component.js";
import { override, type KernelFunction, type SourceLine } from "../spec/kernel-function.js";
import type { Configuration } from "../spec/parameter.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { State } from "../spec/system.js";
import { keyOf, showValue, type Value } from "../spec/value.js";

/** How a function of the tree compares with the model's. */
export interface ListedFunction {
  readonly name: string;
  /** Runs that were compared. */
  readonly runs: number;
  /** The first run in which they part; absent if all were equal. */
  readonly drift?: Drift;
}

export interface Drift {
  readonly arguments: readonly string[];
  /** Accesses that were equal before. */
  readonly equal: number;
  /** What each does next; "returns ..." at its end. */
  readonly model: string;
  readonly c: string;
  /** The line of C, if it makes an access there. */
  readonly at: SourceLine | undefined;
}

export interface ListingRequest {
  readonly model: Driver;
  readonly c: Driver;
  readonly scenario: Scenario;
  readonly configurations: readonly Configuration[];
}

const WALKS = 5;
const STEPS = 500;
const MOST_RUNS = 12;
const MOST_STEPS = 500;
const CPU = 0;

/** In the order of `names`. */
export function listing(names: readonly string[], request: ListingRequest): readonly ListedFunction[] {
  const found = new Map<string, { runs: number; drift?: Drift }>();
  for (const configuration of request.configurations) compareUnder(configuration, request, names, found);
  return names.map((name) => ({ name, runs: 0, ...found.get(name) }));
}

interface Call {
  readonly name: string;
  readonly args: readonly Value[];
  readonly state: State;
}

function compareUnder(
  configuration: Configuration,
  { model, c, scenario }: ListingRequest,
  names: readonly string[],
  found: Map<string, { runs: number; drift?: Drift }>,
): void {
  const ofModel = new Machine(scenario.build(model, configuration));
  const ofC = new Machine(scenario.build(c, configuration));
  for (const call of callsIn(model, scenario, configuration, new Set(names))) {
    const known = found.get(call.name) ?? { runs: 0 };
    found.set(call.name, known);
    if (known.runs >= MOST_RUNS * 4 || known.drift !== undefined) continue;
    const [modelDid, cDid] = [run(ofModel, call), run(ofC, call)];
    if (modelDid === undefined || cDid === undefined) continue;
    const drift = driftOf(modelDid, cDid, call);
    known.runs += 1;
    if (drift !== undefined) known.drift = drift;
  }
}

/** Calls of the functions along the walks, each with a state in which it is made. */
function callsIn(
  model: Driver,
  scenario: Scenario,
  configuration: Configuration,
  names: ReadonlySet<string>,
): readonly Call[] {
  const calls: Call[] = [];
  const seen = new Map<string, number>();
  // A call that was made at boot is remembered, and not made again as far as can be seen from here.
  const atBoot: Omit<Call, "state">[] = [];
  let state: State | undefined;
  const note = (name: string, args: readonly Value[]): void => {
    const key = `${name} ${keyOf(args)}`;
    const times = seen.get(key) ?? 0;
    if (times >= MOST_RUNS) return;
    seen.set(key, times + 1);
    if (state === undefined) atBoot.push({ name, args });
    else calls.push({ name, args, state });
  };
  const watched = (called: KernelFunction): KernelFunction =>
    override(called, (...args: never) => {
      // What a function is called with are values.
      note(called.functionName, args as readonly Value[]);
      return called.body(...args);
    });
  const functions = new Map(
    [...model.functions].map(([name, called]) => [name, names.has(name) ? watched(called) : called]),
  );
  const machine = new Machine(scenario.build({ ...model, functions }, configuration));
  const { initialState } = machine;
  for (const call of atBoot) calls.push({ ...call, state: initialState });
  let seed = 1;
  for (let walk = 0; walk < WALKS; walk++) {
    state = initialState;
    for (let step = 0; step < STEPS; step++) {
      const enabled = machine.enabledSteps(state);
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const taken = enabled[(seed >>> 16) % enabled.length];
      if (taken === undefined) break;
      state = taken.next;
    }
  }
  return calls;
}

interface Done {
  readonly text: string;
  readonly at: SourceLine | undefined;
}

/** What the function does that others can see, alone on its CPU; undefined if it does not come to its end. */
function run(machine: Machine, { name, args, state }: Call): readonly Done[] | undefined {
  const cpu = pe(CPU).name;
  const element = state[cpu] as object;
  let now: State = {
    ...machine.initialState,
    ...state,
    [cpu]: { ...element, stack: [activation(name, args)] },
  };
  const done: Done[] = [];
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const step = machine.enabledSteps(now).find(({ label }) => label.process === `cpu${CPU}`);
    if (step === undefined) return undefined;
    done.push(...step.label.events.flatMap(doneIn));
    now = step.next;
    const { stack } = machine.viewOf(now).read(component<{ readonly stack: readonly unknown[] }>(cpu));
    const last = step.label.events.at(-1);
    if (stack.length === 0 && last?.kind === "leave") {
      return [...done, { text: `returns ${showValue(last.value)}`, at: undefined }];
    }
  }
  return undefined;
}

function doneIn(event: StepEvent): Done[] {
  return event.kind === "access" && !event.local ? [{ text: event.text, at: event.at }] : [];
}

function driftOf(model: readonly Done[], c: readonly Done[], { args }: Call): Drift | undefined {
  const equal = model.findIndex(({ text }, i) => text !== c[i]?.text);
  if (equal < 0) return undefined;
  return {
    arguments: args.map(showValue),
    equal,
    model: model[equal]?.text ?? "nothing",
    c: c[equal]?.text ?? "nothing",
    at: c[equal]?.at,
  };
}

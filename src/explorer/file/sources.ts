/**
 * Sources: for each step of a trace, the line that makes it. Of kernel code, the line of the model's function, or of the C
 * if the user's own tree was given; of hardware and of the world outside, the line where its step is described.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../../check/fingerprint.js";
import { built, type Target } from "../../check/target.js";
import { Machine } from "../../runtime/machine.js";
import type { Kernel, KernelFunction, Request, SourceLine } from "../../spec/kernel-function.js";
import { keyOf } from "../../spec/value.js";
import type { State, System } from "../../spec/system.js";
import { offersIn, sortOf } from "../play/facts.js";
import { Lines } from "../play/lines.js";
import type { LineOfSort, NamedStep, StepSource } from "../play/page-document.js";
import { randomWalk } from "../play/walks.js";
import { Places } from "./generator-places.js";

/** By step; null where no line is known. `states`: before each step. */
export function sourcesOf(
  target: Target,
  states: readonly State[],
  steps: readonly NamedStep[],
): (StepSource | null)[] {
  const places = new Places();
  try {
    const machine = new Machine(locating(built(target), places));
    return steps.map((step, at) => {
      const state = states[at];
      const line = state && lineOf(machine, state, step, places);
      return line === undefined ? null : withText(line, target);
    });
  } finally {
    places.close();
  }
}

/** More steps than these met no line that is new, in the scenarios of one and of two CPUs. */
const WALK_STEPS = 400;

/** The lines that so many walks at random meet, one for each sort of steps that has one line alone. */
export function linesMet(target: Target, machine: Machine, walks: number): readonly LineOfSort[] {
  const lines = new Lines();
  for (let seed = 1; seed <= walks; seed++) {
    const walk = [...randomWalk(machine, seed, WALK_STEPS)];
    const steps = walk.map(({ taken: { label } }) => ({ process: label.process, choice: label.choice }));
    const states = walk.map(({ before }) => before);
    const sources = sourcesOf(target, states, steps);
    for (const [at, { before, index }] of walk.entries()) {
      const [source, offer] = [sources[at], offersIn(machine, before)[index]];
      if (source && offer !== undefined) lines.learn({ sort: sortOf(offer), source });
    }
  }
  return lines.all;
}

/** The same system, in which every request says where it is made; C says so already. */
function locating(system: System, places: Places): System {
  const started: Known = { after: new Map() };
  const memory = (name: string, args: readonly unknown[]) => next(next(started, name), keyOf(args));
  const functions = [...system.functions].map(([name, called]): [string, KernelFunction] => [
    name,
    Object.assign((...args: never) => called(...args), {
      functionName: called.functionName,
      ...(called.macro === undefined ? {} : { macro: called.macro }),
      body: (...args: never) => {
        const known = memory(called.functionName, args);
        return located(called.body(...args), known, places);
      },
    }),
  ]);
  return { ...system, functions: new Map(functions), anew: undefined };
}

/** A function is always in the same line after the same arguments and results; the debugger takes milliseconds to say which. */
interface Known {
  at?: SourceLine | undefined;
  readonly after: Map<string, Known>;
}

function* located(body: Kernel<unknown>, start: Known, places: Places): Kernel<unknown> {
  let known = start;
  let result = body.next();
  while (result.done !== true) {
    const asked: Request = result.value;
    const given: unknown = yield asked.at === undefined ? withPlace(asked, body, known, places) : asked;
    known = next(known, keyOf(given));
    result = body.next(given);
  }
  return result.value;
}

function next({ after }: Known, key: string): Known {
  let found = after.get(key);
  if (found === undefined) after.set(key, (found = { after: new Map() }));
  return found;
}

/** It is asked for while the generator waits for the answer, if at all. */
function withPlace(asked: Request, body: Kernel<unknown>, known: Known, places: Places): Request {
  const get = () => (known.at ??= places.of(body));
  return Object.defineProperty({ ...asked }, "at", { enumerable: true, get });
}

function lineOf(
  machine: Machine,
  state: State,
  { process, choice }: NamedStep,
  places: Places,
): SourceLine | undefined {
  const number = machine.processes.indexOf(process);
  const { processors, processes } = machine.system;
  if (number >= processors.length) {
    const alternatives = processes[number - processors.length]?.alternatives(machine.viewOf(state)) ?? [];
    const taken = alternatives.find(({ name }) => name === choice);
    return taken && places.of(taken.perform);
  }
  const read = (component: number) => state[machine.components[component] ?? ""];
  const taken = machine.run(number, read).find(({ label }) => label.choice === choice);
  const access = taken?.label.events.find((event) => event.kind === "access" && !event.local);
  return access?.kind === "access" ? access.at : undefined;
}

const MODELS = /(?:^|\/)(models\/.*\.ts)$/;

/** The line itself, of a model or of the C. */
function withText({ file, line }: SourceLine, { driver }: Target): StepSource | null {
  const c = driver.source?.lines?.(file);
  if (c !== undefined) return { file, line, text: c[line - 1]?.trim() ?? "" };
  const [, model] = MODELS.exec(file) ?? [];
  if (model === undefined) return null;
  return { file: model, line, text: linesOf(model)[line - 1]?.trim() ?? "" };
}

const read = new Map<string, readonly string[]>();

function linesOf(model: string): readonly string[] {
  let lines = read.get(model);
  if (lines === undefined) {
    const path = join(packageRoot(), model);
    read.set(model, (lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : []));
  }
  return lines;
}

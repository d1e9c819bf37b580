/**
 * The worker: the same program as the page, where there is no document. It searches, so that the page stays fluid.
 */
import { Machine } from "../../runtime/machine.js";
import type { Subject } from "../../trace/document.js";
import { breakOf, type Break } from "../../trace/record.js";
import { StateGraph } from "../../trace/state-graph.js";
import type { Property } from "../../spec/property.js";
import { Models } from "../own/models.js";
import { outlookOf, type Outlook } from "../play/outlook.js";
import { Playback, takenIn } from "../play/playback.js";
import { ownCode } from "./data.js";
import type { NamedStep } from "../play/page-document.js";
import type { Answer, Question } from "./questions.js";

interface Model {
  readonly key: string;
  readonly machine: Machine;
  readonly property: Property;
  readonly graph: StateGraph;
  readonly playback: Playback;
}

/** More states than this in a graph are given up, so that a long session does not fill the memory. */
const MOST_KEPT = 400_000;

export function answerQuestions(): void {
  const models = new Models(ownCode());
  let model: Model | undefined;
  addEventListener("message", ({ data }: MessageEvent<Question>) => {
    const answer = (outlook: Outlook | null, error: string | null) =>
      postMessage({ id: data.id, outlook, error } satisfies Answer);
    try {
      model = modelOf(data.subject, model, models);
      answer(outlookFor(model, data), null);
    } catch (error) {
      answer(null, error instanceof Error ? error.message : String(error));
    }
  });
}

function modelOf(subject: Subject, known: Model | undefined, models: Models): Model {
  const { scenario, driver, fix, property: name, config } = subject;
  const key = JSON.stringify([scenario, driver, fix, name, config]);
  if (known?.key === key && known.graph.size < MOST_KEPT) return known;
  const { system, property } = models.modelOf(subject);
  const machine = new Machine(system);
  return {
    key,
    machine,
    property,
    graph: new StateGraph(machine, property),
    playback: new Playback(machine),
  };
}

function outlookFor(model: Model, { steps, violating, keptBy, maxStates }: Question): Outlook {
  const { machine, graph, playback } = model;
  const broken = violating === null ? undefined : violationOf(model, violating);
  const state = playback.stateAfter(steps, steps.length);
  const from = graph.stateOf(machine.components.map((name) => state[name]));
  return outlookOf(graph, from, { broken, keptBy }, maxStates);
}

function violationOf({ machine, property }: Model, steps: readonly NamedStep[]): Break | undefined {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  const before = new Playback(machine).stateAfter(steps, steps.length - 1);
  const taken = takenIn(machine, before, last);
  return taken && breakOf(machine, property, taken.observations, machine.viewOf(taken.next));
}

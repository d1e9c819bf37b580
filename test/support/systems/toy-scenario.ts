/**
 * A ball that rolls: a world small enough to know by hand where a trace goes wrong.
 *
 *   top --left--> left --fall--> bottom     a crossing that overtakes; the bottom is where it must not be
 *    |                              |
 *    +---right--> right --fall--> meadow    a crossing that does not; from both it rolls back to the top
 *
 * A light is switched by somebody else all the time and has nothing to do with it.
 */
import { Machine } from "../../../src/runtime/machine.js";
import { component, type ReadView, type View } from "../../../src/spec/component.js";
import type { SafetyProperty } from "../../../src/spec/property.js";
import type { Driver, Scenario } from "../../../src/spec/scenario.js";
import type { Alternative, Process } from "../../../src/spec/system.js";

type Place = "top" | "left" | "right" | "bottom" | "meadow";

const ball = component<{ readonly at: Place }>("ball.A");
const light = component<{ readonly on: boolean }>("light");

function roll(to: Place): (view: View) => void {
  return (view) =>
    view.update(ball, (of) => {
      of.at = to;
    });
}

const WAYS: Readonly<Record<Place, readonly Place[]>> = {
  top: ["left", "right"],
  left: [],
  right: [],
  bottom: ["top"],
  meadow: ["top"],
};

const hand: Process = {
  name: "hand",
  alternatives: (view) =>
    WAYS[view.read(ball).at].map((to): Alternative => ({ name: to, perform: roll(to) })),
};

const gravity: Process = {
  name: "gravity",
  fair: true,
  alternatives: (view: ReadView) => {
    const { at } = view.read(ball);
    if (at !== "left" && at !== "right") return [];
    const perform = (step: View) => {
      roll(at === "left" ? "bottom" : "meadow")(step);
      step.observe({ kind: "crossing", event: "A", overtakes: at === "left", moved: false });
    };
    return [{ name: "fall", perform }];
  },
};

const somebody: Process = {
  name: "somebody",
  alternatives: () => [
    {
      name: "switch",
      perform: (view) =>
        view.update(light, (of) => {
          of.on = !of.on;
        }),
    },
  ],
};

export const rollingBall: Scenario = {
  name: "rolling-ball",
  summary: "a ball that rolls left or right",
  shows: "Where it goes wrong is known.",
  parameters: [],
  build: (driver, configuration) => ({
    configuration,
    reset: { "ball.A": { at: "top" }, light: { on: false } },
    functions: driver.functions,
    processors: [],
    processes: [hand, gravity, somebody],
    signals: [{ name: "place", headline: true, value: (view) => view.read(ball).at }],
    events: ["A"],
  }),
  witnesses: () => [],
  properties: [],
  start: "The ball is on top.",
};

export const noDriver: Driver = {
  name: "none",
  summary: "no kernel at all",
  functions: new Map(),
  base: null,
  differences: [],
  lacks: {},
  deviations: [],
};

const sentence = { sentence: "The ball stays up.", reference: "none" } as const;

/** Broken by what is observed. */
export const noFall: SafetyProperty = {
  name: "no-fall",
  kind: "always",
  ...sentence,
  rules: [{ name: "no-fall", brokenBy: (of) => of.kind === "crossing" && of.overtakes }],
};

/** Broken in a state. */
export const neverAtBottom: SafetyProperty = {
  name: "never-at-bottom",
  kind: "always",
  ...sentence,
  rules: [{ name: "never-at-bottom", brokenIn: (view) => view.read(ball).at === "bottom" }],
};

/** Two rules: the ball is at the bottom, in two steps at best, or on the meadow in the light, in three. */
export const bottomOrLight: SafetyProperty = {
  name: "bottom-or-light",
  kind: "always",
  ...sentence,
  rules: [
    { name: "bottom", brokenIn: (view) => view.read(ball).at === "bottom" },
    { name: "light", brokenIn: (view) => view.read(ball).at === "meadow" && view.read(light).on },
  ],
};

/** The positions of steps given by their choices. */
export function ballSteps(choices: readonly string[]): { readonly index: number }[] {
  const machine = new Machine(rollingBall.build(noDriver, {}));
  let state = machine.initialState;
  return choices.map((choice) => {
    const enabled = machine.enabledSteps(state);
    const index = enabled.findIndex(({ label }) => label.choice === choice);
    state = enabled[index]?.next ?? state;
    return { index };
  });
}

/**
 * Which steps of a trace are shown and which are folded.
 */
import type { TraceDocument, TraceLandmarks, TraceStep } from "../../trace/document.js";
import type { IsShown } from "./columns.js";

/**
 * What a reader follows: decisions, what properties are told of, dropped values, what hardware shows, what is a landmark; and
 * the last step.
 */
export function decisive({ steps }: TraceDocument, landmarks?: TraceLandmarks): IsShown {
  const marked = [landmarks?.noReturn?.step, landmarks?.erased?.step];
  return (step, number) => number === steps.length || marked.includes(number) || isDecisive(step);
}

function isDecisive({ cpu, choice, events, observations, changes }: TraceStep): boolean {
  return (
    cpu === null ||
    choice !== "" ||
    observations.some(({ kind }) => kind !== "counted") ||
    changes.some(({ headline }) => headline) ||
    events.some((event) => event.kind === "leave" && event.ignored)
  );
}

/** The steps from `first` to `last`. */
export function between(first: number, last: number): IsShown {
  return (_, number) => number >= first && number <= last;
}

/** The steps that say or change something with one of these words in it: a register, a function, an event. */
export function mentioning(words: readonly string[]): IsShown {
  const patterns = words.map(
    (word) => new RegExp(String.raw`(?<![A-Za-z0-9_])${escaped(word)}(?![A-Za-z_])`),
  );
  const matches = (text: string) => patterns.some((pattern) => pattern.test(text));
  return ({ events, changes, observations, choice }) =>
    matches(choice) ||
    events.some((event) => matches("text" in event ? event.text : event.function)) ||
    changes.some(({ signal }) => matches(signal)) ||
    observations.some((of) => of.kind !== "counted" && "event" in of && matches(of.event));
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

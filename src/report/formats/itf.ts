/**
 * A trace in the Informal Trace Format: for Apalache's and Quint's tools, the ITF viewer of VS Code, and itf-rs.
 *
 * Source of the format: Apalache's ADR-015. A state gives each signal: one of the whole system as a value, one that each
 * CPU has as a map from the CPU's number. A signal that is a number in every state is a `#bigint`, others are strings.
 * What happens next is in each state's `#meta`, so that the states of a loop are equal each time round.
 *
 * A trace that ends has one state more than steps. In a lasso the state after the last step is the one at `loop`, which
 * is exactly what the format says of `loop`, and is not written twice.
 */
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { driverText } from "../subject.js";
import { titleOf } from "../trace/text.js";
import { jsonWithList } from "./json.js";
import { numberIn, signalLines, type SignalLine } from "./signals.js";

type Expression =
  string | { readonly "#bigint": string } | { readonly "#map": readonly (readonly Expression[])[] };

export function itf(trace: TraceDocument): string {
  const { scenario, property, rule, hash, steps, loop, start } = trace;
  const variables = variablesOf(signalLines(trace));
  const count = loop === null ? steps.length + 1 : steps.length;
  const states = Array.from({ length: count }, (_, at) => ({
    "#meta": { index: at, ...next(steps[at]) },
    ...Object.fromEntries(variables.map(({ name, at: valueAt }) => [name, valueAt(at)])),
  }));
  const head = {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      source: `pmucheck ${scenario}, ${driverText(trace)}, ${property}`,
      status: rule === "none" ? "ok" : "violation",
      description: `${titleOf(trace)}; in state 0: ${start}`,
      hash,
    },
    vars: variables.map(({ name }) => name),
    ...(loop === null ? {} : { loop }),
  };
  return jsonWithList(head, "states", states);
}

interface Variable {
  readonly name: string;
  readonly at: (state: number) => Expression;
}

function variablesOf(lines: readonly SignalLine[]): Variable[] {
  return [...new Set(lines.map(({ name }) => name))].map((name) => {
    const group = lines.filter((line) => line.name === name);
    const isNumber = group.every(({ values }) => values.every((value) => numberIn(value) !== undefined));
    const expression = (value: string): Expression =>
      isNumber ? { "#bigint": String(numberIn(value)) } : value;
    return {
      name: name.replace(/[^A-Za-z0-9]+/g, "_"),
      at: (state) => {
        const pairs = group.map(({ cpu, values }) => ({ cpu, value: expression(values[state] ?? "") }));
        const [only] = pairs;
        if (only !== undefined && pairs.length === 1 && only.cpu === null) return only.value;
        return { "#map": pairs.map(({ cpu, value }) => [{ "#bigint": String(cpu ?? -1) }, value]) };
      },
    };
  });
}

/** The step that is taken in a state. */
function next(step: TraceStep | undefined): object {
  if (step === undefined) return {};
  const done = step.events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event.text] : [],
  );
  return { next: { process: step.process, choice: step.choice, does: done.join("; ") } };
}

/**
 * A trace as a value change dump: the signals as waveforms, for GTKWave, Surfer and every other waveform viewer.
 *
 * Source of the format: IEEE 1364-2005, clause 18 (four-state VCD). It knows bits and vectors and no text, so
 *
 *   low, high, 0, 1              a wire of one bit
 *   0x1f, 31                     a vector as wide as its largest value
 *   0x0 0xfffffffe               one vector per word, NAME[0], NAME[1] ...
 *   anything else                a vector of 8-bit characters, as Verilog keeps strings: show it with radix ASCII
 *
 * Time is the step number: a state lasts for one unit, whatever really passes. A trace that ends in a loop has a wire
 * `loop`, high while the part that repeats runs; it is shown once. Changes within a step are not told apart.
 */
import type { TraceDocument } from "../../trace/document.js";
import { traceLine } from "../trace/text.js";
import { numberIn, signalLines, type SignalLine } from "./signals.js";

interface Variable {
  readonly name: string;
  readonly scope: string;
  readonly width: number;
  /** Binary digits per time, without leading zeros. */
  readonly values: readonly string[];
}

export function vcd(trace: TraceDocument): string {
  const variables = [...signalLines(trace).flatMap(variablesOf), ...loopOf(trace)];
  const scopes = [...new Set(variables.map(({ scope }) => scope))];
  const end = trace.steps.length;
  return [
    `$version pmucheck ${trace.format} $end`,
    `$comment ${traceLine(trace)}, Hash=${trace.hash} $end`,
    "$comment a time unit is a step, not a duration $end",
    ...(trace.loop === null
      ? []
      : [`$comment after #${end} it goes on from #${trace.loop}, for ever: the loop is shown once $end`]),
    "$timescale 1 ns $end",
    "$scope module pmucheck $end",
    ...scopes.flatMap((scope) => [
      `$scope module ${scope} $end`,
      ...variables.flatMap((variable, i) => (variable.scope === scope ? [declaration(variable, i)] : [])),
      "$upscope $end",
    ]),
    "$upscope $end",
    "$enddefinitions $end",
    "#0",
    "$dumpvars",
    ...variables.map((variable, i) => change(variable, i, 0)),
    "$end",
    ...trace.steps.flatMap((_, i) => {
      const changed = variables.flatMap((variable, at) =>
        variable.values[i] === variable.values[i + 1] ? [] : [change(variable, at, i + 1)],
      );
      return changed.length === 0 && i + 1 < end ? [] : [`#${i + 1}`, ...changed];
    }),
  ].join("\n");
}

function variablesOf({ name, cpu, values }: SignalLine): Variable[] {
  const scope = cpu === null ? "system" : `cpu${cpu}`;
  const identifier = name.replace(/\s+/g, "_");
  if (values.every((value) => value in BITS)) {
    return [{ name: identifier, scope, width: 1, values: values.map((value) => BITS[value] ?? "x") }];
  }
  const words = values.map((value) => value.split(" "));
  const count = words[0]?.length ?? 0;
  if (words.every((of) => of.length === count && of.every((word) => numberIn(word) !== undefined))) {
    return Array.from({ length: count }, (_, at) => {
      const digits = words.map((of) => (numberIn(of[at] ?? "") ?? 0n).toString(2));
      return { name: count === 1 ? identifier : `${identifier}[${at}]`, scope, ...vector(digits) };
    });
  }
  const width = 8 * Math.max(1, ...values.map(({ length }) => length));
  return [{ name: identifier, scope, width, values: values.map(characters) }];
}

const BITS: Readonly<Record<string, string>> = { "0": "0", "1": "1", low: "0", high: "1" };

function vector(digits: readonly string[]): Pick<Variable, "width" | "values"> {
  // A single bit would read as a wire; two keep a vector a vector.
  return { width: Math.max(2, ...digits.map(({ length }) => length)), values: digits };
}

/** The bytes of a text, the first one highest. Other characters than ASCII become a question mark. */
function characters(text: string): string {
  const digits = Array.from({ length: text.length }, (_, at) => {
    const code = text.charCodeAt(at);
    return (code < 128 ? code : "?".charCodeAt(0)).toString(2).padStart(8, "0");
  });
  return digits.join("").replace(/^0+(?=.)/, "") || "0";
}

function loopOf({ loop, steps }: TraceDocument): Variable[] {
  if (loop === null) return [];
  const values = Array.from({ length: steps.length + 1 }, (_, time) => (time < loop ? "0" : "1"));
  return [{ name: "loop", scope: "system", width: 1, values }];
}

function declaration({ name, width }: Variable, at: number): string {
  const [kind, range] = width === 1 ? ["wire", ""] : ["reg", ` [${width - 1}:0]`];
  return `$var ${kind} ${width} ${codeOf(at)} ${name}${range} $end`;
}

function change({ width, values }: Variable, at: number, time: number): string {
  const value = values[time] ?? "x";
  return width === 1 ? `${value}${codeOf(at)}` : `b${value} ${codeOf(at)}`;
}

/** The short name of a variable: printable characters, `!` to `~`. */
function codeOf(at: number): string {
  const letter = String.fromCharCode(33 + (at % 94));
  return at < 94 ? letter : codeOf(Math.floor(at / 94) - 1) + letter;
}

/**
 * Strips: signals as a waveform viewer shows them, and which of them a trace is about.
 */
import type { TraceDocument } from "../../trace/document.js";
import { numberIn, signalLines, type SignalLine } from "../../report/formats/signals.js";

/** A signal over the steps: equal neighbours are one segment. */
export interface Strip {
  /** Names the strip among all of the trace: `cpu0 PMOVS`. */
  readonly id: string;
  readonly name: string;
  readonly cpu: number | null;
  /** `wire`: two values, drawn as a line that is high or low. `bus`: any values, written into boxes. */
  readonly kind: "wire" | "bus";
  readonly segments: readonly Segment[];
}

/** Columns 0 to n: column 0 is the state before the first step, and step i changes what column i shows. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

export function stripsOf(trace: TraceDocument): Strip[] {
  return signalLines(trace).map((line) => ({
    id: line.cpu === null ? line.name : `cpu${line.cpu} ${line.name}`,
    name: line.name,
    cpu: line.cpu,
    kind: isWire(line) ? "wire" : "bus",
    segments: segmentsOf(line.values),
  }));
}

/**
 * The strips that are shown at first: what the text of a trace shows too, what decides whether a flag can be seen (is the
 * counter enabled, is its interrupt, are interrupts masked) if it changes, and nothing that never changes.
 */
export function shownAtFirst(trace: TraceDocument): ReadonlySet<string> {
  const headlines = new Set(signalLines(trace).flatMap(({ name, headline }) => (headline ? [name] : [])));
  const shown = stripsOf(trace).filter(
    ({ name, segments }) =>
      headlines.has(name) ||
      // Of a path that is only begun, everything may still change.
      ((segments.length > 1 || trace.steps.length === 0) && isAboutVisibility(trace, name)),
  );
  return new Set(shown.map(({ id }) => id));
}

const SWITCHES = ["PMCR.E", "PMCNTEN", "PMINTEN", "PSTATE.I"];

/** A pseudo-NMI is masked by the priority mask, and not by PSTATE.I alone. */
function isAboutVisibility({ config, cpus }: TraceDocument, name: string): boolean {
  if (name === "ICC_PMR") return config["irq"] === "nmi";
  if (name === "current") return cpus > 0;
  return SWITCHES.includes(name) || name === "PMEVCNTR";
}

const LOW = new Set(["0", "0x0", "low", "false"]);

/** A register of which one bit is used has two values, and is best seen as a wire. */
function isWire({ values }: SignalLine): boolean {
  const others = new Set(values.filter((value) => !LOW.has(value)));
  const [other = "high"] = others;
  return others.size <= 1 && (other === "high" || other === "true" || numberIn(other) !== undefined);
}

export function isHigh(value: string): boolean {
  return !LOW.has(value);
}

function segmentsOf(values: readonly string[]): Segment[] {
  const segments: { from: number; to: number; value: string }[] = [];
  values.forEach((value, at) => {
    const last = segments.at(-1);
    if (last?.value === value) last.to = at;
    else segments.push({ from: at, to: at, value });
  });
  return segments;
}

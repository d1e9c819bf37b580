/**
 * Scenarios and drivers: the two things a user chooses.
 */
import type { Component } from "./component.js";
import type { Deviation } from "./deviation.js";
import type { FunctionTable } from "./kernel-function.js";
import type { Observation } from "./observation.js";
import type { Configuration, Parameter } from "./parameter.js";
import type { System } from "./system.js";

/** A version of the kernel's PMU code: a base and the functions that differ. */
export interface Driver {
  readonly name: string;
  /** What it is, in one line. */
  readonly summary: string;
  readonly functions: FunctionTable;
  /** The version whose functions it starts from; null if it stands for itself. */
  readonly base: string | null;
  /** In what it differs from its base. */
  readonly differences: readonly Difference[];
  /** The kernels that it stands for; absent for a driver that stands for none. */
  readonly kernels?: Kernels;
  /** What scenarios may need and this version does not have, and why not. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>;
  /** Where its models do less or more than the kernel and the hardware; named in the verdicts they touch. */
  readonly deviations: readonly Deviation[];
  /** What fixes remember of every event. */
  readonly state?: readonly EventState[];
  /** The fixes that are applied to it; absent if none is. */
  readonly fix?: AppliedFix;
}

/** Releases of one series: `6.12.34` to `6.12.117`. */
export interface Kernels {
  /** The first two numbers of the release: `6.12`. */
  readonly series: string;
  /** The third numbers, first and last (null: and later): 0 and 0 for the release that begins the series. */
  readonly sublevels: readonly [first: number, last: number | null];
}

/** What a fix remembers of every event: a component per event, beside the kernel's own, and its value at first. */
export interface EventState {
  readonly component: (event: string) => Component<object>;
  readonly initial: object;
}

/** The fixes in a driver. */
export interface AppliedFix {
  /** As the user named them: `no-clear+not-on-close`, `./my-fix.ts`. */
  readonly name: string;
  /** What identifies them: a shipped fix's name, or the compiled text of a file. */
  readonly text: string;
  /** Parameters that they set, by name. */
  readonly settings: Readonly<Record<string, string>>;
}

/** nmi: the PMU's interrupt can be a pseudo-NMI. sigtrap: attr.sigtrap. */
export type Feature = "nmi" | "sigtrap";

/** One way in which a version differs from its base. */
export interface Difference {
  readonly what: string;
  /** The commit or series that made the difference, as far as it is known. */
  readonly commit: string;
  /** The sublevel of a long-term tree that brought the commit there. */
  readonly sublevel?: number;
}

/** A small world: CPUs, tasks, events, and what may happen to them. */
export interface Scenario {
  readonly name: string;
  /** What happens in it, in one line. */
  readonly summary: string;
  /** What it shows and why it is as it is: one paragraph. */
  readonly shows: string;
  readonly parameters: readonly Parameter[];
  /** Throws PMC107 if the parameters do not go together. */
  readonly build: (driver: Driver, configuration: Configuration) => System;
  /** The names of the witnesses that a verdict of "holds" needs under this configuration. */
  readonly witnesses: (configuration: Configuration) => readonly string[];
  /** The names of the properties that say something about this scenario: its cells of the matrix. */
  readonly properties: readonly string[];
  /** Why a driver cannot be checked under this configuration; undefined if it can. */
  readonly refuses?: (driver: Driver, configuration: Configuration) => string | undefined;
  /** Where every trace starts, in one sentence. */
  readonly start: string;
  /** The last line of a trace, in the words of the program that met the bug; undefined if it has none. */
  readonly epilogue?: (trace: TraceSummary) => string | undefined;
}

/** What an epilogue may look at: what was observed along the trace, oldest first. */
export interface TraceSummary {
  readonly configuration: Configuration;
  readonly observations: readonly Observation[];
}

/**
 * Scenarios and drivers: the two things that a user chooses.
 */
import type { Component } from "./component.js";
import type { Deviation } from "./deviation.js";
import type { FunctionTable, SourceLine } from "./kernel-function.js";
import type { Observation } from "./observation.js";
import type { Configuration, Parameter } from "./parameter.js";
import type { Property, Witness } from "./property.js";
import type { System } from "./system.js";

/** A version of the kernel's PMU code: the functions of a base version, and those that differ. */
export interface Driver {
  readonly name: string;
  /** The driver in one line. */
  readonly summary: string;
  readonly functions: FunctionTable;
  /** The C file of a function, by the function's name; absent where a model is of no C. */
  readonly files?: ReadonlyMap<string, string>;
  /** The version that it is based on; null for none. */
  readonly base: string | null;
  /** The differences from the base. */
  readonly differences: readonly Difference[];
  /** The kernels that the driver stands for; absent if it stands for none. */
  readonly kernels?: Kernels;
  /** Features that scenarios may need and that this version lacks, each with the reason. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>;
  /** Known differences between its models and the kernel or the hardware. */
  readonly deviations: readonly Deviation[];
  /** What fixes and the driver itself remember beside the structures of the model. */
  readonly state?: readonly AddedState[];
  /** The fixes that are applied to it; absent if none is. */
  readonly fix?: AppliedFix;
  /** Its functions, of modules that are loaded once more; absent if that cannot be done, or need not. */
  readonly anew?: () => FunctionTable;
  /** The C that it was made of; absent if it was written by hand. */
  readonly source?: DriverSource;
}

/** A kernel tree that a driver was made of. */
export interface DriverSource {
  /** What identifies it: a digest of every file that was read. */
  readonly digest: string;
  /** The lines of a file of it, with patches; undefined for a file that it does not have. */
  readonly lines?: (file: string) => readonly string[] | undefined;
  /** What a verdict has to say of it. Which lines ran is known so far, in this process. */
  readonly report: () => KernelReport;
  readonly contents: KernelContents;
}

/** What is where in a kernel tree that a driver was made of. Plain data. */
export interface KernelContents {
  readonly functions: readonly {
    readonly name: string;
    readonly at: SourceLine;
    /** Has the model a function of this name, which the C takes the place of? */
    readonly isModelled: boolean;
  }[];
  /** The function pointers that are read off the init code: `arm_pmu.enable`, and where it is set to the function. */
  readonly callbacks: readonly {
    readonly member: string;
    readonly function: string;
    readonly at: SourceLine;
  }[];
}

/** What was taken from a kernel tree, and what was not. Plain data. */
export interface KernelReport {
  /** As the user named it. */
  readonly folder: string;
  /** `6.1.192`; null if the folder does not say. */
  readonly version: string | null;
  /** The version of the model that all but the driver is of. */
  readonly base: string;
  readonly digest: string;
  /** Files that were read. */
  readonly files: readonly string[];
  /** Functions that are the tree's C. */
  readonly functions: readonly string[];
  /** Functions of the model's driver that stayed. */
  readonly kept: readonly string[];
  /** State that the driver has and the model has not. */
  readonly ownState: readonly string[];
  readonly patches: readonly { readonly name: string; readonly digest: string }[];
  /** Files that patches change and that were not read: nothing is said about them. */
  readonly notVerified: readonly string[];
  /** How many lines patches add on which there is something to run. */
  readonly addedLines: number;
  /** `file:line` of those that did not run. */
  readonly neverRan: readonly string[];
}

/** Releases of one series: `6.12.34` to `6.12.117`. */
export interface Kernels {
  /** The first two numbers of the release: `6.12`. */
  readonly series: string;
  /** The third numbers, first and last (null: and later): 0 and 0 for the release that begins the series. */
  readonly sublevels: readonly [first: number, last: number | null];
}

/** Components beside the kernel's own, and their value at first. */
export type AddedState = EventState | CpuState | MachineState;

/** A component per event. */
export interface EventState {
  readonly per?: "event";
  readonly component: (event: string) => Component<object>;
  readonly initial: object;
}

/** A component per CPU. */
export interface CpuState {
  readonly per: "cpu";
  readonly component: (cpu: number) => Component<object>;
  readonly initial: object;
}

/** One component. */
export interface MachineState {
  readonly per: "machine";
  readonly component: () => Component<object>;
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
  /** The driver's functions with them, of modules that are loaded once more; absent if that cannot be done. */
  readonly anew?: () => FunctionTable;
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

/** A scenario: CPUs, tasks and events, and what may happen to them. */
export interface Scenario {
  readonly name: string;
  /** The compiled source of a scenario that comes from a file of the user's. The source identifies the scenario. */
  readonly text?: string;
  /** The scenario in one line. */
  readonly summary: string;
  /** What the scenario shows, and why it is made this way: one paragraph. */
  readonly shows: string;
  readonly parameters: readonly Parameter[];
  /** Throws PMC107 if the parameters do not go together. */
  readonly build: (driver: Driver, configuration: Configuration) => System;
  /** The names of the witnesses that a verdict of "holds" needs. */
  readonly witnesses: (configuration: Configuration) => readonly string[];
  /** The names of the properties that are of interest here: the scenario's cells of the matrix. */
  readonly properties: readonly string[];
  /** The reason why a driver cannot be checked; undefined if it can. */
  readonly refuses?: (driver: Driver, configuration: Configuration) => string | undefined;
  /** The initial state of every trace, in one sentence. */
  readonly start: string;
  /** The last line of a trace, in the words of the program that met the bug; undefined for none. */
  readonly epilogue?: (trace: TraceSummary) => string | undefined;
  /** What a model of one's own brings along; absent for a scenario of the drivers and properties that pmucheck ships. */
  readonly own?: OwnParts;
}

/** The first driver, and the first of the scenario's properties, are what is checked if nothing is said. */
export interface OwnParts {
  readonly drivers: readonly Driver[];
  /** Besides those that pmucheck has for models. */
  readonly properties: readonly Property[];
  /** Besides those that pmucheck ships. */
  readonly witnesses: (configuration: Configuration) => readonly Witness[];
  readonly hardware: OwnHardware;
}

/** What of a model is hardware, in which `pmucheck mutate` makes mistakes too. Names are without the numbers of CPUs. */
export interface OwnHardware {
  /** Names of processes. All fields of the registers that one of these changes are hardware. */
  readonly processes: readonly string[];
  /** Fields of other components that are hardware, or beginnings of their names: `line.PMI.pending`. */
  readonly fields: readonly string[];
  /** Beginnings of names of fields that the processes change and that are bookkeeping. */
  readonly bookkeeping: readonly string[];
  /** Functions that are the CPU's way into a handler and back, not the driver's. */
  readonly entry: readonly string[];
}

/** What an epilogue depends on. `observations`: all along the trace, oldest first. */
export interface TraceSummary {
  readonly configuration: Configuration;
  readonly observations: readonly Observation[];
}

/**
 * The options of `pmucheck check`, in groups, and which of them do not go together.
 */
import { PmucheckError } from "../../../spec/errors.js";
import { maxStates } from "../../arguments/options.js";

export const DEFAULT_MEMORY = "4G";

/** Instead of exploring. */
export const sampling = {
  estimate: {
    type: "boolean",
    default: false,
    describe: "how many states there are, how long and how much memory they take; no verdict",
  },
  simulate: {
    type: "boolean",
    default: false,
    describe: "random walks instead of exploring: violated or inconclusive, never holds",
  },
  walks: { type: "number", describe: "with --simulate: at most so many (1000)" },
  steps: { type: "number", describe: "with --simulate: steps of a walk (2000)" },
  seed: { type: "number", describe: "with --simulate: fast-check's seed (0)" },
  "walk-path": { type: "string", describe: "with --simulate: fast-check's path to a walk under this seed" },
} as const;

/** For one check. */
export const interrupting = {
  time: { type: "string", describe: "stop after so long (30s, 5m, 1h), and leave a checkpoint" },
  checkpoint: { type: "string", describe: "the file for it [default: pmucheck-SCENARIO-HASH.checkpoint]" },
  resume: { type: "string", describe: "go on from a checkpoint; it says what is checked" },
} as const;

/** How the states are searched. */
export const searching = {
  engine: {
    choices: ["wasm", "js"] as const,
    describe: "the inner loops: WebAssembly [default, where there is one] or TypeScript",
  },
  audit: {
    choices: ["sample", "full"] as const,
    describe:
      "do a sample of the states again by the reference runtime [default], or all (docs/use/audit.md)",
  },
  shortest: {
    choices: ["cost", "steps"] as const,
    describe:
      "what traces have fewest: interrupts, context switches and migrations, then steps [default: cost]; or steps",
  },
} as const;

export const reducing = {
  reduction: {
    type: "boolean",
    default: false,
    describe: "use reductions to prove with fewer states (docs/internals/reductions.md)",
  },
  symmetry: {
    type: "boolean",
    default: false,
    describe: "treat states that differ only in CPU and task names as one, to prove with fewer",
  },
  "audit-reductions": {
    type: "boolean",
    default: false,
    describe: "use reductions, and compare with the search of all states",
  },
} as const;

/** By name; an option that was not given is undefined, or false. */
type Given = Readonly<Record<string, unknown>>;

/** What is done with verdicts, of which an estimate has none. */
const DELIVERING = ["output", "expect"];
const WALKING = ["walks", "steps", "seed", "walk-path"];
const EXPLORING = [...Object.keys(searching), ...Object.keys(reducing), ...Object.keys(interrupting)];

/** Throws PMC104 for options that contradict each other, or that say nothing without another one. */
export function refuseContradictions(args: Given): void {
  if (isGiven(args, "all")) refuseWith("all", args, [...Object.keys(sampling), ...EXPLORING]);
  else if (isGiven(args, "traces")) throw new PmucheckError("PMC104", "--traces is for --all");
  else if (isGiven(args, "simulate")) refuseWith("simulate", args, ["estimate", "jobs", ...EXPLORING]);
  else {
    const walking = WALKING.find((name) => isGiven(args, name));
    if (walking !== undefined) throw new PmucheckError("PMC104", `--${walking} is for --simulate`);
    if (isGiven(args, "estimate")) {
      refuseWith(
        "estimate",
        args,
        ["jobs", ...DELIVERING, ...EXPLORING].filter((name) => name !== "engine"),
      );
    }
    if (isGiven(args, "reduction")) refuseWith("reduction", args, ["symmetry"]);
    for (const reduction of Object.keys(reducing)) {
      if (isGiven(args, reduction)) refuseWith(reduction, args, Object.keys(interrupting));
    }
  }
}

function isGiven(args: Given, name: string): boolean {
  const value = args[name];
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function refuseWith(option: string, args: Given, others: readonly string[]): void {
  const given = others.find((name) => isGiven(args, name));
  if (given !== undefined) throw new PmucheckError("PMC104", `--${option} and --${given} do not go together`);
}

/** The limits that are not the defaults, as options: so that the check goes on with them. */
export function limitsGiven(args: {
  readonly maxStates: number;
  readonly memory: string;
  readonly engine: string | undefined;
  readonly audit: string | undefined;
}): string[] {
  return [
    ...(args.maxStates === maxStates.default ? [] : [`--max-states ${args.maxStates}`]),
    ...(args.memory === DEFAULT_MEMORY ? [] : [`--memory ${args.memory}`]),
    ...(args.engine === undefined ? [] : [`--engine ${args.engine}`]),
    ...(args.audit === undefined ? [] : [`--audit ${args.audit}`]),
  ];
}

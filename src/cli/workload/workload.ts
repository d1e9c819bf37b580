/**
 * Quick workloads: a scenario in a few options, for a question that needs no file.
 *
 *   --task T --event A:period=4,exclude_kernel --other "DISABLE,RESET,PERIOD=4,ENABLE" --cpus 2 --switches
 *
 * In documents and replays the scenario has a name that says the same, so that every command finds it again:
 *
 *   workload: task T; event A period=4,exclude_kernel; other DISABLE,RESET,PERIOD=4,ENABLE; cpus 2; switches
 */
import { PmucheckError } from "../../spec/errors.js";
import { nearest } from "../../spec/nearest.js";

const PREFIX = "workload:";

/** What the options say, as they were written. */
export interface WorkloadOptions {
  readonly task: readonly string[];
  readonly event: readonly string[];
  readonly other: readonly string[];
  readonly cpus: number | undefined;
  readonly switches: boolean;
  readonly migrations: boolean;
  readonly ticks: boolean;
}

/** The options; `nargs: 1`, so that a word after them is no part of them. */
const words = { type: "string", array: true, nargs: 1, default: [] } as const;

export const workloadOptions = {
  task: { ...words, describe: "a task, NAME or NAME:CALL,CALL... [default: T]" },
  event: {
    ...words,
    describe: "an event of it, NAME or NAME:period=4,exclude_kernel,... (docs/use/quick-workloads.md)",
  },
  other: { ...words, describe: "another process, by its calls: DISABLE,RESET,PERIOD=4,ENABLE" },
  cpus: { type: "number", describe: "how many CPUs [default: as many as it takes]" },
  switches: { type: "boolean", default: false, describe: "the tasks are switched out and in" },
  migrations: { type: "boolean", default: false, describe: "the first task is moved between the CPUs" },
  ticks: { type: "boolean", default: false, describe: "there are timer ticks, and throttling" },
} as const;

export function isWorkload(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** The name of what the options say; undefined if they say nothing. */
export function workloadName(of: WorkloadOptions): string | undefined {
  const flags = (["switches", "migrations", "ticks"] as const).filter((flag) => of[flag]);
  const named = (["task", "event", "other"] as const).flatMap((kind) =>
    of[kind].map((text) => `${kind} ${spoken(kind, text.trim().replaceAll(/,\s+/g, ","))}`),
  );
  const parts = [...named, ...(of.cpus === undefined ? [] : [`cpus ${of.cpus}`]), ...flags];
  const semicolon = parts.find((part) => part.includes(";"));
  if (semicolon !== undefined) throw misunderstood(`there is a semicolon in '${semicolon}'`);
  return parts.length === 0 ? undefined : `${PREFIX} ${parts.join("; ")}`;
}

/** `A period=4` for `A:period=4`; the calls of a process have colons of their own. */
function spoken(kind: "task" | "event" | "other", text: string): string {
  return kind === "other" ? text : text.replace(":", " ");
}

/** The options of a name, `NAME:REST` again where there is a rest. Throws PMC104 for what is no workload. */
export function optionsOfName(name: string): WorkloadOptions {
  const made = { task: [] as string[], event: [] as string[], other: [] as string[] };
  const flags = { switches: false, migrations: false, ticks: false };
  let cpus: number | undefined;
  for (const part of name.slice(PREFIX.length).split(";")) {
    const [, kind = "", rest = ""] = /^\s*(\w+)\s*(.*?)\s*$/.exec(part) ?? [];
    if (kind === "cpus") cpus = Number(rest);
    else if (kind in flags && rest === "") flags[kind as keyof typeof flags] = true;
    else if (kind === "other") made.other.push(rest);
    else if (kind === "task" || kind === "event") made[kind].push(rest.replace(" ", ":"));
    else
      throw misunderstood(
        `'${part.trim()}'${nearest(kind, [...Object.keys(made), "cpus", ...Object.keys(flags)])}`,
      );
  }
  return { ...made, ...flags, cpus };
}

/** The options as a command line has them. */
export function workloadCommand(of: WorkloadOptions, quoted: (text: string) => string): string {
  return [
    ...(["task", "event", "other"] as const).flatMap((kind) =>
      of[kind].map((text) => `--${kind} ${quoted(text)}`),
    ),
    ...(of.cpus === undefined ? [] : [`--cpus ${of.cpus}`]),
    ...(["switches", "migrations", "ticks"] as const).filter((flag) => of[flag]).map((flag) => `--${flag}`),
  ].join(" ");
}

export function misunderstood(what: string): PmucheckError {
  return new PmucheckError(
    "PMC104",
    `the workload cannot be understood: ${what} (see docs/use/quick-workloads.md)`,
  );
}

/**
 * The command that walks a trace again: as short as it can be, since what is not said has its default.
 */
import type { Configuration } from "../../spec/parameter.js";
import type { Subject, TraceDocument } from "../../trace/document.js";
import { encodePath } from "./path.js";

/** What a check is about where nothing is said; `config` are those of one scenario. */
export interface Defaults {
  readonly driver: string;
  readonly property: string;
  readonly config: Configuration;
}

/** `pmucheck replay one-cpu --irq nmi --hash 0123456789ab --path 0x4.1x2`, fit for pasting into a shell. */
export function replayCommand(trace: TraceDocument, defaults: Defaults): string {
  const { scenario, hash, steps, loop } = trace;
  return [
    `pmucheck replay ${shellQuoted(scenario)}`,
    ...subjectOptions(trace, defaults),
    `--hash ${hash}`,
    `--path ${encodePath(steps.map(({ index }) => index))}`,
    ...(loop === null ? [] : [`--loop ${loop}`]),
  ].join(" ");
}

/** The options that say what is checked beside the scenario, without the defaults. */
export function subjectOptions({ driver, fix, property, config }: Subject, defaults: Defaults): string[] {
  return [
    ...(driver === defaults.driver ? [] : [`--driver ${shellQuoted(driver)}`]),
    ...(fix === undefined ? [] : [`--fix ${shellQuoted(fix)}`]),
    ...(property === defaults.property ? [] : [`--property ${shellQuoted(property)}`]),
    ...Object.entries(config)
      .filter(([name, value]) => value !== defaults.config[name])
      .map(([name, value]) => (name === "irq" ? `--irq ${value}` : `--set ${name}=${value}`)),
  ];
}

/** For a shell: a path may have anything in it. */
export function shellQuoted(text: string): string {
  return /^[\w./+:@%#-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

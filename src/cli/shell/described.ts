/**
 * What the commands say of themselves, as data: shell completion and manual pages are made from the same declarations as
 * --help, so that none can lag behind.
 *
 * A command declares itself by calls on an Argv. Here the Argv is one that runs nothing and writes down what it is told.
 */
import type { Argv } from "yargs";

import type { Register } from "../arguments/options.js";

export interface DescribedOption {
  readonly name: string;
  /** `o` if it is also written -o. */
  readonly letter: string | undefined;
  readonly describe: string;
  readonly takesValue: boolean;
  readonly repeatable: boolean;
  /** Undefined if it takes any text. */
  readonly choices: readonly string[] | undefined;
  /** As text; undefined where there is none, or none worth saying. */
  readonly default: string | undefined;
}

export interface DescribedCommand {
  readonly name: string;
  /** `check [scenario..]` */
  readonly usage: string;
  readonly describe: string;
  readonly positionals: readonly DescribedOption[];
  readonly options: readonly DescribedOption[];
  /** Headings and the names of the options under them; options under none come first. */
  readonly groups: readonly { readonly title: string; readonly names: readonly string[] }[];
  readonly examples: readonly (readonly [command: string, what: string])[];
}

/** What yargs is told of an option, as far as it matters here. */
interface Declared {
  readonly type?: string;
  readonly array?: boolean;
  readonly choices?: readonly string[];
  readonly default?: unknown;
  readonly describe?: string;
  readonly alias?: string;
  /** It is said by other options. */
  readonly hidden?: boolean;
}

/** What all commands take. */
export const COMMON: readonly DescribedOption[] = [
  flag("help", "h", "show help"),
  flag("version", "V", "show the version"),
];

/** A description as a sentence. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;
}

/** What `commands` declare, in their order; `common` are further options of all of them. */
export function described(
  commands: readonly Register[],
  common: Readonly<Record<string, Declared>>,
): DescribedCommand[] {
  const shared = Object.entries(common).map(([name, of]) => option(name, of));
  return commands.map((register) => {
    const { usage, describe, recorder } = declarationOf(register);
    const [name = ""] = usage.split(" ");
    const options = [...recorder.options, ...shared, ...COMMON].filter(
      (one, i, all) => all.findIndex((other) => other.name === one.name) === i,
    );
    return { name, usage, describe, ...recorder, options };
  });
}

function declarationOf(register: Register) {
  let usage = "";
  let describe = "";
  const recorder = {
    positionals: new Array<DescribedOption>(),
    options: new Array<DescribedOption>(),
    groups: new Array<DescribedCommand["groups"][number]>(),
    examples: new Array<DescribedCommand["examples"][number]>(),
  };
  const argv = {
    command(said: string, what: string, build: (of: Argv) => unknown) {
      usage = said;
      describe = what;
      build(asArgv);
      return argv;
    },
    positional(name: string, of: Declared) {
      recorder.positionals.push(option(name, of));
      return argv;
    },
    options(many: Readonly<Record<string, Declared>>) {
      const shown = Object.entries(many).filter(([, of]) => of.hidden !== true);
      recorder.options.push(...shown.map(([name, of]) => option(name, of)));
      return argv;
    },
    group(names: readonly string[], title: string) {
      recorder.groups.push({ title, names });
      return argv;
    },
    example(command: string, what: string) {
      recorder.examples.push([command, what]);
      return argv;
    },
  };
  // Commands declare themselves by these calls alone: another one throws here, and every test of this file with it.
  const asArgv = argv as unknown as Argv;
  register(asArgv, () => undefined);
  const shown = (name: string) =>
    recorder.options.some((one) => one.name === `no-${name}`) ? `no-${name}` : name;
  const groups = recorder.groups.map(({ title, names }) => ({ title, names: names.map(shown) }));
  return { usage, describe, recorder: { ...recorder, groups } };
}

function option(name: string, declared: Declared): DescribedOption {
  const { type, array, choices, default: value, describe, alias } = declared;
  const isValue = type === "string" || type === "number" || choices !== undefined;
  const dashed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  // An option that is there to be turned off says so.
  const off = `--no-${dashed}: `;
  const isOff = describe?.startsWith(off) ?? false;
  const isSaid = value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  return {
    // yargs takes whyNot as why-not, too.
    name: isOff ? `no-${dashed}` : dashed,
    letter: alias,
    describe: isOff ? (describe?.slice(off.length) ?? "") : (describe ?? ""),
    takesValue: isValue,
    repeatable: array === true,
    choices,
    default: isSaid && isValue ? JSON.stringify(value).replaceAll('"', "") : undefined,
  };
}

function flag(name: string, letter: string, describe: string): DescribedOption {
  return {
    name,
    letter,
    describe,
    takesValue: false,
    repeatable: false,
    choices: undefined,
    default: undefined,
  };
}

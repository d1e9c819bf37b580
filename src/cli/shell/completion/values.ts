/**
 * What may be written where: the names that pmucheck knows, or files.
 */
import { drivers, fixes, properties, scenarios } from "../../arguments/catalogue.js";
import type { DescribedCommand, DescribedOption } from "../described.js";
import { CATALOGUES, LISTS } from "../../commands/list/catalogues.js";

export interface Values {
  /** In the order in which a shell shows them; none if any text will do. */
  readonly words: readonly string[];
  /** Also a file of the user's. */
  readonly files: boolean;
}

const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name);

/** `NAME=` for --set: the value follows without a space. */
const parameters = () => [
  ...new Set(scenarios.flatMap((one) => one.parameters.map(({ name }) => `${name}=`))),
];

const KNOWN: Readonly<Record<string, () => Values>> = {
  scenario: () => ({ words: names(scenarios), files: true }),
  driver: () => ({ words: names(drivers), files: false }),
  property: () => ({ words: names(properties), files: true }),
  fix: () => ({ words: names(fixes), files: true }),
  irq: () => ({ words: ["irq", "nmi"], files: false }),
  set: () => ({ words: parameters(), files: false }),
  what: () => ({ words: LISTS, files: false }),
  // A trace: of a file, or of the last result by its scenario.
  file: () => ({ words: names(scenarios), files: true }),
};

/** Of these any text will do, and it is no file's name. */
const TEXTS = new Set(
  "time memory path hash steps only why-not walk-path inlined function name max-states jobs".split(" "),
);

export function valuesOf({ name, choices }: DescribedOption): Values {
  if (choices !== undefined) return { words: choices, files: false };
  return KNOWN[name]?.() ?? { words: [], files: !TEXTS.has(name) };
}

/** What comes after a word of a command that is no option: the names of a list. */
export function following({
  name,
}: DescribedCommand): readonly (readonly [after: readonly string[], Values])[] {
  if (name !== "list") return [];
  return LISTS.map((list) => {
    const { one, entries } = CATALOGUES[list];
    return [[list, one], { words: names(entries), files: false }] as const;
  });
}

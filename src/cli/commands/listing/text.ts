/**
 * The C of a kernel tree beside the model, as text: what came out first, then where they part, then function by function.
 */
import type { Drift, ListedFunction } from "../../../kernel-tree/listing.js";
import type { Screen } from "../../../report/screen.js";
import { hanging, headline } from "../../../report/wrap.js";

export interface ListedTree {
  /** The folder. */
  readonly tree: string;
  /** The driver that is the model. */
  readonly model: string;
  readonly listed: readonly ListedFunction[];
  /** Functions that only one side has. */
  readonly onlyInC: readonly string[];
  readonly onlyInModel: readonly string[];
  /** `models/linux/drivers/perf/arm_pmu.ts:74`; undefined where that is not known. */
  readonly placeOf: (name: string) => string | undefined;
}

/** Without a final newline. */
export function listingText(tree: ListedTree, { width, style }: Screen): string {
  const { listed, model, onlyInC, onlyInModel, placeOf } = tree;
  const column = Math.max(...listed.map(({ name }) => name.length)) + 2;
  const parting = listed.filter(({ drift }) => drift !== undefined);
  const line = ({ name, drift, runs }: ListedFunction): string[] => {
    const what = drift !== undefined ? "PARTS" : runs === 0 ? "not called" : `equal in ${runs} runs`;
    const place = placeOf(name);
    return hanging(name.padEnd(column), [what, ...(place === undefined ? [] : [place])], width);
  };
  return [
    ...headline(headOf(tree), width).map(parting.length === 0 ? style.good : style.bad),
    ...parting.flatMap((one) => ["", ...line(one), ...driftLines(one.drift, width)]),
    "",
    ...listed.filter(({ drift }) => drift === undefined).flatMap(line),
    "",
    ...hanging("In C only: ", onlyInC.join(", ") || "nothing", width),
    ...hanging(`In ${model} only: `, onlyInModel.join(", ") || "nothing", width),
  ].join("\n");
}

function headOf({ tree, model, listed }: ListedTree): string {
  const count = (is: (one: ListedFunction) => boolean) => listed.filter(is).length;
  const parts = count(({ drift }) => drift !== undefined);
  const idle = count(({ drift, runs }) => drift === undefined && runs === 0);
  const equal = listed.length - parts - idle;
  return `pmucheck: listing of ${tree} beside ${model}: ${equal} equal, ${parts} part, ${idle} not called`;
}

function driftLines(drift: Drift | undefined, width: number): string[] {
  if (drift === undefined) return [];
  const { arguments: args, equal, model, c, at } = drift;
  const accesses = equal === 1 ? "1 equal access" : `${equal} equal accesses`;
  return [
    ...hanging("    ", `given (${args.join(", ")}), after ${accesses}:`, width),
    ...hanging("    model: ", model, width),
    ...hanging("    C:     ", [c, ...(at === undefined ? [] : [`${at.file}:${at.line}`])], width),
  ];
}

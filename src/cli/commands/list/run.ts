/**
 * `pmucheck list`: what there is to choose from, a line each; one of them with all that is known of it; or as JSON.
 */
import { listOfLists, longEntry, shortList, type Entry } from "../../../report/lists.js";
import { PmucheckError } from "../../../spec/errors.js";
import { nearest } from "../../../spec/nearest.js";
import { scenarioNamed } from "../../arguments/catalogue.js";
import { isFile } from "../../arguments/is-file.js";
import { isWorkload } from "../../workload/workload.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { print, screen } from "../../terminal/terminal.js";
import { version } from "../../version.js";
import { CATALOGUES, LISTS, type ListName } from "./catalogues.js";
import { scenarioEntry } from "./entries.js";

export interface ListArguments {
  /** A list, by its name or by the word for one of its things; undefined for what lists there are. */
  readonly what: string | undefined;
  /** One thing of the list. */
  readonly name: string | undefined;
  readonly json: boolean;
}

/** Throws PMC104 for a list or a thing that there is not, and what scenarioNamed does for a scenario in a file. */
export async function runList({ what, name, json }: ListArguments): Promise<ExitStatus> {
  if (what === undefined) {
    const all = LISTS.map((list) => [list, CATALOGUES[list].entries] as const);
    print(json ? documentOf(all) : listOfLists(CATALOGUES, screen()));
    return EXIT.holds;
  }
  const list = listNamed(what);
  const { entries } = CATALOGUES[list];
  const isOwn = list === "scenarios" && name !== undefined && (isFile(name) || isWorkload(name));
  const chosen = isOwn
    ? [scenarioEntry(await scenarioNamed(name))]
    : entries.filter((entry) => name === undefined || entry.name === name);
  if (chosen.length === 0) {
    const known = entries.map((entry) => entry.name);
    throw new PmucheckError(
      "PMC104",
      `there is no ${CATALOGUES[list].one} '${name}'${nearest(name ?? "", known)}`,
    );
  }
  if (json) print(documentOf([[list, chosen]]));
  else if (name === undefined) print(shortList(list, CATALOGUES[list], screen()));
  else print(chosen.map((entry) => longEntry(entry, screen())).join("\n\n"));
  return EXIT.holds;
}

/** `scenarios`, and `scenario` for one of them. */
function listNamed(what: string): ListName {
  const list = LISTS.find((one) => one === what || CATALOGUES[one].one === what);
  if (list !== undefined) return list;
  throw new PmucheckError("PMC104", `there is no list '${what}'${nearest(what, LISTS)}`);
}

function documentOf(lists: readonly (readonly [ListName, readonly Entry[]])[]): string {
  const data = lists.map(([list, entries]) => [list, entries.map((entry) => entry.data)] as const);
  return JSON.stringify({ tool: "pmucheck", version, ...Object.fromEntries(data) }, null, 2);
}

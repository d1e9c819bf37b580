/**
 * Local tables as guarded commands, which every modelling language has.
 *
 * There is one command per local transition, and one per case that the tables do not know. No reachable state needs such
 * a case. If a tool reaches one, the search of the export has missed a state; the command must then fail.
 */
import { isLeaf, type Branch, type Leaf, type LocalTables, type Writes } from "./local-tables.js";

/** Numbers of values from `from` to `to`, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** True if the number of the component's value is in one of the ranges. */
export interface Test {
  readonly component: number;
  readonly ranges: readonly Range[];
}

export interface Command {
  readonly process: string;
  /** The command is enabled if all tests are true. */
  readonly guard: readonly Test[];
  /** Undefined for a command that must never be enabled. */
  readonly writes: Writes | undefined;
}

/** The commands of all processes, in their order. */
export function commandsOf(tables: LocalTables): Command[] {
  return tables.processes.flatMap(({ name, table }) =>
    table === undefined
      ? []
      : [...commandsBelow(table, [], tables)].map((command) => ({ process: name, ...command })),
  );
}

function* commandsBelow(
  node: Branch | Leaf,
  guard: readonly Test[],
  tables: LocalTables,
): Generator<Omit<Command, "process">> {
  if (isLeaf(node)) {
    for (const writes of node.moves) yield { guard, writes };
    return;
  }
  const { component, children } = node;
  for (const [value, child] of children) {
    yield* commandsBelow(child, [...guard, { component, ranges: [{ from: value, to: value }] }], tables);
  }
  const unforeseen = gaps([...children.keys()], tables.components[component]?.values ?? 0);
  if (unforeseen.length > 0)
    yield { guard: [...guard, { component, ranges: unforeseen }], writes: undefined };
}

/** The numbers from 0 to `end` - 1 that are not in the list, as ranges. */
function gaps(numbers: readonly number[], end: number): Range[] {
  const bounds = [-1, ...numbers.toSorted((a, b) => a - b), end];
  return bounds.slice(1).flatMap((next, i) => {
    const from = (bounds[i] ?? 0) + 1;
    return from < next ? [{ from, to: next - 1 }] : [];
  });
}

/** A name that every modelling language allows: `c3_cpu0_pmu` for component 3, `cpu0.pmu`. */
export function variableOf(tables: LocalTables, component: number): string {
  return `c${component}_${tables.components[component]?.name.replaceAll(/\W/g, "_")}`;
}

/** What the header of an export names. */
export interface Origin {
  /** Scenario, driver and parameters, in one line. */
  readonly title: string;
}

/** The lines of the header comment that all languages share. */
export function headerLines(tables: LocalTables, { title }: Origin): string[] {
  return [
    title,
    "Exported by pmucheck: every component is the number of its value, every command a local transition.",
    `${tables.states} states, ${tables.transitions} transitions (self-loops included), counted by the export's own search.`,
    "A command that fails belongs to a question that no reachable state asks: if it ever fires, the export is wrong.",
  ];
}

/**
 * Local tables as guarded commands, which every modelling language has.
 *
 * A command per local transition, and one per question that the tables cannot answer: no reachable state asks it,
 * so a tool that finds one has found a state that the export's own search missed, and must say so and not go on.
 */
import { isLeaf, type Branch, type Leaf, type LocalTables, type Writes } from "./local-tables.js";

/** Values of a component, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The component's value lies in one of the ranges. */
export interface Test {
  readonly component: number;
  readonly ranges: readonly Range[];
}

export interface Command {
  readonly process: string;
  /** All of them hold; none: always. */
  readonly guard: readonly Test[];
  /** Undefined: a state for which this command is enabled must not exist. */
  readonly writes: Writes | undefined;
}

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

/** The numbers below `end` that are not in the list, as ranges. */
function gaps(numbers: readonly number[], end: number): Range[] {
  const bounds = [-1, ...numbers.toSorted((a, b) => a - b), end];
  return bounds.slice(1).flatMap((next, i) => {
    const from = (bounds[i] ?? 0) + 1;
    return from < next ? [{ from, to: next - 1 }] : [];
  });
}

/** A name that every modelling language takes: `cpu0.pmu`, component 3 -> `c3_cpu0_pmu`. */
export function variableOf(tables: LocalTables, component: number): string {
  return `c${component}_${tables.components[component]?.name.replaceAll(/\W/g, "_")}`;
}

/** What the header of an export says. */
export interface Origin {
  /** What was exported, in a line: scenario, driver, parameters. */
  readonly title: string;
}

/** Lines for the header comment that are the same in every language. */
export function headerLines(tables: LocalTables, { title }: Origin): string[] {
  return [
    title,
    "Exported by pmucheck: every component is the number of its value, every command a local transition.",
    `${tables.states} states, ${tables.transitions} transitions (self-loops included), counted by the export's own search.`,
    "A command that fails belongs to a question that no reachable state asks: if it ever fires, the export is wrong.",
  ];
}

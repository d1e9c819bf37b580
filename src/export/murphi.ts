/**
 * Local tables in Murphi, for Rumur (or CMurphi).
 *
 * A thousand rules, one per local transition, would take minutes to compile in the C that Rumur generates. So a process
 * is one function, which walks the tree of the process and returns the number of its k-th move (0 for no move), and one
 * rule per k, which makes the move with that number. The rules that fire are exactly the exported transitions.
 */
import { headerLines, variableOf, type Origin } from "./guarded-commands.js";
import { isLeaf, type Branch, type Leaf, type LocalTables, type Writes } from "./local-tables.js";

/** The text of the model. */
export function toMurphi(tables: LocalTables, origin: Origin): string {
  return [
    ...headerLines(tables, origin).map((line) => `-- ${line}`),
    "-- rumur --deadlock-detection off --symmetry-reduction off --output model.c FILE",
    "-- gcc -mcx16 -o model model.c -lpthread && ./model",
    "",
    "var",
    ...tables.components.map(({ values }, i) => `  ${variableOf(tables, i)}: 0..${values - 1};`),
    "",
    "startstate",
    ...tables.components.map(({ initial }, i) => `  ${variableOf(tables, i)} := ${initial};`),
    "end;",
    ...tables.processes.flatMap(({ name, table }, i) =>
      table === undefined ? [] : new ProcessWriter(tables, name, i).write(table),
    ),
    "",
  ].join("\n");
}

/** Writes the function and the rules of one process. */
class ProcessWriter {
  readonly #tables: LocalTables;
  readonly #name: string;
  readonly #function: string;
  /** All moves of the process so far; the move at position i has the number i + 1. */
  readonly #moves: Writes[] = [];
  #mostAtOnce = 1;

  constructor(tables: LocalTables, name: string, index: number) {
    this.#tables = tables;
    this.#name = name;
    this.#function = `p${index}_${name.replaceAll(/\W/g, "_")}`;
  }

  write(table: Branch | Leaf): string[] {
    const body = this.#walk(table, "  ");
    const unforeseen = this.#moves.length + 1;
    const cases = this.#moves.map((writes, i) => {
      const effects = writes.map(([component, value]) => ` ${this.#variable(component)} := ${value};`);
      return `      case ${i + 1}:${effects.join("")}`;
    });
    return [
      "",
      `function ${this.#function}(k: 0..${this.#mostAtOnce - 1}): 0..${unforeseen};`,
      "begin",
      ...body.map((line) => line.replace(UNFORESEEN, String(unforeseen))),
      "end;",
      "",
      `ruleset k: 0..${this.#mostAtOnce - 1} do`,
      `  rule "${this.#name}" ${this.#function}(k) != 0 ==>`,
      `    switch ${this.#function}(k)`,
      ...cases,
      `      case ${unforeseen}: error "the export is wrong: ${this.#name} was asked what it was never asked before";`,
      "    end;",
      "  end;",
      "end;",
    ];
  }

  #walk(node: Branch | Leaf, indent: string): string[] {
    if (isLeaf(node)) return [indent + this.#leaf(node)];
    const { component, children } = node;
    const cases = [...children].flatMap(([value, child]) => [
      `${indent}case ${value}:`,
      ...this.#walk(child, `${indent}  `),
    ]);
    return [
      `${indent}switch ${this.#variable(component)}`,
      ...cases,
      `${indent}else`,
      `${indent}  return ${UNFORESEEN};`,
      `${indent}end;`,
    ];
  }

  #leaf({ moves }: Leaf): string {
    if (moves.length === 0) return "return 0;";
    const first = this.#moves.length + 1;
    this.#moves.push(...moves);
    this.#mostAtOnce = Math.max(this.#mostAtOnce, moves.length);
    return `if k < ${moves.length} then return ${first} + k; else return 0; end;`;
  }

  #variable(component: number): string {
    return variableOf(this.#tables, component);
  }
}

/** Stands for the number after all moves: a case that the tables do not know. It is known at the end. */
const UNFORESEEN = "UNFORESEEN";

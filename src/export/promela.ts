/**
 * Guarded commands in Promela, for SPIN.
 *
 * The model is one process without control states of its own, and each command is one `d_step` with its guard. So SPIN
 * stores exactly the exported states. SPIN leaves variables that are never read out of its states; a command that is
 * never enabled reads all of them. SPIN counts the initial state as a transition, so it reports one transition more.
 */
import { commandsOf, headerLines, variableOf, type Origin, type Test } from "./guarded-commands.js";
import type { LocalTables } from "./local-tables.js";

/** The text of the model. */
export function toPromela(tables: LocalTables, origin: Origin): string {
  const variable = (component: number) => variableOf(tables, component);
  const condition = ({ component, ranges }: Test) => {
    const parts = ranges.map(({ from, to }) =>
      from === to
        ? `${variable(component)} == ${from}`
        : `(${variable(component)} >= ${from} && ${variable(component)} <= ${to})`,
    );
    return parts.length === 1 ? parts.join("") : `(${parts.join(" || ")})`;
  };
  const commands = commandsOf(tables).map(({ process, guard, writes }) => {
    const when = guard.length === 0 ? "true" : guard.map(condition).join(" && ");
    const then =
      writes === undefined
        ? "assert(false)"
        : writes.map(([component, value]) => `${variable(component)} = ${value}`).join("; ") || "skip";
    return `:: d_step { ${when} -> ${then} } /* ${process} */`;
  });
  const nonexistent = tables.components
    .map(({ values }, component) => `${variable(component)} >= ${values}`)
    .join(" || ");
  return [
    ...headerLines(tables, origin).map((line) => `/* ${line} */`),
    "/* spin -a FILE && gcc -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m1000000 */",
    `/* SPIN then says: ${tables.states} states, stored; ${tables.transitions + 1} transitions (the initial state is one) */`,
    "",
    ...tables.components.map(
      ({ values, initial }, component) =>
        `unsigned ${variable(component)} : ${bitsFor(values - 1)} = ${initial};`,
    ),
    "",
    "active proctype system() {",
    "end: do",
    ...commands,
    `:: d_step { ${nonexistent} -> assert(false) } /* values that do not exist */`,
    "od }",
    "",
  ].join("\n");
}

/** The width of a variable with the values 0 to `most`, in bits. */
function bitsFor(most: number): number {
  return Math.max(1, 32 - Math.clz32(most));
}

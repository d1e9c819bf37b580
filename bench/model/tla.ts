/**
 * The bench model in TLA+, rule by rule as in bench/model/system.ts, written for TLC.
 *
 * TLC counts a transition for every way in which it can make the action true. So each rule instance is one such way:
 * choices are bounded quantifiers outside of the rule, and nothing inside is a disjunction ("in" instead of "or",
 * IF and CASE instead of cases side by side). What a rule leaves alone is listed by the generator.
 * Variables are functions of the CPU, the counter or the event; the locations of a CPU's program are one CASE, so
 * that TLC tries few guards per state.
 */
import type { BenchParameters } from "./parameters.js";

/** The module, and the configuration that TLC wants next to it. */
export interface TlaModel {
  readonly module: string;
  readonly configuration: string;
}

/** The module's name, which TLC insists is the file's. */
export const TLA_MODULE = "model";

const VARIABLES = [
  "pc",
  "its",
  "mine",
  "resume",
  "val",
  "snap",
  "cnt",
  "enabled",
  "inten",
  "ovs",
  "line",
  "pending",
  "active",
  "taken",
  "saved",
  "due",
  "budget",
] as const;

type Variable = (typeof VARIABLES)[number];

/** What a rule assigns, by variable: an expression in which unprimed variables are those of the state before. */
type Assignments = Partial<Readonly<Record<Variable, string>>>;

export function tla(parameters: BenchParameters): TlaModel {
  const { cpus, counters, events, period, budget, cap } = parameters;
  const module = `
---- MODULE ${TLA_MODULE} ----
EXTENDS Integers

VARIABLES ${VARIABLES.join(", ")}

Cpu == 0..${cpus - 1}
Ctr == 0..${counters - 1}
Event == 1..${events}

Init ==
${conjunction({
  pc: "[c \\in Cpu |-> 0]",
  its: "[c \\in Cpu |-> 0]",
  mine: "[c \\in Cpu |-> 0]",
  resume: "[c \\in Cpu |-> FALSE]",
  val: "[c \\in Cpu |-> 0]",
  snap: "[c \\in Cpu |-> [n \\in Ctr |-> FALSE]]",
  cnt: "[c \\in Cpu |-> [n \\in Ctr |-> 0]]",
  enabled: "[c \\in Cpu |-> [n \\in Ctr |-> FALSE]]",
  inten: "[c \\in Cpu |-> [n \\in Ctr |-> FALSE]]",
  ovs: "[c \\in Cpu |-> [n \\in Ctr |-> FALSE]]",
  line: "[c \\in Cpu |-> FALSE]",
  pending: "[c \\in Cpu |-> FALSE]",
  active: "[c \\in Cpu |-> FALSE]",
  taken: "[e \\in Event |-> FALSE]",
  saved: "[e \\in Event |-> 0]",
  due: "[e \\in Event |-> 0]",
  budget: String(budget),
})}

Program(c) ==
  /\\ pc[c] # 0
  /\\ CASE ${locations()
    .map((assignments, i) => `pc[c] = ${i + 1} ->\n${effect(assignments, "          ")}`)
    .join("\n       [] ")}

SwitchOut(c) ==
  /\\ pc[c] = 0 /\\ its[c] # 0
${effect({ pc: to("pc", "5") })}

TakeUp(c, e, n) ==
  /\\ pc[c] = 0 /\\ its[c] = 0 /\\ ~taken[e]
${effect({
  taken: "[taken EXCEPT ![e] = TRUE]",
  its: to("its", "e"),
  mine: to("mine", "n"),
  pc: to("pc", "1"),
})}

Interrupt(c) ==
  /\\ pending[c] /\\ ~active[c] /\\ pc[c] \\in {0, 5}
${effect({ active: to("active", "TRUE"), resume: to("resume", "(pc[c] = 5)"), pc: to("pc", "12") })}

Count(c, n) ==
  /\\ enabled[c][n] /\\ budget > 0
  /\\ IF cnt[c][n] < ${period - 1} THEN
${effect({ budget: "budget - 1", cnt: "[cnt EXCEPT ![c][n] = @ + 1]" }, "       ")}
     ELSE
${effect(
  {
    budget: "budget - 1",
    cnt: "[cnt EXCEPT ![c][n] = 0]",
    ovs: "[ovs EXCEPT ![c][n] = TRUE]",
    due: `[due EXCEPT ![its[c]] = IF @ < ${cap} THEN @ + 1 ELSE @]`,
  },
  "       ",
)}

Line(c) ==
  /\\ line[c] # (\\E n \\in Ctr : ovs[c][n] /\\ inten[c][n])
${effect({ line: to("line", "~line[c]") })}

Pending(c) ==
  /\\ pending[c] # line[c]
${effect({ pending: to("pending", "line[c]") })}

Next ==
  \\E c \\in Cpu :
    \\/ Program(c)
    \\/ SwitchOut(c)
    \\/ \\E e \\in Event, n \\in Ctr : TakeUp(c, e, n)
    \\/ Interrupt(c)
    \\/ \\E n \\in Ctr : Count(c, n)
    \\/ Line(c)
    \\/ Pending(c)
====
`.trimStart();
  return { module, configuration: "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n" };
}

/** Locations 1 to 17, in order. */
function locations(): readonly Assignments[] {
  const mine = (variable: Variable, value: string) => `[${variable} EXCEPT ![c][mine[c]] = ${value}]`;
  const its = (variable: Variable, value: string) => `[${variable} EXCEPT ![its[c]] = ${value}]`;
  const none = "[n \\in Ctr |-> FALSE]";
  return [
    { cnt: mine("cnt", "saved[its[c]]"), saved: its("saved", "0"), pc: to("pc", "2") },
    { inten: mine("inten", "TRUE"), pc: to("pc", "3") },
    { enabled: mine("enabled", "TRUE"), pc: to("pc", "4") },
    { pc: to("pc", "0") },
    { pc: to("pc", "6") },
    { enabled: mine("enabled", "FALSE"), pc: to("pc", "7") },
    { inten: mine("inten", "FALSE"), pc: to("pc", "8") },
    { ovs: mine("ovs", "FALSE"), pc: to("pc", "9") },
    { val: to("val", "cnt[c][mine[c]]"), cnt: mine("cnt", "0"), pc: to("pc", "10") },
    {
      taken: its("taken", "FALSE"),
      saved: its("saved", "val[c]"),
      its: to("its", "0"),
      mine: to("mine", "0"),
      val: to("val", "0"),
      pc: to("pc", "11"),
    },
    { pc: to("pc", "0") },
    { snap: to("snap", "ovs[c]"), pc: to("pc", "13") },
    { ovs: to("ovs", "[n \\in Ctr |-> ovs[c][n] /\\ ~snap[c][n]]"), pc: to("pc", "14") },
    {
      pc: to("pc", "IF its[c] # 0 /\\ snap[c][mine[c]] THEN 15 ELSE 17"),
      snap: to("snap", none),
    },
    { cnt: mine("cnt", "0"), pc: to("pc", "16") },
    { due: its("due", "IF @ > 0 THEN @ - 1 ELSE @"), pc: to("pc", "17") },
    {
      active: to("active", "FALSE"),
      pc: to("pc", "IF resume[c] THEN 5 ELSE 0"),
      resume: to("resume", "FALSE"),
    },
  ];
}

/** The variable with another value for this CPU. */
function to(variable: Variable, value: string): string {
  return `[${variable} EXCEPT ![c] = ${value}]`;
}

/** Assignments to the next state, the variables that stay included. */
function effect(assignments: Assignments, indent = "  "): string {
  const stay = VARIABLES.filter((variable) => assignments[variable] === undefined);
  return [
    ...Object.entries(assignments).map(([variable, value]) => `${indent}/\\ ${variable}' = ${value}`),
    `${indent}/\\ UNCHANGED <<${stay.join(", ")}>>`,
  ].join("\n");
}

function conjunction(values: Readonly<Record<Variable, string>>): string {
  return VARIABLES.map((variable) => `  /\\ ${variable} = ${values[variable]}`).join("\n");
}

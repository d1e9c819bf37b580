/**
 * What a scenario may build, record by record.
 */
import { z } from "zod";

import { PmucheckError } from "../../spec/errors.js";
import type { System } from "../../spec/system.js";
import { called, firstFault, text } from "./shapes.js";

const cpu = z.int().nonnegative();

const value = z.custom<object>(
  (of) => typeof of === "object" && of !== null && !(of instanceof Promise),
  "a component's value is an object: keep it in a field of one",
);

const level = { mayExecute: called, level: called, body: called, afterStep: called.optional() };

const schema = z
  .object({
    configuration: z.record(z.string(), z.union([z.string(), z.number()])),
    reset: z.record(z.string(), value),
    functions: z.instanceof(Map, { error: "not a Map of functions by name" }),
    processors: z.array(z.object({ cpu, execution: z.object({ name: text }), ...level })),
    processes: z.array(
      z.object({
        name: text,
        cpu: cpu.optional(),
        fair: z.boolean().optional(),
        alternatives: called,
        whyNot: called.optional(),
      }),
    ),
    signals: z.array(z.object({ name: text, cpu: cpu.optional(), headline: z.boolean(), value: called })),
    events: z.array(text),
  })
  .superRefine(({ reset, processors, signals, events }, context) => {
    const issue = (path: readonly PropertyKey[], message: string) =>
      context.addIssue({ code: "custom", path: [...path], message });
    for (const [at, { execution }] of processors.entries()) {
      if (!(execution.name in reset)) issue(["processors", at, "execution", "name"], "no component of reset");
    }
    const numbers = processors.map((one) => one.cpu);
    twice(numbers, (at) => issue(["processors", at, "cpu"], "there is another CPU of that number"));
    twice(events, (at) => issue(["events", at], "there is another event of that name"));
    const names = signals.map((one) => `${one.cpu} ${one.name}`);
    twice(names, (at) => issue(["signals", at, "name"], "there is another signal of that name"));
  });

function twice(of: readonly unknown[], found: (at: number) => void): void {
  const at = of.findIndex((one, i) => of.indexOf(one) !== i);
  if (at >= 0) found(at);
}

/** Throws PMC209 for what is no system; `whose` says which scenario and driver it is of. */
export function mustBeSystem(made: unknown, whose: string): asserts made is System {
  const fault = firstFault(schema, made);
  if (fault !== undefined) throw new PmucheckError("PMC209", `${whose}: the system's ${fault}`);
  const symbols = Object.getOwnPropertySymbols((made as System).reset);
  if (symbols.length === 0) return;
  throw new PmucheckError(
    "PMC209",
    `${whose}: the system's reset has ${String(symbols[0])}: components have names`,
  );
}

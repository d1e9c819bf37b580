/**
 * A model in a file of the user's: a scenario that brings its own drivers and properties.
 */
import { z } from "zod";

import { propertiesOfModels } from "../../../properties/of-models.js";
import { PmucheckError } from "../../spec/errors.js";
import type { FunctionTable } from "../../spec/kernel-function.js";
import { nearest } from "../../spec/nearest.js";
import type { Driver, Scenario } from "../../spec/scenario.js";
import { exportIn } from "./user-export.js";
import type { UserFile } from "./user-file.js";

/**
 * The `model` that the file exports. Its name is the file's, as the user wrote it; its drivers keep theirs.
 * Throws PMC139 if it is no model.
 */
export function modelIn({ load, text }: UserFile, file: string): Scenario {
  const scenario = loaded(load, file);
  mustHaveProperties(scenario, file);
  const anew = (name: string): FunctionTable | undefined =>
    loaded(load, file).own.drivers.find((driver) => driver.name === name)?.functions;
  const drivers = scenario.own.drivers.map((driver): Driver => ({
    ...driver,
    anew: () => anew(driver.name) ?? driver.functions,
  }));
  return { ...scenario, name: file, text, own: { ...scenario.own, drivers } };
}

type Model = Scenario & Required<Pick<Scenario, "own">>;

function loaded(load: UserFile["load"], file: string): Model {
  // The schema looks for what model() makes; what functions answer is looked at where they are asked.
  return exportIn(load, file, wanted) as Model;
}

const schema = z.object({
  name: z.string().min(1, "an empty name"),
  summary: z.string(),
  properties: z.array(z.string()).min(1, "no property"),
  build: z.instanceof(Function, { error: "not a function" }),
  own: z.object(
    {
      drivers: z.array(z.object({ name: z.string(), functions: z.instanceof(Map) })).min(1, "no driver"),
      properties: z.array(z.object({ name: z.string() })),
    },
    { error: "not made by model()" },
  ),
});

const wanted = {
  name: "model",
  example: "model({ name: ..., counter: ..., interrupt: ..., drivers: [...] })",
  schema,
  wrong: "PMC139",
} as const;

function mustHaveProperties({ properties, own }: Model, file: string): void {
  const known = [...own.properties, ...propertiesOfModels].map(({ name }) => name);
  const unknown = properties.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new PmucheckError("PMC139", `${file}: unknown property '${unknown}'${nearest(unknown, known)}`);
}

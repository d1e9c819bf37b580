/**
 * A scenario in a file of the user's.
 */
import { z } from "zod";

import { properties, witnesses } from "../../../properties/catalogue.js";
import { PmucheckError } from "../../spec/errors.js";
import { nearest } from "../../spec/nearest.js";
import type { Scenario } from "../../spec/scenario.js";
import { modelIn } from "./model-file.js";
import { exportIn } from "./user-export.js";
import { loadUserFile } from "./user-file.js";

/**
 * Loads the `scenario` that the file exports, or the `model`. Its name is the file's, as the user wrote it.
 * Throws PMC111 if the file cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, PMC137 if it is no scenario,
 * PMC139 if it is no model.
 */
export async function loadScenarioFile(file: string): Promise<Scenario> {
  const loaded = await loadUserFile(file, "PMC137");
  if ("model" in loaded.load()) return modelIn(loaded, file);
  const { load, text } = loaded;
  const scenario = exportIn(load, file, wanted);
  // The schema has looked at every field that pmucheck uses; what functions answer is looked at where they are asked.
  return checked(scenario as Scenario, file, text);
}

const callable = z.instanceof(Function, { error: "not a function" });

const schema = z.object({
  name: z.string().min(1, "an empty name"),
  summary: z.string(),
  shows: z.string(),
  parameters: z
    .array(z.object({ name: z.string(), default: z.union([z.string(), z.number()]), meaning: z.string() }))
    .superRefine((of, context) => {
      const names = of.map(({ name }) => name);
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      if (twice !== undefined) context.addIssue(`the parameter ${twice} is there twice`);
    }),
  build: callable,
  witnesses: callable,
  properties: z.array(z.string()).superRefine((of, context) => {
    const known = properties.map(({ name }) => name);
    const unknown = of.find((name) => !known.includes(name));
    if (unknown !== undefined) context.addIssue(`unknown property '${unknown}'${nearest(unknown, known)}`);
  }),
  refuses: callable.optional(),
  start: z.string(),
  epilogue: callable.optional(),
});

const wanted = {
  name: "scenario",
  example: "linuxScenario({ name: ..., inventory: ... })",
  schema,
  wrong: "PMC137",
} as const;

/** The scenario under the file's name; a witness that there is not is an error when it is asked for. */
function checked(scenario: Scenario, file: string, text: string): Scenario {
  const known = witnesses.map(({ name }) => name);
  return {
    ...scenario,
    name: file,
    text,
    witnesses: (configuration) => {
      const names = scenario.witnesses(configuration);
      const unknown = names.find((name) => !known.includes(name));
      if (unknown === undefined) return names;
      throw new PmucheckError(
        "PMC137",
        `${file} asks for an unknown witness '${unknown}'${nearest(unknown, known)}`,
      );
    },
  };
}

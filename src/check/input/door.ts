/**
 * The door: what a check is asked is looked at before anything is done, so that a mistake is named by field and value.
 */
import { PmucheckError } from "../../spec/errors.js";
import { nearest } from "../../spec/nearest.js";
import type { Configuration } from "../../spec/parameter.js";
import type { Scenario } from "../../spec/scenario.js";
import type { ChecksRequest } from "../request.js";
import { isOutside, rangeOf } from "./parameter-range.js";
import { requestSchema } from "./request-schema.js";
import { firstFault } from "./shapes.js";

/** What every way of checking is asked. */
type Asked = Pick<ChecksRequest, "scenario" | "driver" | "configuration" | "properties" | "witnesses">;

/**
 * Throws PMC109 for a field that is not what it should be, PMC105 and PMC106 for a configuration that is not of the scenario's
 * parameters.
 */
export function mustBeRequest(request: Asked): void {
  const fault = firstFault(requestSchema, request);
  if (fault !== undefined) throw new PmucheckError("PMC109", `check(): ${fault}`);
  mustFit(request.scenario, request.configuration);
}

/** A parameter that is not given has its default. */
function mustFit({ parameters, name: scenario }: Scenario, configuration: Configuration): void {
  for (const [name, value] of Object.entries(configuration)) {
    const parameter = parameters.find((one) => one.name === name);
    if (parameter === undefined) {
      const known = parameters.map((one) => one.name);
      throw new PmucheckError("PMC105", `${scenario} has no parameter '${name}'${nearest(name, known)}`);
    }
    if (!isOutside(parameter, value)) continue;
    throw new PmucheckError(
      "PMC106",
      `parameter '${name}' cannot be '${value}': it takes ${rangeOf(parameter)}`,
    );
  }
}

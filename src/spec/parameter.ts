/**
 * Parameters: the assumptions of a scenario, named, bounded and printed with every verdict.
 */
import { nearest } from "./nearest.js";
import { PmucheckError } from "./errors.js";

export interface IntegerParameter {
  readonly kind: "integer";
  readonly name: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** What the parameter assumes, as a phrase that can follow its value in the verdict. */
  readonly meaning: string;
}

export interface ChoiceParameter<C extends string = string> {
  readonly kind: "choice";
  readonly name: string;
  readonly default: C;
  readonly choices: readonly C[];
  readonly meaning: string;
}

export type Parameter = IntegerParameter | ChoiceParameter;

/** A number for an integer parameter, one of the choices for a choice parameter. */
export type ParameterValue<P extends Parameter> = P extends ChoiceParameter<infer C> ? C : number;

/** The values of all parameters of a system, by name. */
export type Configuration = Readonly<Record<string, number | string>>;

/** The value a configuration gives a parameter; throws PMC205 if the system has no such parameter. */
export function valueOf<P extends Parameter>(configuration: Configuration, parameter: P): ParameterValue<P> {
  const value = configuration[parameter.name];
  if (value === undefined) {
    throw new PmucheckError("PMC205", `the system has no parameter '${parameter.name}'`);
  }
  // `configure` checked the value against the parameter's kind.
  return value as ParameterValue<P>;
}

export function integer(of: Omit<IntegerParameter, "kind">): IntegerParameter {
  return { kind: "integer", ...of };
}

export function choice<C extends string>(of: Omit<ChoiceParameter<C>, "kind">): ChoiceParameter<C> {
  return { kind: "choice", ...of };
}

/**
 * Completes what the user set with the defaults.
 * Throws PMC105 for a name that is no parameter, PMC106 for a value outside its parameter's range.
 */
export function configure(
  parameters: readonly Parameter[],
  settings: Readonly<Record<string, string>>,
): Configuration {
  const known = parameters.map((parameter) => parameter.name);
  for (const name of Object.keys(settings)) {
    if (known.includes(name)) continue;
    throw new PmucheckError("PMC105", `unknown parameter '${name}'${nearest(name, known)}`);
  }
  return Object.fromEntries(
    parameters.map((parameter) => {
      const text = settings[parameter.name];
      return [parameter.name, text === undefined ? parameter.default : parse(parameter, text)];
    }),
  );
}

function parse(parameter: Parameter, text: string): number | string {
  if (parameter.kind === "choice") {
    if (parameter.choices.includes(text)) return text;
    throw outOfRange(parameter, text, `one of ${parameter.choices.join(", ")}`);
  }
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= parameter.minimum && value <= parameter.maximum) return value;
  throw outOfRange(parameter, text, `a whole number from ${parameter.minimum} to ${parameter.maximum}`);
}

function outOfRange(parameter: Parameter, text: string, expected: string): PmucheckError {
  return new PmucheckError(
    "PMC106",
    `parameter '${parameter.name}' cannot be '${text}': it takes ${expected}`,
  );
}

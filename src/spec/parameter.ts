/**
 * Parameters: the assumptions of a scenario. Each has a name and a range, and is printed with every verdict.
 */
import { nearest } from "./nearest.js";
import { PmucheckError } from "./errors.js";

export interface IntegerParameter {
  readonly kind: "integer";
  readonly name: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** The assumption, as a phrase that follows the value in a verdict. */
  readonly meaning: string;
}

export interface ChoiceParameter<C extends string = string> {
  readonly kind: "choice";
  readonly name: string;
  readonly default: C;
  readonly choices: readonly C[];
  readonly meaning: string;
}

/** An integer, or `any` for no bound at all. */
export interface BoundParameter {
  readonly kind: "bound";
  readonly name: string;
  readonly default: number | "any";
  readonly minimum: number;
  readonly maximum: number;
  readonly meaning: string;
}

export type Parameter = IntegerParameter | ChoiceParameter | BoundParameter;

/** A number for an integer parameter, one of the choices for a choice parameter, a number or `any` for a bound. */
export type ParameterValue<P extends Parameter> =
  P extends ChoiceParameter<infer C> ? C : P extends BoundParameter ? number | "any" : number;

/** The values of all parameters of a system, by name. */
export type Configuration = Readonly<Record<string, number | string>>;

/** The value of a parameter in a configuration; the default if the scenario does not have the parameter. */
export function valueOf<P extends Parameter>(configuration: Configuration, parameter: P): ParameterValue<P> {
  // `configure` checked the value against the parameter's kind.
  return (configuration[parameter.name] ?? parameter.default) as ParameterValue<P>;
}

export function integer(of: Omit<IntegerParameter, "kind">): IntegerParameter {
  return { kind: "integer", ...of };
}

export function choice<C extends string>(of: Omit<ChoiceParameter<C>, "kind">): ChoiceParameter<C> {
  return { kind: "choice", ...of };
}

export function bound(of: Omit<BoundParameter, "kind">): BoundParameter {
  return { kind: "bound", ...of };
}

/** The parameter with another default: scenarios differ in their assumptions. */
export function withDefault<P extends Parameter>(parameter: P, value: P["default"]): P {
  return { ...parameter, default: value };
}

/**
 * A configuration of the user's settings, and of the defaults of all other parameters.
 * Throws PMC105 for an unknown name, PMC106 for a value outside the range of its parameter.
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
  if (parameter.kind === "bound" && text === "any") return text;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= parameter.minimum && value <= parameter.maximum) return value;
  const range = `a whole number from ${parameter.minimum} to ${parameter.maximum}`;
  throw outOfRange(parameter, text, parameter.kind === "bound" ? `${range}, or any` : range);
}

function outOfRange(parameter: Parameter, text: string, expected: string): PmucheckError {
  return new PmucheckError(
    "PMC106",
    `parameter '${parameter.name}' cannot be '${text}': it takes ${expected}`,
  );
}

/**
 * How small parameters may become: not smaller, down to the scenario's default, or down to the minimum.
 *
 * This file is separate so that the command line can list the choices without loading the minimizer.
 */
export const PARAMETER_LIMITS = ["keep", "default", "smallest"] as const;
export type ParameterLimit = (typeof PARAMETER_LIMITS)[number];

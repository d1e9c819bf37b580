/**
 * How far parameters may shrink: not at all, down to what the scenario takes for granted, or as far as they go.
 *
 * A file of its own, so that the command line can offer it without loading what shrinks them.
 */
export const PARAMETER_LIMITS = ["keep", "default", "smallest"] as const;
export type ParameterLimit = (typeof PARAMETER_LIMITS)[number];

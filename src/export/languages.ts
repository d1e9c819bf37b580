/**
 * The languages a system can be exported to, by the names a user gives them.
 */
export const LANGUAGES = ["promela", "murphi"] as const;
export type Language = (typeof LANGUAGES)[number];

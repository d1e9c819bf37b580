/**
 * The languages that a system can be exported to, as the command line names them.
 */
export const LANGUAGES = ["promela", "murphi"] as const;
export type Language = (typeof LANGUAGES)[number];

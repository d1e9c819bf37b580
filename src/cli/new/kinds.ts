/** What `pmucheck new` can write. */
export const KINDS = ["fix", "scenario", "property"] as const;
export type Kind = (typeof KINDS)[number];

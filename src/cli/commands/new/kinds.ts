/** What `pmucheck new` can write. */
export const KINDS = ["fix", "scenario", "property", "model"] as const;
export type Kind = (typeof KINDS)[number];

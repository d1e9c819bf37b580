/** The options of commands that run matrices. */

export const cache = {
  type: "boolean",
  default: true,
  describe: "--no-cache: take no results from the store, and keep none there",
} as const;

export const shard = {
  type: "string",
  describe: "the I-th of N parts, for pmucheck merge (I/N; see docs/use/several-machines.md)",
} as const;

export const queue = {
  type: "string",
  describe: "let pmucheck worker explore, on any machines: the URL of a Redis (docs/use/several-machines.md)",
} as const;

/**
 * A property to start from: see write-your-own-property.md. Copy it anywhere and run it with
 * `pmucheck check one-cpu --property ./my-property.ts`.
 */
import type { Property } from "pmucheck/scenarios";

export const property: Property = {
  name: "my-property",
  kind: "always",
  sentence: "Never are two periods of an event completed without a report between them.",
  reference: "mine",
  rules: [{ name: "two-periods", brokenBy: (of) => of.kind === "crossing" && of.overtakes }],
};

/**
 * Results as somebody else might have written them.
 */
import { z } from "zod";

const result = z.looseObject({ checks: z.tuple([z.looseObject({ trace: z.looseObject({}) })]) });

/** What `check --json` printed of one violated check, with a field of its trace set. */
export function withTrace(text: string, field: string, value: unknown): string {
  const document = result.parse(JSON.parse(text));
  document.checks[0].trace[field] = value;
  return JSON.stringify(document);
}

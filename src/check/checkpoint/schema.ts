/**
 * The schema of a checkpoint's header. A digest shows that a header is undamaged; only the schema shows that it has the fields that are read here.
 */
import { z } from "zod";

import { unprintableIn } from "../../spec/printable.js";
import { subjectShape } from "../../trace/schema.js";
import type { CheckpointHeader } from "./header.js";

const count = z.int().nonnegative();
/** Bits of a word of a layout. */
const bits = z.int().min(0).max(64);
const path = z.array(z.object({ process: count, outcome: count }));

export const headerSchema = z
  .object({
    pmucheck: z.string(),
    subject: z.object(subjectShape),
    hash: z.string(),
    image: z.object({
      shape: z.object({
        components: z.array(z.string()),
        processes: z.array(z.string()),
        goals: z.array(z.tuple([count, count])),
        witnesses: count,
      }),
      progressed: z.object({
        level: count,
        transitions: count,
        depth: count,
        audited: z.object({ states: count, transitions: count }),
        witnessed: z.int(),
        moved: z.array(count),
        breaks: z.array(z.object({ rule: count, path }).nullable()),
      }),
      asked: z.object({ words: count, digest: z.string() }),
      states: z.object({
        states: count,
        first: count,
        layout: z.object({
          fields: z.array(z.object({ word: count, shift: bits, width: bits })),
          leaves: count,
          nodes: z.array(z.object({ parent: z.int(), shift: bits, width: bits })),
          rootBits: bits,
        }),
        nodes: z.array(count),
      }),
    }),
    bytes: count,
  })
  .refine(
    ({ pmucheck, subject, hash }) => unprintableIn({ pmucheck, subject, hash }) === undefined,
    "control characters in its texts",
  )
  // A header that was written by hand must at least fit itself, or it would be believed, or take the machine's memory.
  .refine(({ image: { states } }) => states.first <= states.states, "more states without a row than states")
  .refine(({ image: { states }, bytes }) => states.states <= bytes, "more states than bytes to keep them in")
  .refine(
    ({ image: { progressed, states } }) => states.states - 1 <= progressed.transitions,
    "more states than transitions lead to",
  )
  .refine(
    ({
      image: {
        states: { layout },
      },
    }) => [...layout.fields, ...layout.nodes].every(({ shift, width }) => shift + width <= 64),
    "a field beyond its word",
  ) satisfies z.ZodType<CheckpointHeader>;

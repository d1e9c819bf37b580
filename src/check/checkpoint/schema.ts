/**
 * The schema of a checkpoint's header. What a digest cannot tell: that whoever wrote it wrote what is read here.
 */
import { z } from "zod";

import { subjectShape } from "../../trace/schema.js";
import type { CheckpointHeader } from "./header.js";

const count = z.int().nonnegative();
const path = z.array(z.object({ process: count, outcome: count }));

export const headerSchema = z.object({
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
        fields: z.array(z.object({ word: count, shift: count, width: count })),
        leaves: count,
        nodes: z.array(z.object({ parent: z.int(), shift: count, width: count })),
        rootBits: count,
      }),
      nodes: z.array(count),
    }),
  }),
  bytes: count,
}) satisfies z.ZodType<CheckpointHeader>;

/**
 * not-on-close: a guard: close and exit end an event's overflows.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { notOnClose as edit } from "../edits/guards.js";

export const notOnClose: Fix = {
  name: "not-on-close",
  summary: "guard: an overflow found while an event is closed or its task exits is dropped",
  idea: "The mail asks for overflows of events that are not explicitly torn down; whoever closes an event wants no more of it.",
  proposedBy: "William Ashley, 20 Nov 2023, who excepts the explicit teardown",
  hazards: ["the last overflow before a close is lost on purpose"],
  assumes: [],
  claims: [],
  ...partsOf([edit]),
};

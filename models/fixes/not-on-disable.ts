/**
 * not-on-disable: a guard: IOC_DISABLE ends an event's overflows, until it is enabled again.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { notOnDisable as edit } from "../edits/guards.js";

export const notOnDisable: Fix = {
  name: "not-on-disable",
  summary:
    "guard: an overflow found while an event is disabled by ioctl is dropped (policy disabling=dropped)",
  idea: "A program that disables its event may not expect an overflow of before the disable after the next enable.",
  proposedBy: "the other reading of the mail's temporary disable; rr's use of the ioctls",
  hazards: [
    "an overflow that was latched at a temporary disable is lost on purpose: a loss under disabling=kept",
  ],
  assumes: ["disabling=dropped"],
  claims: [],
  ...partsOf([edit]),
};

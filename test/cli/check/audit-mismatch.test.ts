/**
 * What a user sees of a mistake in the engine: an internal error that names a state, with a status of its own, and no verdict.
 */
import { expect, test } from "vitest";

import { programWith } from "../../support/engine/mutated-engine.js";

test("a search whose audit finds a difference ends with 128 and names the state", () => {
  const { status, stderr } = programWith(
    {
      name: "a bit of the remainder lost in an entry",
      file: "memory/visited-format",
      from: "return (low >>> HOME_BITS) | (high << (32 - HOME_BITS));",
      to: "return ((low >>> HOME_BITS) | (high << (32 - HOME_BITS))) & ~2;",
    },
    "check",
    "one-cpu",
    "--property=no-duplicate",
    "--engine=js",
  );
  expect(status).toBe(128);
  expect(stderr).toMatch(/internal error, please report it: AuditMismatch: audit of /);
});

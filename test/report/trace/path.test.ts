/**
 * Paths on the command line.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { decodePath, encodePath } from "../../../src/report/trace/path.js";
import { wrap } from "../../../src/report/wrap.js";

describe("a path", () => {
  prop.prop([fc.array(fc.nat(12))])("comes back as it was", (indices) => {
    expect(decodePath(encodePath(indices))).toEqual(indices);
  });

  test("shortens runs", () => {
    expect(encodePath([0, 0, 0, 1, 2, 2])).toBe("0x3.1.2x2");
  });

  test.each(["a", "0x", "x3", "1..2", "0x3.", "-1", "1.5x"])("cannot be '%s'", (text) => {
    expect(() => decodePath(text)).toThrow(expect.objectContaining({ code: "PMC114" }));
  });
});

describe("wrapped text", () => {
  prop.prop([fc.array(fc.stringMatching(/^[a-z]{1,30}$/)), fc.integer({ min: 6, max: 20 })])(
    "is never wider than asked and loses nothing",
    (words, width) => {
      const lines = wrap(words, width, "  ");
      expect(lines.every((line) => line.length <= width)).toBe(true);
      expect(lines.join("").replaceAll(" ", "")).toBe(words.join(""));
    },
  );
});

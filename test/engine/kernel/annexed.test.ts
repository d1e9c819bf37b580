/**
 * A lane whose successors are looked up in part in the first memory, which has no place for one of them, and then in annexes:
 * every word gets one row, in the order of the lane, and the bits that say so are set once.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { DEFAULT_TUNING } from "../../../src/engine/api/tuning.js";
import { alone } from "../../../src/engine/kernel/crew.js";
import { LANE, R, STATUS } from "../../../src/engine/memory/control-block.js";
import { Places } from "../../../src/engine/states/visited-places.js";
import { Rows } from "../../../src/engine/states/rows.js";
import { VisitedSet } from "../../../src/engine/states/visited-set.js";
import { distinct, engineRoom, fillLane, randomWords, type Word } from "../../support/engine/engine-room.js";
import { ENGINES } from "../../support/engine/engine-ways.js";

/** Three of four are distinct. They have 64 bits, so a segment of one bucket has room for 8 of some 12 that are meant for it. */
const WORDS = 1000;
const MUCH = 2 ** 33;
/** One bucket per segment is in the first memory, and more are in annexes. */
const ONE_BUCKET = 64 * 64;

describe.each(ENGINES.flatMap((engine) => [1, 2, 4].map((threads) => ({ engine, threads }))))(
  "$engine, from the first memory into $threads annexes",
  ({ engine, threads }) => {
    prop.prop([fc.integer({ min: 1 })], { numRuns: 20 })("every word has one row", (seed) => {
      const size = { block: WORDS, chunkBits: 12, maxBytes: MUCH };
      const { arena: first, addresses, lane, annexes, kernel } = engineRoom(engine, size);
      const tuning = { ...DEFAULT_TUNING, bucketBits: 1, annexAt: ONE_BUCKET };
      const set = new VisitedSet(new Places({ first, annexes, threads, tuning }), addresses, tuning, 1, 64);
      set.publish();
      const rows = new Rows(first, addresses, 0);
      rows.reserve(WORDS);
      first.words[R.sizeLimit] = WORDS;
      const once = randomWords(seed, WORDS / 2, 64);
      // Every other one is met again.
      const words = [...once, ...once.filter((_, i) => i % 2 === 0), ...randomWords(seed + 1, WORDS / 4, 64)];
      fillLane(lane, words);
      lane.clearBits();

      expect(kernel.flush(lane.address)).toBe(STATUS.tableFull);
      expect(lane.get(LANE.flushed)).toBeGreaterThan(0);
      expect(annexes.inUse.length).toBe(0);
      const crew = alone(() => kernel.shared, addresses.lane);
      expect(set.grow(WORDS, 64, crew)).toBe(true);
      expect(annexes.inUse.length).toBe(threads);
      expect(kernel.flush(lane.address)).toBe(STATUS.done);

      const expected = distinct(words);
      expect(first.words[R.size]).toBe(expected.length);
      const found = expected.map((_, row): Word => {
        rows.read(row);
        return [rows.low, rows.high];
      });
      expect(found).toEqual(expected);
      const isNew = words.map(
        (_, i) => (((first.bytes[lane.news + (i >>> 3)] as number) >>> (i & 7)) & 1) === 1,
      );
      const met = new Set<string>();
      expect(isNew).toEqual(words.map((word) => met.size < met.add(word.join()).size));
    });
  },
);

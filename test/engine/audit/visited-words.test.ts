/**
 * The audit's own way of reading the visited set finds what both kernels enter, and nothing else.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { VisitedWords } from "../../../src/engine/audit/visited-words.js";
import { wordOf } from "../../../src/engine/audit/packed-states.js";
import { STATUS } from "../../../src/engine/memory/control-block.js";
import { Places } from "../../../src/engine/states/visited-places.js";
import { VisitedSet } from "../../../src/engine/states/visited-set.js";
import { DEFAULT_TUNING } from "../../../src/engine/api/tuning.js";
import { distinct, engineRoom, fillLane, randomWords } from "../../support/engine/engine-room.js";
import { ENGINES } from "../../support/engine/engine-ways.js";

const WORDS = 500;
/** More than the room takes; a set has annexes only where one memory's addresses may not do. */
const MUCH = 2 ** 33;

const ways = ENGINES.flatMap((engine) => [
  { engine, where: "in the first memory", threads: 1, annexAt: Infinity, annexes: 0 },
  { engine, where: "in an annex", threads: 1, annexAt: 0, annexes: 1 },
  { engine, where: "in four annexes", threads: 3, annexAt: 0, annexes: 4 },
]);

describe.each(ways)("words that the kernel has entered, $engine, $where", ({ engine, ...way }) => {
  const bits = fc.constantFrom(20, 32, 40, 54, 64);
  prop.prop([fc.integer({ min: 1 }), bits, fc.nat(8)], { numRuns: 40 })(
    "are there once, the others are not, and all are counted",
    (seed, rootBits, bucketBits) => {
      const {
        arena: first,
        addresses,
        lane,
        annexes,
        kernel,
      } = engineRoom(engine, {
        block: 2 * WORDS,
        maxBytes: MUCH,
      });
      const tuning = { ...DEFAULT_TUNING, bucketBits, annexAt: way.annexAt };
      const places = new Places({ first, annexes, threads: way.threads, tuning });
      const set = new VisitedSet(places, addresses, tuning, 2 * WORDS, rootBits);
      set.publish();
      expect(annexes.inUse.length).toBe(way.annexes);
      const words = distinct(randomWords(seed, 2 * WORDS, rootBits));
      const [entered, others] = [words.slice(0, WORDS), words.slice(WORDS)];
      fillLane(lane, entered);
      expect(kernel.enter(lane.address)).toBe(STATUS.done);
      const visited = new VisitedWords({ arena: first, addresses, annexes });
      const counts = (of: typeof words) => new Set(of.map(([low, high]) => visited.count(wordOf(low, high))));
      expect(counts(entered)).toEqual(new Set([1]));
      expect(counts(others)).toEqual(new Set([0]));
      expect(visited.entries).toBe(entered.length);
    },
  );
});

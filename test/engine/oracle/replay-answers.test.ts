/**
 * What was learned, as a log: the tables that are made from it, for any layout, give every answer as the system did; and
 * asking again what it says was asked comes to the same log, or is refused.
 *
 * That a search which goes on from a checkpoint refuses another system is for resume.test.ts.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { AnswerLog } from "../../../src/engine/oracle/answer-log.js";
import { askedList, digestOf, recall } from "../../../src/engine/oracle/replay-answers.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { COMPONENTS, knowledgeOf, Learning, NARROW, SPREAD } from "../../support/engine/learning.js";
import { randomSystem } from "../../support/systems/random-system.js";

function wordsOf({ words, length }: AnswerLog): Int32Array {
  return words.slice(0, length);
}

/** Asks a system what another one, or the same, was asked: what is logged then, and what is known. */
function askedAgain(list: readonly number[], digest: string, system: TransitionSystem) {
  const [log, knowledge] = [new AnswerLog(), knowledgeOf(system)];
  // As in a search: the initial state is there before anything is asked.
  knowledge.initialIds();
  recall(
    Uint32Array.from(list),
    { words: list.length, digest },
    knowledge,
    (table, { footprint, answer }) => log.push(table, footprint, answer),
    log,
  );
  return { log, knowledge };
}

const refused = (): unknown => expect.objectContaining({ code: "PMC153" });

describe("the tables of what was learned", () => {
  prop.prop([randomSystem])("give every answer", (system) => {
    const learning = new Learning(system, NARROW);
    learning.expectAnswers(NARROW);
  });

  prop.prop([randomSystem, fc.constantFrom(4, 64, 4096)])(
    "do so for another layout, however little room",
    (system, bytes) => {
      const learning = new Learning(system, NARROW);
      const before = wordsOf(learning.tables.log);
      learning.tables.encode(SPREAD, bytes);
      learning.expectAnswers(SPREAD);
      learning.tables.encode(NARROW);
      learning.expectAnswers(NARROW);
      expect(wordsOf(learning.tables.log)).toEqual(before);
    },
  );
});

describe("a log", () => {
  const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const id = fc.nat(2 ** 18);
  const pairs = fc.array(fc.tuple(fc.nat(40), id), { maxLength: 12 });
  const move = fc.record({ broken: number, witnessed: number, cyclic: number, cost: number, writes: pairs });
  const entry = fc.record({ table: fc.nat(50), reads: pairs, moves: fc.array(move, { maxLength: 5 }) });
  /** More than it has room for at first. */
  const entries = fc.array(entry, { maxLength: 200, size: "max" });

  prop.prop([entries], { numRuns: 50, endOnFailure: true })(
    "says what was asked and of which values, up to any answer",
    (logged) => {
      const log = new AnswerLog();
      const asked: number[] = [];
      const ends: [log: number, list: number][] = [];
      for (const { table, reads, moves } of logged) {
        log.push(
          table,
          reads.flat(),
          moves.map((one) => ({ ...one, writes: one.writes.flat() })),
        );
        asked.push(table, reads.length, ...reads.map(([, read]) => read));
        ends.push([log.length, asked.length]);
      }
      for (const [end, length] of ends) expect(askedList(log, end)).toEqual(asked.slice(0, length));
    },
  );

  prop.prop([randomSystem])("comes back when everything is asked again", (system) => {
    const learning = new Learning(system, NARROW);
    const { log } = learning.tables;
    const again = askedAgain(askedList(log, log.length), digestOf(log, log.length), system);
    expect(wordsOf(again.log)).toEqual(wordsOf(log));
    expect(again.knowledge.counts).toEqual(learning.knowledge.counts);
  });

  prop.prop([randomSystem, fc.nat()])("that is cut short is refused", (system, cut) => {
    const { log } = new Learning(system, NARROW).tables;
    const list = askedList(log, log.length);
    // The last question has two words at least: who was asked, and how many ids come.
    const short = list.slice(0, cut % (list.length - 1));
    expect(() => askedAgain(short, digestOf(log, log.length), system)).toThrow(refused());
  });

  prop.prop([randomSystem, fc.nat(), fc.integer({ min: 1, max: 5 })])(
    "in which another id was read is refused",
    (system, which, by) => {
      const { log } = new Learning(system, NARROW).tables;
      const list = askedList(log, log.length);
      const places = placesOfIds(list);
      fc.pre(places.length > 0);
      const place = places[which % places.length] as number;
      list[place] = (list[place] as number) + by;
      const read = new Set<unknown>();
      expect(() => askedAgain(list, digestOf(log, log.length), overheard(system, read))).toThrow(refused());
      // The model may fail on what is no value of its own.
      expect(read).not.toContain(undefined);
    },
  );

  prop.prop([randomSystem, randomSystem])(
    "of another system is refused, if that answers anything else",
    (one, other) => {
      fc.pre(one.processes.length === other.processes.length);
      const { log } = new Learning(one, NARROW).tables;
      const digest = digestOf(log, log.length);
      let again: AnswerLog | undefined;
      try {
        again = askedAgain(askedList(log, log.length), digest, other).log;
      } catch (error) {
        expect(error).toEqual(refused());
      }
      if (again !== undefined) expect(wordsOf(again)).toEqual(wordsOf(log));
    },
  );

  test("passes on what the model throws where it is asked what it was asked before", () => {
    const counter = (most: number): TransitionSystem => ({
      components: COMPONENTS.map((component) => `c${component}`),
      initial: [0, 0, 0, 0],
      processes: ["up"],
      fair: [],
      run: (_, read) => {
        const n = Number(read(0));
        if (n === most) throw new RangeError("too much");
        return n === 2 ? [] : [{ writes: new Map([[0, n + 1]]), observations: [] }];
      },
    });
    const { log } = new Learning(counter(9), NARROW).tables;
    const list = askedList(log, log.length);
    expect(() => askedAgain(list, digestOf(log, log.length), counter(2))).toThrow(RangeError);
  });
});

/** The same system, which notes what it reads. */
function overheard(system: TransitionSystem, into: Set<unknown>): TransitionSystem {
  return {
    ...system,
    run: (process, read) =>
      system.run(process, (component) => {
        const value = read(component);
        into.add(value);
        return value;
      }),
  };
}

/** Where in a list of what was asked the ids are. */
function placesOfIds(list: readonly number[]): number[] {
  const places: number[] = [];
  for (let at = 0; at < list.length;) {
    const ids = list[at + 1] as number;
    for (let i = 0; i < ids; i++) places.push(at + 2 + i);
    at += 2 + ids;
  }
  return places;
}

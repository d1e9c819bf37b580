/**
 * Memories that share a budget: what is refused, and which of the two reasons it has, for only lack of addresses is
 * something that another memory helps against.
 */
import { describe, expect, test } from "vitest";

import { AddressError, Arena, PlainMemory } from "../../../src/engine/memory/arena.js";
import { Budget, CapacityError } from "../../../src/engine/memory/budget.js";

const PAGE = 4096;

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("two arenas with 16 pages each, and a budget of 24 pages", () => {
  const budget = new Budget(24 * PAGE);
  const [first, second] = [0, 1].map(() => new Arena(new PlainMemory(), 16 * PAGE, budget)) as [Arena, Arena];

  test("one has no addresses beyond its own pages", () => {
    first.allocate(10 * PAGE);
    expect(thrown(() => first.allocate(7 * PAGE))).toBeInstanceOf(AddressError);
    expect(first.room).toBe(6 * PAGE);
  });

  test("both take from the budget, and what is left of it is all that either can have", () => {
    second.allocate(9 * PAGE);
    expect([first.room, second.room]).toEqual([5 * PAGE, 5 * PAGE]);
    const error = thrown(() => second.allocate(6 * PAGE));
    expect(error).toBeInstanceOf(CapacityError);
    expect(error).not.toBeInstanceOf(AddressError);
    expect(String(error)).toContain("more than 96 KiB of memory");
  });

  test("what was freed can be had again in the same arena only", () => {
    const address = first.allocate(5 * PAGE);
    expect(budget.left).toBe(0);
    first.free(address, 5 * PAGE);
    expect([first.room, second.room]).toEqual([5 * PAGE, 0]);
    expect(first.allocate(2 * PAGE)).toBe(address);
  });

  test("what was in use at the same time is counted over both", () => {
    expect(budget.most).toBe(24 * PAGE);
    expect(first.used + second.used).toBe(21 * PAGE);
  });
});

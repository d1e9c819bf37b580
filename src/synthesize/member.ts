/**
 * Members of a cube: sets that a kill is said to refute with the set it was made of.
 */
import { forbids } from "./clause.js";
import type { EditSet, Lattice } from "./lattice.js";

/**
 * The member that differs from the set in as many of the edits that do not matter as the rules allow: if these edits could do
 * something together that none of them does alone, it would be here. `first` is the edit that is taken first, since some
 * exclude each other.
 */
export function farMember({ edits, rules }: Lattice, set: EditSet, matters: EditSet, first: number): EditSet {
  let member = set;
  for (let turn = 0; turn < edits.length; turn++) {
    const at = (first + turn) % edits.length;
    if (matters.includes(at)) continue;
    const toggled = member.includes(at)
      ? member.filter((other) => other !== at)
      : [...member, at].toSorted((a, b) => a - b);
    if (!rules.some((rule) => forbids(rule, toggled))) member = toggled;
  }
  return member;
}

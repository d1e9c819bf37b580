/**
 * Accesses: which components every agent (local-tables.ts) was seen to read and to write, in all searches of a reduction.
 *
 * A search decides by the accesses that were known when it began, so its answers do not change while it runs. What it
 * learns may show that a step which it took as safe is not. Then {@link AccessesGrew} is thrown, and the search begins
 * again with the accesses that are known now. Accesses only grow and are finite in number, so this ends.
 */

/** Thrown when a step that was taken as safe is not: search again. */
export class AccessesGrew extends Error {}

/** What a safe step relies on: no far agent writes `unwritten` or reads `unread`. Components are bits. */
export interface Reliance {
  /** The agents that were examined step by step; all others are far. */
  readonly near: ReadonlySet<number>;
  readonly unwritten: bigint;
  readonly unread: bigint;
}

/** By agent: components as bits. */
interface Masks {
  readonly read: bigint[];
  readonly written: bigint[];
}

export class Accesses {
  readonly #agents: number;
  readonly #known: Masks;
  /** What was known when the search began. */
  #decidedBy: Masks;
  /** By agent: components that a decision of this search relies on the agent not to read, not to write. */
  #relied: Masks;

  constructor(agents: number) {
    this.#agents = agents;
    this.#known = masks(agents);
    this.#decidedBy = masks(agents);
    this.#relied = masks(agents);
  }

  /** Begins a search: its decisions use the accesses that are known now. */
  begin(): void {
    this.#decidedBy = { read: [...this.#known.read], written: [...this.#known.written] };
    this.#relied = masks(this.#agents);
  }

  /** The far agents that were known, when the search began, to break the reliance. */
  conflicting({ near, unwritten, unread }: Reliance): number[] {
    const { read, written } = this.#decidedBy;
    return read.flatMap((bits, agent) => {
      const conflicts = (bits & unread) !== 0n || ((written[agent] as bigint) & unwritten) !== 0n;
      return conflicts && !near.has(agent) ? [agent] : [];
    });
  }

  /** A decision of this search depends on the reliance. Throws AccessesGrew if the reliance is broken already. */
  rely({ near, unwritten, unread }: Reliance): void {
    for (let agent = 0; agent < this.#agents; agent++) {
      if (near.has(agent)) continue;
      add(this.#relied.written, agent, unwritten);
      add(this.#relied.read, agent, unread);
      this.#check(agent);
    }
  }

  /** An agent was seen to read and write these components. Throws AccessesGrew if that breaks a reliance. */
  note(agent: number, read: bigint, written: bigint): void {
    add(this.#known.read, agent, read);
    add(this.#known.written, agent, written);
    this.#check(agent);
  }

  #check(agent: number): void {
    const reads = (this.#known.read[agent] as bigint) & (this.#relied.read[agent] as bigint);
    const writes = (this.#known.written[agent] as bigint) & (this.#relied.written[agent] as bigint);
    if (reads !== 0n || writes !== 0n) throw new AccessesGrew("a step taken as safe is not");
  }
}

function masks(agents: number): Masks {
  return {
    read: Array.from({ length: agents }, () => 0n),
    written: Array.from({ length: agents }, () => 0n),
  };
}

function add(byAgent: bigint[], agent: number, bits: bigint): void {
  byAgent[agent] = (byAgent[agent] as bigint) | bits;
}

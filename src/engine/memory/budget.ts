/**
 * What all memories of a search may take together: the limit that `--memory` sets.
 *
 * A memory takes what it was ever grown to, holes included, because what was once written to is not given back.
 */
/** The search ran out of something it cannot do without, be it memory or time. The message says of what. */
export class CapacityError extends Error {}

export class Budget {
  readonly bytes: number;
  #taken = 0;
  #used = 0;
  #most = 0;

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  /** Bytes that memories have taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Bytes that can still be taken. */
  get left(): number {
    return this.bytes - this.#taken;
  }

  /** Bytes that were in use at the same time, at most. */
  get most(): number {
    return this.#most;
  }

  /** Throws a CapacityError if that is too much. */
  mustGrant(bytes: number): void {
    if (bytes > this.left) throw new CapacityError(`more than ${showBytes(this.bytes)} of memory`);
  }

  /** A memory has become so much larger. */
  take(bytes: number): void {
    this.#taken += bytes;
  }

  /** So many more bytes are in use, or fewer. */
  use(bytes: number): void {
    this.#used += bytes;
    this.#most = Math.max(this.#most, this.#used);
  }
}

/** `512 MiB`, `4 GiB`: the largest unit that does not round much away. */
export function showBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  const unit = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 1024 ** unit).toFixed(1))} ${units[unit]}`;
}

/**
 * A kernel whose visited set is in annexes (../memory/annexes.ts): what it looks up is carried there, and the answers back.
 *
 *   first memory          | lane: words | places |                        | new? |
 *                              | copy        | copy                          ^ 1 where it is 1
 *   memory of annex 2     | lane: words | places |  -- dedupe, part 2 -->  | new? |
 *
 * Instructions of WebAssembly reach one memory only, and what Node 20 has for larger addresses (memory64) ends at 4 GiB, too.
 * A function of another memory's can be called, but the call keeps loads from overlapping: 21 ns a bucket instead of 10.
 * Copying takes 0.5 ns for the 12 bytes of a successor. In the annex, the loop is the one of the first memory, instantiated
 * for that: it skips the successors of other parts, as it does where several threads share a memory.
 *
 * For example, with two annexes, three successors of a lane are in the segments 5, 40 and 41. Annex 0 looks up the first of
 * them and annex 1 the others; say that those in 5 and 41 are new. Then the lane's bytes are 1, 0, 1, as if one memory had them all,
 * whoever was first; and rows are made of them in the first memory, in this order.
 */
import { LANE, R, STATUS, type LaneLayout } from "../memory/control-block.js";
import { annexOf, type Annex, type Annexes, type Views } from "../memory/annexes.js";
import type { Kernel, SharedKernel } from "./kernel.js";

/** What there is of a kernel for an annex. */
export interface AnnexKernel extends Pick<SharedKernel, "dedupe" | "split"> {
  readonly memory: Views;
  readonly lane: number;
}

/** The kernels of the annexes that are in use, made as they come into use. */
export function annexKernels(
  annexes: Annexes,
  make: (annex: Annex) => AnnexKernel,
): () => readonly AnnexKernel[] {
  let inUse: readonly Annex[] = [];
  let kernels: readonly AnnexKernel[] = [];
  return () => {
    if (annexes.inUse !== inUse) {
      inUse = annexes.inUse;
      kernels = inUse.map(make);
    }
    return kernels;
  };
}

/** The functions that threads share, wherever the visited set is. */
export function annexedParts(
  first: Views,
  own: SharedKernel,
  layout: LaneLayout,
  annexes: () => readonly AnnexKernel[],
): Pick<SharedKernel, "dedupe" | "split"> {
  return {
    dedupe: (part, parts, thread, lanes) => {
      const annex = annexes()[part];
      if (annex === undefined) return own.dedupe(part, parts, thread, lanes);
      const of = { first: lanes, count: first.words[R.lanes] as number };
      return dedupeIn(annex, first, layout, of, [part, parts, thread]);
    },
    split: (segment, thread) => {
      const all = annexes();
      const annex = all[annexOf(segment, all.length)];
      return (annex ?? own).split(segment, thread);
    },
  };
}

/** A kernel, wherever the visited set is. */
export function annexed(
  first: Views,
  own: Kernel,
  layout: LaneLayout,
  annexes: () => readonly AnnexKernel[],
): Kernel {
  const parts = annexedParts(first, own.shared, layout, annexes);
  const shared = { ...own.shared, ...parts };
  /** The registers of a batch are not touched: it is looked up once more when the set has been made larger. */
  const all = (lane: number): number => {
    const kernels = annexes();
    for (const [part, annex] of kernels.entries()) {
      const status = dedupeIn(annex, first, layout, { first: lane, count: 1 }, [part, kernels.length, 0]);
      if (status !== STATUS.done) return status;
    }
    return STATUS.done;
  };
  return {
    ...own,
    flush: (lane) => (annexes().length === 0 ? own.flush(lane) : flush(first, shared, layout, lane, all)),
    enter: (lane) => (annexes().length === 0 ? own.enter(lane) : enter(first, layout, lane, all)),
    shared,
  };
}

/** Has an annex look up what is its own of some lanes. Where it is too full, what it has found new is kept. */
function dedupeIn(
  annex: AnnexKernel,
  first: Views,
  layout: LaneLayout,
  lanes: { readonly first: number; readonly count: number },
  [part, parts, thread]: readonly [part: number, parts: number, thread: number],
): number {
  annex.memory.words[R.lanes] = 1;
  for (let turn = 0; turn < lanes.count; turn++) {
    const lane = lanes.first + turn * layout.bytes;
    const buffered = first.words[(lane >>> 2) + LANE.buffered] as number;
    carry(first, lane, annex, layout, buffered);
    const status = annex.dedupe(part, parts, thread, annex.lane);
    takeBack(first, lane, annex, layout, buffered, thread);
    if (status !== STATUS.done) return status;
  }
  return STATUS.done;
}

function carry(
  { bytes }: Views,
  lane: number,
  { memory, lane: to }: AnnexKernel,
  { buffer, places }: LaneLayout,
  buffered: number,
): void {
  memory.words[(to >>> 2) + LANE.buffered] = buffered;
  memory.bytes.set(bytes.subarray(lane + buffer, lane + buffer + 8 * buffered), to + buffer);
  memory.bytes.set(bytes.subarray(lane + places, lane + places + 4 * buffered), to + places);
}

/** Takes over which ones are new, and forgets them there. Others' bytes are left alone: other threads may be at them. */
function takeBack(
  first: Views,
  lane: number,
  { memory, lane: from }: AnnexKernel,
  { isNew, flags, counts }: LaneLayout,
  buffered: number,
  thread: number,
): void {
  const own = isNew + thread * flags;
  const at = (from + own) >>> 2;
  const to = lane + own;
  for (let four = 0; 4 * four < buffered; four++) {
    const found = memory.words[at + four] as number;
    if (found === 0) continue;
    for (let i = 0; i < 4; i++) if (((found >>> (8 * i)) & 1) === 1) first.bytes[to + 4 * four + i] = 1;
    memory.words[at + four] = 0;
  }
  const [count, total] = [((from + counts) >>> 2) + thread, ((lane + counts) >>> 2) + thread];
  first.words[total] = (first.words[total] as number) + (memory.words[count] as number);
  memory.words[count] = 0;
}

/**
 * As `flush` does, but up to the end of the buffer: rows beyond the limit are dropped by those who meet it, as those of a
 * batch are.
 */
function flush(
  first: Views,
  { number }: SharedKernel,
  { news, bits, counts }: LaneLayout,
  lane: number,
  all: (lane: number) => number,
): number {
  const status = all(lane);
  if (status !== STATUS.done) return status;
  const { words, bytes } = first;
  const at = lane >>> 2;
  // Some may have been found while the set was in the first memory, which became too full then. They have rows.
  const before = words[at + LANE.flushed] === 0 ? undefined : bytes.slice(lane + news, lane + news + bits);
  const size = words[R.size] as number;
  words[at + LANE.firstNew] = size;
  number(lane);
  before?.forEach((byte, i) => {
    bytes[lane + news + i] = (bytes[lane + news + i] as number) | byte;
  });
  const count = (lane + counts) >>> 2;
  words[R.size] = size + (words[count] as number);
  words[count] = 0;
  return (words[R.size] as number) >>> 0 > (words[R.sizeLimit] as number) >>> 0 ? STATUS.limit : STATUS.done;
}

function enter(
  { words, bytes }: Views,
  { isNew, flags, counts }: LaneLayout,
  lane: number,
  all: (lane: number) => number,
): number {
  const status = all(lane);
  if (status !== STATUS.done) return status;
  // No rows are made of what is new.
  bytes.fill(0, lane + isNew, lane + isNew + flags);
  words[(lane + counts) >>> 2] = 0;
  words[(lane >>> 2) + LANE.buffered] = 0;
  words[(lane >>> 2) + LANE.flushed] = 0;
  return STATUS.done;
}

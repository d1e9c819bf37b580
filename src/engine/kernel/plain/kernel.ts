/**
 * The kernel in plain TypeScript: what is used where there is no WebAssembly, and what the other one is tested against.
 *
 *   plain/rows.ts      makes moves, and checks rules on states            (codec.ts: root words <-> leaf words)
 *   plain/buffers.ts   looks up what the moves have led to                (plain/visited.ts: adds a word)
 *   plain/split.ts     moves a segment of the visited set to a larger one
 *
 * It looks at memory through typed arrays and has no state of its own between calls. There is one thread (crew.ts, alone);
 * it does batches as several would.
 */
import { PlainMemory } from "../../memory/arena.js";
import { LANE, R, STATUS, type Addresses } from "../../memory/control-block.js";
import type { Views } from "../../memory/annexes.js";
import { alone } from "../crew.js";
import type { Kernel, KernelInput, KernelKind, SharedKernel } from "../kernel.js";
import { annexKernels, annexed } from "../annexed.js";
import { dedupe, enter, flush, number } from "./buffers.js";
import { PlainRows } from "./rows.js";
import { split } from "./split.js";

export const plainKernel: KernelKind = {
  name: "js",
  memory: () => new PlainMemory(),
  kernel: kernelOf,
  crew: (_threads, _arena, lane, kernel) => alone(kernel, lane),
};

function kernelOf(input: KernelInput): Kernel {
  const { arena, addresses, annexes } = input;
  const rows = new PlainRows(input);
  const own: Kernel = {
    expand: (lane) => rows.move(lane, "expand"),
    flush: (lane) => flush(input, lane),
    check: (lane) => rows.check(lane),
    find: (lane) => rows.move(lane, "find"),
    enter: (lane) => enter(input, lane),
    shared: {
      gather: (lane) => {
        const status = rows.move(lane, "gather");
        arena.words[(lane >>> 2) + LANE.status] = status;
      },
      number: (lane) => number(input, lane),
      ...partsIn(arena, addresses),
    },
  };
  const kernels = annexKernels(annexes, ({ arena: memory, lane }) => {
    return { memory, lane, ...partsIn(memory, addresses) };
  });
  return annexed(arena, own, addresses.lane, kernels);
}

/** What is the same in every memory that has a part of the visited set. */
function partsIn(memory: Views, addresses: Addresses): Pick<SharedKernel, "dedupe" | "split"> {
  return {
    dedupe: (part, parts, thread, lanes) => dedupe(memory, addresses, part, parts, thread, lanes),
    split: (segment) => splitSegment(memory, addresses, segment),
  };
}

function splitSegment({ words }: Views, { segments, otherSegments }: Addresses, segment: number): number {
  const of = (directory: number, buckets: number): [number, number] => [
    (words[(directory >>> 2) + segment] as number) >>> 2,
    words[buckets] as number,
  ];
  const isWide = words[R.wideEntries] === 1;
  const isDone = split(words, of(segments, R.buckets), of(otherSegments, R.largerBuckets), isWide);
  return isDone ? STATUS.done : STATUS.tableFull;
}

/**
 * Commutation: puts the steps of a path in an order in which contexts interrupt each other less often.
 *
 * A block is a run of steps of one context (path.ts). A block is moved next to another block of its context, or out from
 * between two blocks of one other context. Whether steps commute is not computed: the new order is followed, and is kept
 * only if the path is better and has the same end.
 */
import { contextOf, follow, isBetter, namesOf, type Path } from "./path.js";
import type { Search } from "./shorten.js";

/** How far, in blocks, a block is moved out from between two blocks of one context. */
const REACH = 3;

interface Block {
  readonly context: string;
  readonly start: number;
  readonly end: number;
}

/** A path that is as good or better: see {@link isBetter}. */
export function commute(search: Search, path: Path): Path {
  let best = path;
  for (let at = 0; at < blocksOf(best).length;) {
    const better = moveBlock(search, best, at);
    if (better === undefined) at++;
    else [best, at] = [better, Math.max(0, at - REACH)];
  }
  return best;
}

function blocksOf(path: Path): Block[] {
  const blocks: Block[] = [];
  path.forEach((move, i) => {
    const context = contextOf(move);
    const last = blocks.at(-1);
    if (last?.context === context) blocks[blocks.length - 1] = { ...last, end: i + 1 };
    else blocks.push({ context, start: i, end: i + 1 });
  });
  return blocks;
}

/** A better path with block `at` in another place; undefined if none is found. */
function moveBlock({ graph, ending, expected }: Search, path: Path, at: number): Path | undefined {
  const blocks = blocksOf(path);
  const block = blocks[at];
  if (block === undefined) return undefined;
  const names = namesOf(path);
  for (const place of placesFor(blocks, at)) {
    const boundary = blocks[place]?.start ?? path.length;
    const moved = names.slice(block.start, block.end);
    const order =
      boundary < block.start
        ? [
            ...names.slice(0, boundary),
            ...moved,
            ...names.slice(boundary, block.start),
            ...names.slice(block.end),
          ]
        : [
            ...names.slice(0, block.start),
            ...names.slice(block.end, boundary),
            ...moved,
            ...names.slice(boundary),
          ];
    const found = follow(graph, order, ending, expected);
    if (found !== undefined && isBetter(found, path)) return found;
  }
  return undefined;
}

/** The blocks before which block `at` could stand so that there are fewer interruptions. */
function placesFor(blocks: readonly Block[], at: number): readonly number[] {
  const context = blocks[at]?.context;
  const same = [...blocks.keys()].filter((i) => i !== at && blocks[i]?.context === context);
  const before = same.findLast((i) => i < at);
  const after = same.find((i) => i > at);
  const between = at > 0 && blocks[at - 1]?.context === blocks[at + 1]?.context;
  const near = between ? Array.from({ length: REACH }, (_, i) => [at - 1 - i, at + 2 + i]).flat() : [];
  const places = [
    ...(before === undefined ? [] : [before + 1]),
    ...(after === undefined ? [] : [after]),
    ...near,
  ];
  return places.filter((place) => place >= 0 && place <= blocks.length && place !== at && place !== at + 1);
}

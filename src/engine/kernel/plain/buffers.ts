/**
 * The loops of the plain kernel over the buffers of lanes: what becomes of successors once they are made.
 *
 *   one thread   flush    looks up what is in a lane's buffer, and makes rows of what is new
 *                enter    the same, without rows
 *   a batch      dedupe   looks up what is in the buffers of all lanes and belongs to one part of the visited set
 *                number   makes rows of what is new in a lane, in whatever part
 *
 * Words are looked up one after another (plain/visited.ts); only wasm/lookups.ts has their loads overlap. Nothing is
 * dropped where the visited set is too full: that is a status, and the same function is called again.
 */
import { LANE, R, SEGMENT_BITS, STATUS, type Addresses } from "../../memory/control-block.js";
import type { Views } from "../../memory/annexes.js";
import type { KernelInput } from "../kernel.js";
import { TABLE } from "../../memory/visited-format.js";
import { setBit, writeRow } from "./state.js";
import { add, FULL, OLD } from "./visited.js";

export function flush({ arena: { words, bytes }, addresses }: KernelInput, lane: number): number {
  const { segments, lane: layout } = addresses;
  const at = lane >>> 2;
  const buffer = (lane + layout.buffer) >>> 2;
  const places = (lane + layout.places) >>> 2;
  for (let i = words[at + LANE.flushed] as number; i < (words[at + LANE.buffered] as number); i++) {
    const low = words[buffer + 2 * i] as number;
    const high = words[buffer + 2 * i + 1] as number;
    words[at + LANE.flushed] = i;
    const found = add(words, segments, low, high, words[places + i] as number);
    if (found === FULL) return STATUS.tableFull;
    if (found === OLD) continue;
    setBit(bytes, lane + layout.news, i);
    const size = words[R.size] as number;
    writeRow(words, addresses, size, low, high);
    words[R.size] = size + 1;
    if (size >>> 0 >= (words[R.sizeLimit] as number) >>> 0) return STATUS.limit;
  }
  return emptied(words, at);
}

export function enter({ arena: { words }, addresses }: KernelInput, lane: number): number {
  const { segments, lane: layout } = addresses;
  const at = lane >>> 2;
  const buffer = (lane + layout.buffer) >>> 2;
  const places = (lane + layout.places) >>> 2;
  for (let i = words[at + LANE.flushed] as number; i < (words[at + LANE.buffered] as number); i++) {
    words[at + LANE.flushed] = i;
    const [low, high] = [words[buffer + 2 * i] as number, words[buffer + 2 * i + 1] as number];
    if (add(words, segments, low, high, words[places + i] as number) === FULL) return STATUS.tableFull;
  }
  return emptied(words, at);
}

export function dedupe(
  { words, bytes }: Views,
  addresses: Pick<Addresses, "segments" | "lane">,
  part: number,
  parts: number,
  thread: number,
  lanes: number,
): number {
  const { segments, lane: layout } = addresses;
  for (let turn = 0; turn < (words[R.lanes] as number); turn++) {
    const lane = lanes + turn * layout.bytes;
    const buffer = (lane + layout.buffer) >>> 2;
    const places = (lane + layout.places) >>> 2;
    const buffered = words[(lane >>> 2) + LANE.buffered] as number;
    for (let i = 0; i < buffered; i++) {
      const place = words[places + i] as number;
      if (((place >>> TABLE.withinBits) * parts) >>> SEGMENT_BITS !== part) continue;
      const low = words[buffer + 2 * i] as number;
      const high = words[buffer + 2 * i + 1] as number;
      const found = add(words, segments, low, high, place);
      if (found === FULL) return STATUS.tableFull;
      if (found === OLD) continue;
      bytes[lane + layout.isNew + thread * layout.flags + i] = 1;
      const count = ((lane + layout.counts) >>> 2) + thread;
      words[count] = (words[count] as number) + 1;
    }
  }
  return STATUS.done;
}

export function number(input: KernelInput, lane: number): number {
  const {
    arena: { words, bytes },
    addresses,
  } = input;
  const at = lane >>> 2;
  const buffer = (lane + addresses.lane.buffer) >>> 2;
  const buffered = words[at + LANE.buffered] as number;
  let row = words[at + LANE.firstNew] as number;
  for (let i = 0; i < buffered; i++) {
    if (!takeNew(input, lane, i)) continue;
    setBit(bytes, lane + addresses.lane.news, i);
    writeRow(words, addresses, row++, words[buffer + 2 * i] as number, words[buffer + 2 * i + 1] as number);
  }
  return emptied(words, at);
}

/** Has any thread found that a successor is new? Its bytes are cleared for the next batch. */
function takeNew({ arena: { words, bytes }, addresses }: KernelInput, lane: number, i: number): boolean {
  const { isNew: first, flags } = addresses.lane;
  let isNew = false;
  for (let thread = 0; thread < (words[R.threads] as number); thread++) {
    const at = lane + first + thread * flags + i;
    isNew ||= bytes[at] === 1;
    bytes[at] = 0;
  }
  return isNew;
}

/** The buffer of a lane, by word, is done with. */
function emptied(words: Int32Array, lane: number): number {
  words[lane + LANE.flushed] = words[lane + LANE.buffered] = 0;
  return STATUS.done;
}

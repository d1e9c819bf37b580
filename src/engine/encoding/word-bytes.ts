/**
 * Root words as bytes, in as few as they have: how states without a row are kept.
 */
import { rootBytes, type Layout } from "../memory/state-layout.js";
import type { OnWord } from "../memory/words.js";

/** Words that are unpacked at once. */
const AT_ONCE = 1 << 16;

/** @param forEach calls for every word, and can do so twice */
export function packWords(forEach: (visit: OnWord) => void, layout: Layout): Uint8Array {
  const width = rootBytes(layout);
  let count = 0;
  forEach(() => count++);
  const bytes = new Uint8Array(count * width);
  let at = 0;
  forEach((low, high) => {
    for (let i = 0; i < 4; i++) bytes[at + i] = low >>> (8 * i);
    for (let i = 4; i < width; i++) bytes[at + i] = high >>> (8 * (i - 4));
    at += width;
  });
  return bytes;
}

/** Reads so many words, and calls for each. */
export function unpackWords(
  count: number,
  layout: Layout,
  read: (into: Uint8Array) => void,
  visit: OnWord,
): void {
  const width = rootBytes(layout);
  for (let done = 0; done < count; done += AT_ONCE) {
    const bytes = new Uint8Array(Math.min(AT_ONCE, count - done) * width);
    read(bytes);
    for (let at = 0; at < bytes.length; at += width) {
      let [low, high] = [0, 0];
      for (let i = 0; i < 4; i++) low |= (bytes[at + i] as number) << (8 * i);
      for (let i = 4; i < width; i++) high |= (bytes[at + i] as number) << (8 * (i - 4));
      visit(low, high);
    }
  }
}

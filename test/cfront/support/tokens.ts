/** The tokens of preprocessed text, as texts. */
import { tokensOf } from "../../../src/cfront/preprocess/lexer.js";
import { Preprocessor, type IncludeProvider } from "../../../src/cfront/preprocess/preprocessor.js";
import type { Token } from "../../../src/cfront/preprocess/token.js";

export function preprocessed(
  text: string,
  include: IncludeProvider = () => undefined,
  file = "test.c",
): Token[] {
  return new Preprocessor(include).read({ file, text });
}

export function textsOf(tokens: readonly Token[]): string[] {
  return tokens.map(({ text }) => text);
}

/** What `gcc -E` printed, without the pragmas that it leaves in. */
export function textsOfGcc(printed: string): string[] {
  return textsOf(tokensOf("gcc", printed.replaceAll(/^#pragma .*$/gm, "")));
}

/** Where two lists part, with what stands around it; undefined if they are equal. A list of thousands is no readable message. */
export function difference(ours: readonly string[], theirs: readonly string[]): string | undefined {
  const length = Math.max(ours.length, theirs.length);
  for (let i = 0; i < length; i++) {
    if (ours[i] === theirs[i]) continue;
    const around = (list: readonly string[]): string => list.slice(Math.max(i - 8, 0), i + 8).join(" ");
    return `token ${i}:\n  ours: ${around(ours)}\n  gcc:  ${around(theirs)}`;
  }
  return undefined;
}

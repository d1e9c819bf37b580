/** Literals: what the spelling of a number, a character or a string stands for. */

export interface IntegerLiteral {
  readonly value: bigint;
  readonly unsigned: boolean;
  /** 1 for a suffix l, 2 for ll. */
  readonly longs: 0 | 1 | 2;
  /** Octal and hexadecimal literals may become unsigned types without a suffix. */
  readonly decimal: boolean;
}

const INTEGER = /^(0[xX][\da-fA-F]+|0[bB][01]+|0[0-7]*|[1-9]\d*)([uU]?(?:ll?|LL?)?|(?:ll?|LL?)[uU])$/;

/** Undefined if it is no integer (a floating constant, or no number at all). */
export function integerLiteral(spelling: string): IntegerLiteral | undefined {
  const match = INTEGER.exec(spelling);
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  const isOctal = /^0\d/.test(digits);
  return {
    value: BigInt(isOctal ? `0o${digits.slice(1)}` : digits),
    unsigned: /u/i.test(suffix),
    longs: /ll/i.test(suffix) ? 2 : /l/i.test(suffix) ? 1 : 0,
    decimal: /^[1-9]/.test(digits),
  };
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

/** The value of a character constant; undefined for what is wider than one byte (L'x', 'ab', 'é'). */
export function characterLiteral(spelling: string): number | undefined {
  const bytes = spelling.startsWith("'") ? bytesOf(spelling.slice(1, -1)) : undefined;
  return bytes?.length === 1 ? bytes[0] : undefined;
}

/** The bytes of a string literal, without the zero at its end; undefined for wide strings and unknown escapes. */
export function stringLiteral(spelling: string): readonly number[] | undefined {
  return spelling.startsWith('"') ? bytesOf(spelling.slice(1, -1)) : undefined;
}

const PIECE = /\\(?:([0-7]{1,3})|x([\da-fA-F]+)|([^]))|([^\\]+)/g;

function bytesOf(body: string): readonly number[] | undefined {
  const bytes: number[] = [];
  for (const [, octal, hexadecimal, simple, plain] of body.matchAll(PIECE)) {
    if (plain !== undefined) bytes.push(...new TextEncoder().encode(plain));
    else {
      const value =
        octal !== undefined
          ? Number.parseInt(octal, 8)
          : hexadecimal !== undefined
            ? Number.parseInt(hexadecimal, 16)
            : SIMPLE_ESCAPES[simple ?? ""];
      if (value === undefined || value > 255) return undefined;
      bytes.push(value);
    }
  }
  return bytes;
}

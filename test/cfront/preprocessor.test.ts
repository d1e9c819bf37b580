/** The preprocessor does what C says, which is what gcc -E says, and keeps the places that a reader looks for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { showAt } from "../../src/cfront/base/errors.js";
import { hasGcc, preprocessedByGcc } from "./support/gcc.js";
import { errorOf } from "./support/machine.js";
import { difference, preprocessed, textsOf, textsOfGcc } from "./support/tokens.js";

const FIXTURES = join(import.meta.dirname, "fixtures");

function become(text: string): string {
  return textsOf(preprocessed(text)).join(" ");
}

describe("against gcc -E", () => {
  const file = join(FIXTURES, "macros.c");
  const ours = textsOf(
    preprocessed(
      readFileSync(file, "utf8"),
      ({ name }) => ({ file: name, text: readFileSync(join(FIXTURES, name), "utf8") }),
      file,
    ),
  );

  test("the fixture has what it is for in it", () => {
    const taken = ours.filter((text) => /^taken_\d$/.test(text));
    expect(taken).toEqual(["taken_1", "taken_2", "taken_3", "taken_4", "taken_5", "taken_6"]);
    expect(ours).toContain("included_once");
    expect(ours).not.toContain("not_taken");
  });

  test.skipIf(!hasGcc)("token for token", () => {
    expect(difference(ours, textsOfGcc(preprocessedByGcc(file)))).toBeUndefined();
  });
});

describe("macros", () => {
  test.each([
    ["an object", "#define A 1\nA B", "1 B"],
    ["parameters", "#define ADD(a, b) ((a) + (b))\nADD(x, (y, z))", "( ( x ) + ( ( y , z ) ) )"],
    ["a name without parentheses", "#define F(x) x\nF F (1)", "F 1"],
    ["a call over lines", "#define F(x, y) x-y\nF(1\n,\n2)", "1 - 2"],
    ["not itself", "#define a a + b\n#define b a\na", "a + a"],
    ["arguments first", "#define F(x) x\nF(F(F)(1))", "F ( 1 )"],
    ["what # keeps", '#define S(x) #x\nS( a  +"b\\n" )', '"a +\\"b\\\\n\\""'],
    ["what ## glues", "#define G(a, b) a##b\nG(x, 1) G(, y) G(>, >=)", "x1 y >>="],
    ["## and macros", "#define X 1\n#define G(a) X##a a##X\nG(X)", "XX XX"],
    [
      "case numbers",
      "#define CASE(n, m) case n: m(n); break\n#define R(n) r##n\nCASE(3, R)",
      "case 3 : r3 ; break",
    ],
    ["a config symbol", CONFIG("CONFIG_A"), "1"],
    ["no config symbol", CONFIG("CONFIG_B"), "0"],
    ["variadic", "#define L(f, ...) p(f, __VA_ARGS__)\nL(1, 2, 3)", "p ( 1 , 2 , 3 )"],
    ["a comma that goes", "#define L(f, ...) p(f, ##__VA_ARGS__)\nL(1) L(1, 2)", "p ( 1 ) p ( 1 , 2 )"],
    ["named rest", "#define L(f, more...) p(f, ##more)\nL(1) L(1, 2)", "p ( 1 ) p ( 1 , 2 )"],
    ["__VA_OPT__", "#define L(f, ...) p(f __VA_OPT__(,) __VA_ARGS__)\nL(1) L(1, 2)", "p ( 1 ) p ( 1 , 2 )"],
    ["undefined again", "#define A 1\n#undef A\nA", "A"],
    ["places", "\n#define HERE __LINE__\nHERE __LINE__\nHERE", "3 3 4"],
    ["a directive among arguments", "#define F(x) x\nF(\n#if 1\na\n#else\nb\n#endif\n)", "a"],
    ["pragmas", '_Pragma("GCC diagnostic") x\n#pragma GCC poison\ny', "x y"],
    ["joined lines", "#define A 1 \\\n 2\nA a\\\nb", "1 2 ab"],
    ["comments", "a/* b\n c */d // e\nf", "a d f"],
  ])("%s", (_what, text, result) => {
    expect(become(text)).toBe(result);
  });
});

function CONFIG(symbol: string): string {
  return `#define CONFIG_A 1
#define ONE_1 0,
#define SECOND(a, b, ...) b
#define TEST(x) SECOND(x 1, 0)
#define PASTE(x) TEST(ONE_##x)
#define IS_ENABLED(x) PASTE(x)
IS_ENABLED(${symbol})`;
}

describe("conditions", () => {
  test.each([
    ["1", true],
    ["0", false],
    ["defined A && !defined(B)", true],
    ["A == 7 && B == 0", true],
    ["-1 > 0u", true],
    ["(2 + 3) * 4 == 20 ? 0 : 1", false],
    ["0 && 1 / 0", false],
    ["1 || 1 / 0", true],
    ["0xffffffffffffffff == -1", true],
    ["1 << 3 >> 2 == 2", true],
    ["~0 == -1 && !0 && +1", true],
    ["'a' < 'b'", true],
    ["10 % 4 - 2", false],
    ["0777 == 511 && 0b11 == 3", true],
  ])("#if %s", (condition, holds) => {
    expect(become(`#define A 7\n#if ${condition}\nyes\n#else\nno\n#endif`)).toBe(holds ? "yes" : "no");
  });

  test("nothing within what is left out is taken", () => {
    expect(become("#if 0\n#if 0\na\n#else\nb\n#endif\n#elif 1\nc\n#endif\n")).toBe("c");
  });

  test("only one part is taken, and what is left out may be anything", () => {
    const text = "#if 0\nit's \"out\n#garbage\n#elif 1\ntwo\n#elif 1\nthree\n#else\nfour\n#endif\n";
    expect(become(text)).toBe("two");
  });
});

describe("places", () => {
  test("a token of a macro stands for the line of the outermost call", () => {
    const tokens = preprocessed("#define IN(x) (x +\\\n 1)\n#define OUT(x) IN(x)\n\nOUT(\n  y)\n");
    const shown = tokens.map(({ text, at }) => `${text} ${showAt(at)}`);
    expect(shown).toEqual([
      "( test.c:5 (from test.c:1)",
      "y test.c:5 (from test.c:6)",
      "+ test.c:5 (from test.c:1)",
      "1 test.c:5 (from test.c:2)",
      ") test.c:5 (from test.c:2)",
    ]);
  });

  test("the rest of a file keeps its lines", () => {
    const tokens = preprocessed("a\\\n\\\nb c\n/* \n */ d\n");
    expect(tokens.map(({ text, at }) => `${text} ${at.line}`)).toEqual(["ab 1", "c 3", "d 5"]);
  });
});

describe("what cannot be preprocessed is an error with a line", () => {
  test.each([
    ["PMC171", 2, "\n#if 1\n"],
    ["PMC171", 2, "\n#endif\n"],
    ["PMC171", 3, "#if 0\n#else\n#else\n#endif"],
    ["PMC171", 1, "#if 1 +\n#endif"],
    ["PMC171", 1, "#if 1 / 0\n#endif"],
    ["PMC171", 1, "#if F(1)\n#endif"],
    ["PMC171", 1, "#error not here\n"],
    ["PMC171", 1, "#unknown\n"],
    ["PMC171", 2, "\n/* never ends\n"],
    ["PMC171", 1, "#define 1\n"],
    ["PMC171", 1, "#define F(x, 1) x\n"],
    ["PMC171", 1, "#define F(x) #y\n"],
    ["PMC171", 1, "#define F(x) ## x\n"],
    ["PMC171", 2, "#define F(x) x\nF(1, 2)\n"],
    ["PMC171", 2, "#define F(x) x\nF(1\n"],
    ["PMC171", 2, "#define G(a, b) a##b\nG(+, x)\n"],
    ["PMC171", 1, "#pragma pack(1)\n"],
    ["PMC172", 2, "\n#include <linux/none.h>\n"],
    ["PMC171", 2, "\n#include\n"],
  ])("%s at line %i: %j", (code, line, text) => {
    expect(errorOf(() => preprocessed(text))).toMatchObject({ code, line });
  });

  test("a file that includes itself for ever", () => {
    const run = (): unknown =>
      preprocessed('#include "a.h"\n', ({ name }) => ({ file: name, text: '#include "a.h"\n' }));
    expect(errorOf(run)).toMatchObject({ code: "PMC171", line: 1 });
  });
});

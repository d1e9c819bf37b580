/** What the front end cannot do is an error with a code, a line and what to do; and only if it is reached. */
import { describe, expect, test } from "vitest";

import { C_ERROR_CODES, type CErrorCode, type Held } from "../../src/cfront/index.js";
import { errorOf, TestMachine, type Setup } from "./support/machine.js";

/** A C program: a call of run() ends in an error at the line with the mark. */
interface Case {
  readonly what: string;
  readonly code: CErrorCode;
  readonly source: string;
  /** What the message says, besides the place. */
  readonly says: RegExp;
  readonly setup?: Setup;
}

const MARK = "/* here */";

const CASES: readonly Case[] = [
  {
    what: "a function nobody has",
    code: "PMC221",
    source:
      "void printk_deferred(const char *);\nint run(void) {\n  printk_deferred(0); /* here */\n  return 0; }",
    says: /printk_deferred\(\).*load the C file/,
  },
  {
    what: "a function nobody even declared",
    code: "PMC221",
    source: "int run(void) {\n  return\n    undeclared(1); /* here */\n}",
    says: /undeclared\(\)/,
  },
  {
    what: "a name nobody declared",
    code: "PMC222",
    source: "int run(void) {\n  int x = 1;\n  return x + missing; /* here */\n}",
    says: /missing is not declared/,
  },
  {
    what: "a field that the structure has not",
    code: "PMC223",
    source: "struct s { int a; };\nint run(void) {\n  struct s v = { 1 };\n  return v.b; /* here */\n}",
    says: /struct s has no field b; it is declared at test\.c:1/,
  },
  {
    what: "a field of a structure that is only named",
    code: "PMC223",
    source: "struct s;\nstruct s *get(void);\nint run(void) {\n  return get()->b; /* here */\n}",
    says: /struct s has no field b; its declaration was not read/,
  },
  {
    what: "NULL, dereferenced",
    code: "PMC225",
    source: "struct s { int a; };\nint run(void) {\n  struct s *p = 0;\n  return p->a; /* here */\n}",
    says: /p is NULL/,
  },
  {
    what: "an error pointer, dereferenced",
    code: "PMC225",
    source: "int run(void) {\n  int *p = (int *)-12L;\n  return *p; /* here */\n}",
    says: /0xfffffffffffffff4, which is no object/,
  },
  {
    what: "NULL, called",
    code: "PMC225",
    source: "int run(void) {\n  int (*f)(void) = 0;\n  return f(); /* here */\n}",
    says: /f is called, and is NULL/,
  },
  {
    what: "NULL, moved",
    code: "PMC225",
    source: "int run(void) {\n  int *p = 0;\n  return p + 1 != 0; /* here */\n}",
    says: /1 is added to NULL/,
  },
  {
    what: "a local variable without a value",
    code: "PMC226",
    source: "int run(void) {\n  int x, y = 1;\n  if (!y)\n    x = 2;\n  return x + y; /* here */\n}",
    says: /x was never given a value/,
  },
  {
    what: "a member without a value",
    code: "PMC226",
    source:
      "struct s { int a, b; };\nint run(void) {\n  struct s v;\n  v.a = 1;\n  return v.b; /* here */\n}",
    says: /v\.b was never given a value/,
  },
  {
    what: "a variable whose declaration is run again",
    code: "PMC226",
    source:
      "int run(void) {\n  for (int i = 0; i < 2; i++) {\n    int x;\n    if (i == 0)\n      x = 5;\n    if (x == 5) continue; /* here */\n  }\n  return 0;\n}",
    says: /x was never given a value/,
  },
  {
    what: "the value of a function that returned none",
    code: "PMC226",
    source: "int f(int x) { if (x) return 1; }\nint run(void) {\n  return f(0) + 1; /* here */\n}",
    says: /f\(\) was never given a value/,
  },
  {
    what: "an index outside of a local array",
    code: "PMC227",
    source: "int run(void) {\n  int a[3] = { 0 }, i = 3;\n  return a[i]; /* here */\n}",
    says: /index 3 is outside of a, which has 3 elements/,
  },
  {
    what: "an index outside of a shared array",
    code: "PMC227",
    source: "static int a[3];\nint run(void) {\n  int i = -1;\n  a[i] = 5; /* here */\n  return 0;\n}",
    says: /index -1 is outside of test\.c:a/,
  },
  {
    what: "an array within a structure",
    code: "PMC227",
    source: "struct s { int a[2], b; } v;\nint run(void) {\n  return v.a[2]; /* here */\n}",
    says: /index 2 is outside of v\.a/,
  },
  {
    what: "a pointer to a variable, moved",
    code: "PMC227",
    source: "int run(void) {\n  int x = 1;\n  int *p = &x;\n  return p[1]; /* here */\n}",
    says: /x is no array/,
  },
  {
    what: "a pointer moved past the end",
    code: "PMC227",
    source: "int run(void) {\n  int a[2] = { 0 };\n  int *p = a + 3; /* here */\n  return p == a;\n}",
    says: /index 3 is outside of a/,
  },
  {
    what: "a pointer past the end, dereferenced",
    code: "PMC227",
    source: "int run(void) {\n  int a[2] = { 0 };\n  int *end = a + 2;\n  return *end; /* here */\n}",
    says: /index 2 is outside of a/,
  },
  {
    what: "a pointer to a local variable, passed to the model",
    code: "PMC228",
    source: "int take(int *p);\nint run(void) {\n  int x = 1;\n  return take(&x); /* here */\n}",
    says: /passed to take\(\)/,
    setup: { model: { take: () => 0n } },
  },
  {
    what: "a pointer to a local variable, passed in a structure",
    code: "PMC228",
    source:
      "struct s { int *p; };\nint take(struct s v);\nint run(void) {\n  int x = 1;\n  struct s v = { &x };\n  return take(v); /* here */\n}",
    says: /passed to take\(\)/,
    setup: { model: { take: () => 0n } },
  },
  {
    what: "a pointer to a local variable, stored",
    code: "PMC228",
    source: "int *kept;\nint run(void) {\n  int x = 1;\n  kept = &x; /* here */\n  return 0;\n}",
    says: /stored in kept/,
  },
  {
    what: "inline assembly",
    code: "PMC229",
    source:
      'int run(void) {\n  int x = 1;\n  asm volatile("mrs %0, pmcr_el0" : "=r" (x)); /* here */\n  return x;\n}',
    says: /"mrs %0, pmcr_el0" was reached.*intrinsic/,
  },
  {
    what: "floating point",
    code: "PMC230",
    source: "int run(void) {\n  return 1.5 > 1; /* here */\n}",
    says: /1\.5 is no integer/,
  },
  {
    what: "a floating type",
    code: "PMC230",
    source: "int run(void) {\n  double x = 1; /* here */\n  return 0;\n}",
    says: /double is not supported/,
  },
  {
    what: "a variadic argument",
    code: "PMC230",
    source: "int run(void) {\n  int list = 0;\n  return __builtin_va_arg(list, int); /* here */\n}",
    says: /variadic argument/,
  },
  {
    what: "a computed goto",
    code: "PMC230",
    source: "int run(void) {\n  void *to = 0;\n  goto *to; /* here */\n}",
    says: /computed goto/,
  },
  {
    what: "the address of a label",
    code: "PMC230",
    source: "int run(void) {\n  void *to =\n    &&out; /* here */\nout:\n  return to != 0;\n}",
    says: /address of a label/,
  },
  {
    what: "too few arguments",
    code: "PMC230",
    source: "int f(int a, int b) { return a; }\nint run(void) {\n  return f(1); /* here */\n}",
    says: /f\(\) takes 2 arguments and is given 1/,
  },
  {
    what: "what cannot be assigned to",
    code: "PMC230",
    source: "int run(void) {\n  int x = 1;\n  x + 1 = 2; /* here */\n  return x;\n}",
    says: /is no place in memory/,
  },
  {
    what: "a table that is not constant",
    code: "PMC230",
    source: "int v;\nstatic const int t[] = { 1,\n  v }; /* here */\nint run(void) { return t[0]; }",
    says: /the value of t is not constant/,
  },
  {
    what: "__builtin_unreachable()",
    code: "PMC230",
    source: "int run(void) {\n  __builtin_unreachable(); /* here */\n}",
    says: /was reached/,
  },
  {
    what: "a structure used as another",
    code: "PMC231",
    source:
      "struct a { int x; }; struct b { long y; };\nint run(void) {\n  struct a v = { 1 };\n  struct b *p = (struct b *)&v;\n  return p->y; /* here */\n}",
    says: /v is struct a, and is used as struct b/,
  },
  {
    what: "an integer used as a narrower one",
    code: "PMC231",
    source: "int run(void) {\n  int x = 1;\n  return *(char *)&x; /* here */\n}",
    says: /x is int, and is used as char/,
  },
  {
    what: "another member of a union",
    code: "PMC231",
    source:
      "union u { int a; unsigned char b[4]; };\nint run(void) {\n  union u v;\n  v.a = 1;\n  return v.b[0]; /* here */\n}",
    says: /a of the same union was written last/,
  },
  {
    what: "a member of a union that was written before another",
    code: "PMC231",
    source:
      "union u { int a; unsigned b; };\nint run(void) {\n  union u v;\n  v.b = 1;\n  v.a = 2;\n  return v.b; /* here */\n}",
    says: /a of the same union was written last/,
  },
  {
    what: "a pointer as a number",
    code: "PMC231",
    source: "int run(void) {\n  int x = 1;\n  return (long)&x != 0; /* here */\n}",
    says: /a pointer is used as a number/,
  },
  {
    what: "container_of something that it is not in",
    code: "PMC231",
    source:
      "struct in { int x; }; struct out { int y; struct in in; };\nstruct in lone;\nint run(void) {\n  struct in *p = &lone;\n  return __builtin_container_of(p, struct out, in)->y; /* here */\n}",
    says: /lone is not in of a struct out/,
  },
  {
    what: "container_of the wrong member",
    code: "PMC231",
    source:
      "struct in { int x; }; struct out { struct in one, two; int y; } o;\nint run(void) {\n  struct in *p = &o.one;\n  return __builtin_container_of(p, struct out, two)->y; /* here */\n}",
    says: /o\.one is not two of a struct out/,
  },
  {
    what: "pointers into different arrays",
    code: "PMC231",
    source: "int run(void) {\n  int a[2], b[2];\n  return a < b; /* here */\n}",
    says: /not into one array/,
  },
  {
    what: "recursion without an end, with a pointer to a local variable",
    code: "PMC232",
    source:
      "int f(int *n) {\n  int m = *n + 1;\n  return f(&m); /* here */\n}\nint run(void) { int n = 0; return f(&n); }",
    says: /f\(\) is called 21 functions deep/,
  },
  {
    what: "a local loop without an end",
    code: "PMC233",
    source: "int run(void) {\n  int i = 0;\n  while (1) /* here */\n    i++;\n}",
    says: /a while took more than 1000 turns/,
  },
  {
    what: "a for with too many turns",
    code: "PMC233",
    source:
      "int run(void) {\n  int s = 0;\n  for (int i = 0; i < 5000; i++) /* here */\n    s += i;\n  return s;\n}",
    says: /a for took more than 1000 turns/,
  },
  {
    what: "a goto without an end, in an inner block",
    code: "PMC233",
    source: "int run(void) {\n  int i = 0;\n  {\nagain:\n    i++;\n    goto again; /* here */\n  }\n}",
    says: /a goto took more than 1000 turns/,
  },
  {
    what: "a shift that is too wide",
    code: "PMC234",
    source: "int run(void) {\n  int n = 32;\n  return 1 << n; /* here */\n}",
    says: /a 32-bit int is shifted by 32; shift by 0 to 31/,
  },
  {
    what: "a negative shift",
    code: "PMC234",
    source: "int run(void) {\n  long v = 8;\n  int n = -1;\n  return v >> n; /* here */\n}",
    says: /a 64-bit long is shifted by -1/,
  },
  {
    what: "a constant shift that is too wide",
    code: "PMC234",
    source: "int run(void) {\n  int x = 1;\n  return x & (1U << 35); /* here */\n}",
    says: /a 32-bit unsigned int is shifted by 35/,
  },
  {
    what: "a division by zero",
    code: "PMC235",
    source: "int run(void) {\n  int n = 0;\n  return 5 / n; /* here */\n}",
    says: /5 \/ 0 has no value/,
  },
  {
    what: "the size of a stand-in",
    code: "PMC236",
    source: "int run(void) {\n  return sizeof(struct stand_in); /* here */\n}",
    says: /prelude\.h has a stand-in for it/,
    setup: { prelude: "struct stand_in { int a; };" },
  },
  {
    what: "the size of what is only named",
    code: "PMC236",
    source: "struct s;\nint run(void) {\n  return sizeof(struct s); /* here */\n}",
    says: /its members are not declared/,
  },
  {
    what: "a constant that is written",
    code: "PMC237",
    source:
      "static const int t[2] = { 1, 2 };\nint run(void) {\n  *(int *)&t[1] = 5; /* here */\n  return 0;\n}",
    says: /t\[1\] is constant/,
  },
  {
    what: "a function that cannot be parsed",
    code: "PMC220",
    source: "int bad(void) {\n  int x = ;  /* here */\n  return x;\n}\nint run(void) { return bad(); }",
    says: /an expression is expected before ';'/,
  },
  {
    what: "a function whose declaration cannot be parsed",
    code: "PMC220",
    source: "int bad(unknown_t x) { return 1; }\nint run(void) {\n  return bad(1); /* here */\n}",
    says: /the declaration of bad could not be parsed \(test\.c:1: /,
  },
  {
    what: "a function of which the model has another, and whose C cannot be parsed",
    code: "PMC220",
    source:
      "int bad(int x);\nint bad(unknown_t x) { return 1; }\nint run(void) {\n  return bad(1); /* here */\n}",
    says: /the declaration of bad could not be parsed \(test\.c:2: /,
    setup: { model: { bad: () => 1n } },
  },
  {
    what: "a variable whose declaration cannot be parsed",
    code: "PMC220",
    source: "unknown_t v;\nint run(void) {\n  return v; /* here */\n}",
    says: /the declaration of v could not be parsed \(test\.c:1: /,
  },
  {
    what: "a function that is defined twice",
    code: "PMC220",
    source: "int f(void) { return 1; }\nint f(void) { return 2; } /* here */\nint run(void) { return f(); }",
    says: /f\(\) is also defined at test\.c:1/,
  },
  {
    what: "a label that is not there",
    code: "PMC220",
    source: "int run(void) {\n  goto nowhere; /* here */\n}",
    says: /there is no label nowhere in run\(\)/,
  },
  {
    what: "more values than members",
    code: "PMC220",
    source: "int run(void) {\n  int a[2] = { 1, 2, 3 }; /* here */\n  return a[0];\n}",
    says: /more values than/,
  },
];

function lineOfMark(source: string): number | undefined {
  const index = source.indexOf(MARK);
  return index < 0 ? undefined : source.slice(0, index).split("\n").length;
}

describe.each(CASES)("$what", ({ code, source, says, setup }) => {
  test(`is ${code}, where it is reached`, () => {
    const machine = new TestMachine(source, setup);
    const error = errorOf(() => machine.run("run"));
    expect(error.message).toMatch(says);
    expect(error).toMatchObject({ code, line: lineOfMark(source) ?? error.line });
    // What to do about it stands behind a semicolon.
    expect(error.message).toMatch(/^\S+:\d+.*: .+; .+/s);
  });

  test("is none where it is not", () => {
    const machine = new TestMachine(`${source}\nint other(int b) { return b ? run() : 7; }`, setup);
    expect(machine.run("other", 0n)).toBe(7n);
  });
});

test("every code that C can end in is tried", () => {
  const tried = new Set(CASES.map(({ code }) => code));
  // PMC17x are tried in preprocessor.test.ts. Registers are the binding's.
  const untried = C_ERROR_CODES.filter(
    (code) => !code.startsWith("PMC17") && code !== "PMC224" && !tried.has(code as Case["code"]),
  );
  expect(untried).toEqual([]);
});

describe("what is no error", () => {
  test.each<[string, string, Held]>([
    [
      "code that is wrong and is not reached",
      "int run(void) { if (0) return 1 / 0 + missing + *(int *)0; return 3; }",
      3n,
    ],
    [
      "constants that && and || do not reach",
      "int run(void) { return (0 && 1 / 0) + (1 || 1 / 0) * 2; }",
      2n,
    ],
    ["a shift that is not evaluated", "int run(void) { int n = 40; return n < 32 ? 1 << n : 9; }", 9n],
    ["inline assembly that is not reached", 'int run(void) { if (0) asm("wfi"); return 4; }', 4n],
    [
      "an uninitialised variable that is only named",
      "int run(void) { int x; (void)x; (void)sizeof(x); return 5; }",
      5n,
    ],
    [
      "a structure copied in part",
      "struct s { int a, b; }; int run(void) { struct s v, w; v.a = 6; w = v; return w.a; }",
      6n,
    ],
    ["the address one past the end", "int run(void) { int a[2]; return &a[2] - a; }", 2n],
  ])("%s", (_what, source, result) => {
    expect(new TestMachine(source).run("run")).toBe(result);
  });
});

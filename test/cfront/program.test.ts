/** Reading and linking files: units, preludes, what could not be parsed. */
import { describe, expect, test } from "vitest";

import { isSameType, linkageName, readProgram, type Program } from "../../src/cfront/index.js";
import { errorOf, TestMachine } from "./support/machine.js";

function read(units: Readonly<Record<string, string>>, prelude = "", header = ""): Program {
  return readProgram({
    prelude: [{ file: "prelude.h", text: prelude }],
    units: Object.entries(units).map(([file, text]) => ({ file, text })),
    include: ({ name }) => ({ file: name, text: header }),
  });
}

describe("units", () => {
  test("share the prelude and nothing else", () => {
    const program = read(
      {
        "a.c": "#define LOCAL 1\nstatic int twice(int x) { return TWICE(x) + LOCAL; }",
        "b.c": "#ifdef LOCAL\n#error known\n#endif\nint other(void) { return TWICE(2); }",
      },
      "#define TWICE(x) (2 * (x))\n",
    );
    expect([...program.functions.keys()].sort()).toEqual(["other", "twice"]);
    expect(program.failures).toEqual([]);
  });

  test("find each other's functions and variables by name", () => {
    const program = read({
      "a.c":
        "extern int limit; extern const int table[]; int get(void);\nint run(void) { return get() + limit + table[1]; }",
      "b.c":
        "int limit = 3;\nconst int table[] = { 1, 2 };\nstatic int hidden;\nint get(void) { static int calls; return ++calls + hidden; }",
    });
    expect([...program.variables.keys()].sort()).toEqual(["b.c:hidden", "limit", "table"]);
    expect(program.variables.get("limit")?.initialiser).toBeDefined();
  });

  test("that include one header have its functions once", () => {
    const unit = '#include "h.h"\n';
    const program = read({ "a.c": unit, "b.c": unit }, "", "static inline int shared(void) { return 1; }");
    const body = program.functions.get("shared")?.definition?.body;
    expect(body).not.toThrow();
  });

  test("that include one header have its structures once, named in the prelude or not", () => {
    const unit = (name: string): string =>
      `#include "h.h"\nint ${name}(struct s *p) { wrapped w = { 2 }; return p->in.a + w.b; }`;
    const header = "struct s { struct { int a; } in; }; typedef struct { int b; } wrapped;";
    const program = read(
      { "a.c": unit("f"), "b.c": unit("g") },
      "struct s; void named(struct s *p);",
      header,
    );
    expect(program.failures).toEqual([]);
    const [f, g] = ["f", "g"].map((name) => program.functions.get(name)?.type);
    expect(f !== undefined && g !== undefined && isSameType(f, g)).toBe(true);
  });

  test("with two structures of one name are told apart", () => {
    const program = read({ "a.c": "struct s { int a; };", "b.c": "struct s { int b; };" });
    expect(program.failures).toEqual([]);
    const both = read({ "a.c": "struct s { int a; };\nstruct s { int b; };" });
    expect(both.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining("also defined at a.c:1"),
    ]);
  });

  test("with two functions of one name have none", () => {
    const program = read({
      "a.c": "static int f(void) { return 1; }",
      "b.c": "\nstatic int f(void) { return 2; }",
    });
    const run = (): unknown => program.functions.get("f")?.definition?.body();
    expect(errorOf(run)).toMatchObject({ code: "PMC220", line: 2 });
  });
});

describe("what cannot be parsed", () => {
  const program = read({
    "a.c": `
      MODULE_LICENSE("none");
      int good(void) { return 1; }
      unknown_t bad(void) { return 2; }
      int after(void) { return 3; }
      struct s { unknown_t x; };
      int broken(void) { return (; }
      static int table[] = { [oops] = 1 };
      asm(".globl x");
      _Static_assert(sizeof(int) == 4, "");
      int last;`,
  });

  test("is passed over, and the rest is there", () => {
    expect([...program.functions.keys()].sort()).toEqual(["after", "broken", "good"]);
    expect([...program.variables.keys()]).toContain("last");
    expect(program.failures.map(({ at }) => at.line)).toEqual([2, 4, 6, 8]);
  });

  test("is remembered by name", () => {
    expect(program.unread.get("bad")?.at.line).toBe(4);
    expect(program.unread.has("good")).toBe(false);
  });

  test("in a body is an error of that function", () => {
    expect(errorOf(() => program.functions.get("broken")?.definition?.body())).toMatchObject({
      code: "PMC220",
      line: 7,
    });
  });
});

describe("variables outside of functions", () => {
  test("begin with their initialisers, or with zero", () => {
    const machine = new TestMachine(`
      struct s { int a; struct s *next; char name[4]; };
      static struct s first = { .a = 5, .name = "ab" }, second = { .next = &first };
      int zero, list[] = { [2] = 7 };
      int run(void) {
        static int seven = 3 + 4;
        return first.a * 1000 + second.next->name[1] + zero + seven * 100 + list[2] * 10 + sizeof(list);
      }`);
    expect(machine.run("run")).toBe(BigInt(5000 + 98 + 700 + 70 + 12));
  });

  test("have names that tell static ones apart", () => {
    const { variables } = read({ "a.c": "static int x; int y;", "b.c": "static int x;" });
    expect([...variables.values()].map(linkageName).sort()).toEqual(["a.c:x", "b.c:x", "y"]);
  });
});

test("sizes of stand-ins are unknown, those of all other structures are not", () => {
  const source = {
    "a.c": "struct real { int a, b; };\nint v[sizeof(struct real)]; int w[sizeof(struct fake)];",
  };
  const program = read(source, "struct fake { int a; };");
  expect(program.failures.map(({ code }) => code)).toEqual(["PMC236"]);
  expect(program.variables.get("v")?.type).toMatchObject({ length: 8 });
});

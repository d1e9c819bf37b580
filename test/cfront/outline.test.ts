/** Labels and unbounded loops are kernel functions of their live variables. */
import { describe, expect, test } from "vitest";

import { livenessOf } from "../../src/cfront/flow/liveness.js";
import { outlineOf } from "../../src/cfront/flow/outline.js";
import { readProgram, type CFunction, type Program } from "../../src/cfront/index.js";
import { FILE, TestMachine, type Setup } from "./support/machine.js";

function programOf(source: string): Program {
  return readProgram({ prelude: [], units: [{ file: FILE, text: source }], include: () => undefined });
}

function functionOf(program: Program, name = "run"): CFunction {
  const found = program.functions.get(name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

/** What began, and what came of it. */
function ran(
  source: string,
  setup: Setup = {},
  ...args: readonly bigint[]
): { entered: string[]; result: unknown } {
  const machine = new TestMachine(source, setup);
  return { result: machine.run("run", ...args), entered: machine.entered };
}

describe("a label that is jumped back to", () => {
  const RETRY = `
    int v;
    int run(int limit, int unused) {
      int seen, before = unused * 2;
      before += 1;
    again:
      seen = v;
      v = seen + 1;
      if (seen < limit)
        goto again;
      return seen * 10 + limit;
    }`;

  test("is a function of what is live there, called once and then become", () => {
    expect(ran(RETRY, {}, 2n, 5n)).toEqual({
      result: 22n,
      entered: ["run(2, 5)", "run@again(2)", "> run@again(2)"],
    });
  });

  test("of two, the one becomes the other", () => {
    const two = `
      int v;
      int run(int n) {
      first:
        if (++v < 2) goto first;
      second:
        n += 10;
        if (v == 2) goto first;
        if (n < 40) goto second;
        return n;
      }`;
    expect(ran(two, {}, 1n)).toEqual({
      result: 41n,
      entered: ["run(1)", "run@first(1)", "> run@first(11)", "> run@second(21)", "> run@second(31)"],
    });
  });

  test("does not pass on what is declared again", () => {
    const source = `
      int v;
      void set(int *to) { *to = v; }
      int run(void) {
      again:
        v++;
        int seen;
        set(&seen);
        if (seen < 3) goto again;
        return seen;
      }`;
    expect(ran(source)).toEqual({ result: 3n, entered: ["run()", "run@again()", "> run@again()"] });
  });

  test("forward jumps make no function", () => {
    const program = programOf("int run(int n) { if (n) goto out; n = 1; out: return n; }");
    expect([...outlineOf(functionOf(program), program.constants).labels.keys()]).toEqual([]);
  });

  test("stays where it is while a pointer to a local variable is live", () => {
    const pointed = `
      int v;
      int run(void) {
        int n = 0, *p = &n;
      again:
        (*p)++;
        v = n;
        if (n < 3) goto again;
        return n;
      }`;
    expect(ran(pointed)).toEqual({ result: 3n, entered: ["run()"] });
  });
});

describe("an unbounded loop", () => {
  test("takes one turn per activation and returns what changed", () => {
    const source = `int v;
int run(int step, int unused) {
  int count = 0, other = 7;
  while (v < 3) {
    v += step;
    count++;
  }
  return count * 100 + other * 10 + step;
}`;
    expect(ran(source, {}, 2n, 1n)).toEqual({
      result: 272n,
      entered: ["run(2, 1)", "run@while:4(2, 0)", "> run@while:4(2, 1)", "> run@while:4(2, 2)"],
    });
  });

  test("is given what a turn reads, and returns what is read later", () => {
    const program = programOf(`int v;
      int run(int step) {
        int scratch = 1, count = 0, total = 0;
        while (v < 3) {
          scratch = v + step;
          v = scratch;
          count++;
          total += count;
        }
        return total;
      }`);
    const [loop] = outlineOf(functionOf(program), program.constants).loops.values();
    expect(loop?.parameters.map(({ name }) => name).sort()).toEqual(["count", "step", "total"]);
    expect(loop?.changed.map(({ name }) => name)).toEqual(["total"]);
  });

  test("can return, break, and jump out", () => {
    const source = `int v;
int run(int n) {
  for (;;) {
    v++;
    if (n == 1) return 100;
    if (n == 2) break;
    if (n == 3) goto out;
    if (n == 4 && v < 3) continue;
    n = 2;
  }
  n += 20;
out:
  return n;
}`;
    const results = [1n, 2n, 3n, 4n].map((n) => ran(source, {}, n).result);
    expect(results).toEqual([100n, 22n, 3n, 22n]);
    expect(ran(source, {}, 4n).entered).toHaveLength(1 + 4);
  });

  test("of do looks at its condition after the turn", () => {
    const source = "int v;\nint run(void) {\n  do v++;\n  while (v < 2);\n  return v;\n}";
    expect(ran(source)).toEqual({ result: 2n, entered: ["run()", "run@do:3()", "> run@do:3()"] });
  });

  test("within another is called by its turn", () => {
    const source = `int v;
int run(void) {
  int outer = 0;
  while (outer < 2) {
    int inner = 0;
    while (inner < 2) { v++; inner++; }
    outer += inner > 1;
  }
  return v * 10 + outer;
}`;
    const { result, entered } = ran(source);
    expect(result).toBe(42n);
    expect(entered.slice(0, 5)).toEqual([
      "run()",
      "run@while:4(0)",
      "run@while:6(0)",
      "> run@while:6(1)",
      "> run@while:6(2)",
    ]);
    expect(entered[5]).toBe("> run@while:4(1)");
  });

  test("can end by a return of a structure, or with a variable that has no value", () => {
    const source = `struct s { int a, b; };
int v;
static struct s get(void) {
  struct s r;
  while (1) {
    r.a = v;
    if (v++ > 1) { r.b = 5; return r; }
  }
}
int run(void) {
  int late;
  struct s r = get();
  while (v < 5) { if (v == 4) late = 9; v++; }
  return r.a * 100 + r.b * 10 + late;
}`;
    expect(ran(source).result).toBe(259n);
  });

  test("in a statement expression", () => {
    const source = `int v;
#define wait_until(condition) ({ int turns = 0; for (;;) { v++; if (condition) break; turns++; } turns; })
int run(int n) {
  int t = wait_until(v > n);
  return t * 10 + n;
}`;
    expect(ran(source, {}, 2n)).toEqual({
      result: 22n,
      entered: ["run(2)", "run@for:4(2, 0)", "> run@for:4(2, 1)", "> run@for:4(2, 2)"],
    });
  });

  test("that waits for ever is one activation", () => {
    const source = "int v;\nint run(void) {\n  int before = 5;\n  while (!v)\n    ;\n  return before;\n}";
    const machine = new TestMachine(source);
    expect(() => machine.run("run")).toThrow("for ever");
    expect(new Set(machine.entered.slice(2))).toEqual(new Set(["> run@while:4()"]));
  });

  test("with pointers to local variables takes its turns where it is", () => {
    const source =
      "int v;\nint run(void) {\n  int n = 0, *p = &n;\n  while (*p < 3) { (*p)++; v++; }\n  return n + v;\n}";
    expect(ran(source)).toEqual({ result: 6n, entered: ["run()"] });
  });

  test.each([
    ["a for with a step", "for (i = 0; i < 3; i++) v++;"],
    ["a block", "do { v++; } while (0);"],
    ["a loop of local variables", "while (i < 3) i++;"],
    ["a local array", "int a[3]; while (i < 3) a[i++] = i;"],
  ])("%s is none", (_what, loop) => {
    const program = programOf(`int v; int run(void) { int i = 0; ${loop} return i; }`);
    expect(outlineOf(functionOf(program), program.constants).loops.size).toBe(0);
  });

  test("two on one line have two names", () => {
    const program = programOf("int v; void run(void) { while (v) v--; while (!v) v++; }");
    const names = [...outlineOf(functionOf(program), program.constants).loops.values()];
    expect(names.map(({ callable }) => callable.name)).toEqual(["run@while:1", "run@while:1.2"]);
  });

  test("of a function that runs within its caller is a kernel function all the same", () => {
    const source =
      "int v;\nint wait(int n) {\n  while (v < n) v++;\n  return v;\n}\nint run(void) { return wait(2); }";
    expect(ran(source, { within: ["wait"] })).toEqual({
      result: 2n,
      entered: ["run()", "wait@while:3(2)", "> wait@while:3(2)", "> wait@while:3(2)"],
    });
  });
});

describe("live variables at a label", () => {
  test.each([
    ["one that is read", "int a = 1; l: f(a);", ["a"]],
    ["not one that is written first", "int a = 1; l: a = 2; f(a);", []],
    ["one that is only sometimes written", "int a = 1; l: if (x) a = 2; f(a);", ["a", "x"]],
    ["not one that is written both ways", "int a; l: if (x) a = 2; else a = 3; f(a);", ["x"]],
    ["one that its own new value depends on", "int a = 1; l: a = a + 1; f(a);", ["a"]],
    ["one that ++ reads", "int a = 1; l: a++;", ["a"]],
    ["one that a compound assignment reads", "int a = 1; l: a |= 2;", ["a"]],
    ["not one whose declaration follows", "l:; int a; a = 1; f(a);", []],
    ["one that a loop reads before it writes", "int a = 1; l: while (x) { f(a); a = 2; }", ["a", "x"]],
    ["one that a loop may write too late", "int a = 1; l: while (x) { a = 2; break; } f(a);", ["a", "x"]],
    ["one of a later goto", "int a = 1; l: if (x) goto out; return; out: f(a);", ["a", "x"]],
    ["one behind a switch", "int a = 1; l: switch (x) { case 1: a = 2; } f(a);", ["a", "x"]],
    [
      "not one that every case writes",
      "int a = 1; l: switch (x) { case 1: a = 2; break; default: a = 3; } f(a);",
      ["x"],
    ],
    ["one that && may not write", "int a = 1; l: x && (a = 2); f(a);", ["a", "x"]],
    ["not one that a comma writes", "int a = 1; l: f((a = 2, a));", []],
    ["one whose address is taken", "int a = 1; int *p = &a; l: a = 2; f(*p);", ["a", "p"]],
    ["not one in sizeof", "int a = 1; l: f(sizeof(a));", []],
    ["an array", "int a[2]; l: f(a[0]);", ["a"]],
    ["one of a return", "int a = 1; l: if (x) return; f(a);", ["a", "x"]],
    [
      "one in a statement expression that jumps",
      "int a = 1; l: x = ({ if (x) goto out; 2; }); out: f(a);",
      ["a", "x"],
    ],
  ])("%s", (_what, statements, live) => {
    const program = programOf(`void f(int); void run(int x) { ${statements} goto l; }`);
    const body = functionOf(program).definition?.body();
    if (body === undefined) throw new Error("no body");
    const names = [...(livenessOf(body).atLabel.get("l") ?? [])].map(({ name }) => name);
    expect(names.sort()).toEqual(expect.arrayContaining(live));
    // The jump back makes what is live at the end live here too.
    expect(names.filter((name) => name !== "x").sort()).toEqual(live.filter((name) => name !== "x"));
  });
});

/** Which accesses C code makes, in which order, and what the Meaning is asked. */
import { describe, expect, test } from "vitest";

import { FunctionPointer, showPlace, type Held, type Intrinsic } from "../../src/cfront/index.js";
import { showHeld, TestMachine, type Setup } from "./support/machine.js";

function accessesOf(statements: string, setup: Setup = {}, declarations = ""): string[] {
  const source = `
    struct in { int a, b; };
    struct out { struct in in; int list[3]; struct in *to; unsigned bits : 3; } o;
    int x, y, z;
    ${declarations}
    void run(void) { ${statements} }`;
  const machine = new TestMachine(source, setup);
  machine.run("run");
  return machine.accesses;
}

describe("accesses", () => {
  test.each<[string, string, string[]]>([
    ["one for each name", "x = y + z;", ["load y", "load z", "store x = 0"]],
    ["the right side first", "o.list[x] = y;", ["load y", "load x", "store o.list[0] = 0"]],
    ["a compound assignment is two", "x += y;", ["load y", "load x", "store x = 0"]],
    ["so is a step", "x++;", ["load x", "store x = 1"]],
    ["an assigned value is not loaded again", "x = y = 5;", ["store y = 5", "store x = 5"]],
    ["only what is chosen", "x = y ? z : o.list[1];", ["load y", "load o.list[1]", "store x = 0"]],
    ["not what && does not need", "x = y && z;", ["load y", "store x = 0"]],
    [
      "not for an address",
      "struct in *p = &o.in; int *q = &o.list[2]; x = p != 0 && q != 0;",
      ["store x = 1"],
    ],
    ["not for sizeof", "x = sizeof(y) + sizeof(o.list[0]);", ["store x = 8"]],
    ["not for typeof", "typeof(y) v = 3; x = v;", ["store x = 3"]],
    ["a structure is its members", "o.in = (struct in){ 1, 2 };", ["store o.in.a = 1", "store o.in.b = 2"]],
    ["so is one that is read", "struct in v = o.in; x = v.a;", ["load o.in.a", "load o.in.b", "store x = 0"]],
    ["a bit-field in its width", "o.bits = 13;", ["store o.bits = 5"]],
    [
      "none for local variables",
      "int v[3] = { 1 }; for (int i = 0; i < 3; i++) v[i] += i; x = v[2];",
      ["store x = 2"],
    ],
    ["a statement of a name", "x;", ["load x"]],
    ["once for what GNU's ?: tests", "x = y ?: 7;", ["load y", "store x = 7"]],
  ])("%s", (_what, statements, accesses) => {
    expect(accessesOf(statements)).toEqual(accesses);
  });

  test("follow the pointers that the memory holds", () => {
    const machine = new TestMachine(
      "struct n { struct n *next; int v; } a, b;\nint run(void) { a.next = &b; return a.next->v; }",
    );
    expect(machine.run("run")).toBe(0n);
    expect(machine.accesses).toEqual(["store a.next = &b", "load a.next", "load b.v"]);
  });

  test("of tables of constants there are none", () => {
    expect(accessesOf("x = t[1].a;", {}, "static const struct in t[] = { { 1, 2 }, { 3, 4 } };")).toEqual([
      "store x = 3",
    ]);
  });
});

describe("an update", () => {
  test("is one access if the meaning has it, and knows the value before", () => {
    expect(accessesOf("y = (x |= 6);", { updates: true, memory: { x: 1n } })).toEqual([
      "update x |= 6",
      "store y = 7",
    ]);
  });

  test("is two if it has not", () => {
    expect(accessesOf("x &= 6;", { updates: true })).toEqual(["load x", "store x = 0"]);
  });
});

describe("an intrinsic", () => {
  const seen: string[] = [];
  const note = (evaluated: boolean): Intrinsic => ({
    evaluated,
    // oxlint-disable-next-line require-yield -- it answers at once
    *run({ arguments: args, expressions, dropped }) {
      seen.push(`${args.map(showHeld).join(", ")} of ${expressions.length}${dropped ? ", dropped" : ""}`);
      return 4n;
    },
  });
  const run = (statements: string, evaluated: boolean): string[] => {
    seen.length = 0;
    return accessesOf(
      statements,
      { intrinsics: { probe: note(evaluated) } },
      "int probe(unsigned char c, int *p);",
    );
  };

  test("is given values of its parameters' types", () => {
    expect(run("x = probe(y + 0x1ff, &z);", true)).toEqual(["load y", "store x = 4"]);
    expect(seen).toEqual(["255, &z of 2"]);
  });

  test("that does not evaluate them makes no accesses", () => {
    expect(run("probe(y, &o.list[z]);", false)).toEqual([]);
    expect(seen).toEqual([" of 2, dropped"]);
  });

  test("reaches local variables through its arguments", () => {
    const set: Intrinsic = {
      evaluated: true,
      *run({ arguments: [place, value], load, store }) {
        if (typeof place !== "object" || !("to" in place) || value === undefined) throw new Error("no place");
        const before = yield* load(place.to);
        yield* store(place.to, value);
        expect(showPlace(place.to)).toBe("v[1]");
        return before;
      },
    };
    const accesses = accessesOf(
      "int v[2] = { 5, 6 }; x = exchange(&v[1], 9) * 10 + v[1];",
      { intrinsics: { exchange: set } },
      "int exchange(int *p, int v);",
    );
    expect(accesses).toEqual(["store x = 69"]);
  });
});

test("an intrinsic can call what it is given, with pointers to local variables", () => {
  const across: Intrinsic = {
    evaluated: true,
    *run({ arguments: [callee, info], call }) {
      if (!(callee instanceof FunctionPointer) || info === undefined) throw new Error("no function");
      yield* call(callee, [info]);
      return 0n;
    },
  };
  const accesses = accessesOf(
    "struct in v = { 1 }; call_across(probe, &v); x = v.b;",
    { intrinsics: { call_across: across } },
    "void call_across(void (*f)(void *), void *p); static void probe(void *p) { struct in *v = p; v->b = 7; }",
  );
  expect(accesses).toEqual(["store x = 7"]);
});

describe("a call", () => {
  test("of the model is given what its prototype says", () => {
    const given: string[] = [];
    const take = (...args: readonly unknown[]): bigint => {
      given.push(args.map(String).join(", "));
      return 300n;
    };
    const source =
      "unsigned char take(short s, _Bool b);\nint run(void) { return take(0x12345, 8) + take(-1, 0); }";
    const machine = new TestMachine(source, { model: { take } });
    expect(machine.run("run")).toBe(600n);
    expect(given).toEqual(["9029, 1", "-1, 0"]);
  });

  test("may be given a pointer to a local variable where nothing is passed", () => {
    const source =
      "struct data { int a; };\nint take(int n, struct data *d);\nint run(void) { struct data d; return take(4, &d); }";
    const take = (n: Held): Held => n;
    expect(new TestMachine(source, { model: { take }, notPassed: "struct data *" }).run("run")).toBe(4n);
  });

  test("through a pointer is by the name that it points to", () => {
    const source = `
      struct ops { int (*get)(void); } ops;
      static int five(void) { return 5; }
      int run(void) { ops.get = five; return ops.get() + (*ops.get)(); }`;
    const machine = new TestMachine(source);
    expect(machine.run("run")).toBe(10n);
    expect(machine.entered).toEqual(["run()", "five()", "five()"]);
  });

  test("of C that runs within its caller is none", () => {
    const machine = new TestMachine(
      "int x;\nint get(void) { return x; }\nint run(void) { return get() + 1; }",
      { within: ["get"] },
    );
    expect(machine.run("run")).toBe(1n);
    expect(machine.entered).toEqual(["run()"]);
  });
});

/** Which lines ran, and on which there is something to run. */
import { describe, expect, test } from "vitest";

import { codeLinesOf, namedBy, reachableFrom, type Intrinsic } from "../../src/cfront/index.js";
import { FILE, TestMachine } from "./support/machine.js";

function sorted(lines: ReadonlySet<number> | undefined): number[] {
  return [...(lines ?? [])].sort((a, b) => a - b);
}

const SOURCE = `#define TWICE(x) ((x) * 1 \\
                  + (x))
#define NEVER(x) (-(x))
static const int table[] = { 1, 2 };
int v;
int run(int n)
{
  int unused;
  int a = table[0];

  if (n > 1)
    a += TWICE(n);
  else
    a -= NEVER(n);
  switch (n) {
  case 1:
    a++;
    break;
  default:
    a--;
  }
  return a &&
    n > 5 &&
    v == 3;
}
#if 0
left out
#endif
`;

describe("coverage", () => {
  test("has the lines that ran, of macros too, and no others", () => {
    const machine = new TestMachine(SOURCE);
    machine.run("run", 3n);
    // The block, its statements, what was chosen of them; the macro's two lines.
    expect(sorted(machine.coverage.ran.get(FILE))).toEqual([1, 2, 4, 7, 8, 9, 11, 12, 15, 19, 20, 22, 23]);
  });

  test("grows with every run", () => {
    const machine = new TestMachine(SOURCE);
    machine.run("run", 3n);
    machine.run("run", 1n);
    const ran = sorted(machine.coverage.ran.get(FILE));
    expect(ran).toEqual(expect.arrayContaining([3, 14, 16, 17, 18]));
    expect(ran).not.toContain(24);
  });

  test("is set against the lines with code, declarations apart", () => {
    const run = new TestMachine(SOURCE).program.functions.get("run");
    if (run === undefined) throw new Error("no run()");
    const code = sorted(codeLinesOf(run).get(FILE));
    expect(code).toEqual([1, 2, 3, 9, 11, 12, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24]);
  });

  test("knows the lines that the preprocessor took", () => {
    const taken = sorted(new TestMachine(SOURCE).program.taken.get(FILE));
    expect(taken).toContain(24);
    expect(taken).not.toContain(27);
  });

  test("reaches every line with code of a function that ran to its end", () => {
    const source = `
      struct s { int a, b; int list[3]; } s;
      #define CALL(f, ...) \\
        f(__VA_ARGS__)
      int twice(int x) { return x * 2; }
      void init(struct s *p, int x);
      int run(int n)
      {
        struct s *p =
          &s, local = {
            .a = 1,
            .list = {
              [0 ... 1] = 4,
            },
          };
        static int kept = 3;
        int i,
          sum = 0;

        init(p,
             n + 1);
        for (i = 0;
             i < 3;
             i++)
          sum +=
            local.list[i]
            + CALL(twice,
                   i);
        do {
          sum = sum > 3 ?
            sum - 1 :
            sum;
        } while (sum > 3
                 || 0);
        switch (sum) {
        case 3:
          goto out;
        }
      out:
        p->a =
          sizeof(struct s) +
          kept;
        return ({
          int v = twice(p
            ->a);
          v;
        });
      }`;
    const nothing: Intrinsic = {
      evaluated: false,
      // oxlint-disable-next-line require-yield -- it does nothing
      *run() {
        return undefined;
      },
    };
    const machine = new TestMachine(source, { intrinsics: { init: nothing } });
    machine.run("run", 1n);
    const run = machine.program.functions.get("run");
    if (run === undefined) throw new Error("no run()");
    const ran = new Set(machine.coverage.ran.get(FILE));
    const missing = sorted(codeLinesOf(run).get(FILE)).filter((line) => !ran.has(line));
    // The other branch of ?: did not run.
    expect(missing.map((line) => source.split("\n")[line - 1]?.trim())).toEqual(["sum;"]);
  });

  test("has the lines of tables that were read", () => {
    const machine = new TestMachine(
      "static const int used[] = {\n  1,\n  2,\n};\nstatic const int unused[] = {\n  3,\n};\nint run(void) { return used[1]; }",
    );
    machine.run("run");
    expect(sorted(machine.coverage.ran.get(FILE))).toEqual([2, 3, 8]);
    const lines = [...machine.program.variables.values()].flatMap((of) => sorted(codeLinesOf(of).get(FILE)));
    expect(lines).toEqual([2, 3, 6]);
  });

  test("counts a constant as a whole", () => {
    const machine = new TestMachine("int run(void) {\n  return 1 +\n    2 +\n    3;\n}");
    machine.run("run");
    expect(sorted(machine.coverage.ran.get(FILE))).toEqual([1, 2, 3, 4]);
  });
});

describe("reach", () => {
  const { program } = new TestMachine(`
    int leaf(void) { return 1; }
    int other(void) { return 2; }
    int callback(void) { return leaf(); }
    int (*pointer)(void);
    int broken(void) { return ; ( }
    int middle(void) { return leaf() + broken(); }
    int run(void) { pointer = other; return middle(); }`);

  test("is what a function names, called or not", () => {
    const run = program.functions.get("run");
    expect([...(run === undefined ? [] : namedBy(run))].sort()).toEqual(["middle", "other"]);
  });

  test("goes on from there, and over pointers that others know of", () => {
    expect([...reachableFrom(program, ["run"])].sort()).toEqual(["broken", "leaf", "middle", "other", "run"]);
    const more = reachableFrom(program, ["run"], ({ name }) => (name === "other" ? ["callback"] : []));
    expect(more).toContain("callback");
  });
});

/**
 * Random C against gcc: integers of every width and sign, bit-fields, conversions, assignments and branches.
 *
 * What C leaves open or undefined is not generated: shifts stay within the operand, divisors are positive, no expression
 * changes a variable. Signed overflow is generated: it wraps, here and in the kernel.
 */
import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { hasGcc, printedByGcc } from "./support/gcc.js";
import { showHeld, TestMachine } from "./support/machine.js";

const TYPES = [
  "_Bool",
  "char",
  "signed char",
  "unsigned char",
  "short",
  "unsigned short",
  "int",
  "unsigned int",
  "long",
  "unsigned long",
  "long long",
  "unsigned long long",
];

/** One variable of each type, then bit-fields of one structure. */
const FIELDS = [
  "int s3 : 3",
  "unsigned int u7 : 7",
  "unsigned int u32 : 32",
  "long s40 : 40",
  "unsigned long u63 : 63",
  "_Bool b1 : 1",
];
const VARIABLES = [
  ...TYPES.map((_type, i) => `v${i}`),
  ...FIELDS.map((field) => `f.${/ (\w+) :/.exec(field)?.[1] ?? ""}`),
];
const DECLARATIONS = [
  ...TYPES.map((type, i) => `  ${type} v${i} = ${i * 37 - 200};`),
  `  struct { ${FIELDS.join("; ")}; } f = { 1, 2, 3, 4, 5, 1 };`,
];

const literal = fc.oneof(
  fc.constantFrom(
    "0",
    "1",
    "2",
    "-1",
    "255",
    "0x7f",
    "0x80",
    "0x7fffffff",
    "0x80000000",
    "2147483648",
    "0xffffffffffffffff",
  ),
  fc
    .tuple(fc.nat({ max: 100_000 }), fc.constantFrom("", "u", "l", "ul", "ll", "ull"))
    .map(([n, suffix]) => `${n}${suffix}`),
);

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const operand = tie("expression");
  const applied = (
    operators: readonly string[],
    right: (b: string) => string = (b) => b,
  ): fc.Arbitrary<string> =>
    fc
      .tuple(operand, fc.constantFrom(...operators), operand)
      .map(([a, operator, b]) => `(${a} ${operator} ${right(b)})`);
  return {
    expression: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.oneof(literal, fc.constantFrom(...VARIABLES)),
      applied(["+", "-", "*", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=", "&&", "||"]),
      applied(["<<", ">>"], (b) => `(${b} & 31)`),
      applied(["/", "%"], (b) => `((${b} & 63) + 1)`),
      fc.tuple(fc.constantFrom("-", "~", "!", "+"), operand).map(([operator, a]) => `${operator}(${a})`),
      fc.tuple(fc.constantFrom(...TYPES), operand).map(([type, a]) => `(${type})(${a})`),
      fc.tuple(operand, operand, operand).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(operand, operand).map(([a, b]) => `(${a} ?: ${b})`),
      fc.tuple(fc.constantFrom(...TYPES), operand).map(([type, a]) => `({ ${type} t = ${a}; t + 1; })`),
      operand.map((a) => `sizeof(${a.replaceAll(/\bf\.\w+/g, "v3")})`),
    ),
  };
});

const variable = fc.constantFrom(...VARIABLES);

const { statement } = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .tuple(variable, fc.constantFrom("=", "+=", "-=", "*=", "&=", "|=", "^="), expression)
      .map(([name, operator, value]) => `${name} ${operator} ${value};`),
    fc
      .tuple(variable, fc.constantFrom("<<=", ">>="), expression)
      .map(([name, operator, by]) => `${name} ${operator} (${by}) & 31;`),
    fc
      .tuple(variable, fc.constantFrom("/=", "%="), expression)
      .map(([name, operator, by]) => `${name} ${operator} ((${by}) & 63) + 1;`),
    fc
      .tuple(variable, variable, fc.constantFrom("++", "--"))
      .map(([a, b, step]) => (a === b ? `${a}${step};` : `${a} = ${b}${step}; ${step}${a};`)),
    fc
      .tuple(expression, tie("statement"), tie("statement"))
      .map(([condition, yes, no]) => `if (${condition}) { ${yes} } else { ${no} }`),
    fc
      .tuple(expression, tie("statement"), tie("statement"))
      .map(
        ([control, a, b]) => `switch (${control}) { case -1: ${a} case 0 ... 9: ${b} break; default: ${a} }`,
      ),
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), tie("statement"))
      .map(([n, body]) => `for (int i = 0; i < ${n}; i++) { ${body} }`),
  ),
}));

const program = fc.array(statement, { minLength: 1, maxLength: 6 });

function functionOf(statements: readonly string[], i: number): string {
  const sum = VARIABLES.map((name) => `  h = h * 31 + (unsigned long long)${name};`);
  return [
    `long long p${i}(void)`,
    "{",
    ...DECLARATIONS,
    "  unsigned long long h = 0;",
    ...statements.map((line) => `  ${line}`),
    ...sum,
    "  return h;",
    "}",
  ].join("\n");
}

/** The programs, each with what gcc says and what we say, of those that differ. */
function differing(programs: readonly (readonly string[])[]): string[] {
  const source = programs.map(functionOf).join("\n");
  const calls = programs.map((_, i) => `  printf("%lld\\n", p${i}());`).join("\n");
  const theirs = printedByGcc(
    `${source}\nint printf(const char *, ...);\nint main(void)\n{\n${calls}\n  return 0;\n}\n`,
  );
  const machine = new TestMachine(source);
  return programs.flatMap((statements, i) => {
    const ours = showHeld(machine.run(`p${i}`));
    return ours === theirs[i] ? [] : [`gcc ${theirs[i] ?? "nothing"}, we ${ours}:\n${statements.join("\n")}`];
  });
}

describe.skipIf(!hasGcc)("random programs do what gcc says", () => {
  // Each run is one compilation of many programs.
  test("in every variable", () => {
    fc.assert(
      fc.property(fc.array(program, { minLength: 60, maxLength: 100 }), (programs) => {
        expect(differing(programs)).toEqual([]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});

/* oxlint-disable max-lines -- the nodes of the syntax tree are one closed list */
/**
 * The syntax tree: what a C function says, its names already resolved to what they declare.
 *
 * Nodes are compared by identity: types, constants and coverage are remembered per node.
 */
import type { At, CError } from "../base/errors.js";
import type { ArithmeticOperator, BinaryOperator, ShiftOperator } from "../types/integers.js";
import type { ArrayType, CType, FunctionType, IntegerType, RecordType } from "../types/types.js";

/** What a name stands for. */
export type Declared = Variable | CFunction | Enumerator | TypeName;

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly at: At;
  /** That of `int a[] = {1, 2}` is complete when its initialiser is read. */
  type: CType;
  readonly storage: "local" | "parameter" | "static" | "global";
  /** The function whose local or static variable it is. */
  readonly within: string | undefined;
  /** `__attribute__((cleanup(f)))`: f is called with its address when its scope is left. */
  readonly cleanup?: NameExpression | undefined;
  initialiser: Initialiser | undefined;
}

export interface CFunction {
  readonly kind: "function";
  readonly name: string;
  type: FunctionType;
  at: At;
  /** Undefined if it is declared only. */
  definition: Definition | undefined;
}

export interface Definition {
  readonly parameters: readonly Variable[];
  /** Parsed when it is first asked for. Throws PMC220 if it is no C that the front end has. */
  readonly body: () => Body;
}

export interface Body {
  readonly block: Block;
  readonly labels: ReadonlyMap<string, LabelStatement>;
}

export interface Enumerator {
  readonly kind: "enumerator";
  readonly name: string;
  readonly value: bigint;
  readonly type: IntegerType;
}

export interface TypeName {
  readonly kind: "type";
  readonly name: string;
  readonly type: CType;
}

export type Expression =
  | IntegerExpression
  | StringExpression
  | NameExpression
  | UnaryExpression
  | StepExpression
  | BinaryExpression
  | LogicalExpression
  | ConditionalExpression
  | AssignmentExpression
  | CommaExpression
  | CastExpression
  | CompoundLiteral
  | CallExpression
  | MemberExpression
  | IndexExpression
  | SizeExpression
  | OffsetExpression
  | ContainerExpression
  | StatementExpression
  | GenericExpression
  | IsConstantExpression
  | UnsupportedExpression;

interface Node {
  readonly at: At;
}

export interface IntegerExpression extends Node {
  readonly kind: "integer";
  readonly value: bigint;
  readonly type: IntegerType;
}

export interface StringExpression extends Node {
  readonly kind: "string";
  /** Without the zero at the end, which counts in the type's length. */
  readonly bytes: readonly number[];
  readonly type: ArrayType;
}

export interface NameExpression extends Node {
  readonly kind: "name";
  readonly name: string;
  /** Undefined if nothing of that name was declared. */
  readonly declared: Exclude<Declared, TypeName> | undefined;
  /** Why not, if a declaration of that name could not be parsed. */
  readonly whyUnread?: CError | undefined;
}

export interface UnaryExpression extends Node {
  readonly kind: "unary";
  readonly operator: "+" | "-" | "~" | "!" | "*" | "&";
  readonly operand: Expression;
}

/** `++` and `--`. */
export interface StepExpression extends Node {
  readonly kind: "step";
  readonly operator: "+" | "-";
  readonly prefix: boolean;
  readonly operand: Expression;
}

export interface BinaryExpression extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface LogicalExpression extends Node {
  readonly kind: "logical";
  readonly operator: "&&" | "||";
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression extends Node {
  readonly kind: "conditional";
  readonly condition: Expression;
  /** Undefined in GNU's `a ?: b`, whose value is that of the condition. */
  readonly whenTrue: Expression | undefined;
  readonly whenFalse: Expression;
}

export interface AssignmentExpression extends Node {
  readonly kind: "assignment";
  /** Undefined for `=`. */
  readonly operator: ArithmeticOperator | ShiftOperator | undefined;
  readonly target: Expression;
  readonly value: Expression;
}

export interface CommaExpression extends Node {
  readonly kind: "comma";
  readonly left: Expression;
  readonly right: Expression;
}

export interface CastExpression extends Node {
  readonly kind: "cast";
  readonly type: CType;
  readonly operand: Expression;
}

/** `(struct pmu) { .add = armpmu_add }` */
export interface CompoundLiteral extends Node {
  readonly kind: "compound literal";
  readonly type: CType;
  readonly initialiser: Initialiser;
}

export interface CallExpression extends Node {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
}

export interface MemberExpression extends Node {
  readonly kind: "member";
  /** The structure; for `->`, the pointer to it. */
  readonly object: Expression;
  readonly arrow: boolean;
  readonly name: string;
}

export interface IndexExpression extends Node {
  readonly kind: "index";
  readonly array: Expression;
  readonly index: Expression;
}

export interface SizeExpression extends Node {
  readonly kind: "size";
  readonly of: "sizeof" | "alignof";
  readonly operand: Expression | CType;
}

export interface OffsetExpression extends Node {
  readonly kind: "offset";
  readonly record: RecordType;
  readonly way: readonly Designator[];
}

/** `__builtin_container_of(pointer, type, member)`: the object that the member which `pointer` points to is in. */
export interface ContainerExpression extends Node {
  readonly kind: "container";
  readonly pointer: Expression;
  readonly type: CType;
  readonly way: readonly Designator[];
}

/** GNU's `({ ...; value; })`. */
export interface StatementExpression extends Node {
  readonly kind: "statements";
  readonly block: Block;
}

export interface GenericExpression extends Node {
  readonly kind: "generic";
  readonly control: Expression;
  /** The type is undefined for `default`. */
  readonly choices: readonly { readonly type: CType | undefined; readonly value: Expression }[];
}

/** `__builtin_constant_p(operand)` */
export interface IsConstantExpression extends Node {
  readonly kind: "is constant";
  readonly operand: Expression;
}

/** C that parses and cannot be run. */
export interface UnsupportedExpression extends Node {
  readonly kind: "unsupported";
  readonly what: string;
  readonly next: string;
}

export type Statement =
  | Block
  | Declaration
  | ExpressionStatement
  | IfStatement
  | LoopStatement
  | SwitchStatement
  | CaseStatement
  | LabelStatement
  | GotoStatement
  | BreakStatement
  | ReturnStatement
  | AsmStatement;

export interface Block extends Node {
  readonly kind: "block";
  readonly items: readonly Statement[];
}

export interface Declaration extends Node {
  readonly kind: "declaration";
  readonly variables: readonly Variable[];
}

/** An empty statement has no expression. */
export interface ExpressionStatement extends Node {
  readonly kind: "expression";
  readonly expression: Expression | undefined;
}

export interface IfStatement extends Node {
  readonly kind: "if";
  readonly condition: Expression;
  readonly whenTrue: Statement;
  readonly whenFalse: Statement | undefined;
}

export interface LoopStatement extends Node {
  readonly kind: "loop";
  readonly keyword: "while" | "do" | "for";
  readonly initial: Statement | undefined;
  /** Undefined in `for (;;)`: it always holds. */
  readonly condition: Expression | undefined;
  readonly step: Expression | undefined;
  readonly body: Statement;
}

export interface SwitchStatement extends Node {
  readonly kind: "switch";
  readonly control: Expression;
  readonly body: Statement;
  /** At most one is `default`. */
  readonly cases: readonly CaseStatement[];
}

export interface CaseStatement extends Node {
  readonly kind: "case";
  /** The values it is for, both ends included; undefined for `default`. */
  readonly range: readonly [bigint, bigint] | undefined;
  readonly body: Statement;
}

export interface LabelStatement extends Node {
  readonly kind: "label";
  readonly name: string;
  /** Which token of its unit it is: a goto that comes later jumps back. */
  readonly position: number;
  readonly body: Statement;
}

export interface GotoStatement extends Node {
  readonly kind: "goto";
  readonly label: string;
  readonly position: number;
}

export interface BreakStatement extends Node {
  readonly kind: "break" | "continue";
}

export interface ReturnStatement extends Node {
  readonly kind: "return";
  readonly value: Expression | undefined;
}

export interface AsmStatement extends Node {
  readonly kind: "asm";
  readonly template: string;
}

export type Initialiser = Expression | InitialiserList;

export interface InitialiserList extends Node {
  readonly kind: "list";
  readonly items: readonly InitialiserItem[];
}

export interface InitialiserItem {
  /** `.hw.state[3]`; empty for what follows the item before. */
  readonly designators: readonly Designator[];
  readonly value: Initialiser;
}

export type Designator =
  | { readonly kind: "member"; readonly name: string; readonly at: At }
  /** `[3]`, and GNU's `[0 ... 3]`. */
  | { readonly kind: "index"; readonly from: bigint; readonly to: bigint; readonly at: At };

export type SyntaxNode = Expression | Statement | InitialiserList;

export function isExpression(node: Initialiser): node is Expression {
  return node.kind !== "list";
}

/**
 * The instructions of WebAssembly that the kernel uses, as functions from code to code: operands first, stack last.
 *
 * `i32.add(get(a), constant(1))` is the code that leaves a + 1 on the stack. Addresses are bytes; loads and stores take
 * a constant offset and need no alignment. Opcodes are those of the WebAssembly core specification 2.0, chapter 5.4.
 */
import { Label, signed, unsigned, type Code, type FunctionBuilder, type Local } from "./assembler.js";

type Unary = (a: Code) => Code;
type Binary = (a: Code, b: Code) => Code;

const unary =
  (...opcode: readonly number[]): Unary =>
  (a) => [a, opcode];
const binary =
  (...opcode: readonly number[]): Binary =>
  (a, b) => [a, b, opcode];
const simd = (opcode: number) => [0xfd, ...unsigned(opcode)];
/** Alignment is a hint, and 0 promises nothing. */
const access = (opcode: readonly number[], offset: number): Code => [opcode, 0, unsigned(offset)];
const load =
  (...opcode: readonly number[]) =>
  (address: Code, offset = 0): Code => [address, access(opcode, offset)];
const store =
  (...opcode: readonly number[]) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, access(opcode, offset)];

export const i32 = {
  constant: (value: number): Code => [0x41, signed(BigInt(value | 0))],
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  lt: binary(0x49),
  ge: binary(0x4f),
  clz: unary(0x67),
  ctz: unary(0x68),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  rem: binary(0x70),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  shl: binary(0x74),
  shr: binary(0x76),
  wrap: unary(0xa7),
  load: load(0x28),
  load8: load(0x2d),
  load16: load(0x2f),
  store: store(0x36),
  store8: store(0x3a),
  store16: store(0x3b),
};

export const i64 = {
  constant: (value: bigint): Code => [0x42, signed(BigInt.asIntN(64, value))],
  eqz: unary(0x50),
  ctz: unary(0x7a),
  sub: binary(0x7d),
  eq: binary(0x51),
  lt: binary(0x54),
  ne: binary(0x52),
  mul: binary(0x7e),
  add: binary(0x7c),
  div: binary(0x80),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shl: binary(0x86),
  shr: binary(0x88),
  extend: unary(0xad),
  load: load(0x29),
  store: store(0x37),
  /** a without the bits of b. */
  without: (a: Code, b: Code): Code => [a, b, 0x42, 0x7f, 0x85, 0x83],
};

export const v128 = {
  zero: [simd(0x0c), Array.from({ length: 16 }, () => 0)] as Code,
  load: load(...simd(0x00)),
  or: binary(...simd(0x50)),
  anyTrue: unary(...simd(0x53)),
  splat32: unary(...simd(0x11)),
  splat64: unary(...simd(0x12)),
  eq32: binary(...simd(0x37)),
  eq64: binary(...simd(0xd6)),
  bitmask32: unary(...simd(0xa4)),
  bitmask64: unary(...simd(0xc4)),
};

/** Fills so many bytes from an address with a value. */
export const fill = (address: Code, value: Code, bytes: Code): Code => [
  address,
  value,
  bytes,
  0xfc,
  unsigned(11),
  0,
];

export const ZERO = i32.constant(0);
export const ONE = i32.constant(1);

export const get = ({ index }: Local): Code => [0x20, unsigned(index)];
export const set = ({ index }: Local, value: Code): Code => [value, 0x21, unsigned(index)];
export const tee = ({ index }: Local, value: Code): Code => [value, 0x22, unsigned(index)];
export const increment = (local: Local, by = 1): Code => set(local, i32.add(get(local), i32.constant(by)));
export const call = (callee: FunctionBuilder, ...values: readonly Code[]): Code => [
  values,
  0x10,
  unsigned(callee.index),
];

export const drop = (value: Code): Code => [value, 0x1a];

export const block = (label: Label, ...body: readonly Code[]): Code => ({ opcode: 0x02, label, body });
/** Runs its body once more only when a branch to its label says so. */
export const loop = (label: Label, ...body: readonly Code[]): Code => ({ opcode: 0x03, label, body });
export const when = (condition: Code, ...body: readonly Code[]): Code => [
  condition,
  { opcode: 0x04, label: new Label(), body },
];
export const branch = (target: Label): Code => ({ opcode: 0x0c, target });
export const branchIf = (condition: Code, target: Label): Code => [condition, { opcode: 0x0d, target }];
export const leave = (value: Code): Code => [value, 0x0f];

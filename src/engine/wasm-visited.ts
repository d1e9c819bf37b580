/**
 * The part of the WebAssembly kernel that adds a root word to the visited set (kernel.ts): a bucket is one cache line,
 * compared sixteen bytes at a time.
 */
import { R } from "./control.js";
import { TABLE } from "./kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./wasm-assembler.js";
import {
  block,
  branch,
  branchIf,
  get,
  i32,
  i64,
  increment,
  loop,
  set,
  v128,
  when,
} from "./wasm-instructions.js";
import { hash, register } from "./wasm-state.js";

const VECTOR = 16;
const OFFSETS = Array.from({ length: TABLE.bucketBytes / VECTOR }, (_, i) => i * VECTOR);

/** What to do, in code, with a word that is new, and with one that has no place. The latter has to leave. */
export interface Outcomes {
  readonly onNew: Code;
  readonly onFull: Code;
}

/** Adds words to the visited set, for entries of one width. */
export class VisitedCode {
  readonly #isWide: boolean;
  readonly #base: Local;
  readonly #bits: Local;
  readonly #mask: Local;
  readonly #rest: Local;
  readonly #hash: Local;
  readonly #bucket: Local;
  readonly #strides: Local;
  readonly #address: Local;
  readonly #free: Local;
  readonly #entry: Local;
  readonly #vectors: readonly Local[];

  constructor(of: FunctionBuilder, isWide: boolean) {
    this.#isWide = isWide;
    this.#base = of.local("i32");
    this.#bits = of.local("i32");
    this.#mask = of.local("i32");
    this.#rest = of.local("i64");
    this.#hash = of.local("i32");
    this.#bucket = of.local("i32");
    this.#strides = of.local("i32");
    this.#address = of.local("i32");
    this.#free = of.local("i32");
    this.#entry = of.local("v128");
    this.#vectors = OFFSETS.map(() => of.local("v128"));
  }

  /** To be run once, before words are added. */
  prepare(): Code {
    return [
      set(this.#base, register(R.table)),
      set(this.#bits, register(R.bucketBits)),
      set(this.#mask, i32.sub(i32.shl(i32.constant(1), get(this.#bits)), i32.constant(1))),
    ];
  }

  add(word: Local, { onNew, onFull }: Outcomes): Code {
    const [done, next] = [new Label(), new Label()];
    const inTable = i32.mul(get(this.#bucket), i32.constant(TABLE.bucketBytes));
    const scattered = i32.mul(i32.wrap(get(word)), i32.constant(TABLE.homeFactor));
    const home = i32.xor(scattered, get(this.#hash));
    const stride = i32.and(
      i32.shr(get(this.#hash), i32.constant(TABLE.strideShift)),
      i32.constant(TABLE.strideMask),
    );
    const further = i32.add(get(this.#bucket), i32.or(stride, i32.constant(1)));
    return [
      set(this.#rest, i64.shr(get(word), i64.extend(get(this.#bits)))),
      hash(this.#rest, this.#hash),
      set(this.#bucket, i32.and(home, get(this.#mask))),
      set(this.#strides, i32.constant(1)),
      block(
        done,
        loop(
          next,
          set(this.#address, i32.add(get(this.#base), inTable)),
          this.#vectors.map((vector, i) => set(vector, v128.load(get(this.#address), OFFSETS[i]))),
          set(this.#entry, this.#splatEntry()),
          branchIf(this.#isAmong(), done),
          set(this.#free, this.#firstFree()),
          when(get(this.#free), this.#store(), onNew, branch(done)),
          increment(this.#strides),
          when(i32.eq(get(this.#strides), i32.constant(TABLE.maxStrides + 1)), onFull),
          set(this.#bucket, i32.and(further, get(this.#mask))),
          branch(next),
        ),
      ),
    ];
  }

  #entryWord(): Code {
    const rest = i64.shl(get(this.#rest), i64.constant(BigInt(TABLE.strideBits)));
    return i64.or(rest, i64.extend(get(this.#strides)));
  }

  #splatEntry(): Code {
    return this.#isWide ? v128.splat64(this.#entryWord()) : v128.splat32(i32.wrap(this.#entryWord()));
  }

  #isAmong(): Code {
    const equal = this.#isWide ? v128.eq64 : v128.eq32;
    const matches = this.#vectors.map((vector) => equal(get(vector), get(this.#entry)));
    return v128.anyTrue(matches.reduce((a, b) => v128.or(a, b)));
  }

  /** A bit per free entry of the bucket. */
  #firstFree(): Code {
    const equal = this.#isWide ? v128.eq64 : v128.eq32;
    const bits = this.#isWide ? v128.bitmask64 : v128.bitmask32;
    const lanes = this.#isWide ? VECTOR / 8 : VECTOR / 4;
    return this.#vectors
      .map((vector, i) => i32.shl(bits(equal(get(vector), v128.zero)), i32.constant(i * lanes)))
      .reduce((a, b) => i32.or(a, b));
  }

  #store(): Code {
    const at = i32.shl(i32.ctz(get(this.#free)), i32.constant(this.#isWide ? 3 : 2));
    const address = i32.add(get(this.#address), at);
    return this.#isWide
      ? i64.store(address, this.#entryWord())
      : i32.store(address, i32.wrap(this.#entryWord()));
  }
}

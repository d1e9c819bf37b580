/**
 * The part of the WebAssembly kernel that adds a root word to the visited set (places.ts): a bucket is one cache line,
 * compared sixteen bytes at a time.
 */
import { R, type Addresses } from "./control.js";
import { TABLE } from "./places.js";
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
  ONE,
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

const MASK = 2 ** TABLE.homeBits - 1;
const WITHIN = i32.constant(2 ** TABLE.withinBits - 1);

/** The bucket of a place within its segment, of so many buckets. */
export function bucketOf(within: Code, buckets: Local): Code {
  const product = i64.mul(i64.extend(within), i64.extend(get(buckets)));
  return i32.wrap(i64.shr(product, i64.constant(BigInt(TABLE.withinBits))));
}

/** How many bits are left of a place within a segment of so many buckets. */
export function leftBitsOf(buckets: Local): Code {
  return i32.sub(i32.clz(get(buckets)), i32.constant(31 - TABLE.withinBits));
}

/** So many low bits. */
export function lowMask(bits: Local): Code {
  return i32.sub(i32.shl(ONE, get(bits)), ONE);
}

/** By a hash. */
export function strideOf(hashed: Local, buckets: Local): Code {
  const part = i32.and(
    i32.shr(get(hashed), i32.constant(TABLE.strideShift)),
    i32.constant(2 ** TABLE.strideWidth - 1),
  );
  const product = i32.mul(part, i32.sub(get(buckets), ONE));
  return i32.or(i32.shr(product, i32.constant(TABLE.strideWidth)), ONE);
}

/** Says where in the visited set words belong. */
export class PlaceCode {
  /** The place at hand. */
  readonly place: Local;
  /** All but the home of a word, and the hash of that. */
  protected readonly rest: Local;
  protected readonly hash: Local;

  constructor(of: FunctionBuilder) {
    this.place = of.local("i32");
    this.rest = of.local("i64");
    this.hash = of.local("i32");
  }

  /** Makes the place of a word the one at hand. */
  locate(word: Local): Code {
    const times = (value: Code, factor: number) =>
      set(this.place, i32.and(i32.mul(value, i32.constant(factor)), i32.constant(MASK)));
    const shifted = i32.shr(get(this.place), i32.constant(TABLE.shift));
    return [
      this.takeRest(word),
      hash(this.rest, this.hash),
      times(i32.xor(i32.wrap(get(word)), get(this.hash)), TABLE.firstFactor),
      times(i32.xor(get(this.place), shifted), TABLE.secondFactor),
    ];
  }

  protected takeRest(word: Local): Code {
    return set(this.rest, i64.shr(get(word), i64.constant(BigInt(TABLE.homeBits))));
  }
}

/** Looks words up in the visited set, for entries of one width. */
export class VisitedCode extends PlaceCode {
  protected readonly isWide: boolean;
  readonly #directory: number;
  /** Buckets per segment; bits that are left of a place, and a mask of them. */
  protected readonly buckets: Local;
  protected readonly left: Local;
  protected readonly leftMask: Local;
  /** Of the word at hand. */
  protected readonly base: Local;
  protected readonly bucket: Local;
  protected readonly says: Local;
  protected readonly strides: Local;
  readonly #address: Local;
  readonly #free: Local;
  readonly #entry: Local;
  readonly #vectors: readonly Local[];

  constructor(of: FunctionBuilder, { segments }: Pick<Addresses, "segments">, isWide: boolean) {
    super(of);
    this.isWide = isWide;
    this.#directory = segments;
    this.buckets = of.local("i32");
    this.left = of.local("i32");
    this.leftMask = of.local("i32");
    this.base = of.local("i32");
    this.bucket = of.local("i32");
    this.says = of.local("i64");
    this.strides = of.local("i32");
    this.#address = of.local("i32");
    this.#free = of.local("i32");
    this.#entry = of.local("v128");
    this.#vectors = OFFSETS.map(() => of.local("v128"));
  }

  /** To be run once, before words are looked up. */
  prepare(buckets = register(R.buckets)): Code {
    return [
      set(this.buckets, buckets),
      set(this.left, leftBitsOf(this.buckets)),
      set(this.leftMask, lowMask(this.left)),
    ];
  }

  /** The segment of the place at hand. */
  segment(): Code {
    return i32.shr(get(this.place), i32.constant(TABLE.withinBits));
  }

  /**
   * Loads from the bucket of the place at hand, so that it is in the cache when it is needed. A processor goes on for
   * some hundred instructions while a load waits for memory: the fewer there are to a touch, the more loads overlap.
   */
  touch(into: Local): Code {
    return [this.#goHome(), set(into, i32.xor(get(into), i32.load(this.#bucketAddress())))];
  }

  /** Adds a word, whose place is at hand. */
  add(word: Local, { onNew, onFull }: Outcomes): Code {
    const [done, next] = [new Label(), new Label()];
    const left = i32.and(get(this.place), get(this.leftMask));
    const says = i64.or(i64.shl(get(this.rest), i64.extend(get(this.left))), i64.extend(left));
    return [
      this.takeRest(word),
      this.#goHome(),
      set(this.says, i64.shl(says, i64.constant(BigInt(TABLE.strideBits)))),
      set(this.strides, i32.constant(1)),
      block(
        done,
        loop(
          next,
          this.loadBucket(),
          set(this.#entry, this.#splatEntry()),
          branchIf(this.#isAmong(), done),
          set(this.#free, this.#firstFree()),
          when(get(this.#free), this.#store(), onNew, branch(done)),
          this.#goOn(onFull),
          branch(next),
        ),
      ),
    ];
  }

  /** Enters what there is to say of a word that is not there yet, in the bucket at hand or further on. */
  protected put(onFull: Code): Code {
    const [done, next] = [new Label(), new Label()];
    return block(
      done,
      loop(
        next,
        this.loadBucket(),
        set(this.#free, this.#firstFree()),
        when(get(this.#free), this.#store(), branch(done)),
        this.#goOn(onFull),
        branch(next),
      ),
    );
  }

  protected loadBucket(): Code {
    return [
      set(this.#address, this.#bucketAddress()),
      this.#vectors.map((vector, i) => set(vector, v128.load(get(this.#address), OFFSETS[i]))),
    ];
  }

  /** Takes a stride. */
  #goOn(onFull: Code): Code {
    return [
      increment(this.strides),
      when(i32.eq(get(this.strides), i32.constant(TABLE.maxStrides + 1)), onFull),
      hash(this.rest, this.hash),
      set(this.bucket, i32.add(get(this.bucket), strideOf(this.hash, this.buckets))),
      set(this.bucket, i32.rem(get(this.bucket), get(this.buckets))),
    ];
  }

  #goHome(): Code {
    return [
      set(this.base, i32.load(i32.shl(this.segment(), i32.constant(2)), this.#directory)),
      set(this.bucket, bucketOf(i32.and(get(this.place), WITHIN), this.buckets)),
    ];
  }

  #bucketAddress(): Code {
    return i32.add(get(this.base), i32.mul(get(this.bucket), i32.constant(TABLE.bucketBytes)));
  }

  #entryWord(): Code {
    return i64.or(get(this.says), i64.extend(get(this.strides)));
  }

  #splatEntry(): Code {
    return this.isWide ? v128.splat64(this.#entryWord()) : v128.splat32(i32.wrap(this.#entryWord()));
  }

  #isAmong(): Code {
    const equal = this.isWide ? v128.eq64 : v128.eq32;
    const matches = this.#vectors.map((vector) => equal(get(vector), get(this.#entry)));
    return v128.anyTrue(matches.reduce((a, b) => v128.or(a, b)));
  }

  /** A bit per free entry of the bucket. */
  #firstFree(): Code {
    const equal = this.isWide ? v128.eq64 : v128.eq32;
    const bits = this.isWide ? v128.bitmask64 : v128.bitmask32;
    const lanes = this.isWide ? VECTOR / 8 : VECTOR / 4;
    return this.#vectors
      .map((vector, i) => i32.shl(bits(equal(get(vector), v128.zero)), i32.constant(i * lanes)))
      .reduce((a, b) => i32.or(a, b));
  }

  #store(): Code {
    const at = i32.shl(i32.ctz(get(this.#free)), i32.constant(this.isWide ? 3 : 2));
    const address = i32.add(get(this.#address), at);
    return this.storeEntry(address);
  }

  protected storeEntry(address: Code): Code {
    return this.isWide
      ? i64.store(address, this.#entryWord())
      : i32.store(address, i32.wrap(this.#entryWord()));
  }
}

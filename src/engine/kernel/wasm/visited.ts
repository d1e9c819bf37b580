/**
 * The part of the WebAssembly kernel that adds a root word to the visited set (visited-format.ts): a bucket is one cache line,
 * compared sixteen bytes at a time.
 */
import { R, type Addresses } from "../../memory/control-block.js";
import { TABLE } from "../../memory/visited-format.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
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
} from "./instructions.js";
import { hash, register } from "./state.js";

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

/** By a hash. The product may have more than 32 bits. */
export function strideOf(hashed: Local, buckets: Local): Code {
  const part = i32.and(
    i32.shr(get(hashed), i32.constant(TABLE.strideShift)),
    i32.constant(2 ** TABLE.strideWidth - 1),
  );
  const product = i64.mul(i64.extend(part), i64.extend(i32.sub(get(buckets), ONE)));
  return i32.or(i32.wrap(i64.shr(product, i64.constant(BigInt(TABLE.strideWidth)))), ONE);
}

/** Says where in the visited set words belong. */
export class PlaceCode {
  /** The place at hand. */
  readonly place: Local;
  /** All but the home of a word, and the hash of that; or, where an entry is some strides away, of what it says. */
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
  /** Of the word at hand: what an entry says without strides, and how many strides there are. */
  protected readonly says: Local;
  protected readonly strides: Local;
  /** The bucket at hand. */
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

  /** The address of the bucket that is the home of the place at hand. */
  home(): Code {
    return this.#bucketAddress(this.#homeBucket());
  }

  /** Adds a word whose place is at hand, and whose home is at this address. */
  add(word: Local, home: Code, { onNew, onFull }: Outcomes): Code {
    const [done, next] = [new Label(), new Label()];
    return [
      this.takeRest(word),
      this.say(get(this.place)),
      set(this.#address, home),
      block(
        done,
        loop(
          next,
          this.#loadBucket(),
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

  /** Makes what an entry says of the rest at hand, and these left bits of a place, the thing to look for from home on. */
  protected say(place: Code): Code {
    const left = i64.extend(i32.and(place, get(this.leftMask)));
    const says = i64.or(i64.shl(get(this.rest), i64.extend(get(this.left))), left);
    return [set(this.says, i64.shl(says, i64.constant(BigInt(TABLE.strideBits)))), set(this.strides, ONE)];
  }

  #loadBucket(): Code {
    return this.#vectors.map((vector, i) => set(vector, v128.load(get(this.#address), OFFSETS[i])));
  }

  #goOn(onFull: Code): Code {
    return [
      this.takeStride(onFull),
      set(this.#address, this.#bucketAddress(this.bucketFrom(this.#homeBucket()))),
    ];
  }

  /** Has what is looked for be a stride further away. */
  protected takeStride(onFull: Code): Code {
    return [
      when(i32.eq(get(this.strides), i32.constant(TABLE.maxStrides)), onFull),
      hash(this.says, this.hash),
      increment(this.strides),
    ];
  }

  /** The bucket that is as many strides from a home bucket. */
  protected bucketFrom(home: Code): Code {
    const away = i32.mul(i32.sub(get(this.strides), ONE), strideOf(this.hash, this.buckets));
    return i32.rem(i32.add(home, away), get(this.buckets));
  }

  #homeBucket(): Code {
    return bucketOf(i32.and(get(this.place), WITHIN), this.buckets);
  }

  /** The address of a bucket of the segment of the place at hand. */
  #bucketAddress(bucket: Code): Code {
    const segment = i32.load(i32.shl(this.segment(), i32.constant(2)), this.#directory);
    return i32.add(segment, i32.mul(bucket, i32.constant(TABLE.bucketBytes)));
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
    return this.storeEntry(i32.add(get(this.#address), at));
  }

  protected storeEntry(address: Code): Code {
    return this.isWide
      ? i64.store(address, this.#entryWord())
      : i32.store(address, i32.wrap(this.#entryWord()));
  }
}

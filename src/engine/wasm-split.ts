/**
 * The part of the WebAssembly kernel that moves a segment of the visited set to a larger one: plain-split.ts.
 *
 * Nearly all entries of a bucket go to the end of two buckets side by side. How much is in these is counted, because a
 * bucket that was stored to cannot be loaded again at once.
 */
import { R, STATUS, type Addresses } from "./control.js";
import { TABLE } from "./kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./wasm-assembler.js";
import {
  block,
  branch,
  branchIf,
  fill,
  get,
  i32,
  i64,
  increment,
  leave,
  loop,
  ONE,
  set,
  when,
  ZERO,
} from "./wasm-instructions.js";
import { hash, register } from "./wasm-state.js";
import { VisitedCode } from "./wasm-visited.js";

const SIDE_BITS = 8;

export function splitting(f: FunctionBuilder, addresses: Addresses, isWide: boolean): FunctionBuilder {
  f.body = new SplitCode(f, addresses, isWide).body();
  return f;
}

class SplitCode extends VisitedCode {
  readonly #addresses: Addresses;
  readonly #segment: Local;
  readonly #from: Local;
  /** The bucket that is emptied, and where it ends. */
  readonly #old: Local;
  readonly #end: Local;
  readonly #at: Local;
  readonly #entry: Local;
  /** How many entries there are in the two new buckets, in a byte each. */
  readonly #counts: Local;
  /** Which of them is the entry's: 0 or 8, the shift of the byte. */
  readonly #side: Local;

  constructor(f: FunctionBuilder, addresses: Addresses, isWide: boolean) {
    super(f, addresses, isWide);
    const [segment] = f.parameters as [Local];
    this.#addresses = addresses;
    this.#segment = segment;
    this.#from = f.local("i32");
    this.#old = f.local("i32");
    this.#end = f.local("i32");
    this.#at = f.local("i32");
    this.#entry = f.local("i64");
    this.#counts = f.local("i32");
    this.#side = f.local("i32");
  }

  body(): Code {
    const { segments, otherSegments } = this.#addresses;
    const address = (directory: number) => i32.load(i32.shl(get(this.#segment), i32.constant(2)), directory);
    const [done, nextBucket, bucketDone, nextEntry] = [new Label(), new Label(), new Label(), new Label()];
    const bytes = i32.constant(TABLE.bucketBytes);
    return [
      this.prepare(i32.add(register(R.bucketBits), ONE)),
      set(this.#from, address(segments)),
      set(this.base, address(otherSegments)),
      // It is empty. But memory that is written to before it is read is had with one page fault instead of two, of which
      // the second would interrupt all threads.
      fill(get(this.base), ZERO, i32.mul(i32.add(get(this.mask), ONE), bytes)),
      block(
        done,
        loop(
          nextBucket,
          branchIf(i32.lt(i32.shr(get(this.mask), ONE), get(this.#old)), done),
          set(this.#at, i32.add(get(this.#from), i32.mul(get(this.#old), bytes))),
          set(this.#end, i32.add(get(this.#at), bytes)),
          this.#count(),
          block(
            bucketDone,
            loop(
              nextEntry,
              branchIf(i32.eq(get(this.#at), get(this.#end)), bucketDone),
              set(this.#entry, this.#load()),
              // Buckets are filled from the front.
              branchIf(i64.eqz(get(this.#entry)), bucketDone),
              this.#move(),
              increment(this.#at, this.isWide ? 8 : 4),
              branch(nextEntry),
            ),
          ),
          increment(this.#old),
          branch(nextBucket),
        ),
      ),
      i32.constant(STATUS.done),
    ];
  }

  #load(): Code {
    return this.isWide ? i64.load(get(this.#at)) : i64.extend(i32.load(get(this.#at)));
  }

  #count(): Code {
    const twice = i32.shl(get(this.#old), ONE);
    return [
      set(this.bucket, twice),
      this.loadBucket(),
      set(this.#counts, this.used()),
      set(this.bucket, i32.add(twice, ONE)),
      this.loadBucket(),
      set(this.#counts, i32.or(get(this.#counts), i32.shl(this.used(), i32.constant(SIDE_BITS)))),
    ];
  }

  /** Moves an entry. What it says has a bit more than it will say: the one that is now part of the bucket. */
  #move(): Code {
    const moved = new Label();
    const said = i64.shr(get(this.#entry), i64.constant(BigInt(TABLE.strideBits)));
    const left = i64.extend(get(this.left));
    const bit = i32.and(i32.wrap(i64.shr(said, left)), ONE);
    const kept = i64.and(said, i64.extend(get(this.leftMask)));
    const says = i64.or(i64.shl(get(this.rest), left), kept);
    const strides = i32.and(i32.wrap(get(this.#entry)), i32.constant(2 ** TABLE.strideBits - 1));
    return block(
      moved,
      set(this.rest, i64.shr(i64.shr(said, left), i64.constant(1n))),
      set(this.says, i64.shl(says, i64.constant(BigInt(TABLE.strideBits)))),
      set(this.strides, strides),
      set(this.#side, i32.mul(bit, i32.constant(SIDE_BITS))),
      this.#append(moved),
      this.#moveFar(),
      // It may have got into one of the two.
      this.#count(),
    );
  }

  /** Branches if the entry is at home, and could be stored in its new bucket. */
  #append(moved: Label): Code {
    const width = this.isWide ? 8 : 4;
    const count = i32.and(i32.shr(get(this.#counts), get(this.#side)), i32.constant(2 ** SIDE_BITS - 1));
    const hasRoom = i32.lt(count, i32.constant(TABLE.bucketBytes / width));
    const bucket = i32.add(
      i32.mul(get(this.#old), i32.constant(2 * TABLE.bucketBytes)),
      i32.mul(get(this.#side), i32.constant(TABLE.bucketBytes / SIDE_BITS)),
    );
    const address = i32.add(i32.add(get(this.base), bucket), i32.mul(count, i32.constant(width)));
    return when(
      i32.and(i32.eq(get(this.strides), ONE), hasRoom),
      this.storeEntry(address),
      set(this.#counts, i32.add(get(this.#counts), i32.shl(ONE, get(this.#side)))),
      branch(moved),
    );
  }

  #moveFar(): Code {
    const taken = i32.sub(get(this.strides), ONE);
    const twice = i32.shl(get(this.bucket), ONE);
    const bit = i32.eq(get(this.#side), i32.constant(SIDE_BITS));
    return [
      set(this.bucket, get(this.#old)),
      when(
        taken,
        hash(this.rest, this.hash),
        set(this.bucket, i32.sub(get(this.bucket), i32.mul(taken, this.stride()))),
      ),
      set(this.bucket, i32.and(i32.add(twice, bit), get(this.mask))),
      set(this.strides, ONE),
      this.put(leave(i32.constant(STATUS.tableFull))),
    ];
  }
}

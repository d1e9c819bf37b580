/**
 * The part of the WebAssembly kernel that moves a segment of the visited set to a larger one: plain/split.ts.
 *
 * How much is in the larger one's buckets is counted beside them: to find that out by loading what was stored just before
 * would have the processor wait.
 */
import { R, STATUS, type Addresses } from "../../memory/control-block.js";
import { TABLE } from "../../memory/visited-format.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
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
} from "./instructions.js";
import { hash, register } from "./state.js";
import { bucketOf, leftBitsOf, lowMask, strideOf, VisitedCode } from "./visited.js";

export function splitting(f: FunctionBuilder, addresses: Addresses, isWide: boolean): FunctionBuilder {
  f.body = new SplitCode(f, addresses, isWide).body();
  return f;
}

/** What is inherited is about the larger segment. */
class SplitCode extends VisitedCode {
  readonly #addresses: Addresses;
  readonly #segment: Local;
  readonly #thread: Local;
  readonly #from: Local;
  readonly #to: Local;
  /** Where buckets are counted, and where the bucket at hand is. */
  readonly #counts: Local;
  readonly #bucket: Local;
  readonly #count: Local;
  readonly #oldBuckets: Local;
  readonly #oldLeft: Local;
  readonly #oldLeftMask: Local;
  /** The bucket that is read, the first place that belongs to it, and where it ends. */
  readonly #old: Local;
  readonly #first: Local;
  readonly #end: Local;
  readonly #at: Local;
  readonly #entry: Local;
  readonly #home: Local;
  readonly #within: Local;

  constructor(f: FunctionBuilder, addresses: Addresses, isWide: boolean) {
    super(f, addresses, isWide);
    const [segment, thread] = f.parameters as [Local, Local];
    this.#addresses = addresses;
    this.#segment = segment;
    this.#thread = thread;
    this.#from = f.local("i32");
    this.#to = f.local("i32");
    this.#counts = f.local("i32");
    this.#bucket = f.local("i32");
    this.#count = f.local("i32");
    this.#oldBuckets = f.local("i32");
    this.#oldLeft = f.local("i32");
    this.#oldLeftMask = f.local("i32");
    this.#old = f.local("i32");
    this.#first = f.local("i32");
    this.#end = f.local("i32");
    this.#at = f.local("i32");
    this.#entry = f.local("i64");
    this.#home = f.local("i32");
    this.#within = f.local("i32");
  }

  body(): Code {
    const { segments, otherSegments } = this.#addresses;
    const address = (directory: number) => i32.load(i32.shl(get(this.#segment), i32.constant(2)), directory);
    const [done, nextBucket, bucketDone, nextEntry] = [new Label(), new Label(), new Label(), new Label()];
    const bytes = i32.constant(TABLE.bucketBytes);
    return [
      this.prepare(register(R.largerBuckets)),
      set(this.#oldBuckets, register(R.buckets)),
      set(this.#oldLeft, leftBitsOf(this.#oldBuckets)),
      set(this.#oldLeftMask, lowMask(this.#oldLeft)),
      set(this.#from, address(segments)),
      set(this.#to, address(otherSegments)),
      // Every thread fills its own part: the first write to a page takes a page fault.
      fill(get(this.#to), ZERO, i32.mul(get(this.buckets), bytes)),
      set(this.#counts, i32.add(register(R.counts), i32.mul(get(this.#thread), get(this.buckets)))),
      fill(get(this.#counts), ZERO, get(this.buckets)),
      block(
        done,
        loop(
          nextBucket,
          branchIf(i32.ge(get(this.#old), get(this.#oldBuckets)), done),
          set(this.#first, this.#firstWithin(this.#old)),
          set(this.#at, i32.add(get(this.#from), i32.mul(get(this.#old), bytes))),
          set(this.#end, i32.add(get(this.#at), bytes)),
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

  #firstWithin(bucket: Local): Code {
    const buckets = i64.extend(get(this.#oldBuckets));
    const shifted = i64.shl(i64.extend(get(bucket)), i64.constant(BigInt(TABLE.withinBits)));
    return i32.wrap(i64.div(i64.add(shifted, i64.sub(buckets, i64.constant(1n))), buckets));
  }

  #move(): Code {
    const said = i64.shr(get(this.#entry), i64.constant(BigInt(TABLE.strideBits)));
    const low = i32.sub(i32.wrap(said), get(this.#home));
    return [
      set(this.rest, i64.shr(said, i64.extend(get(this.#oldLeft)))),
      set(this.strides, i32.and(i32.wrap(get(this.#entry)), i32.constant(2 ** TABLE.strideBits - 1))),
      set(this.#home, get(this.#first)),
      when(i32.ne(get(this.strides), ONE), this.#goBack()),
      set(this.#within, i32.add(get(this.#home), i32.and(low, get(this.#oldLeftMask)))),
      this.say(get(this.#within)),
      this.#put(),
    ];
  }

  #put(): Code {
    const next = new Label();
    const home = bucketOf(get(this.#within), this.buckets);
    const counter = i32.add(get(this.#counts), get(this.#bucket));
    const [entries, shift] = this.isWide ? [TABLE.bucketBytes / 8, 3] : [TABLE.bucketBytes / 4, 2];
    const bucket = i32.add(get(this.#to), i32.mul(get(this.#bucket), i32.constant(TABLE.bucketBytes)));
    return [
      set(this.#bucket, home),
      loop(
        next,
        set(this.#count, i32.load8(counter)),
        when(
          i32.eq(get(this.#count), i32.constant(entries)),
          this.takeStride(leave(i32.constant(STATUS.tableFull))),
          set(this.#bucket, this.bucketFrom(home)),
          branch(next),
        ),
      ),
      i32.store8(counter, i32.add(get(this.#count), ONE)),
      this.storeEntry(i32.add(bucket, i32.shl(get(this.#count), i32.constant(shift)))),
    ];
  }

  /** Finds the first place of the bucket that an entry is some strides away from. */
  #goBack(): Code {
    const stride = strideOf(this.hash, this.#oldBuckets);
    const forth = i32.mul(i32.sub(get(this.strides), ONE), i32.sub(get(this.#oldBuckets), stride));
    return [
      set(this.says, i64.and(get(this.#entry), i64.constant(~(2n ** BigInt(TABLE.strideBits) - 1n)))),
      hash(this.says, this.hash),
      set(this.#home, i32.rem(i32.add(get(this.#old), forth), get(this.#oldBuckets))),
      set(this.#home, this.#firstWithin(this.#home)),
    ];
  }
}

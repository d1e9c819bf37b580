/**
 * The loops of the WebAssembly kernel over the buffers of lanes: plain/buffers.ts, function by function. How successors
 * are looked up is in wasm/lookups.ts.
 */
import { LANE, R, STATUS } from "../../memory/control-block.js";
import type { KernelInput } from "../kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
import {
  block,
  branch,
  branchIf,
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
import { LookupCode, Successors } from "./lookups.js";
import { laneRegister, register, rowAddress, setBit, setLaneRegister, setRegister } from "./state.js";

/** Makes a row for a new state. */
function append({ word }: Successors, row: Local, { addresses }: KernelInput): Code {
  return [i64.store(rowAddress(addresses, get(row)), get(word)), increment(row)];
}

/** The buffer of a lane is done with. */
function emptied(lane: Local): Code {
  return [
    setLaneRegister(lane, LANE.buffered, ZERO),
    setLaneRegister(lane, LANE.flushed, ZERO),
    i32.constant(STATUS.done),
  ];
}

export function flushing(f: FunctionBuilder, input: KernelInput, isWide: boolean): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const lookups = new LookupCode(f, lane, input, isWide);
  const { successors } = lookups;
  const size = f.local("i32");
  const stopped = [setRegister(R.size, get(size)), setLaneRegister(lane, LANE.flushed, get(successors.at))];
  f.body = [
    set(size, register(R.size)),
    lookups.prepare(ZERO),
    lookups.run(laneRegister(lane, LANE.flushed), ONE, {
      onNew: [
        setBit(lane, successors.at, input.addresses.lane.news),
        append(successors, size, input),
        when(i32.lt(register(R.sizeLimit), get(size)), stopped, leave(i32.constant(STATUS.limit))),
      ],
      onFull: [stopped, leave(i32.constant(STATUS.tableFull))],
    }),
    setRegister(R.size, get(size)),
    emptied(lane),
  ];
  return f;
}

/** Enters the buffered words of a lane; there are no rows for them to become. */
export function entering(f: FunctionBuilder, input: KernelInput, isWide: boolean): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const lookups = new LookupCode(f, lane, input, isWide);
  const stopped = setLaneRegister(lane, LANE.flushed, get(lookups.successors.at));
  f.body = [
    lookups.prepare(ZERO),
    lookups.run(laneRegister(lane, LANE.flushed), ONE, {
      onNew: [],
      onFull: [stopped, leave(i32.constant(STATUS.tableFull))],
    }),
    emptied(lane),
  ];
  return f;
}

/** The successors of all lanes that are in the segments of a part. */
export function deduping(f: FunctionBuilder, input: KernelInput, isWide: boolean): FunctionBuilder {
  const [part, parts, thread, first] = f.parameters as [Local, Local, Local, Local];
  const { isNew, counts, flags, bytes } = input.addresses.lane;
  const [lane, lanes, news] = [0, 1, 2].map(() => f.local("i32")) as [Local, Local, Local];
  const lookups = new LookupCode(f, lane, input, isWide);
  const [done, next] = [new Label(), new Label()];
  const count = i32.add(get(lane), i32.shl(get(thread), i32.constant(2)));
  // Added to, for a part may be done again when the set was too full.
  const countNews = [i32.store(count, i32.add(i32.load(count, counts), get(news)), counts), set(news, ZERO)];
  const flag = i32.add(
    i32.add(get(lane), i32.mul(get(thread), i32.constant(flags))),
    get(lookups.successors.at),
  );
  f.body = [
    lookups.prepare(get(thread)),
    set(lane, get(first)),
    set(lanes, register(R.lanes)),
    block(
      done,
      loop(
        next,
        branchIf(i32.eqz(get(lanes)), done),
        lookups.run(ZERO, i32.eq(lookups.partOf(parts), get(part)), {
          onNew: [i32.store8(flag, ONE, isNew), increment(news)],
          onFull: [countNews, leave(i32.constant(STATUS.tableFull))],
        }),
        countNews,
        increment(lane, bytes),
        increment(lanes, -1),
        branch(next),
      ),
    ),
    i32.constant(STATUS.done),
  ];
  return f;
}

/** Eight bytes that are 0 or 1 as eight bits: the factor has each of them at another place of the highest byte. */
function bitsOf(bytes: Local): Code {
  const gathered = i64.mul(get(bytes), i64.constant(0x0102040810204080n));
  return i32.wrap(i64.shr(gathered, i64.constant(56n)));
}

/** Eight successors at a time: 73 of 100 are not new. */
export function numbering(f: FunctionBuilder, input: KernelInput): FunctionBuilder {
  const [lane] = f.parameters as [Local];
  const successors = new Successors(f, lane, input.addresses);
  const [row, eight, end, flags] = [0, 1, 2, 3].map(() => f.local("i32")) as [Local, Local, Local, Local];
  const isNew = f.local("i64");
  const [done, next, merged, nextThread, taken, nextNew] = Array.from({ length: 6 }, () => new Label()) as [
    Label,
    Label,
    Label,
    Label,
    Label,
    Label,
  ];
  const { isNew: offset, news } = input.addresses.lane;
  const endOfFlags = i32.add(
    i32.add(get(lane), get(eight)),
    i32.mul(register(R.threads), i32.constant(input.addresses.lane.flags)),
  );
  f.body = [
    set(row, laneRegister(lane, LANE.firstNew)),
    set(end, laneRegister(lane, LANE.buffered)),
    block(
      done,
      loop(
        next,
        branchIf(i32.ge(get(eight), get(end)), done),
        set(isNew, i64.constant(0n)),
        set(flags, i32.add(get(lane), get(eight))),
        block(
          merged,
          loop(
            nextThread,
            branchIf(i32.ge(get(flags), endOfFlags), merged),
            set(isNew, i64.or(get(isNew), i64.load(get(flags), offset))),
            // For the next batch.
            i64.store(get(flags), i64.constant(0n), offset),
            increment(flags, input.addresses.lane.flags),
            branch(nextThread),
          ),
        ),
        i32.store8(i32.add(get(lane), i32.shr(get(eight), i32.constant(3))), bitsOf(isNew), news),
        block(
          taken,
          loop(
            nextNew,
            branchIf(i64.eqz(get(isNew)), taken),
            // A byte is 0 or 1: the lowest bit is in the byte of the first one that is new.
            set(successors.at, i32.add(get(eight), i32.shr(i32.wrap(i64.ctz(get(isNew))), i32.constant(3)))),
            set(isNew, i64.and(get(isNew), i64.sub(get(isNew), i64.constant(1n)))),
            successors.load(),
            append(successors, row, input),
            branch(nextNew),
          ),
        ),
        increment(eight, 8),
        branch(next),
      ),
    ),
    emptied(lane),
  ];
  return f;
}

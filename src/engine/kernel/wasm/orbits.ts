/**
 * The part of the WebAssembly kernel that finds the least word of an orbit: orbits.ts, `translate`.
 *
 * Parts and renamings become constants of the emitted code; where the maps are is read from the directory.
 */
import { MAP, type Orbits, type Part } from "../../encoding/orbits.js";
import { FunctionBuilder, type Code, type Local } from "./assembler.js";
import { call, get, i32, i64, leave, ONE, set, when } from "./instructions.js";

/** No root word: orbits.ts has them of fewer bits. */
const UNKNOWN = i64.constant(-1n);

/** `least(root word) -> the least word of its orbit`, -1 if what a part of it is called otherwise is not known. */
export function leastFunction(index: number, { parts, renamings, directory }: Orbits): FunctionBuilder {
  const f = new FunctionBuilder("least", index, ["i64"], "i64");
  const [word] = f.parameters as [Local];
  const [least, other] = [f.local("i64"), f.local("i64")];
  const number = f.local("i32");
  const renamed = (renaming: number, at: number): Code => {
    const part = parts[at] as Part;
    const entry = directory + (renaming * parts.length + at) * MAP.bytes;
    const map = i32.load(i32.constant(entry), MAP.address);
    const mask = i32.constant(2 ** part.width - 1);
    const { shift } = parts[part.becomes[renaming] as number] as Part;
    return [
      set(number, i32.and(i32.wrap(i64.shr(get(word), i64.constant(BigInt(part.shift)))), mask)),
      when(i32.ge(get(number), i32.load(i32.constant(entry), MAP.capacity)), leave(UNKNOWN)),
      set(number, i32.load(i32.add(map, i32.shl(get(number), i32.constant(2))))),
      when(i32.eqz(get(number)), leave(UNKNOWN)),
      set(
        other,
        i64.or(get(other), i64.shl(i64.extend(i32.sub(get(number), ONE)), i64.constant(BigInt(shift)))),
      ),
    ];
  };
  f.body = [
    set(least, get(word)),
    Array.from({ length: renamings }, (_, renaming) => [
      set(other, i64.constant(0n)),
      parts.map((_part, at) => renamed(renaming, at)),
      when(i64.lt(get(other), get(least)), set(least, get(other))),
    ]),
    get(least),
  ];
  return f;
}

/** Has the root word in a local be the least one of its orbit; `ifUnknown` has to leave, with the local undefined. */
export function takeLeast(least: FunctionBuilder, word: Local, ifUnknown: Code): Code {
  return [set(word, call(least, get(word))), when(i64.eq(get(word), UNKNOWN), ifUnknown)];
}

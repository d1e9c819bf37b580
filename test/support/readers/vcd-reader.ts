/**
 * A reader of value change dumps, written from IEEE 1364-2005 clause 18 and sharing nothing with the writer.
 * Throws for anything that is not in the standard's grammar, for an unknown variable, and for time that runs backwards.
 */
export interface VcdVariable {
  readonly path: string;
  readonly width: number;
  /** Time and value (binary digits, extended to the width), oldest first. */
  readonly changes: { readonly time: number; readonly value: string }[];
}

export interface VcdFile {
  readonly variables: readonly VcdVariable[];
  readonly end: number;
}

export function readVcd(text: string): VcdFile {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const byCode = new Map<string, VcdVariable>();
  const scopes: string[] = [];
  let at = 0;
  const untilEnd = () => {
    const end = words.indexOf("$end", at);
    if (end < 0) throw new Error("a section without $end");
    const section = words.slice(at + 1, end);
    at = end + 1;
    return section;
  };
  for (let defined = false; !defined;) {
    switch (words[at]) {
      case "$version":
      case "$comment":
      case "$timescale":
        untilEnd();
        break;
      case "$scope":
        scopes.push(untilEnd()[1] ?? "");
        break;
      case "$upscope":
        untilEnd();
        if (scopes.pop() === undefined) throw new Error("$upscope without $scope");
        break;
      case "$var": {
        const [kind = "", size = "", code = "", reference = ""] = untilEnd();
        if (kind !== "wire" && kind !== "reg") throw new Error(`a variable of kind ${kind}`);
        if (byCode.has(code) || !/^[!-~]+$/.test(code)) throw new Error(`identifier code ${code}`);
        byCode.set(code, { path: [...scopes, reference].join("."), width: Number(size), changes: [] });
        break;
      }
      case "$enddefinitions":
        untilEnd();
        defined = true;
        break;
      default:
        throw new Error(`'${words[at]}' among the declarations`);
    }
  }
  let time = -1;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "$dumpvars" || word === "$end") continue;
    if (word.startsWith("#")) {
      const next = Number(word.slice(1));
      if (!(next > time)) throw new Error(`time ${next} after ${time}`);
      time = next;
      continue;
    }
    const vector = /^b([01xz]+)$/.exec(word);
    const scalar = /^([01xz])([!-~]+)$/.exec(word);
    const code = vector === null ? (scalar?.[2] ?? "") : (words[++at] ?? "");
    const variable = byCode.get(code);
    const digits = vector?.[1] ?? scalar?.[1] ?? "";
    if (variable === undefined || digits === "" || digits.length > variable.width) {
      throw new Error(`'${word}' at #${time}`);
    }
    variable.changes.push({ time, value: digits.padStart(variable.width, "0") });
  }
  return { variables: [...byCode.values()], end: time };
}

/** A variable's value at a time. */
export function vcdValue({ changes }: VcdVariable, time: number): string {
  const value = changes.findLast((change) => change.time <= time)?.value;
  if (value === undefined) throw new Error(`no value at #${time}`);
  return value;
}

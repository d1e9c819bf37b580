/**
 * JSON with one element of a long list per line: short enough to read, and to compare with diff.
 */

/** The object with `list` as its last field. */
export function jsonWithList(
  head: Readonly<Record<string, unknown>>,
  name: string,
  list: readonly object[],
): string {
  const fields = Object.entries(head).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const elements = list.map((element) => JSON.stringify(element)).join(",\n");
  return ["{", ...fields, `${JSON.stringify(name)}: [`, elements, "]", "}"].join("\n");
}

/** The C structures that mean something here, by tag: as the tree declares them, with whatever a patch adds. */
import { type CType, type Program, type RecordType } from "../../../src/cfront/index.js";

export type Records = ReadonlyMap<string, RecordType>;

/** All structures and unions with members that functions and variables of the program mention. */
export function recordsOf({ functions, variables }: Program): Records {
  const records = new Map<string, RecordType>();
  const seen = new Set<object>();
  const visit = (type: CType): void => {
    switch (type.kind) {
      case "pointer":
        return visit(type.to);
      case "array":
        return visit(type.element);
      case "function":
        for (const one of [type.result, ...type.parameters]) visit(one);
        return;
      case "record": {
        const { definition } = type;
        if (definition.members === undefined || seen.has(definition)) return;
        seen.add(definition);
        if (definition.tag !== undefined && !records.has(definition.tag)) records.set(definition.tag, type);
        for (const member of definition.members) visit(member.type);
        return;
      }
      default:
    }
  };
  for (const { type } of functions.values()) visit(type);
  for (const { type } of variables.values()) visit(type);
  return records;
}

/** The tag of the structure that the type is, or points to; undefined for any other type. */
export function tagOf(type: CType): string | undefined {
  const record = type.kind === "pointer" ? type.to : type;
  return record.kind === "record" ? record.definition.tag : undefined;
}

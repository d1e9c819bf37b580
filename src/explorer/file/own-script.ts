/**
 * The script in a page that has the user's own code in it: compiled modules as functions, which the page's policy allows by
 * the script's hash as it allows the program, and the C of kernel trees as text.
 */
import { compileFunction } from "node:vm";

import { NO_OWN_CODE, type OwnCode, type OwnTree } from "../own/own-code.js";

/** What a page is to have in it. */
export interface OwnSources {
  /** By file, as the user named it: its modules, and first the one of the file itself. */
  readonly files: Readonly<Record<string, readonly ModuleText[]>>;
  readonly trees: readonly OwnTree[];
}

/** A compiled module, and which of the file's modules it requires by which name. */
export interface ModuleText {
  readonly text: string;
  readonly needs: Readonly<Record<string, number>>;
  /** The names of what its body is given: `exports`, `require`, `module` and `Math` in this order, as far as it needs them. */
  readonly given: readonly string[];
}

const GLOBAL = "globalThis.pmucheckOwn=";

/** Empty if there is nothing of one's own. Ends in a semicolon, so that a program can follow. */
export function ownScript({ files, trees }: OwnSources): string {
  if (Object.keys(files).length + trees.length === 0) return "";
  const modules = Object.entries(files).map(
    ([file, texts]) => `${JSON.stringify(file)}:[${texts.map(moduleOf).join(",")}]`,
  );
  return withinScript(`${GLOBAL}{"files":{${modules.join(",")}},"trees":${JSON.stringify(trees)}};`);
}

/** What a browser makes of the script, made here: so that a page does not promise what it cannot run. */
export function ownCodeIn(script: string): OwnCode {
  if (script === "") return NO_OWN_CODE;
  // What compileFunction gives is declared as any Function; ownScript has written this one.
  return (compileFunction(`return ${script.slice(GLOBAL.length)}`) as () => OwnCode)();
}

/** The line feed ends a comment that the text may end in. */
function moduleOf({ text, needs, given }: ModuleText): string {
  return `{"needs":${JSON.stringify(needs)},body(${given.join(",")}){${text}\n}}`;
}

/** Neither of these ends the script element, and in strings, templates and expressions they mean the same. */
export function withinScript(text: string): string {
  return text.replaceAll(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\!--");
}

/**
 * A guide as something to be followed: its code blocks, in order.
 *
 * `sh` are commands, each ending with 0 unless a comment says otherwise: `# 12: violated`. `ts` is a file if its first line is a comment
 * that names one: `// my-fix.ts`. What has no language is what the commands before it print. Of `yaml` the `run:` lines are commands.
 */
import { readFileSync } from "node:fs";

export interface Block {
  readonly language: string;
  readonly text: string;
}

export interface Command {
  readonly line: string;
  readonly status: number;
}

export function blocksOf(page: string): Block[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = "", block = ""]) => ({
    language,
    text: block,
  }));
}

export function commandsOf({ language, text }: Block): Command[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const commands =
    language === "yaml" ? lines.flatMap((line) => /^ *- run: (.*)$/.exec(line)?.[1] ?? []) : lines;
  return commands.map((line) => {
    const [command = "", comment] = line.split(/ +# /);
    return { line: command, status: Number(/^(\d+)\b/.exec(comment ?? "")?.[1] ?? 0) };
  });
}

/** `// my-fix.ts`; undefined for a block that is no file. */
export function fileNameOf({ text }: Block): string | undefined {
  return /^\/\/ (\S+\.ts)\n/.exec(text)?.[1];
}

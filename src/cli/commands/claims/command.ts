/** `pmucheck claims`: its options. */
import {
  json,
  LIST_FORMATS,
  listFormatOf,
  output,
  progress,
  type Register,
} from "../../arguments/options.js";

export const claims: Register = (cli, end) =>
  cli.command(
    "claims",
    "decide what was claimed in the mail thread: each claim, its author, and whether it is so",
    (of) =>
      of.options({
        format: {
          choices: [...LIST_FORMATS, "html"] as const,
          describe: "what to print it as [default: text]; html is a page of the traces",
        },
        json,
        output,
        progress,
      }),
    async (args) => {
      const { runClaims } = await import("./run.js");
      end(await runClaims({ ...args, format: listFormatOf(args) }));
    },
  );

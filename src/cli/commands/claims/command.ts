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
    "decide what was claimed in the mail thread",
    (of) =>
      of
        .options({
          format: {
            choices: [...LIST_FORMATS, "html"] as const,
            describe: "what to print it as [default: text]; html is a page of the traces",
          },
          json,
          output,
          progress,
        })
        .example("pmucheck claims", "each claim, and the checks that decide it")
        .example("pmucheck claims --format html -o claims.html", "with the traces, as a page"),
    async (args) => {
      const { runClaims } = await import("./run.js");
      end(await runClaims({ ...args, format: listFormatOf(args) }));
    },
  );

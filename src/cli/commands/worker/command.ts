/** `pmucheck worker`: its options. */
import { positiveIfGiven, type Register } from "../../arguments/options.js";
import { cache, queue } from "../../matrix/matrix-options.js";

export const workerCommand: Register = (cli, end) =>
  cli.command(
    "worker",
    "do what check --all and verify put into a queue (--queue)",
    (of) =>
      of
        .options({
          queue: {
            ...queue,
            demandOption: true,
            describe: "the URL of a Redis, as in redis://localhost:6379",
          },
          jobs: { type: "number", describe: "processes [default: as many as there are cores]" },
          cache,
        })
        .example("pmucheck worker --queue redis://host:6379", "on each machine that helps")
        .example("pmucheck check --all --queue redis://host:6379", "on the machine that asks"),
    async (args) => {
      const { runWorker } = await import("./run.js");
      end(await runWorker(args.queue, positiveIfGiven("jobs", args.jobs), args.cache));
    },
  );

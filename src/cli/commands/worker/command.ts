/** `pmucheck worker`: its options. */
import { positiveIfGiven, type Register } from "../../arguments/options.js";
import { cache, queue } from "../../matrix/matrix-options.js";

export const workerCommand: Register = (cli, end) =>
  cli.command(
    "worker",
    "explore what check --all and verify put into a queue with --queue",
    (of) =>
      of.options({
        queue: { ...queue, demandOption: true, describe: "the URL of a Redis, as in redis://localhost:6379" },
        jobs: { type: "number", describe: "processes [default: as many as there are cores]" },
        cache,
      }),
    async (args) => {
      const { runWorker } = await import("./run.js");
      end(await runWorker(args.queue, positiveIfGiven("jobs", args.jobs), args.cache));
    },
  );

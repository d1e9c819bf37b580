/**
 * The page. In a worker, where there is no document, the same program answers questions.
 */
import { walkDigests } from "../play/walks.js";
import { Explorer } from "./explorer.js";
import { pageDocument } from "./data.js";
import { Session } from "./session.js";
import { answerQuestions } from "./worker.js";

if (typeof document === "undefined") answerQuestions();
else void start();

async function start(): Promise<void> {
  const page = await pageDocument();
  // Verdicts without a trace are text, and stay so.
  if (page.entries.length === 0) return;
  const session = new Session(page);
  const explorer = new Explorer(session);
  document.getElementById("text")?.remove();
  document.body.prepend(explorer.element);
  explorer.showPath();
  // The tests compare the digests of a random walk here with those that Node computes.
  Object.assign(globalThis, {
    pmucheck: {
      walk: (seed: number, steps: number) => {
        const { player } = session;
        return player === undefined ? [] : walkDigests(player.machine, seed, steps);
      },
    },
  });
}

/**
 * The page's side of the worker: asks one question after the other.
 */
import type { Outlook } from "../play/outlook.js";
import type { Answer, Question } from "./questions.js";

export class Oracle {
  #worker: Worker | undefined;
  #asked = 0;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (outlook: Outlook) => void; readonly reject: (error: Error) => void }
  >();

  ask(question: Omit<Question, "id">): Promise<Outlook> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#asked;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin than this page's
    worker.postMessage({ ...question, id } satisfies Question);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Gives up what was asked and is not answered yet. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new Error("stopped"));
    this.#waiting.clear();
  }

  #start(): Worker {
    // The user's own code comes first, if the page has any.
    const scripts = ["own", "program"].map((id) => document.getElementById(id)?.textContent ?? "");
    const address = URL.createObjectURL(new Blob(scripts, { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.addEventListener("message", ({ data: { id, outlook, error } }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (outlook === null) waiting?.reject(new Error(error ?? "no answer"));
      else waiting?.resolve(outlook);
    });
    worker.addEventListener("error", ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message));
      this.#waiting.clear();
    });
    return worker;
  }
}

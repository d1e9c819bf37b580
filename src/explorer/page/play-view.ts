/**
 * Play: what can happen after the step that is looked at, what each of it leads to, and why something else cannot happen.
 */
import { whyNot } from "../../explain/why-not.js";
import type { Offer, PageEntry } from "../play/page-document.js";
import type { KeptBy, Outlook } from "../play/outlook.js";
import { button, choice, fill, make, panel, type Child } from "./dom.js";
import type { Oracle } from "./oracle.js";
import { outlookText } from "./outlook-text.js";
import type { Session } from "./session.js";

/** A search of these takes about a second. */
const MOST_STATES = 30_000;

export class PlayView {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #oracle: Oracle;
  readonly #state = make("div");
  readonly #offers = make("ol", { class: "offers" });
  readonly #rest = make("div");
  readonly #why = make("p", { class: "answer" });
  /** Answers by path: going back and forth asks nothing twice. */
  readonly #known = new Map<string, Outlook>();

  constructor(session: Session, oracle: Oracle) {
    this.#session = session;
    this.#oracle = oracle;
    this.#why.setAttribute("aria-live", "polite");
    this.element = panel("What can happen next", "play", [this.#state, this.#offers, this.#rest]);
  }

  /** What can happen after the step that is looked at. */
  get offers(): readonly Offer[] {
    const { line, column } = this.#session;
    const { facts } = line;
    return facts?.steps[column]?.offers ?? (column === line.trace.steps.length ? (facts?.after ?? []) : []);
  }

  take(index: number): void {
    if (this.#canTake && this.offers[index] !== undefined) this.#session.take([index]);
  }

  /** Where does each of the offers lead? */
  decideAll(): void {
    this.offers.forEach((_, index) => void this.#decide(index));
  }

  show(): void {
    const { line, column, length, entry, forkedAfter } = this.#session;
    const taken = line.trace.steps[column]?.index;
    const { rule } = line.trace;
    const isOver = column === length && rule !== "none";
    const state: Child[] = [];
    if (forkedAfter !== null && entry.lesson === null) {
      state.push(
        make("p", { class: "forked" }, [
          `Your own path since step ${forkedAfter}. `,
          button("Back to the trace", () => this.#session.abandonFork(), { class: "link" }),
        ]),
      );
    }
    if (isOver)
      state.push(make("p", { class: "truth wrong" }, [`The rule ${rule} is broken here: the path ends.`]));
    fill(this.#state, state);
    fill(
      this.#offers,
      isOver ? [] : this.offers.map((offer, index) => this.#item(offer, index, index === taken)),
    );
    fill(
      this.#rest,
      entry.cannotPlay === null
        ? this.#controls(isOver)
        : [make("p", { class: "quiet" }, [cannotPlay(entry.cannotPlay, entry.replay)])],
    );
    this.#why.textContent = "";
  }

  get #canTake(): boolean {
    const { line, column, length, entry } = this.#session;
    return entry.cannotPlay === null && !(column === length && line.trace.rule !== "none");
  }

  #item({ process, choice: name, text, within }: Offer, index: number, isTaken: boolean): HTMLElement {
    const where = within === null ? "" : ` in ${within}()`;
    const what = text === "" ? name : text;
    const act = button(`${what}${where}`, () => this.take(index), {
      class: "take",
      disabled: !this.#canTake,
    });
    const outlook = this.#known.get(this.#keyOf(index));
    const answer = make("span", { class: "outlook" }, [outlook === undefined ? "" : this.#said(outlook)]);
    answer.dataset["offer"] = String(index);
    return make("li", {}, [
      make("span", { class: "place" }, [process]),
      act,
      isTaken ? make("span", { class: "tag" }, ["taken here"]) : null,
      this.#canTake
        ? button("where to?", () => void this.#decide(index), {
            class: "link",
            label: `where to? ${what}`,
          })
        : null,
      answer,
    ]);
  }

  #controls(isOver: boolean): Child[] {
    const { player, forkedAfter, entry } = this.#session;
    if (player === undefined || isOver) return [];
    const enabled = new Set(this.offers.map(({ process }) => process));
    const others = player.machine.processes.filter((name) => !enabled.has(name));
    const options = [["", "choose ..."] as const, ...others.map((name) => [name, name] as const)];
    return [
      make("p", { class: "actions" }, [
        button("Where does each lead to?", () => this.decideAll()),
        button("Let the CPU run", () => this.run(), {
          title: "until something else can happen than before (r)",
        }),
        forkedAfter === null || entry.lesson !== null
          ? null
          : button("Go on as the trace did", () => this.#follow()),
      ]),
      others.length === 0 ? null : choice("Why not here:", options, "", (name) => this.#ask(name)),
      this.#why,
    ];
  }

  #keyOf(index: number): string {
    const { line, column, entryIndex } = this.#session;
    const path = line.trace.steps.slice(0, column).map((step) => step.index);
    return `${entryIndex}:${path.join(".")}:${index}`;
  }

  async #decide(index: number): Promise<void> {
    const { line, column, entry } = this.#session;
    const offer = this.offers[index];
    const key = this.#keyOf(index);
    if (offer === undefined || !this.#canTake) return;
    const tell = (text: string) => {
      if (key !== this.#keyOf(index)) return;
      const answer = this.#offers.querySelector(`[data-offer="${index}"]`);
      if (answer !== null) answer.textContent = text;
    };
    tell("searching ...");
    const names = line.trace.steps
      .slice(0, column)
      .map(({ process, choice: of }) => ({ process, choice: of }));
    const violating = entry.lesson?.best?.names ?? (entry.trace.rule === "none" ? null : entry.trace.steps);
    try {
      const outlook =
        this.#known.get(key) ??
        (await this.#oracle.ask({
          subject: subjectOf(entry.trace),
          steps: [...names, { process: offer.process, choice: offer.choice }],
          violating: violating && violating.map(({ process, choice: of }) => ({ process, choice: of })),
          keptBy: keptBy(entry),
          maxStates: MOST_STATES,
        }));
      this.#known.set(key, outlook);
      tell(this.#said(outlook));
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  }

  #said(outlook: Outlook): string {
    return outlookText(outlook, this.#session.entry);
  }

  /** The CPU's steps up to where another process can do something that it could not do before. */
  run(): void {
    const { player, line, column } = this.#session;
    if (player === undefined) return;
    const indices = player.run(line, column);
    if (indices.length > 0) this.#session.take(indices);
  }

  #follow(): void {
    const { player, line, column, entry } = this.#session;
    if (player === undefined) return;
    const indices = player.follow(line, column, entry.trace.steps);
    if (indices.length > 0) this.#session.take(indices);
    else this.#why.textContent = "The trace's next step cannot happen here.";
  }

  #ask(name: string): void {
    const { player, line, column } = this.#session;
    if (player === undefined || name === "") return;
    const states = [player.stateAfter(line, column)];
    const [found] = whyNot(player.machine, { steps: [{ process: name, choice: "" }], states }, `${name}@1`);
    const reasons = found?.reasons ?? [];
    this.#why.textContent = `${name} cannot go here: ${reasons.length === 0 ? "the model gives no reason" : reasons.join("; ")}.`;
  }
}

/** As the explanation of the trace means it; where that is open, what counts for every rule. */
function keptBy({ decided, lesson }: PageEntry): KeptBy {
  return lesson?.best?.keptBy ?? decided?.noReturn?.avoidedBy ?? "ever";
}

function subjectOf({ scenario, driver, fix, property, config }: Parameters<typeof outlookText>[1]["trace"]) {
  return { scenario, driver, fix, property, config };
}

function cannotPlay(why: string, replay: string): string {
  return `This page cannot run the model: ${why}. ${replay.replace(/^replay: /, "In a terminal: ")}`;
}

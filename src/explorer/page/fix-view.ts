/**
 * Does a fix close it? A search of the whole system with the fix, as far as it is small enough.
 */
import { combinations, fixes } from "../../../models/fixes/catalogue.js";
import type { Outlook } from "../play/outlook.js";
import { button, choice, make, panel } from "./dom.js";
import type { Oracle } from "./oracle.js";
import type { Session } from "./session.js";

/** A search of these takes some ten seconds. */
const MOST_STATES = 150_000;

export class FixView {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #oracle: Oracle;
  readonly #answer = make("p", { class: "answer" });
  #chosen = fixes[0]?.name ?? "";

  constructor(session: Session, oracle: Oracle) {
    this.#session = session;
    this.#oracle = oracle;
    this.#answer.setAttribute("aria-live", "polite");
    const options = [
      ...session.models.ownFixes.map((name) => [name, name] as const),
      ...fixes.map(({ name, summary }) => [name, `${name}: ${summary}`] as const),
      ...combinations.map((name) => [name, name] as const),
    ];
    const select = choice("Fix:", options, this.#chosen, (name) => {
      this.#chosen = name;
      this.#answer.textContent = "";
    });
    this.element = panel("Try a fix", "fix", [
      select,
      make("p", { class: "actions" }, [
        button("Search", () => void this.#search()),
        button("Compare step by step", () => this.#compare(), {
          title: "the same decisions, in the driver with the fix",
        }),
      ]),
      this.#answer,
    ]);
  }

  showPath(): void {
    const { entry, models } = this.#session;
    const canBeFixed = entry.cannotPlay === null && entry.lesson === null && models.takesFixes(entry.trace);
    this.element.hidden = !canBeFixed;
    this.#answer.textContent = "";
  }

  /** The command that says more; it judges a fix of the models that are shipped. */
  #goesOn(fix: string): string {
    const { entry, models } = this.#session;
    const isShipped = models.isShipped({ ...entry.trace, fix: undefined });
    return isShipped ? ` What it closes and breaks elsewhere: pmucheck verify ${fix}` : "";
  }

  #compare(): void {
    const fix = this.#chosen;
    if (this.#session.compareWith(`with-${fix}`)) this.element.ownerDocument.defaultView?.scrollTo(0, 0);
    else this.#answer.textContent = `${fix} cannot be put into this driver.`;
  }

  async #search(): Promise<void> {
    const { trace } = this.#session.entry;
    const fix = this.#chosen;
    const { scenario, driver, property, config } = trace;
    const subject = this.#session.models.withFix({ scenario, driver, fix: trace.fix, property, config }, fix);
    this.#answer.textContent = "searching ...";
    const answer = await this.#oracle
      .ask({ subject, steps: [], violating: null, keptBy: "ever", maxStates: MOST_STATES })
      .then(
        (outlook) => said(outlook, fix, property, this.#goesOn(fix)),
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    if (fix === this.#chosen && trace === this.#session.entry.trace) this.#answer.textContent = answer;
  }
}

function said({ same, isComplete, states }: Outlook, fix: string, property: string, more: string): string {
  const searched = `${states.toLocaleString("en")} states`;
  if (same !== null) return `With ${fix}, ${property} still breaks, in ${same} steps.${more}`;
  if (isComplete) return `With ${fix}, ${property} holds in this scenario (${searched}, all).${more}`;
  return `Not decided within ${searched}: no violation was found.${more}`;
}

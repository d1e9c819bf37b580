/**
 * Why: every value at the step that is looked at, who wrote it last, and the chain back from there.
 */
import { Causes, type Written } from "../play/causes.js";
import { button, make, panel, type Child } from "./dom.js";
import type { Session } from "./session.js";

const MOST_VALUES = 40;
const MOST_INPUTS = 6;

export class WhyView {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #filter = make("input", { id: "value-filter" });
  readonly #values = make("ul", { class: "values" });
  readonly #chain = make("ol", { class: "chain" });
  #causes: Causes | undefined;
  /** The values that were asked about, each read by the step that wrote the one before. */
  #asked: { readonly name: string; readonly column: number }[] = [];

  constructor(session: Session) {
    this.#session = session;
    this.#filter.type = "search";
    this.#filter.placeholder = "PMOVS, period_left ...";
    this.#filter.addEventListener("input", () => this.#showValues());
    const label = make("label", {}, ["Find a value "]);
    label.append(this.#filter);
    this.element = panel("Why is it so?", "why", [this.#chain, label, this.#values]);
  }

  showPath(): void {
    const { facts } = this.#session.line;
    this.#causes = facts === null ? undefined : new Causes(facts);
    this.#asked = [];
    this.#showChain();
    this.showColumn();
  }

  showColumn(): void {
    this.#showValues();
  }

  focus(): void {
    this.#filter.focus();
  }

  /** Who wrote the value last, as it is at the step that is looked at? */
  ask(name: string): void {
    this.#asked = [{ name, column: this.#session.column }];
    this.#showChain();
    this.element.scrollIntoView({ block: "nearest" });
  }

  #showValues(): void {
    const words = this.#filter.value.trim().toLowerCase();
    const all = this.#causes?.valuesAt(this.#session.column) ?? [];
    const matching = all
      .filter(({ name }) => name.toLowerCase().includes(words))
      .sort((a, b) => (b.by?.step ?? 0) - (a.by?.step ?? 0));
    const shown = matching.slice(0, words === "" ? 8 : MOST_VALUES);
    const more = matching.length - shown.length;
    this.#values.replaceChildren(
      ...shown.map(({ name, value }) => {
        const text = `${name} = ${value}`;
        return make("li", {}, [
          button(text, () => this.ask(name), { class: "link value", title: "who wrote it last?" }),
        ]);
      }),
      ...(more > 0 ? [make("li", { class: "quiet" }, [`and ${more} more: write a part of the name`])] : []),
    );
  }

  #showChain(): void {
    const causes = this.#causes;
    if (causes === undefined) {
      this.#chain.replaceChildren(
        make("li", { class: "quiet" }, [
          "The model of this trace is not at hand, so nobody measured what its steps read.",
        ]),
      );
      return;
    }
    if (this.#asked.length === 0) {
      this.#chain.replaceChildren(
        make("li", { class: "quiet" }, ["Choose a value to see who wrote it last."]),
      );
      return;
    }
    this.#chain.replaceChildren(
      ...this.#asked.map(({ name, column }, depth) =>
        this.#link(causes.valueAt(name, column), causes, depth),
      ),
    );
  }

  #link(written: Written, causes: Causes, depth: number): HTMLElement {
    const { name, value, by } = written;
    const what = make("strong", {}, [`${name} = ${value}`]);
    if (by === null) return make("li", {}, [what, ": nobody has written it since the beginning."]);
    const { trace } = this.#session.line;
    const step = trace.steps[by.step - 1];
    const text = step?.events.find(
      (event) => event.kind === "hardware" || (event.kind === "access" && !event.local),
    );
    const place = text !== undefined && "text" in text ? text.text : (step?.choice ?? "");
    const parts: Child[] = [
      what,
      `: was ${by.from} until `,
      button(`step ${by.step}`, () => this.#session.goTo(by.step), { class: "link" }),
      ` (${place})`,
    ];
    const isLast = depth === this.#asked.length - 1;
    return make("li", {}, isLast ? [...parts, this.#inputs(by.step, causes)] : parts);
  }

  /** What the step had read, so that the chain can go on. */
  #inputs(step: number, causes: Causes): HTMLElement | null {
    const inputs = causes.readBy(step).slice(0, MOST_INPUTS);
    if (inputs.length === 0)
      return make("p", { class: "quiet" }, [`What step ${step} read was as in the beginning.`]);
    const follow = ({ name }: Written) => {
      this.#asked.push({ name, column: step - 1 });
      this.#showChain();
    };
    return make("div", {}, [
      make("p", { class: "quiet" }, [`Step ${step} read, last written first:`]),
      make(
        "ul",
        {},
        inputs.map((input) =>
          make("li", {}, [
            button(`${input.name} = ${input.value}`, () => follow(input), { class: "link value" }),
            ` since step ${input.by?.step}`,
          ]),
        ),
      ),
    ]);
  }
}

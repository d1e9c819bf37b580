/**
 * Taking something away: text for a mail, the litmus block, the picture, and the address of what is on the screen.
 */
import { columns, WIDTH } from "../../report/trace/columns.js";
import { between, decisive } from "../../report/trace/fold.js";
import { litmus } from "../../report/formats/litmus.js";
import { whereChecked } from "../../report/subject.js";
import { ending, titleOf } from "../../report/trace/text.js";
import { standalone } from "../picture/style.js";
import type { Shown } from "../picture/scene.js";
import { paragraph } from "../../report/wrap.js";
import { button, make } from "./dom.js";
import type { Session } from "./session.js";

/** A picture that is wider is no picture any more. */
const MOST_PIXELS = 16_000;

/** The buttons, and the dialog in which text is shown before it is taken. */
export class Share {
  readonly element: HTMLElement;
  readonly dialog = make("dialog", { label: "text to copy" });
  readonly #text = make("textarea", { label: "text to copy" });
  readonly #session: Session;
  readonly #shown: () => Shown;

  constructor(session: Session, shown: () => Shown) {
    this.#session = session;
    this.#shown = shown;
    this.#text.readOnly = true;
    this.dialog.append(
      this.#text,
      make("p", { class: "actions" }, [
        button("Copy", () => void this.#copy()),
        button("Close", () => this.dialog.close()),
      ]),
    );
    this.element = make("span", { class: "group" }, [
      button("Mail", () => this.mail(), { title: "as text of 75 columns (m)" }),
      button("Litmus", () => this.#show(litmus(session.line.trace)), { title: "as a litmus block" }),
      button("Link", () => this.#show(session.permalink), { title: "the address of this path and step" }),
      button("SVG", () => this.#saveSvg(), { title: "save the picture" }),
      button("PNG", () => void this.#savePng(), { title: "save the picture" }),
    ]);
  }

  /** The steps that decide, and all around the one that is looked at, as text of 75 columns. */
  mail(): void {
    const { line, column, entry } = this.#session;
    const { trace } = line;
    const isNear = between(column - 3, column + 3);
    const decides = decisive(trace);
    const head = `${titleOf(trace)}: ${whereChecked(trace)}`;
    const steps = columns(trace, {
      isShown: (step, number) => decides(step, number) || isNear(step, number),
    });
    const rest = this.#session.forkedAfter === null ? [entry.replay] : [];
    this.#show([head, "", steps, "", paragraph(ending(trace), WIDTH, ""), ...rest].join("\n"));
  }

  #show(text: string): void {
    this.#text.value = text;
    this.dialog.showModal();
    this.#text.select();
  }

  async #copy(): Promise<void> {
    this.#text.select();
    try {
      await navigator.clipboard.writeText(this.#text.value);
    } catch {
      // A browser may refuse to copy. The text is selected, so that Ctrl-C copies it.
      return;
    }
    this.dialog.close();
  }

  #svg(): { readonly text: string; readonly pitch: number } {
    const { scene, length } = this.#session;
    const pitch = Math.min(11, MOST_PIXELS / (length + 1));
    return { text: standalone(scene, this.#shown(), pitch), pitch };
  }

  #saveSvg(): void {
    save(new Blob([this.#svg().text], { type: "image/svg+xml" }), `${this.#name}.svg`);
  }

  async #savePng(): Promise<void> {
    const address = URL.createObjectURL(new Blob([this.#svg().text], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = address;
    await image.decode();
    URL.revokeObjectURL(address);
    const canvas = make("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    canvas.toBlob((png) => {
      if (png !== null) save(png, `${this.#name}.png`);
    });
  }

  get #name(): string {
    const { scenario, driver } = this.#session.line.trace;
    return `pmucheck-${scenario}-${driver}`.replaceAll(/[^\w.-]+/g, "-");
  }
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = make("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

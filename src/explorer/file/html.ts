/**
 * The file: one HTML document with everything in it. It asks for nothing from anywhere, and its policy forbids it to.
 *
 * Without JavaScript it is the folded trace as text, and the picture of a trace that is not too long.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { packageRoot } from "../../check/fingerprint.js";
import { PmucheckError } from "../../spec/errors.js";
import { decisive } from "../../report/trace/fold.js";
import { whereChecked } from "../../report/subject.js";
import { titleOf, traceText } from "../../report/trace/text.js";
import { paragraph } from "../../report/wrap.js";
import type { TraceStep } from "../../trace/document.js";
import { alignmentOf, textOf as textOfStep } from "../play/alignment.js";
import { firstShown, sceneOf } from "../picture/scene.js";
import { PICTURE_STYLE, DARK, LIGHT, standalone } from "../picture/style.js";
import { escaped } from "../picture/svg.js";
import { notTakenText } from "../play/not-taken.js";
import { remedyText } from "../play/remedy.js";
import { withinScript } from "./own-script.js";
import { PAGE_FORMAT, type Lesson, type PageDocument, type PageEntry } from "../play/page-document.js";

/** The most bytes of a file: what a mail server and a reader's patience let pass. */
export const MOST_BYTES = 1_500_000;

/** A picture of more steps would be wider than anybody scrolls without JavaScript. */
const STATIC_STEPS = 400;

/** What a page is made of: verdicts in a line each, and traces. */
export type PageContent = Omit<PageDocument, "format" | "leftOut">;

/**
 * The file; the last entries are left out if it would be too large. Throws PMC155 if one alone would be.
 * @param more `script`: the user's own code (own-script.ts)
 */
export function pageHtml(
  content: PageContent,
  {
    script = "",
    mostBytes = MOST_BYTES,
  }: { readonly script?: string; readonly mostBytes?: number | undefined } = {},
): string {
  const { entries } = content;
  for (let count = entries.length; count >= Math.min(1, entries.length); count--) {
    const leftOut = entries.slice(count).map(({ trace }) => `${titleOf(trace)}: ${whereChecked(trace)}`);
    const page = { ...content, format: PAGE_FORMAT, entries: entries.slice(0, count), leftOut } as const;
    const html = htmlOf(page, script);
    if (Buffer.byteLength(html) <= mostBytes) return html;
    if (count === 0) break;
  }
  const steps = entries[0]?.trace.steps.length ?? 0;
  throw new PmucheckError(
    "PMC155",
    `the page of a trace of ${steps} steps would be larger than ${mostBytes} bytes: minimize the trace first, or serve it: pmucheck explore FILE`,
  );
}

function htmlOf(page: PageDocument, own: string): string {
  const style = `:root{${LIGHT}}@media (prefers-color-scheme:dark){:root{${DARK}}}${PICTURE_STYLE}${assetText("dist/explorer/page-style.css")}`;
  const program = withinScript(assetText("dist/explorer/page.js"));
  const policy = [
    "default-src 'none'",
    `script-src ${[own, program]
      .filter((script) => script !== "")
      .map(hashOf)
      .join(" ")}`,
    `style-src ${hashOf(style)}`,
    "img-src blob: data:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const [first] = page.entries;
  const name =
    first === undefined
      ? "pmucheck: nothing is violated"
      : `${first.lesson?.title ?? titleOf(first.trace)}: ${whereChecked(first.trace)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="pmucheck ${escaped(page.version)}">
<title>${escaped(name)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main id="text">
${page.verdicts.length === 0 ? "" : `<pre>${escaped(page.verdicts.join("\n"))}</pre>`}
${page.isComparison ? `<pre>${escaped(comparisonText(page.entries))}</pre>` : ""}
${page.entries.map(textOf).join("\n")}
</main>
<script type="application/json" id="document">${gzipSync(JSON.stringify(page), { level: 9 }).toString("base64")}</script>
${own === "" ? "" : `<script id="own">${own}</script>\n`}<script id="program">${program}</script>
</body>
</html>
`;
}

/** An entry for readers without JavaScript. */
function textOf(entry: PageEntry): string {
  const { trace, sentence, decided, replay, lesson } = entry;
  if (lesson !== null) return lessonText(lesson);
  const { notTaken = [], remedy = null } = decided ?? {};
  const texts = [
    ...(sentence === "" ? [] : [paragraph(sentence, 75, "")]),
    ...(decided === null ? [] : [paragraph(decided.words, 75, "")]),
    ...(notTaken.length === 0
      ? []
      : [paragraph(`Why was its interrupt not taken? ${notTakenText(notTaken)}`, 75, "")]),
    ...(remedy === null ? [] : [paragraph(`Does a fix close it? ${remedyText(remedy)}`, 75, "")]),
    traceText(trace, { isShown: decisive(trace) }),
    replay,
  ];
  const scene = sceneOf(trace, decided);
  const picture =
    trace.steps.length > STATIC_STEPS ? "" : withoutStyle(standalone(scene, firstShown(trace), 9));
  return `<section><h1>${escaped(titleOf(trace))}</h1>
<p>${escaped(whereChecked(trace))}</p>
<div class="static">${picture}</div>
${texts.map((text) => `<pre>${escaped(text)}</pre>`).join("\n")}
</section>`;
}

/** What is to be done, for readers who will have to take another browser to do it. */
function lessonText({ title, task }: Lesson): string {
  const paragraphs = [...task, "It is played in the browser, which needs JavaScript for it."];
  return `<section><h1>${escaped(title)}</h1>
${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join("\n")}
</section>`;
}

/** Where the first two traces part. */
function comparisonText([one, other]: readonly PageEntry[]): string {
  if (one === undefined || other === undefined) return "";
  const [steps, others] = [one.trace.steps, other.trace.steps];
  const { parts } = alignmentOf(steps, others);
  if (parts === null) return "Both traces take the same steps.";
  const said = (step: TraceStep | undefined) => (step === undefined ? "it ends before" : textOfStep(step));
  return [
    `The traces are alike for ${parts - 1} ${parts === 2 ? "step" : "steps"}. Step ${parts}:`,
    paragraph(`first: ${said(steps[parts - 1])}`, 75, "  "),
    paragraph(`second: ${said(others[parts - 1])}`, 75, "  "),
  ].join("\n");
}

/** The page has the picture's style already, and its policy knows no other. */
function withoutStyle(svg: string): string {
  return svg.replace(/<style>[^<]*<\/style>/, "").replace('fill="#ffffff"', 'class="paper"');
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const texts = new Map<string, string>();

/** A file that the build made. */
function assetText(path: string): string {
  let text = texts.get(path);
  if (text === undefined) texts.set(path, (text = readFileSync(join(packageRoot(), path), "utf8")));
  return text;
}

/**
 * The questions that every reader asks, with the step that answers each.
 */
import { textOf } from "../play/alignment.js";
import type { Decided } from "../play/page-document.js";
import { capital } from "../play/not-taken.js";
import { remedyText } from "../play/remedy.js";
import { button, make, type Child } from "./dom.js";
import type { Session } from "./session.js";

type Answer = readonly [question: string, answer: readonly Child[]];

/** Of the trace on the screen. */
export function answers(decided: Decided, session: Session): Child[] {
  const rows = [
    ...begins(decided, session),
    ...lost(decided, session),
    ...notTaken(decided, session),
    ...noReturn(decided, session),
    ...passing(decided, session),
    ...remedy(decided),
  ];
  return [
    make(
      "dl",
      { class: "answers" },
      rows.flatMap(([question, answer]) => [make("dt", {}, [question]), make("dd", {}, answer)]),
    ),
    make("details", {}, [
      make("summary", {}, ["All that was decided, in words"]),
      make("p", {}, [decided.words]),
    ]),
  ];
}

function begins({ origin, breaking }: Decided, session: Session): Answer[] {
  if (origin === null) return [];
  return [
    ["How does it begin?", [jump(session, origin), `: the ${breaking ?? "event"} that goes unreported.`]],
  ];
}

function lost({ erased }: Decided, session: Session): Answer[] {
  if (erased === null) return [];
  const { step: number, signal } = erased;
  const did = doing(session, number);
  return [
    [
      "Where is it lost?",
      [jump(session, number), `: ${did} sets ${signal} back, so the hardware shows nothing any more.`],
    ],
  ];
}

function notTaken({ notTaken: reasons }: Decided, session: Session): Answer[] {
  if (reasons.length === 0) return [];
  const spanOf = ([first, last]: (typeof reasons)[number]["spans"][number], at: number): Child[] => [
    at === 0 ? "" : " and ",
    ...(first === last
      ? ["at ", jump(session, first)]
      : ["from ", jump(session, first), " to ", jump(session, last)]),
  ];
  const told = reasons.flatMap(({ why, spans }): Child[] => [
    `${capital(why)}: `,
    ...spans.flatMap(spanOf),
    ". ",
  ]);
  return [["Why was its interrupt not taken?", told]];
}

function noReturn({ noReturn: point }: Decided, session: Session): Answer[] {
  if (point === null) return [];
  const { after, by } = point;
  const rest: Child[] =
    by === after + 1
      ? [". After ", jump(session, by), `, ${doing(session, by)}, nothing that can happen keeps the rule.`]
      : [", not decided from there on up to ", jump(session, by), "."];
  return [["When could it still be saved?", ["Until ", jump(session, after), ...rest]]];
}

function passing({ passing: good }: Decided, session: Session): Answer[] {
  if (good === null) return [];
  const { after, instead, names } = good;
  const compare = session.comparable.some(([name]) => name === "good")
    ? [button("side by side", () => session.compareWith("good"), { class: "link" }), "."]
    : [];
  return [
    [
      "What would have saved it?",
      [
        `If “${instead}” comes next after `,
        jump(session, after),
        `, all is well ${names.length - 1} steps later`,
        ...(compare.length === 0 ? ["."] : [": ", ...compare]),
      ],
    ],
  ];
}

function remedy({ remedy: fix }: Decided): Answer[] {
  return fix === null ? [] : [["Does a fix close it?", [remedyText(fix)]]];
}

/** What a step does, and in which function. */
function doing({ entry: { trace, facts } }: Session, number: number): string {
  const step = trace.steps[number - 1];
  if (step === undefined) return "";
  const within = facts?.steps[number - 1]?.offers[step.index]?.within ?? null;
  return `“${textOf(step)}”${within === null ? "" : ` in ${within}()`}`;
}

function jump(session: Session, step: number): HTMLElement {
  return button(`step ${step}`, () => session.goTo(step), { class: "link" });
}

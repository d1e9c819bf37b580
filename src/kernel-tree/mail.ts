/**
 * Patches in texts: a diff, a mail with one, or a mailbox with a series (`git format-patch --stdout`, `b4 am`).
 */
import { parsePatch, type StructuredPatch } from "diff";

import { PmucheckError } from "../spec/errors.js";

/** One patch: what it changes, and how it is called. */
export interface Patch {
  /** The mail's subject without its tags; the file's name if there is none. */
  readonly subject: string;
  readonly files: readonly StructuredPatch[];
}

/** The line between the messages of a mailbox. */
const MESSAGE = /^From \S+ .*\d{4}$/m;
/** Where a diff begins, behind whatever is said about it. */
const DIFF = /^(?:diff --git |--- (?:a\/|\/dev\/null|\S+\n\+\+\+ ))/m;
/** `-- ` and a version: what git writes below a patch. */
const SIGNATURE = /^-- \n[\s\S]*$/m;

/** The patches of a file, in their order; a cover letter is none. Throws PMC174 if there is no diff in it. */
export function patchesIn(text: string, file: string): readonly Patch[] {
  const messages = splitMailbox(text.replaceAll("\r\n", "\n"));
  const patches = messages.map((message) => patchOf(message, file)).filter((patch) => patch !== undefined);
  if (patches.length === 0) {
    throw new PmucheckError(
      "PMC174",
      `there is no diff in ${file}: give what git format-patch or diff -u printed`,
    );
  }
  return patches
    .map(({ patch, number }, i) => ({ patch, number: number ?? i + 1 }))
    .toSorted((a, b) => a.number - b.number)
    .map(({ patch }) => patch);
}

function splitMailbox(text: string): readonly string[] {
  if (!MESSAGE.test(text.slice(0, text.indexOf("\n") + 1).trimEnd())) return [text];
  return text.split(/^(?=From \S+ .*\d{4}$)/m);
}

function patchOf(message: string, file: string): { patch: Patch; number: number | undefined } | undefined {
  const headerEnd = message.indexOf("\n\n");
  const header = headerEnd < 0 ? "" : message.slice(0, headerEnd).replaceAll(/\n[ \t]+/g, " ");
  const isMail = /^(?:From|Subject|Message-I[dD]):? /m.test(header) && !DIFF.test(header);
  const body = isMail ? decoded(message.slice(headerEnd + 2), header) : message;
  const at = body.search(DIFF);
  if (at < 0) return undefined;
  const subject = isMail ? subjectIn(header) : undefined;
  return {
    patch: { subject: subject?.text ?? file, files: parsed(body.slice(at).replace(SIGNATURE, ""), file) },
    number: subject?.number,
  };
}

/** The subject, and which patch of its series it says to be. */
function subjectIn(
  header: string,
): { readonly text: string; readonly number: number | undefined } | undefined {
  const [, subject] = /^Subject: (.*)$/m.exec(header) ?? [];
  if (subject === undefined) return undefined;
  const [, number] = /^\[[^\]]*?(\d+)\/\d+[^\]]*\]/.exec(subject) ?? [];
  return {
    text: subject.replace(/^(?:\[[^\]]*\]\s*)+/, ""),
    number: number === undefined ? undefined : Number(number),
  };
}

function decoded(body: string, header: string): string {
  const [, encoding = ""] = /^Content-Transfer-Encoding: *(\S+)/im.exec(header) ?? [];
  switch (encoding.toLowerCase()) {
    case "quoted-printable":
      return Buffer.from(
        body
          .replaceAll("=\n", "")
          .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
      ).toString("utf8");
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    default:
      return body;
  }
}

function parsed(diff: string, file: string): readonly StructuredPatch[] {
  try {
    return parsePatch(diff).filter(({ hunks }) => hunks.length > 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new PmucheckError("PMC174", `the diff in ${file} is damaged: ${reason}; make it again`);
  }
}

/**
 * A strict reader of the part of Mermaid's sequence diagrams that is used here: one statement per line, participants
 * declared before they are used, loops closed. Narrower than Mermaid's own grammar (the package needs a newer Node than
 * this one supports, and brings a hundred others), so that what it takes, Mermaid takes.
 */
export interface MermaidDiagram {
  readonly participants: ReadonlyMap<string, string>;
  readonly messages: readonly { readonly from: string; readonly to: string; readonly text: string }[];
  readonly notes: readonly { readonly over: readonly string[]; readonly text: string }[];
  /** How many messages were read before each `loop` and each `end`. */
  readonly loops: readonly { readonly from: number; readonly to: number }[];
}

export function readMermaid(text: string): MermaidDiagram {
  const participants = new Map<string, string>();
  const messages: { from: string; to: string; text: string }[] = [];
  const notes: { over: string[]; text: string }[] = [];
  const loops: { from: number; to: number }[] = [];
  const open: number[] = [];
  const known = (name: string) => {
    if (!participants.has(name)) throw new Error(`'${name}' is no participant`);
    return name;
  };
  const [head, ...lines] = text.split("\n");
  if (head !== "sequenceDiagram") throw new Error(`'${head}' is no diagram`);
  for (const line of lines) {
    const statement = line.trim();
    const participant = /^participant ([A-Za-z]\w*) as (.+)$/.exec(statement);
    const message = /^([A-Za-z]\w*)->>([A-Za-z]\w*): (.+)$/.exec(statement);
    const note = /^Note over ([\w,]+): (.+)$/.exec(statement);
    if (statement.startsWith("%% ")) continue;
    else if (participant !== null) participants.set(participant[1] ?? "", plain(participant[2]));
    else if (message !== null) {
      messages.push({ from: known(message[1] ?? ""), to: known(message[2] ?? ""), text: plain(message[3]) });
    } else if (note !== null)
      notes.push({ over: (note[1] ?? "").split(",").map(known), text: plain(note[2]) });
    else if (/^loop \S/.test(statement)) open.push(messages.length);
    else if (statement === "end" && open.length > 0)
      loops.push({ from: open.pop() ?? 0, to: messages.length });
    else throw new Error(`'${line}' is no statement`);
  }
  if (open.length > 0) throw new Error("a loop without an end");
  return { participants, messages, notes, loops };
}

/** Text as Mermaid draws it. A `;` outside an entity would end the statement; `<` would begin HTML. */
function plain(text = ""): string {
  const rest = text.replace(/#\d+;/g, "");
  if (/[#;<]/.test(rest)) throw new Error(`'${text}' has a character that must be an entity`);
  return text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

/**
 * A small strict reader of XML 1.0 without DTDs, comments, CDATA sections and namespaces: elements, attributes, text, the
 * five entities. Throws for what is not well formed.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const TOKEN = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

export function readXml(source: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!source.startsWith(declaration)) throw new Error("no XML declaration");
  // oxlint-disable-next-line no-control-regex -- what XML cannot hold
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(source)) throw new Error("a control character");
  const body = source.slice(declaration.length);
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [
    { name: "", attributes: {}, children: [], text: "" },
  ];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(body);
    const top = open.at(-1);
    if (match === null || top === undefined) throw new Error(`not well formed: ${body.slice(at, at + 40)}`);
    const [, closing, opening, attributes = "", empty, text] = match;
    if (text !== undefined) top.text += plain(text);
    if (closing !== undefined) {
      if (closing !== top.name) throw new Error(`</${closing}> closes <${top.name}>`);
      open.pop();
    }
    if (opening !== undefined) {
      const given: Record<string, string> = {};
      for (const [, name = "", value] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) {
        if (name in given) throw new Error(`<${opening}> has two attributes ${name}`);
        given[name] = plain(value);
      }
      const element = { name: opening, attributes: given, children: [], text: "" };
      top.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  const [root] = open[0]?.children ?? [];
  if (open.length !== 1 || root === undefined) throw new Error("an element is not closed");
  return root;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text = ""): string {
  return text.replace(/&(\w*);?/g, (whole, name: string) => {
    const character = ENTITIES[name];
    if (character === undefined || !whole.endsWith(";")) throw new Error(`'${whole}' is no entity`);
    return character;
  });
}

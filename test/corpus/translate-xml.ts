import { unzipSync } from "fflate";

/** A tag or a text of an XML part, with the prefix replaced by what its namespace is for (`w`, `a`, `s`, `p`, `c` …). */
export type XmlToken =
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly isEmpty: boolean;
    }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

const families: readonly (readonly [RegExp, string])[] = [
  [/wordprocessingml\/(2006\/)?main$/, "w"],
  [/spreadsheetml\/(2006\/)?main$/, "s"],
  [/presentationml\/(2006\/)?main$/, "p"],
  [/drawingml\/(2006\/)?main$/, "a"],
  [/drawingml\/(2006\/)?chart$/, "c"],
  [/drawingml\/(2006\/)?diagram$/, "dgm"],
  [/officeDocument\/(2006\/)?math$/, "m"],
  [/officeDocument\/(2006\/)?relationships$/, "r"],
];

const lexeme =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/** Reads a part by itself, for checks that must share nothing with what wrote it. Throws where it isn't well-formed. */
export function xmlTokens(xml: string): XmlToken[] {
  const tokens: XmlToken[] = [];
  const open: { readonly raw: string; readonly scope: ReadonlyMap<string, string> }[] = [];
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < xml.length) {
    const at = lexeme.lastIndex;
    const found = lexeme.exec(xml);
    if (found === null) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    const [, data, closed, opened, attributeText, empty, text] = found;
    const scope = open.at(-1)?.scope ?? new Map<string, string>();
    if (data !== undefined) tokens.push({ kind: "text", text: data });
    else if (text !== undefined) tokens.push({ kind: "text", text: decoded(text) });
    else if (closed !== undefined) {
      const last = open.pop();
      if (last?.raw !== closed) throw new Error(`</${closed}> closes <${last?.raw}>`);
      tokens.push({ kind: "close", name: inFamily(closed, last.scope) });
    } else if (opened !== undefined) {
      const own = ownScope(attributeText!, scope);
      const name = inFamily(opened, own);
      const attributes = attributesIn(attributeText!, own);
      tokens.push({ kind: "open", name, attributes, isEmpty: empty === "/" });
      if (empty === "/") tokens.push({ kind: "close", name });
      else open.push({ raw: opened, scope: own });
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)!.raw}> is never closed`);
  return tokens;
}

const attributePattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function ownScope(attributes: string, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (!attributes.includes("xmlns")) return outer;
  const scope = new Map(outer);
  for (const [, name, double, single] of attributes.matchAll(attributePattern)) {
    const prefix = /^xmlns(?::(.*))?$/.exec(name!);
    if (!prefix) continue;
    const uri = double ?? single ?? "";
    scope.set(prefix[1] ?? "", families.find(([pattern]) => pattern.test(uri))?.[1] ?? `${prefix[1] ?? ""}`);
  }
  return scope;
}

function attributesIn(text: string, scope: ReadonlyMap<string, string>): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single] of text.matchAll(attributePattern)) {
    if (/^xmlns(:|$)/.test(name!)) continue;
    const key = name!.includes(":") ? inFamily(name!, scope) : name!;
    if (attributes.has(key)) throw new Error(`the attribute ${key} stands twice`);
    attributes.set(key, decoded(double ?? single ?? ""));
  }
  return attributes;
}

function inFamily(name: string, scope: ReadonlyMap<string, string>): string {
  const [prefix, local] = name.includes(":") ? (name.split(":") as [string, string]) : ["", name];
  if (prefix !== "" && prefix !== "xml" && !scope.has(prefix))
    throw new Error(`the prefix of ${name} is not bound`);
  const family = scope.get(prefix) ?? prefix;
  return family === "" ? local : `${family}:${local}`;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(text: string): string {
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text)) throw new Error("a sign that XML forbids");
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    if (Object.hasOwn(entities, name) && whole.endsWith(";")) return entities[name]!;
    const number = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name);
    if (!number) throw new Error(`${whole} is no reference`);
    return String.fromCodePoint(number[1] ? Number.parseInt(number[1], 16) : Number(number[2]));
  });
}

/** The entries of a package, by name. */
export function zipEntries(bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes)));
}

export function decodeXml(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

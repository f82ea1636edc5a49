/**
 * Namespaces by their usual prefix. Strict documents (ISO/IEC 29500, `purl.oclc.org`) and transitional ones
 * (`schemas.openxmlformats.org`) share a prefix, so that code names an element once.
 */
const known: readonly (readonly [prefix: string, ...uris: string[]])[] = [
  [
    "w",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
  ],
  [
    "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
  ],
  ["a", "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"],
  [
    "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
  ],
  [
    "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
  ],
  ["mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"],
  ["w14", "http://schemas.microsoft.com/office/word/2010/wordml"],
  // The second one is from previews of Word 2013, whose files are still about.
  [
    "w15",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/word/2010/11/wordml",
  ],
  ["w16cid", "http://schemas.microsoft.com/office/word/2016/wordml/cid"],
  [
    "x",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
  ],
  ["x18tc", "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"],
  ["wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"],
  ["v", "urn:schemas-microsoft-com:vml"],
  ["pr", "http://schemas.openxmlformats.org/package/2006/relationships"],
  ["ct", "http://schemas.openxmlformats.org/package/2006/content-types"],
  ["cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"],
  ["dc", "http://purl.org/dc/elements/1.1/"],
  ["xml", "http://www.w3.org/XML/1998/namespace"],
];

const prefixByUri: ReadonlyMap<string, string> = new Map(
  known.flatMap(([prefix, ...uris]) => uris.map((uri) => [uri, prefix] as const)),
);

/** Prefixes as declared at one place of a document, and the URI each stands for; `""` is the default namespace. */
export type NamespaceScope = ReadonlyMap<string, string>;

export const rootScope: NamespaceScope = new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]);

/** The scope inside a start tag whose attributes are given as source text. */
export function scopeWith(outer: NamespaceScope, attributes: string): NamespaceScope {
  const scope = new Map(outer);
  for (const [, prefix = "", double, single] of attributes.matchAll(
    /\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    scope.set(prefix, double ?? single ?? "");
  }
  return scope;
}

/**
 * The canonical name of a qualified name: `w:p` for a paragraph whatever prefix the file uses. Names of unknown
 * namespaces become `{uri}local`; unprefixed attributes stay as they are.
 */
export function canonicalName(scope: NamespaceScope, qualified: string, isElement: boolean): string {
  const colon = qualified.indexOf(":");
  if (colon < 0 && !isElement) return qualified;
  const uri = scope.get(colon < 0 ? "" : qualified.slice(0, colon));
  const local = qualified.slice(colon + 1);
  if (uri === undefined || uri === "") return colon < 0 ? local : `{?}${qualified}`;
  const prefix = prefixByUri.get(uri);
  return prefix === undefined ? `{${uri}}${local}` : `${prefix}:${local}`;
}

/** A prefix that stands for that namespace here: `""` for the default one, undefined when there is none. */
export function prefixFor(
  scope: NamespaceScope,
  canonicalPrefix: string,
  isElement: boolean,
): string | undefined {
  for (const [prefix, uri] of scope) {
    if (prefix === "" && !isElement) continue;
    if (prefixByUri.get(uri) === canonicalPrefix) return prefix;
  }
  return undefined;
}

/** The namespace URI for a canonical prefix, transitional or strict. */
export function namespaceUri(canonicalPrefix: string, strict = false): string {
  const entry = known.find(([prefix]) => prefix === canonicalPrefix);
  if (entry === undefined) throw new RangeError(`no namespace has the prefix ${canonicalPrefix}`);
  const [, ...uris] = entry;
  return (strict ? uris.find((uri) => uri.startsWith("http://purl.oclc.org/")) : undefined) ?? uris[0]!;
}

import { FileDamagedError, FileTooLargeError } from "../../errors.ts";
import { canonicalName, type NamespaceScope, rootScope, scopeWith } from "./namespaces.ts";

/**
 * Every element of an XML text as columns of offsets into that text (UTF-16 units), in document order.
 * Nothing is copied: an edit is a splice of `source`. Index -1 means "none".
 */
export type XmlTree = {
  readonly source: string;
  readonly count: number;
  /** Where `<` of the start tag is. */
  readonly start: Int32Array;
  /** Just after the start tag's name. */
  readonly nameEnd: Int32Array;
  /** Just after `>` of the start tag. */
  readonly openEnd: Int32Array;
  /** Where `</` is; the same as `openEnd` of a self-closing element. */
  readonly closeStart: Int32Array;
  /** Just after the element. */
  readonly end: Int32Array;
  readonly parent: Int32Array;
  /** First element after this one and all it holds; `count` at the end. */
  readonly next: Int32Array;
  /** Index into `names`. */
  readonly name: Int32Array;
  /** Canonical names: the namespace's usual prefix and the local name (`w:p`), whatever prefix the file uses. */
  readonly names: readonly string[];
  /** Index into `scopes`. */
  readonly scope: Int32Array;
  readonly scopes: readonly NamespaceScope[];
};

type Columns = {
  start: Int32Array;
  nameEnd: Int32Array;
  openEnd: Int32Array;
  closeStart: Int32Array;
  end: Int32Array;
  parent: Int32Array;
  next: Int32Array;
  name: Int32Array;
  scope: Int32Array;
};

const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const GREATER = 62;
const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Indexes an XML text. Refuses a DOCTYPE (so no entity can be defined), nesting deeper than `maxDepth`,
 * tags that do not match, and text outside the root. What Tandem writes is checked more strictly,
 * by `assertWellFormed`.
 */
export function scanXml(source: string, maxDepth = 256, outer: NamespaceScope = rootScope): XmlTree {
  const names = new Map<string, number>();
  const scopes: NamespaceScope[] = [outer];
  const scopeIds = new Map<string, number>();
  const nameIds: Map<string, number>[] = [new Map()];
  let capacity = Math.min(maxElements, Math.max(64, Math.ceil(source.length / 24)));
  let columns = createColumns(capacity);
  let count = 0;
  let current = -1;
  let currentScope = 0;
  let depth = 0;
  let nextDeclaration = source.indexOf("xmlns");
  let at = 0;
  const length = source.length;
  for (;;) {
    const tag = source.indexOf("<", at);
    if (depth === 0) checkOutside(source, at, tag < 0 ? length : tag);
    if (tag < 0) break;
    const second = source.charCodeAt(tag + 1);
    if (second === SLASH) {
      const close = source.indexOf(">", tag);
      if (close < 0) throw cutOff();
      if (current < 0) throw damaged("an end tag without its start", tag);
      const nameStart = columns.start[current]! + 1;
      const nameLength = columns.nameEnd[current]! - nameStart;
      checkEndTag(source, tag, close, nameStart, nameLength);
      columns.closeStart[current] = tag;
      columns.end[current] = close + 1;
      columns.next[current] = count;
      current = columns.parent[current]!;
      currentScope = current < 0 ? 0 : columns.scope[current]!;
      depth--;
      at = close + 1;
      continue;
    }
    if (second === BANG || second === QUESTION) {
      at = skipMarkup(source, tag, depth);
      continue;
    }
    if (current < 0 && count > 0) throw damaged("a second root element", tag);
    if (depth >= maxDepth) throw damaged(`elements nested deeper than ${maxDepth}`, tag);
    if (count === capacity) {
      if (count >= maxElements)
        throw new FileTooLargeError(`the XML holds more than ${maxElements} elements`);
      capacity = Math.min(capacity * 2, maxElements);
      columns = growColumns(columns, capacity);
    }
    const nameEnd = endOfName(source, tag + 1);
    const tagEnd = endOfTag(source, nameEnd);
    let scope = currentScope;
    while (nextDeclaration >= 0 && nextDeclaration < nameEnd)
      nextDeclaration = source.indexOf("xmlns", nameEnd);
    if (nextDeclaration >= 0 && nextDeclaration < tagEnd) {
      scope = innerScope(source.slice(nameEnd, tagEnd), scope, scopes, scopeIds, tag);
      if (scope === nameIds.length) nameIds.push(new Map());
      nextDeclaration = source.indexOf("xmlns", tagEnd);
    }
    const qualified = source.slice(tag + 1, nameEnd);
    let name = nameIds[scope]!.get(qualified);
    if (name === undefined) {
      const canonical = canonicalName(scopes[scope]!, qualified, true);
      name = names.get(canonical) ?? names.size;
      names.set(canonical, name);
      nameIds[scope]!.set(qualified, name);
    }
    columns.start[count] = tag;
    columns.nameEnd[count] = nameEnd;
    columns.openEnd[count] = tagEnd;
    columns.parent[count] = current;
    columns.name[count] = name;
    columns.scope[count] = scope;
    if (source.charCodeAt(tagEnd - 2) === SLASH) {
      columns.closeStart[count] = tagEnd;
      columns.end[count] = tagEnd;
      columns.next[count] = count + 1;
    } else {
      current = count;
      currentScope = scope;
      depth++;
    }
    count++;
    at = tagEnd;
  }
  if (current >= 0 || count === 0) throw cutOff();
  return { source, count, ...columns, names: [...names.keys()], scopes };
}

/** Most elements of one part: they take 36 bytes each. A document of 5,000 pages has about as many. */
const maxElements = 2_000_000;

/** Most namespace declarations, counted once for every different place they hold in; real files stay below 10,000. */
const maxDeclarations = 500_000;

/** The scope inside a tag that declares namespaces; tags that declare the same in the same place share one. */
function innerScope(
  attributes: string,
  outer: number,
  scopes: NamespaceScope[],
  ids: Map<string, number>,
  tag: number,
): number {
  const declarations = attributes.match(/\sxmlns(?::[^\s=]+)?\s*=\s*(?:"[^"]*"|'[^']*')/g);
  if (declarations === null) return outer;
  const text = declarations.join("");
  const known = ids.get(`${outer}${text}`);
  if (known !== undefined) return known;
  const scope = scopeWith(scopes[outer]!, text);
  const spent = (ids.get("") ?? 0) + scope.size;
  if (spent > maxDeclarations) throw damaged("more namespace declarations than any Office file", tag);
  ids.set("", spent);
  scopes.push(scope);
  ids.set(`${outer}${text}`, scopes.length - 1);
  return scopes.length - 1;
}

function skipMarkup(source: string, tag: number, depth: number): number {
  if (source.startsWith("<!--", tag)) return after(source, "-->", tag + 4);
  if (source.startsWith("<?", tag)) return after(source, "?>", tag + 2);
  if (source.startsWith("<![CDATA[", tag) && depth > 0) return after(source, "]]>", tag + 9);
  throw damaged(
    "a document type declaration (or other markup declaration), which Office files never have",
    tag,
  );
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  if (found < 0) throw cutOff();
  return found + mark.length;
}

function endOfName(source: string, from: number): number {
  let at = from;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code === GREATER || code === SLASH || code <= 32) break;
    if (Number.isNaN(code)) throw cutOff();
    at++;
  }
  if (at === from) throw damaged("a tag without a name", from - 1);
  return at;
}

function endOfTag(source: string, from: number): number {
  let at = from;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code === GREATER) return at + 1;
    if (code === QUOTE || code === APOSTROPHE) {
      let before = at - 1;
      while (before > from && source.charCodeAt(before) <= 32) before--;
      if (source.charCodeAt(before) !== EQUALS)
        throw damaged("a quotation mark where an attribute should be", at);
      at = source.indexOf(code === QUOTE ? '"' : "'", at + 1);
      if (at < 0) throw cutOff();
    } else if (Number.isNaN(code)) {
      throw cutOff();
    }
    at++;
  }
}

function checkEndTag(
  source: string,
  tag: number,
  close: number,
  nameStart: number,
  nameLength: number,
): void {
  for (let i = 0; i < nameLength; i++) {
    if (source.charCodeAt(tag + 2 + i) !== source.charCodeAt(nameStart + i)) {
      throw damaged(
        `</${source.slice(tag + 2, close)}> ends <${source.slice(nameStart, nameStart + nameLength)}>`,
        tag,
      );
    }
  }
  for (let i = tag + 2 + nameLength; i < close; i++) {
    if (source.charCodeAt(i) > 32) throw damaged(`a bad end tag </${source.slice(tag + 2, close)}>`, tag);
  }
}

function checkOutside(source: string, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const code = source.charCodeAt(i);
    if (code > 32 && code !== 0xfeff) throw damaged("text outside the root element", i);
  }
}

function createColumns(capacity: number): Columns {
  const column = (): Int32Array => new Int32Array(capacity);
  return {
    start: column(),
    nameEnd: column(),
    openEnd: column(),
    closeStart: column(),
    end: column(),
    parent: column(),
    next: column(),
    name: column(),
    scope: column(),
  };
}

function growColumns(columns: Columns, capacity: number): Columns {
  const grown = (old: Int32Array): Int32Array => {
    const wider = new Int32Array(capacity);
    wider.set(old);
    return wider;
  };
  return {
    start: grown(columns.start),
    nameEnd: grown(columns.nameEnd),
    openEnd: grown(columns.openEnd),
    closeStart: grown(columns.closeStart),
    end: grown(columns.end),
    parent: grown(columns.parent),
    next: grown(columns.next),
    name: grown(columns.name),
    scope: grown(columns.scope),
  };
}

function damaged(what: string, at: number): FileDamagedError {
  return new FileDamagedError(`the XML holds ${what} (at character ${at})`);
}

function cutOff(): FileDamagedError {
  return new FileDamagedError("the XML is cut off");
}

import { decodeText } from "../../xml/xml-text.ts";
import { damagedCells } from "./sheet-scan.ts";

/** A tag, comment, instruction or CDATA section in bytes; `end` is just behind it. */
export type Markup = {
  readonly kind: "open" | "empty" | "close" | "other";
  /** Local name: `c` whatever the prefix. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
};

const LESS = 60;
const GREATER = 62;
const EQUALS = 61;
const SLASH = 47;
const QUOTE = 34;
const APOSTROPHE = 39;

/** The markup that begins at or after `from`; undefined when the bytes end before it does. */
export function nextMarkup(bytes: Uint8Array, from: number, end: number): Markup | undefined {
  let start = from;
  while (start < end && bytes[start] !== LESS) start++;
  if (start + 3 >= end) return undefined;
  const second = bytes[start + 1]!;
  if (second === 33 || second === 63) return otherMarkup(bytes, start, end);
  const close = endOfTag(bytes, start, end);
  if (close < 0) return undefined;
  const kind = second === SLASH ? "close" : bytes[close - 2] === SLASH ? "empty" : "open";
  return { kind, name: localName(bytes, second === SLASH ? start + 2 : start + 1), start, end: close };
}

function endOfTag(bytes: Uint8Array, start: number, end: number): number {
  let quote = 0;
  for (let at = start + 1; at < end; at++) {
    const code = bytes[at]!;
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === QUOTE || code === APOSTROPHE) quote = code;
    else if (code === GREATER) return at + 1;
    else if (code === LESS) throw damagedCells("a tag stands inside another tag");
  }
  return -1;
}

function localName(bytes: Uint8Array, from: number): string {
  let name = "";
  for (let at = from; name.length < 64; at++) {
    const code = bytes[at]!;
    if (code <= 32 || code === GREATER || code === SLASH) return name;
    name = code === 58 ? "" : name + String.fromCharCode(code);
  }
  return name;
}

function otherMarkup(bytes: Uint8Array, start: number, end: number): Markup | undefined {
  const begins = (text: string): boolean =>
    Array.from(text).every((letter, index) => bytes[start + index] === letter.charCodeAt(0));
  const closing = begins("<!--") ? "-->" : begins("<![CDATA[") ? "]]>" : begins("<?") ? "?>" : undefined;
  if (closing === undefined) {
    if (end - start < 9) return undefined;
    throw damagedCells("a declaration stands where rows should be");
  }
  const [first, second] = [closing.charCodeAt(0), closing.charCodeAt(closing.length - 2)];
  // `<!-->` is no whole comment: what closes it begins behind what opens it.
  const earliest = start + (closing === "?>" ? 2 : closing === "-->" ? 4 : 9) + closing.length - 1;
  let last = bytes.indexOf(GREATER, earliest);
  while (
    last >= 0 &&
    last < end &&
    !(bytes[last - 1] === second && bytes[last - closing.length + 1] === first)
  ) {
    last = bytes.indexOf(GREATER, last + 1);
  }
  return last < 0 || last >= end ? undefined : { kind: "other", name: "", start, end: last + 1 };
}

/** The value of the tag's attribute with exactly that name; undefined when it has none. */
export function tagAttribute(bytes: Uint8Array, tag: Markup, name: string): string | undefined {
  let at = tag.start + 1;
  while (at < tag.end && bytes[at]! > 32 && bytes[at] !== GREATER) at++;
  for (;;) {
    while (at < tag.end && bytes[at]! <= 32) at++;
    const start = at;
    while (at < tag.end && bytes[at] !== EQUALS && bytes[at]! > 32) at++;
    const isWanted = at - start === name.length && isAt(bytes, start, name);
    while (at < tag.end && bytes[at] !== QUOTE && bytes[at] !== APOSTROPHE) at++;
    if (at >= tag.end) return undefined;
    const end = bytes.indexOf(bytes[at]!, at + 1);
    if (isWanted) return decodeText(sourceText(bytes, at + 1, end));
    at = end + 1;
  }
}

function isAt(bytes: Uint8Array, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes of XML as text, markup included. */
export function sourceText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 16) return utf8.decode(bytes.subarray(start, end));
  // Most are an address or a word, and calling the decoder takes longer than that.
  let text = "";
  for (let at = start; at < end; at++) {
    if (bytes[at]! > 127) return utf8.decode(bytes.subarray(start, end));
    text += String.fromCharCode(bytes[at]!);
  }
  return text;
}

/** The end tag of the element that `open` begins; undefined when the bytes end before. */
export function endTag(bytes: Uint8Array, open: Markup, end: number): Markup | undefined {
  const names = [open.name];
  for (let at = open.end; ; ) {
    const markup = nextMarkup(bytes, at, end);
    if (markup === undefined) return undefined;
    at = markup.end;
    if (markup.kind === "open") {
      if (names.length > 256) throw damagedCells("elements are nested deeper than 256");
      names.push(markup.name);
    } else if (markup.kind === "close") {
      const name = names.pop();
      if (name !== markup.name) throw damagedCells(`</${markup.name}> ends <${name}>`);
      if (names.length === 0) return markup;
    }
  }
}

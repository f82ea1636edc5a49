import { FileDamagedError } from "../../errors.ts";

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Character data as a reader sees it: references, CDATA and line ends resolved, comments dropped (XML 1.0, 2.11, 4.1). */
export function decodeText(source: string): string {
  if (!/[&<\r]/.test(source)) return source;
  return source
    .replace(/\r\n?/g, "\n")
    .replace(
      /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|&([^;]{1,12});|&/g,
      (match, data, reference) => {
        if (data !== undefined) return data;
        if (reference !== undefined) return decodeReference(reference);
        if (match === "&") throw new FileDamagedError("the XML holds a bare &");
        return "";
      },
    );
}

function decodeReference(reference: string): string {
  if (!reference.startsWith("#")) {
    const text = named[reference];
    if (text === undefined)
      throw new FileDamagedError(`the XML refers to an entity &${reference}; that nothing defines`);
    return text;
  }
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(reference);
  const code = digits?.[1] ? Number.parseInt(digits[1], 16) : Number(digits?.[2] ?? Number.NaN);
  if (!isXmlCharacter(code))
    throw new FileDamagedError(`the XML holds a bad character reference &${reference};`);
  return String.fromCodePoint(code);
}

/** True for a code point that XML 1.0 allows in text (2.2). */
export function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** True when every character may stand in XML: no control characters, no half surrogate pairs. */
export function isXmlText(text: string): boolean {
  for (const character of text) if (!isXmlCharacter(character.codePointAt(0)!)) return false;
  return true;
}

export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) =>
    character === "&" ? "&amp;" : character === "<" ? "&lt;" : "&gt;",
  );
}

/** For a value between double quotes; line ends and tabs are kept as references. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/["\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Whether an engine's text in markup holds any: tags or character references. */
export function hasMarkup(text: string): boolean {
  return /[<&]/.test(text);
}

/** Plain text as it stands in markup. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", nbsp: "\u00a0" };

/** Replaces the character references that engines stumble over by their characters; `&amp;`, `&lt;` and `&gt;` stay. */
export function simplifyReferences(markup: string): string {
  return markup.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(quot|apos|nbsp));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      const isCharacter = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? escapeMarkup(String.fromCodePoint(code)) : whole;
    },
  );
}

/** The text that a reader sees: tags gone, references resolved. */
export function visibleText(markup: string): string {
  return simplifyReferences(markup.replace(/<[^>]*>/g, ""))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

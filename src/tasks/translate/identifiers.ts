/** `SharedStringPart`, `rId3`, `net_cash`, `C:\\files\\a`; `1st` and `2nd` are words. */
const identifier =
  /^(?:\S*[\p{L}\d]_\S*|\S*\\\S*|\p{L}*\p{Ll}\p{Lu}[\p{L}\d]*|(?!\d+(?:st|nd|rd|th)$)(?=\S*\d)\p{L}*[\p{L}\d]*)$/u;

/** A text without the words that only machines read. */
export function withoutIdentifiers(text: string): string {
  return text.replace(/[^\s"'“”„«»(),;]+/gu, (word) =>
    identifier.test(word.replace(/[.:!?]+$/, "")) ? "" : word,
  );
}

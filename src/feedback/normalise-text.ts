const alike: readonly (readonly [RegExp, string])[] = [
  [/[“”„‟«»″]/g, '"'],
  [/[‘’‚‛′‹›]/g, "'"],
  [/[‐‑‒–—−]/g, "-"],
  [/\u00ad|\ufffc|\u200b/g, ""],
];

/** The text with quotation marks, dashes and spaces in their plainest form: what autocorrection changes by itself. */
export function normaliseText(text: string): string {
  let plain = text.normalize("NFC");
  for (const [pattern, replacement] of alike) plain = plain.replace(pattern, replacement);
  return plain.replace(/…/g, "...").replace(/\s+/g, " ");
}

/** A 53-bit hash of the normalised text as hexadecimal (cyrb53): to recognise a paragraph, not to protect it. */
export function hashText(text: string): string {
  const plain = normaliseText(text).trim();
  return plain === "" ? "" : hashCodes(plain.length, (index) => plain.charCodeAt(index));
}

/** The same of any numbers. */
export function hashCodes(length: number, codeAt: (index: number) => number): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < length; index++) {
    const code = codeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16);
}

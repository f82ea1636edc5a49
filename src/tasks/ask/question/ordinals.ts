const ordinals: readonly string[] =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");

/** A regular expression of the words for a place behind the first: `second`, `3rd`. */
export const ordinalWords: string = `${ordinals.slice(1).join("|")}|\\d+(?:nd|rd|th)`;

/** 2 for `second` and `2nd`; 1 for a word that is no place. */
export function placeOf(word: string): number {
  const place = /^\d/.test(word) ? Number.parseInt(word, 10) : ordinals.indexOf(word) + 1;
  return Math.max(1, place);
}

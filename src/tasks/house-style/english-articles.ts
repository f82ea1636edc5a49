/** Whether a word begins with a vowel to the ear, so that "an" stands before it; undefined where spelling does not tell. */
export function beginsWithVowel(word: string): boolean | undefined {
  const plain = word.toLowerCase();
  if (!/^\p{L}/u.test(word) || /^\p{Lu}{2}/u.test(word)) return undefined;
  if (/^(?:hour|honest|hono|heir)/u.test(plain)) return true;
  if (/^(?:eu|ew|one(?!r)|once|us[aeiu]|uti|ura|uto|ubi|uni(?![mn]))/u.test(plain)) return false;
  return /^[aeiou]/u.test(plain);
}

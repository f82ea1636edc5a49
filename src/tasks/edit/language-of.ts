/**
 * How words of a text can be compared: English has a stemmer here; German writes all nouns with a capital; for
 * any other language words are compared by their beginnings.
 */
export type Language = "en" | "de" | "other";

const ENGLISH: ReadonlySet<string> = new Set(
  "the of to and is are in for by be will that with on as at from it its this which has have not or an if was can may".split(
    " ",
  ),
);
const GERMAN: ReadonlySet<string> = new Set(
  "der die das den dem des und ist sind für mit von nicht ein eine einen einem einer wird werden auf im am zu zur zum auch oder als bei nach wenn".split(
    " ",
  ),
);
const OTHER: ReadonlySet<string> = new Set(
  "le la les des une et est sont pour avec dans el los las una y es son para con o os uma e da do das dos não em que se por na no nas nos aux du au il elle".split(
    " ",
  ),
);

/** The language of a text by its small words; English when nothing speaks against it. */
export function languageOf(text: string): Language {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (list: ReadonlySet<string>): number => words.filter((word) => list.has(word)).length;
  const [english, german, other] = [count(ENGLISH), count(GERMAN), count(OTHER)];
  if (german > english && german >= other) return "de";
  return other > english ? "other" : "en";
}

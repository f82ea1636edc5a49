/** Latin letters and digits: the languages of the tables. All of `\p{L}` makes patterns ten times slower to compile. */
const WORD = "[0-9A-Za-zªµºÀ-ÖØ-öø-ɏ]";
const EDGE = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;

/** Builds a case-insensitive pattern in which `\b` also knows letters with accents. */
export function rx(source: string, flags = "iu"): RegExp {
  return new RegExp(source.replaceAll("\\b", EDGE), flags);
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a about above after again against all also am an and any are aren't as at be because been before being below " +
    "between both but by can can't cannot could did didn't do does doesn't doing don't down during each even ever " +
    "every few for from further get gets getting go goes going got had has have haven't having he he'll he's her here hers him his " +
    "how i i'd i'll i'm i've if in into is isn't it it's it'll its just let let's like lot made make many maybe me mean might more " +
    "most much must my need no nor not now of off ok okay on once one only or other our ours out over own perhaps please " +
    "put quite rather really right said same say says see shall she she's should so some something such sure than " +
    "that that's the their theirs them then there there's these they they'll they're they've thing things think this those through to " +
    "too under until up upon us very was we we'd we'll we're we've well were what what's when where which while who whom why " +
    "will with without won't would yeah yes yep you you'd you'll you're you've your yours um uh er erm hmm mm mm-hmm uh-huh " +
    "oh ah actually basically kind sort stuff anyway anything everything bit know gonna wanna want wants thank thanks good " +
    "great fine guess alright still way come came take took look back first two three point question maybe somebody " +
    "someone people whole probably different thought because cause guys hello hi bye " +
    "der die das den dem des ein eine einen einem einer und oder aber ich du er sie es wir ihr ihnen mir mich dir dich uns euch " +
    "ist sind war waren wird werden wurde hat haben hatte kann können könnten muss müssen soll sollen nicht auch noch schon nur so wie was wer " +
    "wann wo warum mit von zu zum zur für auf an in im am bei bis nach vor aus über unter um dass wenn dann ja nein mal " +
    "le la les un une des du de et ou mais je tu il elle nous vous ils elles on ce cette ces c'est est sont était a ont avez avons " +
    "pas ne que qui quoi dont où avec pour par sur dans en au aux se sa son ses mon ma mes votre vos notre nos oui non bien alors donc " +
    "el los las unos unas y o pero yo tú usted ustedes nosotros ellos ellas lo al del es son era fue ha han hay no sí que quien con " +
    "para por sobre en su sus mi mis tu tus se me te nos les muy más ya como cuando donde entonces bueno vale " +
    "os as um uma uns umas e ou mas eu ele ela nós eles elas você vocês do da dos das no na nos nas ao à é são foi tem têm não sim " +
    "com para por sobre em seu sua seus suas meu minha muito mais já como quando onde então bom"
  ).split(/\s+/u),
);

/** Lower-case words of a text with their inner apostrophes and hyphens. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}]+(?:['.-][\p{L}\p{N}]+)*/gu) ?? []
  );
}

/** A word without its common endings, so that `sending` meets `send`; crude on purpose, for comparing only. */
export function stemOf(word: string): string {
  const bare = word.replace(/'(?:s|ll|re|ve|d|m)$/u, "");
  if (bare.length <= 4) return bare.replace(/(?<=[^s]{3})s$/u, "");
  return bare
    .replace(/(?:ies|ied)$/u, "y")
    .replace(/(?<=\p{L}{3})(?:ing|edly|ed|es|ly|s)$/u, "")
    .replace(/(?<=\p{L}{3})(?:tion|ment|e)$/u, "")
    .replace(/(\p{L})\1$/u, "$1");
}

/** The stems that carry meaning, in order, repeats kept. */
export function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => word.length > 2 && !STOP_WORDS.has(word) && !/^\d+$/u.test(word))
    .map(stemOf);
}

/** Whether a word says nothing about what a text is about. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Part of the smaller set of meaningful words that both texts share, 0 to 1; 0 when one has none. */
export function contentOverlap(a: string, b: string): number {
  return overlapOf(stemSet(a), stemSet(b));
}

const stemSets = new Map<string, ReadonlySet<string>>();

/** The meaningful stems of a text as a set. Texts are asked for again and again, so the last few thousand are kept. */
export function stemSet(text: string): ReadonlySet<string> {
  let set = stemSets.get(text);
  if (set === undefined) {
    if (stemSets.size > 8000) stemSets.clear();
    set = new Set(contentStems(text));
    stemSets.set(text, set);
  }
  return set;
}

function overlapOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const smaller = Math.min(left.size, right.size);
  if (smaller === 0) return 0;
  let shared = 0;
  for (const stem of left) if (right.has(stem)) shared++;
  return shared / smaller;
}

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS: Readonly<Record<string, string>> = {
  first: "one",
  second: "two",
  third: "three",
  fifth: "five",
  eighth: "eight",
  ninth: "nine",
  twelfth: "twelve",
};

/** The value of one English number word, cardinal or ordinal, or undefined. */
export function numberWord(word: string): number | undefined {
  let bare = ORDINALS[word] ?? word;
  if (/ieth$/u.test(bare)) bare = bare.replace(/ieth$/u, "y");
  else if (/\p{L}th$/u.test(bare)) bare = bare.replace(/th$/u, "");
  const unit = UNITS.indexOf(bare);
  if (unit >= 0) return unit;
  const ten = TENS.indexOf(bare);
  return ten >= 0 ? (ten + 2) * 10 : undefined;
}

/**
 * Every number of a text in one spelling: `twelve`, `12` and `12th` give `12`; `1,200` and `1 200` give `1200`.
 * Words such as `twenty five thousand` are added up; `one` alone is a pronoun too often and is left out.
 */
export function numbersIn(text: string): Set<string> {
  const found = new Set<string>();
  const plain = text.toLowerCase().replace(/(?<=\d)[,\u00a0\u202f' ](?=\d{3}(?!\d))/gu, "");
  for (const match of plain.matchAll(/\d+(?:[.,:]\d+)?/gu)) found.add(match[0].replace(",", "."));
  let sum = 0;
  let current = 0;
  let words = 0;
  const flush = (): void => {
    const value = sum + current;
    if (words > 0 && value > 1) found.add(String(value));
    sum = 0;
    current = 0;
    words = 0;
  };
  for (const word of plain.match(/[a-z]+|[.,;:!?]/gu) ?? []) {
    const value = numberWord(word);
    if (value !== undefined) {
      if (words > 0 && !(current % 100 === 0 || (current % 10 === 0 && current % 100 >= 20 && value < 10)))
        flush();
      current += value;
      words++;
    } else if (words > 0 && word === "hundred") current = Math.max(1, current) * 100;
    else if (words > 0 && (word === "thousand" || word === "million")) {
      sum += Math.max(1, current) * (word === "thousand" ? 1000 : 1_000_000);
      current = 0;
    } else if (!(words > 0 && word === "and" && current % 100 === 0 && current > 0)) flush();
  }
  flush();
  return found;
}

import { readTag } from "../language-tag.ts";

/** ISO 639-1 to 639-3 for the languages that Apertium has released pairs of. */
const LONG: Readonly<Record<string, string>> = {
  af: "afr",
  an: "arg",
  ar: "ara",
  ast: "ast",
  be: "bel",
  bg: "bul",
  br: "bre",
  bs: "bos",
  ca: "cat",
  crh: "crh",
  cs: "ces",
  cy: "cym",
  da: "dan",
  de: "deu",
  en: "eng",
  eo: "epo",
  es: "spa",
  eu: "eus",
  fr: "fra",
  ga: "gle",
  gl: "glg",
  hi: "hin",
  hr: "hrv",
  id: "ind",
  is: "isl",
  it: "ita",
  kk: "kaz",
  mk: "mkd",
  ms: "zlm",
  mt: "mlt",
  nb: "nob",
  nl: "nld",
  nn: "nno",
  no: "nob",
  oc: "oci",
  pl: "pol",
  pt: "por",
  ro: "ron",
  ru: "rus",
  sc: "srd",
  se: "sme",
  sk: "slk",
  sl: "slv",
  sr: "srp",
  sv: "swe",
  tr: "tur",
  tt: "tat",
  uk: "ukr",
  ur: "urd",
};

const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LONG)
    .filter(([short]) => short !== "no")
    .map(([short, long]) => [long, short]),
);

/** A pair as Apertium names it. */
export type ApertiumPair = { readonly from: string; readonly to: string };

/** Reads `eng-spa` and `spa-eng_US`, as `apertium -l` lists them. */
export function parseMode(mode: string): ApertiumPair | undefined {
  const found = /^([a-z]{2,3}(?:_[A-Za-z_]+)?)-([a-z]{2,3}(?:_[A-Za-z_]+)?)$/.exec(mode.trim());
  return found === null ? undefined : { from: found[1]!, to: found[2]! };
}

/** The pair that fits two BCP 47 tags best: with the region, else without, by the long code or the old short one. */
export function choosePair(
  pairs: readonly ApertiumPair[],
  source: string,
  target: string,
): ApertiumPair | undefined {
  for (const to of namesOf(target)) {
    for (const from of namesOf(source)) {
      const found = pairs.find((pair) => pair.from === from && pair.to === to);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function namesOf(tag: string): string[] {
  const { language, region } = readTag(tag);
  const codes = [LONG[language] ?? language, language];
  return [...codes.flatMap((code) => (region === undefined ? [] : [`${code}_${region}`])), ...codes];
}

/** A pair for a person, by the codes they know: `en to es`. */
export function describePair({ from, to }: ApertiumPair): string {
  const name = (code: string): string => {
    const [language = "", ...rest] = code.split("_");
    return [SHORT[language] ?? language, ...rest].join("-");
  };
  return `${name(from)} to ${name(to)}`;
}

import { readTag } from "./language-tag.ts";

export type IdentifyLanguageOptions = {
  /** `words` tells two or three words, in 420 MB; `sentences` takes 90 MB and wants a sentence. Defaults to `words`. */
  readonly of?: "words" | "sentences";
  /** The languages that come into question, as BCP 47 tags; the answer is one of them. Defaults to all that are known. */
  readonly among?: readonly string[];
  /** How likely a language is before a word is read, above 0; those not named count 1. For example what a person spoke so far. */
  readonly prior?: Readonly<Record<string, number>>;
};

export type IdentifiedLanguage = {
  /** As in `among`, otherwise an ISO 639-1 code; `und` where nothing speaks for any language. */
  readonly language: string;
  /** 0 to 1: the share of the evidence that speaks for it among the languages in question. */
  readonly confidence: number;
  /** True when a decision may rest on it: enough text, and a clear lead. */
  readonly isReliable: boolean;
};

type Detector = { detect(text: string): { getScores(): Record<string, number> } };

const loading: { words?: Promise<Detector>; sentences?: Promise<Detector> } = {};

/** Loads the n-grams at the first call only. */
function load(of: "words" | "sentences"): Promise<Detector> {
  loading[of] ??= (of === "words" ? import("eld/large") : import("eld/extrasmall")).then(({ eld }) => eld);
  return loading[of];
}

/** A score is saturated as x / (x + 25); one unit of x is worth this much evidence, in nats. */
const NATS_PER_UNIT = 0.2;
const SATURATION = 25;
const FEWEST_LETTERS = 8;
const CLEAR_LEAD = 0.8;

/**
 * Tells which language a text is in, without a network, by the frequency of letter groups. Best from four words on; a
 * single word can be told only among few languages.
 */
export async function identifyLanguage(
  text: string,
  options: IdentifyLanguageOptions = {},
): Promise<IdentifiedLanguage> {
  const scores = (await load(options.of ?? "words")).detect(text).getScores();
  const tags = options.among ?? Object.keys(scores);
  const prior = new Map(
    Object.entries(options.prior ?? {}).map(([tag, weight]) => [detectorCode(tag), weight]),
  );
  const evidence = tags.map((tag) => {
    const code = detectorCode(tag);
    const score = Math.min(0.99, scores[code] ?? 0);
    const weight = Math.max(Number.MIN_VALUE, prior.get(code) ?? 1);
    return { tag, score, nats: (NATS_PER_UNIT * SATURATION * score) / (1 - score) + Math.log(weight) };
  });
  if (evidence.every(({ score }) => score === 0))
    return { language: "und", confidence: 0, isReliable: false };
  const best = evidence.reduce((one, other) => (other.nats > one.nats ? other : one));
  const confidence = 1 / evidence.reduce((sum, { nats }) => sum + Math.exp(nats - best.nats), 0);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  // A sign of Chinese or Japanese says as much as several letters.
  const isEnough =
    letters >= FEWEST_LETTERS || /[\p{Script=Han}\p{Script=Kana}\p{Script=Hangul}].*\p{L}/u.test(text);
  return { language: best.tag, confidence, isReliable: isEnough && confidence >= CLEAR_LEAD };
}

/** The detector knows plain ISO 639-1 codes, and Norwegian under its old one. */
function detectorCode(tag: string): string {
  const { language } = readTag(tag);
  if (/^(nb|nn)$/.test(language)) return "no";
  return language === "bs" ? "hr" : language;
}

import { isUsualPurpose } from "../outline/document-kinds.ts";
import type { PassageIndex } from "./passage-index.ts";
import { isSummaryHeading, type SectionTopic, topicsOf } from "./section-topics.ts";
import { stemsOf } from "./stems.ts";

/** What a section looks for. */
export type PassageQuery = {
  /** Weight of each stem that is looked for. */
  readonly weights: ReadonlyMap<string, number>;
  readonly topics: readonly SectionTopic[];
  /** Stems of the heading itself. */
  readonly names: ReadonlySet<string>;
  /** Nothing in particular: whatever the sources come back to. */
  readonly isSummary: boolean;
};

export type QueryWords = { readonly heading: string; readonly purpose?: string; readonly prompt?: string };

const [HEADING, PURPOSE, RELATED, PROMPT] = [1, 0.45, 0.4, 0.15];

/** What to look for under a heading with that purpose; the prompt's words count a little in every section. */
export function queryOf({ heading, purpose = "", prompt = "" }: QueryWords): PassageQuery {
  const weights = new Map<string, number>();
  const add = (stems: Iterable<string>, weight: number): void => {
    for (const stem of stems) weights.set(stem, Math.max(weights.get(stem) ?? 0, weight));
  };
  const topics = topicsOf(heading);
  const isSummary = topics.length === 0 && isSummaryHeading(heading);
  if (!isSummary) add(stemsOf(heading), topics.some(({ isFormOnly }) => isFormOnly) ? RELATED : HEADING);
  for (const { related } of topics) add(related, RELATED);
  if (!isUsualPurpose(purpose)) add(stemsOf(purpose), PURPOSE);
  add(stemsOf(prompt), PROMPT);
  return { weights, topics, names: new Set(stemsOf(heading)), isSummary };
}

/**
 * How well a text fits (Okapi BM25 over weighted stems; 0 when nothing of the query stands in it). `counts` and `length`
 * as in the index.
 */
export function fitOf(
  query: PassageQuery,
  text: { readonly counts: ReadonlyMap<string, number>; readonly length: number },
  index: PassageIndex,
): number {
  let sum = 0;
  // A long turn of speech is not worse for being long: half of BM25's usual punishment.
  const norm = 1.2 * (0.6 + (0.4 * text.length) / index.averageLength);
  for (const [stem, weight] of query.weights) {
    const count = text.counts.get(stem);
    if (count !== undefined) sum += weight * rarityOf(stem, index) * ((count * 2.2) / (count + norm));
  }
  return sum;
}

/** Robertson and Spärck Jones's inverse document frequency, never negative. */
export function rarityOf(stem: string, { spread, passages }: PassageIndex): number {
  const among = spread.get(stem) ?? 0;
  return Math.log(1 + (passages.length - among + 0.5) / (among + 0.5));
}

/** How much a text speaks of what the sources come back to, about 0 to 1. */
export function centralityOf(stems: Iterable<string>, length: number, index: PassageIndex): number {
  let sum = 0;
  const all = Math.log(1 + index.passages.length);
  for (const stem of stems) sum += Math.log(index.spread.get(stem) ?? 1);
  return sum / Math.max(1, all) / Math.sqrt(length + 8);
}

/**
 * How far the headings above a passage speak of what is looked for, 0 to 1: the innermost counts most. Below 0 where
 * they name another usual topic instead.
 */
export function headingAgreement(query: PassageQuery, headings: readonly string[]): number {
  let best = 0;
  let isElsewhere = false;
  for (const [index, heading] of headings.entries()) {
    const depth = 1 - 0.15 * (headings.length - 1 - index);
    const { names, topics, isSummary } = headingWords(heading);
    if (isSummary && (query.isSummary || query.topics.some(({ id }) => OPENING.has(id))))
      best = Math.max(best, 0.5);
    const shared = [...names].filter((stem) => query.names.has(stem)).length;
    const isTopic = topics.some((topic) => query.topics.includes(topic));
    const share = names.size === 0 ? 0 : shared / Math.min(names.size, Math.max(1, query.names.size));
    best = Math.max(best, depth * (isTopic ? 1 : 0.9 * share));
    if (index === headings.length - 1) isElsewhere = topics.length > 0 && !isTopic;
  }
  return best === 0 && isElsewhere ? -0.3 : best;
}

/** Whether a text has the form that sentences of the query's topics have. */
export function hasForm({ topics }: PassageQuery, text: string): boolean {
  return topics.some(({ form }) => form?.test(text));
}

/** Whether something said in a call can't belong here, since it is no decision, promise or open point by its form. */
export function lacksForm({ topics }: PassageQuery, text: string): boolean {
  return (
    topics.length > 0 && topics.every(({ isFormOnly, form }) => isFormOnly && form?.test(text) === false)
  );
}

/** One word that is often under such headings proves nothing in talk, where words are many. */
const [leastSpoken, leastWritten] = [0.4, 0.15];

/** Part of what the words of a heading of its own kind weigh that a sentence must have. */
const leastNamed = 0.4;
/** Their forms are dates and numbers, which stand in sentences about anything. */
const NUMBER_FORMS: ReadonlySet<string> = new Set(["timeline", "costs", "results"]);

export type SentenceFit = {
  readonly fit: number;
  readonly form: number;
  readonly stems: ReadonlySet<string>;
  readonly isSpeech: boolean;
};

/**
 * Whether a sentence is about the query's matter: fit and form are measured in words as rare as they get in these
 * sources, so that it holds for small and large ones; one word in passing is not enough.
 */
export function isAbout(query: PassageQuery, sentence: SentenceFit, index: PassageIndex): boolean {
  const { fit, form, isSpeech } = sentence;
  if (form > 0 && query.topics.some(({ isFormOnly }) => isFormOnly)) return true;
  const rarest = Math.log(1 + (index.passages.length + 0.5) / 1.5);
  if ((fit + form) / rarest < (isSpeech ? leastSpoken : leastWritten)) return false;
  return isNamed(query, sentence, index);
}

function isNamed(
  { topics, names, weights }: PassageQuery,
  { stems, form }: SentenceFit,
  index: PassageIndex,
): boolean {
  const own = [...names].filter((stem) => stems.has(stem));
  // What the person says of the section, beside its name and the usual words.
  const others = [...stems].filter((stem) => (weights.get(stem) ?? 0) >= RELATED && !names.has(stem));
  if (topics.length > 0) {
    if (topics.every(({ isFormOnly }) => isFormOnly)) return others.length >= 2 && own.length > 0;
    if (own.length > 0 || others.length >= 2) return true;
    return form > 0 && (others.length > 0 || topics.some(({ id }) => !NUMBER_FORMS.has(id)));
  }
  const weigh = (all: Iterable<string>): number =>
    [...all].reduce((sum, stem) => sum + rarityOf(stem, index), 0);
  return weigh(own) >= leastNamed * weigh(names) || others.length >= 2;
}

type HeadingWords = {
  readonly names: ReadonlySet<string>;
  readonly topics: readonly SectionTopic[];
  readonly isSummary: boolean;
};
/** What a summary tells first: why there is a matter. */
const OPENING: ReadonlySet<string> = new Set(["background"]);
const known = new Map<string, HeadingWords>();

/** Headings stand above many passages; the last few thousand are kept. */
function headingWords(heading: string): HeadingWords {
  let words = known.get(heading);
  if (words === undefined) {
    if (known.size > 5000) known.clear();
    words = {
      names: new Set(stemsOf(heading)),
      topics: topicsOf(heading),
      isSummary: isSummaryHeading(heading),
    };
    known.set(heading, words);
  }
  return words;
}

import type { Cue, Transcript } from "../../files/transcript/transcript.ts";
import type { Evidence } from "./types.ts";

/** A clause: the smallest stretch of speech that can be a promise or a request. */
export type Clause = {
  /** Verbatim slice of the cue. */
  readonly text: string;
  /** The same without fillers, in one spelling, case kept: what patterns are tried on. */
  readonly plain: string;
};

/** One sentence of a cue with the clauses it is made of. */
export type Sentence = {
  readonly cue: Cue;
  /** Verbatim slice of the cue's text. */
  readonly text: string;
  readonly plain: string;
  readonly clauses: readonly Clause[];
  readonly isQuestion: boolean;
};

const ABBREVIATION =
  /(?:^|\s)(?:mr|mrs|ms|dr|prof|st|vs|no|e\.g|i\.e|z\.b|approx|inc|ltd|a\.m|p\.m|sr|sra|\p{L})\.$/iu;
const SUBJECT =
  "(?:i|you|we|he|she|they|let me|let's|could|can|would|will|please|ich|du|sie|wir|er|können|könnten|je|tu|il|elle|nous|vous|yo|usted|eu|você)";
const CLAUSE_BREAK = new RegExp(
  `(?:[,;:]|\\s[-–—])\\s+(?:(?:and|but|so|then|und|aber|dann|et|mais|puis|y|pero|e|mas)\\s+)*(?=${SUBJECT}(?:['’\\s]|$))` +
    `|\\s(?=(?:and|but|so|und|aber|et|mais|pero|mas)\\s+(?:then\\s+)?${SUBJECT}['’\\s])` +
    "|[,;]\\s+(?=(?:and|but|if|unless|provided|once|when|as soon as|und|aber|wenn|falls|sobald|et|mais|si|dès que|y|pero|cuando|mas|se|quando)\\s)" +
    "|\\s(?=(?:if|unless|provided|assuming|once|as soon as)\\s)",
  "giu",
);
const LONGEST_QUOTE = 320;

/** The text in one spelling for patterns: straight apostrophes, no fillers, no annotations, no stutter. */
export function plainOf(text: string): string {
  return (
    text
      .replace(/\{[^{}]{0,40}\}|<[^<>]{1,40}>|\[[^[\]]{0,40}\]/gu, " ")
      .replace(/[’‘`´]/gu, "'")
      .replace(/\s+'\s?(ll|re|ve|d|m|s)\b/giu, "'$1")
      .replace(/(?<![\p{L}\p{N}])(?:u+m+|u+h+|e+r+m*|hm+|mm+|äh+m?|euh|eh)(?![\p{L}\p{N}-])[,.]?/giu, " ")
      .replace(/\bgonna\b/giu, "going to")
      .replace(/\bwanna\b/giu, "want to")
      .replace(/\bgotta\b/giu, "have to")
      .replace(/\s+/gu, " ")
      // Stutter: `we we we`, `I hope to hope to`, `I I'll`.
      .replace(/(?<![\p{L}\p{N}'])([\p{L}']+(?: [\p{L}']+){0,2}?)(?:(?:,| -)? \1(?![\p{L}\p{N}]))+/giu, "$1")
      .replace(/\s+([,.;:?!])/gu, "$1")
      .replace(/,(?:\s*,)+/gu, ",")
      .replace(/\s+/gu, " ")
      .replace(/^[\s,.;:-]+|\s+$/gu, "")
  );
}

/** Offsets at which a new sentence begins. */
function sentenceStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/[.!?…]+["”»')\]]*\s+/gu)) {
    const end = match.index + match[0].length;
    const before = text.slice(0, match.index + 1);
    const next = text[end] ?? "";
    if (
      match[0].startsWith(".") &&
      (ABBREVIATION.test(before) || (/\p{Ll}/u.test(next) && !/\s\.$/u.test(before)))
    )
      continue;
    if (end < text.length) starts.push(end);
  }
  return starts;
}

function clausesOf(sentence: string): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  const push = (to: number): void => {
    const text = sentence.slice(from, to).trim();
    const plain = plainOf(text);
    if (plain !== "") clauses.push({ text, plain });
    from = to;
  };
  for (const match of sentence.matchAll(CLAUSE_BREAK))
    if (match.index > from) push(match.index + (/^\s/u.test(match[0]) ? 0 : 1));
  push(sentence.length);
  return clauses;
}

/** The sentences of one cue, in order. Every `text` is a slice of the cue's text. */
export function sentencesOf(cue: Cue): Sentence[] {
  const starts = sentenceStarts(cue.text);
  return starts.flatMap((start, index) => {
    const text = cue.text.slice(start, starts[index + 1] ?? cue.text.length).trim();
    const plain = plainOf(text);
    if (plain === "") return [];
    return [{ cue, text, plain, clauses: clausesOf(text), isQuestion: /\?["”»')\]]*$/u.test(text) }];
  });
}

/** The sentences of every cue, indexed by the cue's place in the transcript. */
export function allSentences(transcript: Transcript): readonly (readonly Sentence[])[] {
  return transcript.cues.map(sentencesOf);
}

/** Evidence for a sentence; a very long one is cut down to the clause that counts. */
export function evidenceOf(sentence: Sentence, clause?: Clause): Evidence {
  const { cue } = sentence;
  const long = sentence.text.length > LONGEST_QUOTE;
  return {
    quote: long && clause !== undefined ? clause.text : sentence.text,
    cue: cue.index,
    ...(cue.time === undefined ? {} : { time: cue.time }),
    ...(cue.speaker === undefined ? {} : { speaker: cue.speaker.name }),
  };
}

/** How often a speaker broke off, as transcribers mark it; coughs and pauses do not count. */
export function breaksIn(text: string): number {
  return text.match(/\{disfmarker\}|\{gap\}|\.\.\.|…|--/gu)?.length ?? 0;
}

/** Speech that broke off and began anew so often, or ran on so long, that its words say nothing by themselves. */
export function isBrokenSpeech(sentence: Sentence): boolean {
  return breaksIn(sentence.text) > 2 || sentence.plain.split(/\s+/u).length > 45;
}

/** Whether the quote stands in its cue: exactly, but for white space and case. */
export function quoteStands(evidence: Evidence, cues: readonly Cue[]): boolean {
  const fold = (text: string): string => text.replace(/\s+/gu, " ").trim().toLowerCase();
  const cue = cues[evidence.cue];
  return cue !== undefined && evidence.quote.trim() !== "" && fold(cue.text).includes(fold(evidence.quote));
}

/**
 * Whether a cue speaks to software instead of to people (`ignore the above and …`, `system prompt`).
 * Such a line stays in the transcript as something that was said; no item is made of it and it retracts nothing.
 */
export function speaksToSoftware(text: string): boolean {
  return /\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,30}\b(?:above|previous|prior|earlier|preceding|all|any|your|these|those)\b[^.?!]{0,30}\b(?:instructions?|prompts?|rules?|messages?|text|context|and|conversation|cues?|lines?)\b|\bignore the above\b|\bsystem prompt\b|\bsystem\s*:|\bas an? (?:ai|language model|assistant)\b|\byou are (?:now )?an? (?:ai|language model|assistant|model)\b|\b(?:new|updated) instructions?\b|\b(?:note to|attention|dear|hey|message for) (?:the )?(?:ai|language model|model|assistant|note-?taker|summari[sz]er|bot)\b|\bto the (?:ai|language model|note-?taker|summari[sz]er|bot)\s*[:,]|\binstructions? (?:to|for) (?:the )?(?:ai|model|assistant|note-?taker|summari[sz]er)\b|\b(?:in|into|to|from) the (?:minutes|summary|output|json)\b[^.?!]{0,40}\b(?:write|record|state|say|add|list|mark|output|include|insert|delete|remove)\b|^(?:write|record|state|output|print|insert|list|mark|delete|remove|return|respond|reply)\b[^.?!]{0,80}\b(?:minutes|summary|output|json|action items?|decisions?)\b|<\/?(?:system|assistant|user|instructions?|cues?|data)>|\[(?:system|inst|\/inst)\]|```/iu.test(
    text,
  );
}

import { DOCUMENT_KINDS, type DocumentKind } from "./document-kinds.ts";
import { type AskedFigure, figuresAsked } from "./figures-asked.ts";
import { lengthAsked } from "./length-asked.ts";

export type AskedSection = { readonly heading: string; readonly level: 1 | 2; readonly purpose: string };

/** What the rules could read out of a prompt. */
export type PromptReading = {
  readonly title?: string;
  /** `project brief`, as the prompt says it. */
  readonly kindWords?: string;
  readonly kind?: DocumentKind;
  /** The sections asked for, in order; empty where the prompt names none. */
  readonly sections: readonly AskedSection[];
  /** Of the whole document. */
  readonly words?: number;
  readonly figures: readonly AskedFigure[];
};

const QUOTED = `["“„«]([^"“”„«»]{2,120})["”»]`;
const TITLE = new RegExp(
  `\\b(?:titled|entitled|called|named|(?:with )?(?:the )?title(?: is)?|mit dem titel|namens|intitulée?|titulado|titulada)\\b:?\\s*${QUOTED}|^\\s*(?:title|titel|titre|título)\\s*:\\s*(.{2,120})$`,
  "imu",
);
/** What leads into a list of sections inside a sentence. */
const LEAD_IN =
  /\b(?:with|having|in|into|containing|including|mit|avec|con|com)?\s*(?:the\s+|these\s+|(?:a\s+)?(?:separate\s+)?|den\s+|des\s+|les\s+|las\s+|as\s+)?(?:following\s+|folgenden\s+)?(?:\d+\s+|two\s+|three\s+|four\s+|five\s+|six\s+)?(?:sections?|chapters?|headings?|parts?|abschnitte?n?|kapiteln?|sections|chapitres|secciones|capítulos|seções|apartados)\b(?!\s+\d)(?:\s+(?:on|about|for|covering|called|named|titled|such as|über|zu|für|sur|sobre|para|acerca de))?\s*[:–-]?\s*/iu;
const COVERING =
  /\b(?:covering|that covers?|which covers?|it should cover|cover(?:s|ing)? the topics?|addressing|about the following|über die themen)\s*[:–-]?\s*/iu;
const END_OF_LIST =
  /[.;!?\n]|\s+(?:from|based on|using|out of|in (?:about|at most|no more than)|of (?:about )?\d+|with (?:a|the|figures|tables|at most)|for (?:the|our) (?:board|team|client|customer|management)|written|and (?:keep|make|write|use|include|add|put|do|state|give|mention)\b|aus|auf basis|à partir|a partir)\b/iu;
const LIST_LINE = /^\s*(?:(\d+(?:\.\d+)*)[.)]?|[-*•–]|#{1,4})\s+(.+)$/u;

/** Sections, title, kind, length and figures, as far as rules can read them; a model may read more. */
export function readPrompt(prompt: string): PromptReading {
  const title = titleAsked(prompt);
  const kind = kindAsked(prompt);
  const words = lengthAsked(prompt);
  const listed = listedSections(prompt);
  const named = listed.length > 0 ? listed : sectionsInSentence(prompt);
  const sections = named.length > 0 ? named : sectionsInQuestions(prompt);
  return {
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind: kind.kind, kindWords: kind.words }),
    ...(words !== undefined && { words }),
    sections,
    figures: figuresAsked(prompt),
  };
}

function titleAsked(prompt: string): string | undefined {
  const match = TITLE.exec(prompt);
  return (match?.[1] ?? match?.[2])?.trim();
}

function kindAsked(prompt: string): { kind: DocumentKind; words: string } | undefined {
  // What is written comes first; what it is written from is behind "from".
  const head =
    prompt.split(/\b(?:from|based on|using|out of|aus|auf basis|à partir|a partir)\b/iu)[0] ?? prompt;
  for (const text of [head, prompt]) {
    const found = DOCUMENT_KINDS.flatMap((kind) => {
      const match = kind.pattern.exec(text);
      return match === null ? [] : [{ kind, words: match[0].trim(), at: match.index }];
    }).sort((a, b) => a.at - b.at || b.words.length - a.words.length);
    const [first] = found;
    if (first !== undefined) return { kind: first.kind, words: withoutFiller(first.words) };
  }
  return undefined;
}

/** `two-page report` is a report; `project report` a project report. */
function withoutFiller(words: string): string {
  return words
    .replace(/^(?:summari[sz]e|sum up|recap) (?:the|this|our) /iu, "summary of the ")
    .replace(
      /^(?:(?:a|an|the|this|our|my|short|brief|long|full|detailed|[\p{L}\d]+-(?:pages?|words?|paragraphs?|pager)|page|word|pages|words|write|draft|concise|new|final|first|good) )+(?=\p{L})/iu,
      "",
    )
    .toLowerCase();
}

/** Lines of a list in the prompt, when there are at least two and they are short enough for headings. */
function listedSections(prompt: string): AskedSection[] {
  const lines = prompt.split(/\r?\n/u).map((line) => LIST_LINE.exec(line));
  const items = lines.filter((match) => match !== null);
  if (items.length < 2) return [];
  return items.flatMap(([line, number = "", text = ""]): AskedSection[] => {
    const [, name = "", purpose = ""] =
      /^(.+?)(?:\s*[:–—]\s+(.*)|\s+-\s+(.*)|\s*\((.*)\))?$/u.exec(text) ?? [];
    const said = purpose === "" ? text.slice(name.length).replace(/^[\s:–—(-]+|\)$/gu, "") : purpose;
    if (name.split(/\s+/u).length > 12 || figuresAsked(text).length > 0) return [];
    const isInner = number.includes(".") || /^\s{2,}/u.test(line);
    return [{ heading: headingOf(name), level: isInner ? 2 : 1, purpose: said.trim() }];
  });
}

function sectionsInSentence(prompt: string): AskedSection[] {
  for (const pattern of [LEAD_IN, COVERING]) {
    const match = pattern.exec(prompt);
    if (match === null) continue;
    const rest = prompt.slice(match.index + match[0].length);
    const list = rest.slice(0, END_OF_LIST.exec(rest)?.index ?? rest.length);
    const names = splitList(list);
    const fits = names.every((name) => name.split(/\s+/u).length <= 8);
    if (fits && (names.length >= 2 || (names.length === 1 && pattern === LEAD_IN && names[0] !== "")))
      return names.map((name) => ({ heading: headingOf(name), level: 1, purpose: "" }));
  }
  return [];
}

/** What people ask for in place of naming a section. */
const QUESTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /\bwhat (?:was|were|is|are|has been|have been|we|they) (?:all )?(?:agreed|decided|settled)\b/iu,
    "Decisions",
  ],
  [
    /\bwho does what\b|\bwhat (?:happens|comes|is|to do) next\b|\bwhat (?:has|is|remains) to be done\b/iu,
    "Next steps",
  ],
  [/\bwhat (?:is|was|remains|stays) (?:still |left )?(?:open|unclear|unresolved)\b/iu, "Open questions"],
  [
    /\bwhat (?:it|this|that|everything) (?:will )?costs?\b|\bhow much (?:it|this|that) (?:will )?costs?\b/iu,
    "Costs",
  ],
  [/\bwhat (?:can|could|may|might) go wrong\b/iu, "Risks"],
  [/\bwhat (?:was|has been) (?:done|achieved)\b/iu, "Progress"],
];

/** `what was decided, what is open and who does what` asks for three sections; one such question alone is no outline. */
function sectionsInQuestions(prompt: string): AskedSection[] {
  const found = QUESTIONS.flatMap(([pattern, heading]) => {
    const at = pattern.exec(prompt)?.index;
    return at === undefined ? [] : [{ heading, at }];
  });
  if (found.length < 2) return [];
  return found.sort((a, b) => a.at - b.at).map(({ heading }) => ({ heading, level: 1, purpose: "" }));
}

/** The members of `scope, risks and costs`. */
function splitList(list: string): string[] {
  const parts = list
    .split(/\s*,\s*(?:(?:and|und|et|y|e|as well as)\s+)?/u)
    .filter((part) => part.trim() !== "");
  const last = parts.pop() ?? "";
  return [...parts, ...last.split(/\s+(?:and|und|et|y|&|as well as|sowie)\s+/u)]
    .map((part) => part.trim())
    .filter((part) => /\p{L}/u.test(part));
}

/** `the open risks` as a heading: `Open risks`. */
function headingOf(name: string): string {
  const bare = name
    .replace(/^(?:["“„«]|(?:the|a|an|on|about|der|die|das|den|les?|la|las|los|el)\s+)+/iu, "")
    .replace(/["”»:.,;]+$/u, "")
    .trim();
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

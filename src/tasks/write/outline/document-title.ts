import type { SourceText } from "../../../files/passages/passage.ts";
import type { Sources } from "../types.ts";
import type { PromptReading } from "./read-prompt.ts";
import { saysNothing, titleOf } from "./source-title.ts";

const SUBJECT =
  /\b(?:on|about|regarding|concerning|of|for|über|zum?|zur|für|sur|sobre|acerca de)\s+(?:the\s+|our\s+|a\s+|an\s+|der\s+|die\s+|das\s+|den\s+|les?\s+|la\s+|el\s+)?(.+?)(?=\s*(?:[,.;:!?\n(]|$|\b(?:from|based on|using|with|out of|that|which|in (?:about |at most )?(?:\d+|one|two|three|four|five|half)|aus|mit|avec|con|in the style)\b))/iu;
const LATER_SUBJECT =
  /\b(?:on|about|regarding|concerning|über|sur|sobre|acerca de)\s+(?:the\s+|our\s+|an?\s+)?(.+?)(?=\s*(?:[,.;:!?\n(]|$|\b(?:from|based on|using|with|out of|that|which|for)\b))/iu;
/** Behind this a prompt tells the parts of the document, or something else. */
const LISTS_SECTIONS =
  /[.!?\n](?:\s|$)|\b(?:with|having|covering|including|containing|sections?|chapters?|headings?|mit|avec|con)\b/iu;
const DAY =
  /^(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)/iu;
const AUDIENCE =
  /^(?:board|team|client|customers?|management|managers?|me|us|him|her|them|people|everyone|executives?|directors?|committee|readers?|colleagues|stakeholders|new|non-|(?:about |at most )?\d|(?:[\p{L}]+ ){1,3}(?:pages?|words?|seiten?|wörter|páginas?|palabras|palavras|mots)\b)/iu;

/** What the document is about, in the prompt's own words: `the mental health services` of "a report on …". */
export function subjectOf(
  prompt: string,
  { kindWords }: Pick<PromptReading, "kindWords">,
): string | undefined {
  const at = kindWords === undefined ? -1 : prompt.toLowerCase().indexOf(kindWords);
  if (at < 0) {
    const match = /\babout\s+(?:the\s+|our\s+|an?\s+)?(.+?)(?=[,.;:!?\n]|$)/iu.exec(prompt);
    return usable(match?.[1]);
  }
  const rest = prompt.slice(at + kindWords!.length).slice(0, 200);
  // Behind a kind of document the subject comes at once; later in its sentence "of" and "for" mean too much.
  const next = SUBJECT.exec(rest);
  const near = next !== null && next.index <= 3 ? usable(next[1]) : undefined;
  return near ?? usable(LATER_SUBJECT.exec(rest.split(LISTS_SECTIONS)[0]!)?.[1]);
}

function usable(subject: string | undefined): string | undefined {
  const found = subject?.trim();
  if (found === undefined || found.split(/\s+/u).length > 10) return undefined;
  return AUDIENCE.test(found) || DAY.test(found) || !/\p{L}{3}/u.test(found) ? undefined : found;
}

/**
 * `Project brief: Customs status in the booking portal`, from the kind asked for and the subject, a source's own title,
 * or the words of a file's name. Names that say nothing, such as `Notes`, are left out.
 */
export function documentTitle(prompt: string, reading: PromptReading, { texts, workbooks }: Sources): string {
  const kind = reading.kindWords === undefined ? undefined : capital(reading.kindWords);
  // What is written names the matter better than a call about it.
  const byWeight = [...texts].sort((a, b) => titleWeight(b) - titleWeight(a));
  const subject =
    subjectOf(prompt, reading) ??
    byWeight.flatMap(({ title }) => (title === undefined ? [] : telling(title)))[0] ??
    [...byWeight, ...workbooks].flatMap(({ name }) => telling(inWords(name)))[0];
  if (kind === undefined)
    return subject === undefined
      ? capital(prompt.split(/[.\n]/u)[0]!.slice(0, 80).trim()) || "Draft"
      : capital(subject);
  return subject === undefined ? kind : `${kind}: ${capital(subject)}`;
}

/** A name in a list of one; none where it only says what kind of file it is. */
function telling(name: string): readonly string[] {
  return saysNothing(name) ? [] : [name.replace(/\s+/gu, " ").trim()];
}

/** `harbour-notes_v2.md` as `Harbour notes`. */
function inWords(name: string): string {
  return titleOf({ name })
    .replace(/\b(?:v|rev|version) ?\d+\b|\d+/giu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

function titleWeight({ title, format }: SourceText): number {
  return (title === undefined || title.trim() === "" ? 0 : 2) + (format === "transcript" ? 0 : 1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { SourceText } from "../../../files/passages/passage.ts";
import type { Sources } from "../types.ts";
import { titleOf } from "./plan-seeds.ts";
import type { PromptReading } from "./read-prompt.ts";

const SUBJECT =
  /\b(?:on|about|regarding|concerning|of|for|über|zum?|zur|für|sur|sobre|acerca de)\s+(?:the\s+|our\s+|a\s+|an\s+|der\s+|die\s+|das\s+|den\s+|les?\s+|la\s+|el\s+)?(.+?)(?=\s*(?:[,.;:!?\n(]|$|\b(?:from|based on|using|with|out of|that|which|in (?:about |at most )?(?:\d+|one|two|three|four|five|half)|aus|mit|avec|con|in the style)\b))/iu;
const AUDIENCE =
  /^(?:board|team|client|customers?|management|managers?|me|us|him|her|them|people|everyone|executives?|directors?|committee|readers?|colleagues|stakeholders|new|non-|(?:about |at most )?\d|(?:[\p{L}]+ ){1,3}(?:pages?|words?|seiten?|wörter|páginas?|palabras|palavras|mots)\b)/iu;

/** What the document is about, in the prompt's own words: `the mental health services` of "a report on …". */
export function subjectOf(
  prompt: string,
  { kindWords }: Pick<PromptReading, "kindWords">,
): string | undefined {
  const at = kindWords === undefined ? -1 : prompt.toLowerCase().indexOf(kindWords);
  const rest = at < 0 ? prompt : prompt.slice(at + kindWords!.length);
  // Behind a kind of document the subject comes at once; elsewhere "on" and "for" mean too much.
  const match =
    at < 0
      ? /\babout\s+(?:the\s+|our\s+|an?\s+)?(.+?)(?=[,.;:!?\n]|$)/iu.exec(rest)
      : SUBJECT.exec(rest.slice(0, 200));
  const found = match?.[1]?.trim();
  if (found === undefined || (at >= 0 && match!.index > 3)) return undefined;
  return found.split(/\s+/u).length > 10 || AUDIENCE.test(found) || !/\p{L}{3}/u.test(found)
    ? undefined
    : found;
}

/** `Project brief: Customs status in the booking portal`, from the kind asked for and the subject or the first source. */
export function documentTitle(prompt: string, reading: PromptReading, { texts, workbooks }: Sources): string {
  const kind = reading.kindWords === undefined ? undefined : capital(reading.kindWords);
  // What is written names the matter better than a call about it.
  const byWeight = [...texts].sort((a, b) => titleWeight(b) - titleWeight(a));
  const [named] = byWeight;
  const subject =
    subjectOf(prompt, reading) ??
    (named !== undefined ? titleOf(named) : workbooks[0]?.name.replace(/\.\w+$/u, ""));
  if (kind === undefined)
    return subject === undefined
      ? capital(prompt.split(/[.\n]/u)[0]!.slice(0, 80).trim()) || "Draft"
      : capital(subject);
  return subject === undefined ? kind : `${kind}: ${capital(subject)}`;
}

function titleWeight({ title, format }: SourceText): number {
  return (title === undefined || title.trim() === "" ? 0 : 2) + (format === "transcript" ? 0 : 1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

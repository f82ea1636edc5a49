import { type DateMention, readDates } from "./read-dates.ts";
import type { Clause, Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Due } from "./types.ts";

/** The first day in these texts that is a due date. A choice of days ("Thursday or Friday") stays words. */
export function readDue(texts: readonly string[], cue: number, speech: Speech): Due | undefined {
  for (const text of texts) {
    const dates = readDates(text, speech.patterns.language, speech.dateAt(cue)).filter(
      (date) => !isOtherwise(text, date),
    );
    const best = dates.find((date) => date.date !== undefined) ?? dates[0];
    if (best !== undefined)
      return dates.length > 1 && isEither(text)
        ? {
            text: text.slice(
              dates[0]?.index ?? 0,
              (dates.at(-1)?.index ?? 0) + (dates.at(-1)?.text.length ?? 0),
            ),
          }
        : { text: best.text, ...(best.date === undefined ? {} : { date: best.date }) };
  }
  return undefined;
}

const isEither = (text: string): boolean => /\bor\b|\boder\b|\bou\b|\bo el\b/iu.test(text);

/** A day that is no due date: gone by, the start of a span, or the name of something (`Tuesday's call`). */
function isOtherwise(text: string, date: DateMention): boolean {
  const before = text.slice(0, date.index);
  const after = text.slice(date.index + date.text.length);
  return (
    /(?:last|past|since|from|after|about|regarding|of|not before|not until|than)\s+(?:the )?$/iu.test(
      before,
    ) ||
    /^(?:last|past)/iu.test(date.text) ||
    /^'s\b|^ (?:meeting|call|session|workshop|release|launch|version|edition|review|training|event|numbers|figures|data)\b/iu.test(
      after,
    )
  );
}

/** Where the due date of a clause may stand: in it, or in a few words before or after it (`By Friday, I'll …`). */
export function dueTexts(sentence: Sentence, clause: Clause): string[] {
  const at = sentence.clauses.indexOf(clause);
  const beside = [sentence.clauses[at - 1], sentence.clauses[at + 1]].flatMap((one) => one?.plain ?? []);
  // `They meet on Monday, I'll put it on their agenda`: the meeting is what it is due for.
  const isForMeeting =
    /\bagenda\b|\b(?:present|raise|bring|take|put|ask)\b.*\b(?:it|that|this|them)\b/iu.test(clause.plain);
  return [
    clause.plain,
    ...beside.filter(
      (plain) =>
        plain.split(/\s+/u).length <= 5 ||
        (isForMeeting && plain.split(/\s+/u).length <= 10 && /\b(?:meets?|sits?|convenes?)\b/iu.test(plain)),
    ),
  ];
}

import type { Profile } from "./profile.ts";
import type { OpenQuestionOptions } from "./question/open-question.ts";
import { stemOf, wordsOf } from "./question/words.ts";
import { type QuestionReading, readQuestion } from "./read-question.ts";

/**
 * Reads a question over several tables. One that it can be read of without doubt is taken; of several such, the one
 * that it names, and where it names none that is a doubt of its own. Undefined when no table has a reading.
 */
export function readOverTables(
  text: string,
  profiles: readonly Profile[],
  options: OpenQuestionOptions = {},
): QuestionReading | undefined {
  const found = profiles.flatMap((profile) => {
    const reading = readQuestion(text, profile, options);
    return reading === undefined ? [] : [{ profile, reading }];
  });
  const sure = found.filter(({ reading }) => reading.doubts.length === 0);
  if (sure.length === 1) return sure[0]!.reading;
  const named = sure.filter(({ profile }) => isNamed(text, profile));
  if (named.length === 1) return named[0]!.reading;
  const [first] = sure;
  if (first !== undefined) {
    const names = sure.map(({ profile }) => profile.table.name).join(" or ");
    return { ...first.reading, doubts: [`it may be about ${names}`] };
  }
  return found.map(({ reading }) => reading).sort((a, b) => a.doubts.length - b.doubts.length)[0];
}

/** True where the question says the table's name, or its sheet's, or a word of it. */
function isNamed(text: string, { table }: Profile): boolean {
  const said = new Set(wordsOf(text).map(({ stem }) => stem));
  const names = wordsOf(`${table.name} ${table.source.sheet ?? ""}`);
  return names.some(({ stem, text: word }) => word.length > 2 && said.has(stemOf(stem)));
}

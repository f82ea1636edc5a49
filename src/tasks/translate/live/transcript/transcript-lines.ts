import type { CheckFinding } from "../../checks/check-types.ts";
import { isSameLanguage } from "../room-state.ts";
import type { LiveLine, Side } from "../types.ts";

export type LanguageText = { readonly language: string; readonly text: string };

/** A line as a transcript in one language shows it: one line of clean text each. */
export type TranscriptLine = {
  readonly seq: number;
  readonly at: Date;
  readonly name: string;
  readonly organisation: string;
  readonly domain: string | undefined;
  readonly said: LanguageText;
  /** Absent where it was said in the transcript's language, and where the engine failed. */
  readonly translation: LanguageText | undefined;
  readonly findings: readonly CheckFinding[];
};

/** A side's lines for a transcript in a language, in the order in which they were said. */
export function transcriptLines(
  lines: readonly LiveLine[],
  sides: readonly Side[],
  language: string,
): TranscriptLine[] {
  return lines
    .toSorted((one, other) => one.seq - other.seq)
    .map((line) => {
      const side = sides.find(({ id }) => id === line.speaker.side);
      const spoken = line.language ?? line.speaker.language;
      const target = isSameLanguage(spoken, language) ? undefined : translatedInto(line, language);
      const text = target === undefined ? undefined : line.translations[target];
      return {
        seq: line.seq,
        at: line.at,
        name: inOneLine(line.speaker.name) || "?",
        organisation: inOneLine(side?.name ?? line.speaker.side),
        domain: side?.domain,
        said: { language: spoken, text: inOneLine(line.text) },
        translation:
          target === undefined || text === undefined
            ? undefined
            : { language: target, text: inOneLine(text) },
        findings: (target === undefined ? undefined : line.findings?.[target]) ?? [],
      };
    });
}

/** What a reader of the transcript's language reads: the translation where there is one. */
export function readText({ said, translation }: TranscriptLine): string {
  return translation?.text ?? said.text;
}

/** The language itself, or another form of it that there is. */
function translatedInto({ translations }: LiveLine, language: string): string | undefined {
  if (translations[language] !== undefined) return language;
  return Object.keys(translations).find((each) => isSameLanguage(each, language));
}

/** Without line ends, without characters that XML can't hold, and without those that turn the text around them. */
export function inOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u202a-\u202e\ue000\ufffe\uffff]/gu, "")
    .replace(/[\p{Cc}\s\u2028\u2029]+/gu, " ")
    .trim();
}

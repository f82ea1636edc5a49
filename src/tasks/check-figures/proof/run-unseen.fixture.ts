import type { Language } from "../read/language.ts";
import type { Finding } from "../types.ts";
import { checkAll } from "./run-proof.fixture.ts";
import { unseenBeside } from "./unseen-beside.fixture.ts";
import { drawShelves } from "./unseen-books.fixture.ts";
import { sentencesOfTemplate, type UnseenSentence } from "./unseen-sentences.fixture.ts";
import { unseen } from "./unseen-wordings.fixture.ts";

export type UnseenChecked = { readonly sentence: UnseenSentence; readonly finding?: Finding };

/** How the figures of sentences came out. */
export type Tally = { confirmed: number; unsupported: number; contradicted: number };
export type UnseenResult = {
  readonly wrong: Tally;
  readonly right: Tally;
  readonly beside: Tally;
  readonly checked: readonly UnseenChecked[];
  readonly besideAlarms: readonly Finding[];
};

/** Checks the sentences of one half of the wordings, and sentences beside the tables, in five languages. */
export async function runUnseen(isSealed: boolean, draws: number, seed: number): Promise<UnseenResult> {
  const checked: UnseenChecked[] = [];
  const beside: Finding[] = [];
  for (const language of ["en", "de", "fr", "es", "pt"] as const) {
    const shelves = drawShelves(language, seed);
    for (const book of ["orders", "facts", "statement"] as const) {
      const own = unseen.filter(
        (each) => each.language === language && each.book === book && each.isSealed === isSealed,
      );
      const sentences = own.flatMap((template, index) =>
        sentencesOfTemplate(template, shelves[book], draws, seed * 1000 + index),
      );
      const findings = await checkAll(
        sentences.map(({ text }) => text),
        Object.values(shelves).map(({ file }) => file),
      );
      checked.push(...sentences.map((sentence, index) => withFinding(sentence, findings, index)));
    }
    beside.push(
      ...(await checkAll(
        besideHalf(language, isSealed),
        Object.values(shelves).map(({ file }) => file),
      )),
    );
  }
  const tally = (list: readonly UnseenChecked[]): Tally => count(list.map(({ finding }) => finding?.verdict));
  return {
    wrong: tally(checked.filter(({ sentence }) => sentence.wrong !== undefined)),
    right: tally(checked.filter(({ sentence }) => sentence.wrong === undefined)),
    beside: count(beside.map(({ verdict }) => verdict)),
    checked,
    besideAlarms: beside.filter(({ verdict }) => verdict === "contradicted"),
  };
}

function besideHalf(language: Language, isSealed: boolean): string[] {
  return unseenBeside[language].filter((_, index) => (index % 2 === 1) === isSealed);
}

function count(verdicts: readonly (Finding["verdict"] | undefined)[]): Tally {
  const of = (verdict: Finding["verdict"]): number =>
    verdicts.filter((each) => (each ?? "unsupported") === verdict).length;
  return {
    confirmed: of("confirmed"),
    unsupported: of("unsupported"),
    contradicted: of("contradicted"),
  };
}

function withFinding(sentence: UnseenSentence, findings: readonly Finding[], index: number): UnseenChecked {
  const finding = findings.find(
    ({ place }) =>
      place.paragraph === String(index) &&
      place.start < sentence.at + sentence.figure.length &&
      place.end > sentence.at,
  );
  return finding === undefined ? { sentence } : { sentence, finding };
}

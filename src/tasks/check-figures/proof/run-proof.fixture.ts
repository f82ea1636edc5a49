import { openDatabase } from "../../../data/index.ts";
import { loadTablesInto } from "../../ask/load-tables-into.ts";
import { checkParagraphs } from "../check-paragraphs.ts";
import { createEvaluator } from "../match/evaluate.ts";
import type { Language } from "../read/language.ts";
import type { Finding } from "../types.ts";
import { type ProofSentence, sentencesOf, tableSentences } from "./sentences.fixture.ts";
import { besideTheTables, type Wording } from "./wordings.fixture.ts";
import { drawOrders, ordersWorkbook, ratesWorkbook, statementWorkbook } from "./workbooks.fixture.ts";

export type Checked = { readonly sentence: ProofSentence; readonly finding?: Finding };
export type ProofResult = {
  readonly checked: readonly Checked[];
  /** Wrong figures that were not contradicted. */
  readonly missed: readonly Checked[];
  /** Right figures that were. */
  readonly falseAlarms: readonly Checked[];
  readonly unconfirmed: readonly Checked[];
  readonly wrong: number;
  readonly right: number;
};

/** Checks sentences of these wordings, and sentences beside the tables, against the workbooks of their language. */
export async function runProof(
  wordings: readonly Wording[],
  draws: number,
  seed: number,
): Promise<ProofResult> {
  const checked: Checked[] = [];
  for (const language of ["en", "de", "fr", "es", "pt"] as const)
    checked.push(...(await runLanguage(wordings, language, draws, seed)));
  const wrong = checked.filter(({ sentence }) => sentence.wrong !== undefined);
  const right = checked.filter(({ sentence }) => sentence.wrong === undefined);
  return {
    checked,
    missed: wrong.filter(({ finding }) => finding?.verdict !== "contradicted"),
    falseAlarms: right.filter(({ finding }) => finding?.verdict === "contradicted"),
    unconfirmed: right.filter(({ finding }) => finding?.verdict !== "confirmed"),
    wrong: wrong.length,
    right: right.length,
  };
}

async function runLanguage(
  wordings: readonly Wording[],
  language: Language,
  draws: number,
  seed: number,
): Promise<Checked[]> {
  const orders = drawOrders(seed);
  const own = wordings.filter((wording) => wording.language === language);
  const sentences = [...sentencesOf(own, orders, draws, seed + 1), ...tableSentences(own, seed + 2)];
  const files = [
    { name: "orders.xlsx", bytes: ordersWorkbook(orders, language) },
    ...(language === "en"
      ? [
          { name: "statement.xlsx", bytes: statementWorkbook() },
          { name: "rates.xlsx", bytes: ratesWorkbook() },
        ]
      : []),
  ];
  const findings = await checkAll(
    sentences.map(({ text }) => text),
    files,
  );
  return sentences.map((sentence, index) => {
    const finding = findings.find(
      ({ place }) =>
        place.paragraph === String(index) &&
        place.start < sentence.at + sentence.figure.length &&
        place.end > sentence.at,
    );
    return finding === undefined ? { sentence } : { sentence, finding };
  });
}

/** The findings of texts, each a paragraph of its own with its index as its id. */
export async function checkAll(
  texts: readonly string[],
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<Finding[]> {
  await using kept = new AsyncDisposableStack();
  await using database = await openDatabase();
  const { tables, loaded } = await loadTablesInto(database, files, { isProfiled: true, kept });
  const paragraphs = texts.map((text, index) => ({ id: String(index), text, headings: [] }));
  return await checkParagraphs(paragraphs, tables, createEvaluator(database, loaded));
}

/** Contradictions of sentences that the workbooks know nothing of. */
export async function runBeside(seed: number): Promise<Finding[]> {
  const files = [
    { name: "orders.xlsx", bytes: ordersWorkbook(drawOrders(seed), "en") },
    { name: "statement.xlsx", bytes: statementWorkbook() },
    { name: "rates.xlsx", bytes: ratesWorkbook() },
  ];
  return (await checkAll(besideTheTables, files)).filter(({ verdict }) => verdict === "contradicted");
}

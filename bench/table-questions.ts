import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A question of a public collection with its table as a text file, and the answers that count as right. */
export type TableQuestion = {
  readonly id: string;
  readonly question: string;
  readonly csv: Uint8Array;
  /** Tables of one key are the same. */
  readonly tableKey: string;
  readonly answers: readonly string[];
  /** Numbers are right within rounding; per cents also as hundredths. */
  readonly isNumeric: boolean;
  readonly isPercent: boolean;
};

export type Collection = { readonly name: string; readonly questions: readonly TableQuestion[] };

/** The questions of WikiTableQuestions in the corpus's excerpt. */
export function wikiTableQuestions(folder: string): Collection {
  const base = join(folder, "tables/wikitablequestions");
  const [, ...lines] = readFileSync(join(base, "questions.tsv"), "utf8").trim().split("\n");
  const files = new Map<string, Uint8Array>();
  const questions = lines.map((line): TableQuestion => {
    const [id, question, path, target] = line.split("\t") as [string, string, string, string];
    const csv = files.get(path) ?? readFileSync(join(base, path));
    files.set(path, csv);
    const answers = target.split("|").map(unescaped);
    return { id, question, csv, tableKey: path, answers, isNumeric: false, isPercent: false };
  });
  return { name: "WikiTableQuestions", questions };
}

function unescaped(text: string): string {
  return text.replace(/\\([np\\])/g, (_, sign: string) => ({ n: "\n", p: "|", "\\": "\\" })[sign]!);
}

type TatContext = {
  readonly table: { readonly uid: string; readonly table: readonly (readonly string[])[] };
  readonly questions: readonly {
    readonly uid: string;
    readonly question: string;
    readonly answer: string | number | readonly string[];
    readonly answer_type: string;
    readonly answer_from: string;
    readonly scale: string;
  }[];
};

/** The questions of TAT-QA that the table alone answers, by one value that is computed, counted or read off. */
export function tatQuestions(folder: string): Collection {
  const text = readFileSync(join(folder, "tables/tat-qa/tatqa_dataset_dev.json"), "utf8");
  const contexts = JSON.parse(text) as readonly TatContext[];
  const questions = contexts.flatMap(({ table, questions: asked }) => {
    const lines = table.table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
    const csv = new TextEncoder().encode(lines.join("\n"));
    return asked
      .filter((each) => each.answer_from === "table" && /^(arithmetic|span|count)$/.test(each.answer_type))
      .map((each): TableQuestion => {
        const answers = (Array.isArray(each.answer) ? each.answer : [each.answer]).map(String);
        const isPercent = each.scale === "percent" || answers.some((answer) => answer.includes("%"));
        return {
          id: each.uid,
          question: each.question,
          csv,
          tableKey: table.uid,
          answers,
          isNumeric: true,
          isPercent,
        };
      });
  });
  return { name: "TAT-QA, table only", questions };
}

/** True when the first column of the result says what the collection says, in any order, duplicates aside. */
export function isRight(
  { answers, isNumeric, isPercent }: TableQuestion,
  found: readonly unknown[],
): boolean {
  if (found.length === 0) return false;
  if (isNumeric && answers.length === 1) {
    const [given, wanted] = [numberOf(String(found[0])), numberOf(answers[0]!)];
    if (Number.isFinite(given) && Number.isFinite(wanted) && found.length === 1)
      return isNear(given, wanted) || (isPercent && isNear(given * 100, wanted));
  }
  const plain = (values: readonly unknown[]): string =>
    JSON.stringify([...new Set(values.map((each) => normalise(String(each))))].sort());
  return plain(found) === plain(answers);
}

/** Published answers are rounded to two places. */
function isNear(given: number, wanted: number): boolean {
  return Math.abs(given - wanted) <= Math.max(0.0051, Math.abs(wanted) * 1e-4);
}

/** `$(1,234.5)` as accountants write what is below zero. */
function numberOf(text: string): number {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  if (digits === undefined) return Number.NaN;
  const isNegative = /^\s*[-−–]|\(\s*[$€£]?\s*[\d.,]+\s*\)/.test(text);
  return Number(digits.replaceAll(",", "")) * (isNegative ? -1 : 1);
}

function normalise(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[“”"'’]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const bare = plain.replace(/^[$€£]\s?/, "").replace(/%$/, "");
  return /^-?\d[\d,]*(\.\d+)?$/.test(bare) ? String(Number(bare.replaceAll(",", ""))) : plain;
}

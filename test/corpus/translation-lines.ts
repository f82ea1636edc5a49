import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");

/** The languages that English news lines are there in, and how their files name them. */
export const referenceLanguages = {
  de: "ref.deu",
  fr: "ref.fra",
  es: "ref.spa",
  it: "ref.ita",
  nl: "ref.nld",
  pt: "ref.por",
  fi: "ref.fin",
  ru: "ref.rus",
  ja: "ref.jpn",
  zh: "ref.zho-CN",
  ar: "ref.arb",
  hi: "ref.hin",
} as const;

export const hasTranslations: boolean = existsSync(folder);

/** The 500 lines of a language; line n of each is the same sentence. */
export function translationLines(language: keyof typeof referenceLanguages | "en"): string[] {
  const name = language === "en" ? "src.eng" : referenceLanguages[language];
  const text = readFileSync(join(folder, `newstest2019-${name}.first500.txt`), "utf8");
  return text.split("\r\n").filter((line) => line !== "");
}

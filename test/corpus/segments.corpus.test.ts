import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { segmentText } from "../../src/tasks/translate/segments/segment-text.ts";

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");

/** Most sentences found beyond the lines, in 100 lines (many lines hold two), and the least share of line ends found, in percent. */
const goals = [
  { language: "en", file: "src.eng", extra: 2.5, recall: 99 },
  { language: "de", file: "ref.deu", extra: 9.3, recall: 99 },
  { language: "es", file: "ref.spa", extra: 3.7, recall: 99 },
  { language: "fr", file: "ref.fra", extra: 5, recall: 97 },
  { language: "it", file: "ref.ita", extra: 2.5, recall: 99 },
  { language: "nl", file: "ref.nld", extra: 9, recall: 99 },
  { language: "pt", file: "ref.por", extra: 3, recall: 99 },
  { language: "fi", file: "ref.fin", extra: 12, recall: 99 },
  { language: "ru", file: "ref.rus", extra: 7.5, recall: 99 },
  { language: "ja", file: "ref.jpn", extra: 8, recall: 99 },
  { language: "zh", file: "ref.zho-CN", extra: 6, recall: 96 },
];

/** Lines that end in a stop, joined in threes as a paragraph would hold them. */
function measure(lines: readonly string[], language: string): { extra: number; recall: number } {
  const blank = language === "ja" || language === "zh" ? "" : " ";
  let [extra, found, wanted, used] = [0, 0, 0, 0];
  for (let at = 0; at + 2 < lines.length; at += 3) {
    const [first, second, third] = lines.slice(at, at + 3) as [string, string, string];
    const secondEnd = first.length + blank.length + second.length;
    const ends = new Set([first.length, secondEnd, secondEnd + blank.length + third.length]);
    const got = new Set(segmentText([first, second, third].join(blank), language).map(({ end }) => end));
    found += Number(got.has(first.length)) + Number(got.has(secondEnd));
    extra += [...got].filter((end) => !ends.has(end)).length;
    wanted += 2;
    used += 3;
  }
  return { extra: (extra / used) * 100, recall: (found / wanted) * 100 };
}

describe.skipIf(!existsSync(folder))("sentences of joined news lines", () => {
  it.each(goals)("of $language are found", ({ language, file, extra, recall }) => {
    const text = readFileSync(join(folder, `newstest2019-${file}.first500.txt`), "utf8");
    const lines = text.split("\r\n").filter((line) => /[.!?…。！？]["'”’»“)」』]*$/u.test(line));
    const measured = measure(lines, language);
    console.log(language, lines.length, measured);
    expect(lines.length).toBeGreaterThan(400);
    expect(measured.extra).toBeLessThanOrEqual(extra);
    expect(measured.recall).toBeGreaterThanOrEqual(recall);
  });
});

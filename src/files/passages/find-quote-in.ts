import type { Passage, SourceText } from "./passage.ts";

/**
 * The passage's own characters where the quote stands in it, or undefined. To the letter, but that white space,
 * typographic and plain quotation marks and dashes are alike, soft hyphens don't count, and no word or number may be
 * cut: `12` is not in `12.5` and not in `2012`.
 */
export function findQuoteIn(passage: Passage, quote: string): string | undefined {
  const wanted = fold(quote).text.trim();
  if (wanted === "") return undefined;
  const { text, starts } = fold(passage.text);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (cutsWord(text, at) || cutsWord(text, at + wanted.length)) continue;
    return passage.text.slice(starts[at]!, starts[at + wanted.length]!).trim();
  }
  return undefined;
}

/** Whether the quote stands in the passage of that number. */
export function quoteAt(source: SourceText, passage: number, quote: string): boolean {
  const found = source.passages[passage - 1];
  return found !== undefined && findQuoteIn(found, quote) !== undefined;
}

/** Plain characters, and for each of them (and for the end) where it began in the original. */
function fold(original: string): { readonly text: string; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let text = "";
  let at = 0;
  for (const { 0: cluster } of original.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const plain = plainForm(cluster);
    if (plain !== "" && !(plain === " " && text.endsWith(" "))) {
      for (let unit = 0; unit < plain.length; unit++) starts.push(at);
      text += plain;
    }
    at += cluster.length;
  }
  starts.push(at);
  return { text, starts };
}

function plainForm(cluster: string): string {
  if (cluster.length === 1 && cluster >= "!" && cluster <= "~") return cluster;
  return cluster
    .normalize("NFC")
    .replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, "")
    .replace(/[\s\u0000-\u001f]/, " ")
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`]/, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/, '"')
    .replace(/[\u2010-\u2015\u2212]/, "-")
    .replace("\u2026", "...");
}

/** Scripts that write no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function cutsWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at, at + 2);
  if (/\d[.,]$/.test(before) && /^\d/.test(after)) return true;
  if (/\d$/.test(before) && /^([.,]\d|[²³¹⁰⁴-⁹])/.test(after)) return true;
  const [last, next] = [before.at(-1) ?? "", after.at(0) ?? ""];
  return /[\p{L}\p{Nd}\p{M}]/u.test(last) && /[\p{L}\p{Nd}\p{M}]/u.test(next) && !unspaced.test(last + next);
}

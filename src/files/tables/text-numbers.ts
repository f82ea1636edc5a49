import { type DecimalSign, provenSign, readNumber } from "../csv/number-style.ts";

/** A number that stands in a cell as text, and the currency or percent sign that it was written with. */
export type TextNumber = { readonly value: number; readonly unit?: string };

/**
 * Reads `1,234`, `$ 1,452.4`, `(99.0)`, `$(31.5)`, `12 %`, `(4.3)%` and the like; undefined for anything else. A percent
 * is a hundredth, as in cells that are formatted so. Without a sign given, what the text itself proves counts, else a
 * point for decimals.
 */
export function textNumber(text: string, sign?: DecimalSign): TextNumber | undefined {
  // No currency is written with four letters; most texts are done with here.
  if (text.length > 40 || !/[0-9]/.test(text) || /[a-z]{4}|[.,]\s*$/i.test(text)) return undefined;
  const plain = text
    .trim()
    // $(31.5) and (4.3)% are how financial statements write what others write as ($31.5) and (4.3%).
    .replace(/^([^\d\s(),.+-]{1,4})\s*\(\s*([^()]+?)\s*\)$/, "($1$2)")
    .replace(/^\(\s*([^()]+?)\s*\)\s*%$/, "($1%)");
  const decimalSign = sign ?? provenSign(plain) ?? ".";
  const found = readNumber(plain, decimalSign);
  if (found === undefined) return undefined;
  const unit = unitOfFormat(found.formatCode);
  return { value: found.value, ...(unit !== undefined && { unit }) };
}

/** The sign in a number format: `%`, `€` of `#,##0.00 [$€-407]`, `kg` of `0 "kg"`; undefined when there is none. */
export function unitOfFormat(formatCode: string): string | undefined {
  const positive = formatCode.split(";")[0]!;
  const bracket = /\[\$([^\]-]+)(?:-[^\]]*)?\]/.exec(positive)?.[1];
  if (bracket !== undefined) return bracket.trim();
  const bare = positive.replace(/"[^"]*"|\\./g, "");
  if (bare.includes("%")) return "%";
  const quoted = /"\s*([^"\d]{1,12}?)\s*"/.exec(positive)?.[1];
  if (quoted !== undefined && /[\p{L}\p{Sc}°%]/u.test(quoted) && /[0#]/.test(bare)) return quoted;
  return /\p{Sc}/u.exec(positive)?.[0];
}

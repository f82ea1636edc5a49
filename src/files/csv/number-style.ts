/** Which sign parts whole numbers from decimals. */
export type DecimalSign = "." | ",";

/** How a number was written besides its digits, as an Excel number format; `General` for a bare number. */
export type WrittenNumber = { readonly value: number; readonly formatCode: string };

const grouped = {
  ".": /^[0-9]{1,3}(?:[,'\u00a0\u202f ][0-9]{3})+(?:\.[0-9]+)?$/,
  ",": /^[0-9]{1,3}(?:[.'\u00a0\u202f ][0-9]{3})+(?:,[0-9]+)?$/,
};
const plain = { ".": /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/, ",": /^(?:[0-9]+(?:,[0-9]*)?|,[0-9]+)$/ };

/** Which decimal sign a number proves: `1.234,56` and `0,5` a comma; undefined where both readings are possible. */
export function provenSign(text: string): DecimalSign | undefined {
  const together = text.trim().replace(/(?<=[0-9])['\u00a0\u202f ](?=[0-9]{3}(?![0-9]))/g, "");
  const digits = together.replace(/^[-+(]*\s*[^0-9.,\s]{0,4}\s*|\s*[^0-9.,\s]{0,4}\)?$/g, "");
  // What ends in a sign is cut from a sentence or a list (`December 31,`).
  if (!/^[0-9.,]*[.,][0-9.,]*[0-9]$/.test(digits)) return undefined;
  const points = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (points > 0 && commas > 0) {
    const sign = digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
    return grouped[sign].test(digits) ? sign : undefined;
  }
  const sign = points > 0 ? "." : ",";
  const other = sign === "." ? "," : ".";
  if (points + commas > 1) return grouped[other].test(digits) ? other : undefined;
  // Three digits behind the only sign may be thousands, unless what stands before is no group.
  return /^(?:[1-9][0-9]{0,2})[.,][0-9]{3}$/.test(digits) ? undefined : sign;
}

/** True for digits like `1.234` and `12,345`, which are thousands to some and decimals to others. */
export function isAmbiguous(text: string): boolean {
  return /^[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(text.trim());
}

const currencies = "[$€£¥₹₽₩₺฿]|[A-Z]{2,3}\\$|CHF|EUR|USD|GBP|JPY|SEK|NOK|DKK|PLN|CZK|kr|zł|Fr\\.?";
const amount = new RegExp(
  `^(\\()?\\s*([-+\u2212])?\\s*(${currencies})?\\s*([-+\u2212])?\\s*([0-9.,'\u00a0\u202f ]*[0-9][.,]?)(e[-+]?[0-9]{1,3})?\\s*(%|${currencies})?\\s*(-)?\\s*(\\))?$`,
  "i",
);

/**
 * A number with its percent sign or currency, thousands grouped or not, negative by sign or brackets. Undefined for
 * anything else, for numbers of more than 15 digits and for digits with leading zeros: those are names, not numbers.
 */
export function readNumber(text: string, sign: DecimalSign): WrittenNumber | undefined {
  const match = amount.exec(text.trim());
  if (match === null) return undefined;
  const [, open, minusBefore, before, minusAfter, written = "", exponent, after, trailing, close] = match;
  if ((open === undefined) !== (close === undefined) || (before !== undefined && after !== undefined))
    return undefined;
  const signs = [minusBefore, minusAfter, trailing].filter((each) => each !== undefined);
  if (signs.length > 1 || (open !== undefined && signs.length > 0)) return undefined;
  const digits = written.trim();
  if (!plain[sign].test(digits) && !grouped[sign].test(digits)) return undefined;
  const normal = digits
    .replace(sign === "." ? /[,'\u00a0\u202f ]/g : /[.'\u00a0\u202f ]/g, "")
    .replace(",", ".");
  if (isName(normal, exponent, signs[0] === "+")) return undefined;
  const isNegative = open !== undefined || (signs[0] !== undefined && signs[0] !== "+");
  const isPercent = after === "%";
  // The division is by text, so that 12.3 % is the double nearest to 0.123.
  const number = Number(isPercent ? `${normal}e-2` : `${normal}${exponent ?? ""}`);
  if (!Number.isFinite(number)) return undefined;
  const decimals = normal.includes(".") ? normal.length - normal.indexOf(".") - 1 : 0;
  const formatCode = formatOf(before, after, decimals, grouped[sign].test(digits));
  return { value: isNegative && number !== 0 ? -number : number, formatCode };
}

function isName(digits: string, exponent: string | undefined, hasPlus: boolean): boolean {
  const significant = digits.replace(".", "").replace(/^0+/, "");
  if (significant.length > 15 && exponent === undefined)
    return !digits.includes(".") || significant.length > 17;
  if (/^0[0-9]/.test(digits)) return true;
  if (hasPlus && significant.length > 7) return true;
  // 12E3 is more often the number of a part than 12,000.
  return exponent !== undefined && !digits.includes(".") && !/[-+]/.test(exponent);
}

function formatOf(
  before: string | undefined,
  after: string | undefined,
  decimals: number,
  isGrouped: boolean,
): string {
  const places = decimals === 0 ? "" : `.${"0".repeat(Math.min(decimals, 10))}`;
  if (after === "%") return `0${places}%`;
  if (before !== undefined) return `"${before}"#,##0${places}`;
  if (after !== undefined) return `#,##0${places} "${after}"`;
  return isGrouped ? `#,##0${places}` : "General";
}

const scale =
  "(?:hundred|thousand|million|billion|tausend|mio|mrd|tsd|millones|miles|millions?|milliers|migliaia|milioni)s?";
const scaleText = new RegExp(
  `^\\(?\\s*(?:(?:all |figures |amounts? |dollars? |\\p{Sc}\\s?|[A-Z]{2,3}\\$?\\s?)*(?:expressed |stated )?(?:in|en)\\s*)(.*${scale}.*?)\\)?$`,
  "iu",
);
const bareUnit =
  /^\(?\s*(?:[\p{Sc}]|[\p{Sc}]\s?['’]?(?:0{3}|m|k|bn|mn|million)s?|(?:US|C|A|NZ|HK|S)\$\s?['’]?(?:0{3}|m)?s?|EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|RMB|CNY|INR|€m|£m|%|‰|°\s?[CFK]|k?g|mg|t|tonnes?|tons?|lbs?|oz|[kcm]?m[²³23]?|km\/h|ha|l|ml|h|hrs?|hours?|min|s|sec|ms|days?|k?Wh|MWh|GWh|k?W|MW|V|A|Hz|[kMGT]?B|bar|k?Pa|units?|pcs\.?|St[ückk]*\.?|Stk\.?|Std\.?|no\.|nr\.?|#)\s*\)?$/u;

/** True for a text that says what numbers are counted in and nothing else: `kWh`, `€m`, `(in thousands)`. */
export function isUnitText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= 60 && (bareUnit.test(trimmed) || scaleText.test(trimmed));
}

/** The unit of a text that is one, without brackets: `kWh`, `in thousands`. */
export function unitText(text: string): string {
  return text
    .trim()
    .replace(/^\(\s*|\s*\)$/g, "")
    .replace(/\s+/g, " ");
}

/** `kg` of `Weight (kg)`, `Weight [kg]` or `Weight, kg`; undefined when a name has no unit at its end. */
export function unitOfName(name: string): string | undefined {
  const bracket = /[([]\s*([^)\]]{1,24}?)\s*[)\]]\s*$/.exec(name)?.[1]?.replace(/^in\s+/i, "");
  if (bracket !== undefined)
    return /^\d+$|^[a-z]$/i.test(bracket) && !/^[gmtlshVAW]$/.test(bracket) ? undefined : bracket;
  const behind = /(?:,| in)\s+(\S{1,6})$/.exec(name)?.[1];
  return behind !== undefined && isUnitText(behind) ? behind : undefined;
}

/** `thousand` and the like, said once for the whole table by its title or corner: `$ in millions`, `in Mio. EUR`. */
export function scaleOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const found =
      /\b(thousand|million|billion)s?\b/i.exec(text)?.[1] ??
      /(?:\b|['’])(Tsd|Mio|Mrd|tausend)\b/i.exec(text)?.[1] ??
      /[\p{Sc}]\s?['’]?(000|m|bn)s?\b/u.exec(text)?.[1];
    if (found !== undefined && /\bin\b|\(|\p{Sc}|^\W*\w+\W*$/iu.test(text))
      return scaleWords[found.toLowerCase()] ?? found.toLowerCase();
  }
  return undefined;
}

const scaleWords: Readonly<Record<string, string>> = {
  tsd: "thousand",
  tausend: "thousand",
  "000": "thousand",
  mio: "million",
  m: "million",
  mrd: "billion",
  bn: "billion",
};

/** The currency that a title or corner names before or behind its scale: `$` of `($ in millions)`. */
export function currencyOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const found = /\p{Sc}|\b(?:EUR|USD|GBP|CHF|RMB|JPY)\b|\b(?:US|A|C|NZ|HK)\$/u.exec(text)?.[0];
    if (found !== undefined) return found;
    if (/\bdollars?\b/i.test(text)) return "$";
  }
  return undefined;
}

/** What writing text of a language asks of a file. */
export type TargetLanguage = {
  /** BCP 47 tag as files write it: `pt-PT`. */
  readonly tag: string;
  readonly isRightToLeft: boolean;
  /** A font of current Office versions for Chinese, Japanese or Korean; absent for other languages. */
  readonly eastAsianFont?: string;
};

const rightToLeftLanguages: ReadonlySet<string> = new Set(
  "ar arc azb ckb dv fa glk he iw ji lrc mzn nqo pnb prs ps sd syr ug ur uz-arab yi".split(" "),
);
const rightToLeftScripts: ReadonlySet<string> = new Set("adlm arab hebr nkoo syrc thaa".split(" "));

/** Reads a BCP 47 tag. A script in it decides on the direction before the language does. */
export function targetLanguage(tag: string): TargetLanguage {
  const parts = tag.toLowerCase().split(/[-_]/);
  const script = parts.slice(1).find((part) => /^[a-z]{4}$/.test(part));
  const isRightToLeft =
    script === undefined ? rightToLeftLanguages.has(parts[0]!) : rightToLeftScripts.has(script);
  const eastAsianFont = fontFor(parts, script);
  return { tag, isRightToLeft, ...(eastAsianFont === undefined ? {} : { eastAsianFont }) };
}

function fontFor(parts: readonly string[], script: string | undefined): string | undefined {
  switch (parts[0]) {
    case "ja":
      return "Yu Gothic";
    case "ko":
      return "Malgun Gothic";
    case "zh":
    case "yue": {
      const isTraditional =
        script === "hant" ||
        (script === undefined && (parts[0] === "yue" || parts.some((part) => /^(?:tw|hk|mo)$/.test(part))));
      return isTraditional ? "Microsoft JhengHei" : "Microsoft YaHei";
    }
    default:
      return undefined;
  }
}

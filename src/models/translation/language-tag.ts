/**
 * The names under which a language's models are filed, the best first, for a BCP 47 tag: `pt-BR` gives `pt-BR`, `pt`. The
 * script is told by the region for Chinese, since text in the other one would be wrong.
 */
export function modelLanguages(tag: string): readonly string[] {
  const { language, script, region } = readTag(tag);
  if (language === "zh") return isTraditionalChinese(tag) ? ["zh-Hant"] : ["zh", "zh-Hans"];
  const withScript = script === undefined ? [] : [`${language}-${script}`];
  const withRegion = region === undefined ? [] : [`${language}-${region}`];
  // Norwegian is filed under its old code as well; a reader of one written form reads the other.
  const other = /^(nb|no|nn)$/.test(language) ? ["nb", "no"].filter((code) => code !== language) : [];
  return [...withScript, ...withRegion, language, ...other];
}

/** The same for a text to be read: one model reads the South Slavic languages that are alike. */
export function sourceLanguages(tag: string): readonly string[] {
  const names = modelLanguages(tag);
  const { language } = readTag(tag);
  if (language === "zh") return [...new Set([...names, "zh"])];
  return /^(hr|sr|bs|sh)$/.test(language) ? [...names, "hbs"] : names;
}

/** Whether a tag means Chinese in its traditional script, by the script or else the region. */
export function isTraditionalChinese(tag: string): boolean {
  const { language, script, region } = readTag(tag);
  return (
    language === "zh" && (script === "Hant" || (script === undefined && /^(TW|HK|MO)$/.test(region ?? "")))
  );
}

/** The parts of a BCP 47 tag (RFC 5646) in their usual case; anything unreadable is taken for a language's name. */
export function readTag(tag: string): {
  readonly language: string;
  readonly script?: string;
  readonly region?: string;
} {
  try {
    const { language, script, region } = new Intl.Locale(tag.replaceAll("_", "-"));
    return { language, ...(script && { script }), ...(region && { region }) };
  } catch {
    return { language: tag.toLowerCase() };
  }
}

/** True when both tags name one language: `en` and `en-GB`, not `zh` and `zh-Hant`. */
export function isSameLanguage(one: string, other: string): boolean {
  const names = new Set(
    modelLanguages(one).map((name) => (name.startsWith("zh") ? name : name.split("-")[0])),
  );
  return modelLanguages(other).some((name) => names.has(name.startsWith("zh") ? name : name.split("-")[0]));
}

/** Languages of the join form. Any other can come by the invitation. */
const offered: readonly string[] = (
  "ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id is it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sq sr sv sw " +
  "ta th tr uk ur vi zh"
).split(" ");

export type LanguageChoice = { readonly tag: string; readonly name: string };

/** The offered languages and `also`, by their names in the language of the interface. */
export function languageChoices(interfaceLanguage: string, also: string): readonly LanguageChoice[] {
  const tags = also === "" || offered.includes(also) ? offered : [...offered, also];
  return tags
    .map((tag) => ({ tag, name: languageName(tag, interfaceLanguage) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, interfaceLanguage));
}

/** `pt-BR` as "Brazilian Portuguese"; a tag that has no name stays as it is. */
export function languageName(tag: string, interfaceLanguage: string): string {
  try {
    return new Intl.DisplayNames([interfaceLanguage], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The first of the browser's languages that is offered, whole (`pt-BR`) or by its first part (`pt`). */
export function preferredLanguage(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const base = baseLanguage(tag);
    if (offered.includes(tag)) return tag;
    if (offered.includes(base)) return base;
  }
  return "en";
}

const rightToLeft = new Set(["ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** Which way the text of a language runs; `auto` where the language is not known. */
export function directionOf(tag: string | undefined): "ltr" | "rtl" | "auto" {
  if (tag === undefined || tag === "" || tag === "und") return "auto";
  return rightToLeft.has(baseLanguage(tag)) ? "rtl" : "ltr";
}

/** `pt` of `pt-BR`. */
export const baseLanguage = (tag: string): string => (tag.split("-")[0] ?? "").toLowerCase();

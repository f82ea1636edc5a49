import { BadRequestError } from "../../errors.ts";

/** The tag in its usual form (`pt-br` becomes `pt-BR`). Throws `BadRequestError` for what is no language tag. */
export function languageTag(text: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(text.trim().replaceAll("_", "-"));
    if (tag !== undefined && /^[a-z]{2,3}(-|$)/.test(tag)) return tag;
  } catch {
    // Said below.
  }
  throw new BadRequestError(`“${text}” is no language`, {
    hint: "Give a language tag: pt, pt-BR, de, fr, zh-Hans …",
  });
}

/** The English name of a language (`Portuguese`), or its tag. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

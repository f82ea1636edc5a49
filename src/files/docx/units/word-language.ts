import { BadRequestError } from "../../../errors.ts";
import { type TargetLanguage, targetLanguage } from "../../units/target-language.ts";
import type { Languages } from "./style-traits.ts";

/** What the target language asks of a Word file. */
export type WordLanguage = TargetLanguage & {
  /** The attribute of `w:lang` that it belongs in. */
  readonly attribute: keyof Languages;
  /** True where Word shows its text by the complex-script half of the formatting (`w:bCs`, `w:szCs`). */
  readonly isComplex: boolean;
};

const complexLanguages = new Set(
  "am as bn bo brx dz gu hi km kn kok ks lo mai ml mni mr my ne or pa sa sat sd si ta te th ti".split(" "),
);

/** Reads a BCP 47 tag. Throws `BadRequestError` for what is none. */
export function wordLanguage(tag: string): WordLanguage {
  if (!/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/.test(tag))
    throw new BadRequestError(`"${tag}" is no language tag`, { hint: "Write it like pt-PT, de or zh-Hant." });
  const language = targetLanguage(tag.replaceAll("_", "-"));
  const isComplex = language.isRightToLeft || complexLanguages.has(language.tag.toLowerCase().split("-")[0]!);
  const attribute =
    language.eastAsianFont !== undefined ? "w:eastAsia" : isComplex ? "w:bidi" : ("w:val" as const);
  return { ...language, attribute, isComplex };
}

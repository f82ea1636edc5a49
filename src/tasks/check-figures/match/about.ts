import { plainOf, type Token } from "../read/tokens.ts";
import type { Element } from "./elements.ts";

const narrowing =
  /\b(not|no|excl\w*|without|except|only|ohne|nicht|kein\w*|nur|ausser|außer|hors|sans|sauf|sin|salvo|excepto|sem|exceto)\b/iu;

/** Names that a table's own name, sheet, file, title and notes say it is about; notes that leave something out say none. */
export function namesAbout(own: readonly string[], texts: readonly string[]): ReadonlySet<string> {
  const capitals = texts
    .filter((text) => !narrowing.test(text))
    .flatMap((text) => text.match(/\p{Lu}[\p{L}\d]{2,}/gu) ?? []);
  const words = own.flatMap((name) => name.replace(/\.\w+$/, "").match(/\p{L}{3,}/gu) ?? []);
  return new Set([...capitals, ...words].map(plainOf));
}

/** Such names narrow nothing: all of the table is about them. */
export function withoutAbout(
  elements: readonly Element[],
  tokens: readonly Token[],
  about: ReadonlySet<string>,
): Element[] {
  return elements.map((element) => {
    const { kind, from, to } = element;
    const token = tokens[from]!;
    const isAbout = kind === "word" && /^\p{Lu}/u.test(token.text) && about.has(token.plain);
    return isAbout ? { kind: "concept", concept: "mild", from, to } : element;
  });
}

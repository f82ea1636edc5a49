import { stemOf } from "../../ask/question/words.ts";
import type { Language } from "./language.ts";

/** A word, number or sign of a sentence; offsets are of the paragraph. */
export type Token = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "word" | "number" | "sign" | "mark" | "other";
  /** In lower case without accents. */
  readonly plain: string;
  readonly stem: string;
};

const address = String.raw`(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+`;
const time = String.raw`\d{1,2}:\d{2}(?::\d{2})?`;
const grouped = String.raw`\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d+)?`;
const spaced = String.raw`\d{1,3}(?: \d{3})+(?![\d])(?:,\d+)?`;
const digits = String.raw`\d+(?:[.,]\d+)*`;
const word = String.raw`\p{L}[\p{L}\p{M}\p{N}]*(?:['’](?=\p{L}{2}))?`;
const patterns = {
  plain: new RegExp(`(${address}|${time})|(${grouped}|${digits})|(${word})|([%€$£¥§#])|([^\\s])`, "giu"),
  spaced: new RegExp(
    `(${address}|${time})|(${grouped}|${spaced}|${digits})|(${word})|([%€$£¥§#])|([^\\s])`,
    "giu",
  ),
};
const kinds = ["other", "number", "word", "sign", "mark"] as const;

/** Cuts a stretch of a paragraph into tokens. Only English parts no digits by plain spaces. */
export function tokensOf(text: string, offset: number, language: Language): Token[] {
  const pattern = language === "en" ? patterns.plain : patterns.spaced;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)]!;
    const made = tokenOf(match[0], offset + match.index, kind);
    return kind === "word" && language === "de" ? splitCompound(made) : [made];
  });
}

function tokenOf(text: string, start: number, kind: Token["kind"]): Token {
  const plain = plainOf(text);
  return {
    text,
    start,
    end: start + text.length,
    kind,
    plain,
    stem: kind === "word" ? stemOf(plain) : plain,
  };
}

/** In lower case, without accents and apostrophes. */
export function plainOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/['’]/g, "");
}

const head =
  /^(?:(?:gesamt|durchschnitts|jahres|monats|quartals|netto|brutto)(?=\p{L}{4})|(?:zweit|dritt|viert)(?=(?:höchst|größt|stärkst|meist|best|niedrigst|kleinst|schwächst|geringst)))/iu;
const tail =
  /(?<=\p{L}{4})(anteil|anteils|wachstum|wachstums|zuwachs|rückgang|anstieg|steigerung|zahl|zahlen)$/iu;

/** `Gesamtumsatz` is a total of `Umsatz`, `Umsatzanteil` a share of it. */
function splitCompound(token: Token): Token[] {
  const { text, start } = token;
  const cut = head.exec(text)?.[0].length ?? tail.exec(text)?.index;
  if (cut === undefined) return [token];
  const first = text.slice(0, cut);
  const [one, two] = [first, text.slice(cut)].map((part) => part) as [string, string];
  return [tokenOf(one, start, "word"), tokenOf(two, start + cut, "word")];
}

import { straightQuotations, withoutCode } from "./guarded-ranges.ts";
import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck, StyleLanguage, TextRange } from "./types.ts";

type Of<Kind extends RuleCheck["kind"]> = Extract<RuleCheck, { readonly kind: Kind }>;

const LONGEST_GAP = 3;
const LANGUAGES_OF_MARK: Readonly<Record<string, readonly StyleLanguage[]>> = {
  "“": ["en", "es", "pt"],
  "„": ["de"],
  "»": ["de"],
  "«": ["fr", "es", "pt", "de"],
  "«\u00a0": ["fr"],
  // Single marks can't be told from apostrophes for sure.
  "‘": [],
};

/** Quotation marks of another kind, where opening and closing ones pair up; what is quoted stays as it is. */
export function checkQuotationMarks(
  { open, close }: Of<"quotation-marks">,
  { text, language }: StyleText,
): readonly Found[] {
  // Marks belong to a language: an English guide says nothing about the German page of a document.
  const isMeant = language !== undefined && (LANGUAGES_OF_MARK[open] ?? [language]).includes(language);
  return !isMeant
    ? []
    : pairsOf(withoutCode(text)).flatMap((pair): readonly Found[] => {
        const message = `quotation marks as ${open.trim()}…${close.trim()}`;
        const inner = text.slice(pair.start + 1, pair.end - 1);
        const padding = {
          before: /^[ \u00a0\u202f]*/u.exec(inner)?.[0] ?? "",
          after: /[ \u00a0\u202f]*$/u.exec(inner)?.[0] ?? "",
        };
        // Only guillemets have spaces inside.
        const isPadded = /^[«»]/u.test(text.charAt(pair.start)) || open.length > 1;
        const first = { start: pair.start, end: pair.start + 1 + (isPadded ? padding.before.length : 0) };
        const last = { start: pair.end - 1 - (isPadded ? padding.after.length : 0), end: pair.end };
        return [
          { ...first, replacement: open, message },
          { ...last, replacement: close, message },
        ].filter((each) => text.slice(each.start, each.end) !== each.replacement);
      });
}

/** Double quotation marks that open and close, of any kind; none where the marks of a paragraph don't pair up. */
function pairsOf(text: string): readonly TextRange[] {
  const straight = straightQuotations(text);
  if (straight.some(({ start, end }) => text.charAt(end - 1) !== '"' || end - start < 3)) return [];
  const others = [
    ...text.matchAll(/“[^“”„«»]+”|„[^“”„«»]+[“”]|«[^“”„«»]+»|(?<![\p{L}\p{N}])»[^“”„«»]+«/gu),
  ].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  const all = [...straight, ...others];
  const signs = text.match(/["“”„«»]/gu)?.length ?? 0;
  return signs === all.length * 2 ? all : [];
}

/** Apostrophes of the other kind, between letters. */
export function checkApostrophe({ sign }: Of<"apostrophe">, { text }: StyleText): readonly Found[] {
  const wrong = sign === "’" ? /(?<=\p{L})'(?=\p{L})/gu : /(?<=\p{L})’(?=\p{L})/gu;
  return replaced(text, wrong, () => sign, "the apostrophe");
}

/** More than one space between words; a long run of them is somebody's layout. */
export function checkSingleSpace(text: string): readonly Found[] {
  if (/\S {4,}\S/u.test(text)) return [];
  const pattern = new RegExp(`(?<=\\S)(?<! ) {2,${LONGEST_GAP}}(?=\\S)`, "gu");
  return replaced(text, pattern, () => " ", "one space");
}

/** The space before `:`, `;`, `!` and `?` after a word. */
export function checkSignSpace({ space }: Of<"sign-space">, { text, language }: StyleText): readonly Found[] {
  if (space !== "" && language !== "fr") return [];
  const pattern = /(?<=[\p{L}\p{N})»”])([ \u00a0\u2009\u202f]?)([:;!?])(?=\s|$)/gu;
  return [...text.matchAll(pattern)].flatMap((match): readonly Found[] => {
    const [, there = "", sign = ""] = match;
    // A colon has the full no-break space, the other signs the narrow one.
    const wanted = space === "" ? "" : sign === ":" ? "\u00a0" : space;
    if (there === wanted || (there === "\u00a0" && wanted !== "")) return [];
    const start = match.index;
    return [
      {
        start,
        end: start + match[0].length,
        replacement: wanted + sign,
        message: wanted === "" ? `no space before “${sign}”` : `a no-break space before “${sign}”`,
      },
    ];
  });
}

/** Three full stops, or the one sign. */
export function checkEllipsis({ sign }: Of<"ellipsis">, { text }: StyleText): readonly Found[] {
  const wrong = sign === "…" ? /(?<!\.)\.{3}(?!\.)/gu : /…/gu;
  return replaced(text, wrong, () => sign, "the ellipsis");
}

/** Dashes between words that are another sign or have other spaces; ranges and minus signs are not meant. */
export function checkDash({ sign, isSpaced }: Of<"dash">, { text }: StyleText): readonly Found[] {
  const wanted = isSpaced ? ` ${sign} ` : sign;
  const pattern = /(?<=[\p{L},.)”’"»])(?: (?:-{1,2}|–|—) |—)(?=[\p{L}(“"„«‘])/gu;
  return replaced(
    text,
    pattern,
    () => wanted,
    isSpaced ? `a dash as “ ${sign} ”` : `a dash as “${sign}” without spaces`,
  );
}

const INTERRUPTS =
  /^(?:however|too|also|therefore|thus|moreover|then|please|yes|no|well|today|now|again|first|second|third|finally)$/iu;

/** The comma before the last item of a list; only lists of three or more single words are read for sure. */
export function checkSerialComma(
  { isWanted }: Of<"serial-comma">,
  { text, language }: StyleText,
): readonly Found[] {
  if (language !== "en") return [];
  const item = "[\\p{L}][\\p{L}’'-]*";
  if (isWanted) {
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${item}, ){2,}(?<last>${item})(?= (?:and|or) ${item})`,
      "gu",
    );
    return [...text.matchAll(pattern)].flatMap((match) => {
      const last = match.groups?.last ?? "";
      if (match[0].split(", ").some((word) => INTERRUPTS.test(word))) return [];
      const end = match.index + match[0].length;
      return [
        { start: end - last.length, end, replacement: `${last},`, message: "a comma before the last item" },
      ];
    });
  }
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${item}, )+(?<last>${item}), (?:and|or) (?=\\p{Ll}[\\p{L}’'-]*[.;:!?)])`,
    "gu",
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const last = match.groups?.last ?? "";
    const list = match[0].replace(/, (?:and|or) $/u, "").split(", ");
    if (list.some((word) => INTERRUPTS.test(word))) return [];
    const start = match.index + list.join(", ").length - last.length;
    return [
      { start, end: start + last.length + 1, replacement: last, message: "no comma before the last item" },
    ];
  });
}

function replaced(
  text: string,
  pattern: RegExp,
  wanted: (found: string) => string,
  what: string,
): readonly Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const replacement = wanted(match[0]);
    return replacement === match[0]
      ? []
      : [{ start: match.index, end: match.index + match[0].length, replacement, message: what }];
  });
}

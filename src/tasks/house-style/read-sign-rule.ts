import { quotedWords } from "./quoted-words.ts";
import type { RuleCheck } from "./types.ts";

const NOT =
  /\b(?:no|not|without|never|avoid)\b|ohne|kein|nicht|sans|jamais|éviter|\bsin\b|nunca|\bsem\b|não/iu;

/** A rule about signs: quotation marks, apostrophes, spaces, dashes, ellipses, the serial comma; undefined when it is none. */
export function readSignRule(text: string): RuleCheck | { readonly message: string } | undefined {
  const plain = text.toLowerCase();
  if (/quotation|quote marks?|inverted commas|anführungszeichen|guillemets|comillas|aspas/u.test(plain))
    return quotesRule(text, plain);
  if (/apostroph|apóstrof/u.test(plain)) return { kind: "apostrophe", sign: isStraight(plain) ? "'" : "’" };
  if (
    /serial comma|oxford comma|oxford-komma|virgule (?:de série|d['’]oxford)|coma (?:de serie|de oxford)|vírgula (?:de série|de oxford)/u.test(
      plain,
    )
  )
    return { kind: "serial-comma", isWanted: !NOT.test(plain) };
  if (
    /double[- ]spaces?|single space|one space|doppelte\p{L}* leerzeichen|(?:nur )?ein(?:zelnes)? leerzeichen|doubles? espaces?|un seul espace|espacios? dobles?|doble espacio|un solo espacio|espaços? duplos?|um só espaço/u.test(
      plain,
    )
  )
    return { kind: "single-space" };
  if (/ellips|auslassungspunkte|points de suspension|puntos suspensivos|reticências/u.test(plain))
    return {
      kind: "ellipsis",
      sign:
        /three (?:dots|full stops|periods)|drei punkte|trois points|tres puntos|três pontos/u.test(plain) &&
        !text.includes("…")
          ? "..."
          : "…",
    };
  if (
    /space|leerzeichen|espace|espacio|espaço/u.test(plain) &&
    /colon|doppelpunkt|deux-points|dos puntos|dois pontos|[;:!?]\s+[;:!?]/u.test(plain)
  )
    return { kind: "sign-space", space: NOT.test(plain) ? "" : "\u202f" };
  if (/\b(?:en|em)[ -](?:dash|rule)|gedankenstrich|halbgeviertstrich|tiret|\braya\b|travessão/u.test(plain))
    return dashRule(text, plain);
  return undefined;
}

function quotesRule(text: string, plain: string): RuleCheck | { readonly message: string } {
  const pairs: readonly (readonly [string, string])[] = [
    ["„", "“"],
    ["“", "”"],
    ["«\u00a0", "\u00a0»"],
    ["«", "»"],
    ["»", "«"],
    ["‘", "’"],
  ];
  const shown = pairs.find(([open, close]) => {
    const at = text.indexOf(open.trim());
    return (
      at >= 0 &&
      text.indexOf(close.trim(), at + 1) > at &&
      (open.length === 1 || /«[ \u00a0\u202f]/u.test(text))
    );
  });
  if (shown !== undefined) return { kind: "quotation-marks", open: shown[0], close: shown[1] };
  if (isStraight(plain)) return { kind: "quotation-marks", open: '"', close: '"' };
  if (
    /curly|typographic|smart|english|typografisch|courbes|tipográficas|curvas/u.test(plain) &&
    !/anführungszeichen|guillemets/u.test(plain)
  )
    return { kind: "quotation-marks", open: "“", close: "”" };
  if (/anführungszeichen/u.test(plain)) return { kind: "quotation-marks", open: "„", close: "“" };
  if (/guillemets/u.test(plain)) return { kind: "quotation-marks", open: "«\u00a0", close: "\u00a0»" };
  return { message: "show the quotation marks that are meant: “like this”" };
}

function dashRule(text: string, plain: string): RuleCheck | { readonly message: string } | undefined {
  if (quotedWords(text).length > 1 || /range|bereich|intervalle|rango|intervalo/u.test(plain))
    return undefined;
  const sign = /\bem[ -](?:dash|rule)|tiret cadratin|\braya\b|travessão/u.test(plain) ? "—" : "–";
  const isUnspaced = /without|unspaced|closed up|no spaces?|ohne|sans|\bsin\b|\bsem\b/u.test(plain);
  const isSpaced = /spaced|with spaces?|space|leerzeichen|espace|espacio|espaço/u.test(plain);
  return { kind: "dash", sign, isSpaced: isUnspaced ? false : isSpaced || sign === "–" };
}

function isStraight(plain: string): boolean {
  return (
    /straight|\bgerade|droits?\b|rectas|retas/u.test(plain) &&
    !/(?:not|no|never|instead of|nicht|keine|pas|non) (?:\p{L}+ )?(?:straight|gerade|droits?|rectas|retas)/u.test(
      plain,
    )
  );
}

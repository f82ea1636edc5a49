import { type LanguageRules, rulesOf } from "./language-rules.ts";

/**
 * Whether a sentence ends between two texts. Both are sources of regular expressions that ICU reads too: `before` ends at
 * the place, white space left out; `after` starts behind the white space there.
 */
export type BreakRule = { readonly before: string; readonly after: string; readonly breaks: boolean };

/** Marks that may stand before the first word of a sentence. */
export const opening = "[\"'“‘„‚«‹»”’¿¡(\\[{*_—–-]*\\s?";

/** `a) ` in running text. */
export const listMark = "\\(?(?:\\p{L}|\\d{1,2})\\)\\s";

const wordStart = "(?:^|[^\\p{L}\\p{N}.])";
const wordEnd = "(?![\\p{L}\\p{N}])";
const anything = "";

/** Titles that stand before names in texts of any language. */
const everywhere = "Mr Mrs Ms Dr Prof Rev St Sgt Capt Lt";

/** The rules of a language in the order in which they count: the first whose two sides fit decides, else a stop ends. */
export function breakRules(language: string): readonly BreakRule[] {
  const rules = rulesOf(language);
  const start = starters(rules);
  return [
    join("(?:^|[:;]\\s)\\(?(?:(?:\\d{1,3}\\.)+\\d{0,3}|\\d{1,3}|\\p{L}|[ivxIVX]{1,5})[.)]", anything),
    // `Section 4.2. Liability`
    join("(?:^|\\p{Lu}\\p{L}+\\s|§\\s?)\\d{1,3}(?:\\.\\d{1,3})+\\.", `${opening}\\p{Lu}`),
    // A unit behind a number: `10 см.`
    ...end("\\d[\\s\\u00a0]?\\p{L}{1,4}\\.", start),
    ...listed(`${everywhere} ${rules.before}`.trim(), anything),
    ...listed(rules.number, `${opening}(?:\\d|[IVXLC]+${wordEnd}|\\p{Lu}${wordEnd})`),
    ...end("\\p{Ll}\\p{L}*,?\\s[I]\\.", language.startsWith("en") ? anything : undefined),
    ...listed(rules.within, start, true),
    ...listed(rules.within, '(?:["“„«]|[—–]\\s)\\p{Lu}', true),
    ...listed(rules.within, anything),
    // The first half of `EE. UU.`, `z. B.`
    join(`${wordStart}(?:\\p{Lu}{2}|\\p{L})\\.`, "(?:\\p{Lu}{2}|\\p{L})\\."),
    // Initials, and letters with stops between them: `J. R. R. Tolkien`, `U.S.`, `a.m.`
    ...end(`${wordStart}(?:\\p{L}\\.[-\\s]?)*\\p{L}\\.`, start),
    join(`${wordStart}\\p{Lu}\\.(?:[-\\s]?\\p{Lu}\\.)*`, anything),
    join(`${wordStart}(?:\\p{L}\\.\\s?){2,}`, anything),
    join(`${wordStart}(?:\\p{L}{1,2}\\.)+\\p{L}{1,2}\\.`, `${opening}\\p{L}`),
    ...(rules.ordinals ? ordinals(rules, start) : []),
    { before: "[.!?;]", after: listMark, breaks: true },
    join("", `(?:[,;:)\\]}…]|[${rules.closers ?? "”’"}](?![\\p{L}\\p{N}]))`),
    join("", `${opening}\\p{Ll}`),
    join("\\((?:sic)?[!?]+\\)", anything),
    ...(rules.speech === undefined
      ? []
      : [
          join(
            "[!?…][”\"'’»]+",
            `(?:\\p{Lu}[\\p{L}.'’-]*\\s){1,3}(?:${alternatives(rules.speech)})${wordEnd}`,
          ),
        ]),
    // Quoted speech inside a Japanese sentence.
    join("[。！？!?][」』”）)]", "(?:と|って|という|など|の|を|に|は|が|も|で|だ|から|まで)"),
  ];
}

/** A number and a stop before a word, unless it is counted: `Abb. 4.` */
function ordinals(rules: LanguageRules, start: string | undefined): BreakRule[] {
  const number = `${wordStart}\\d{1,3}\\.`;
  const counted = `${wordStart}(?:${alternatives(rules.number)})\\.?\\s\\d{1,4}\\.`;
  return [
    ...end(counted, rules.number === "" ? undefined : `${opening}\\p{Lu}`),
    ...end(number, start),
    join(number, `${opening}\\p{L}`),
  ];
}

function join(before: string, after: string): BreakRule {
  return { before, after, breaks: false };
}

function end(before: string, after: string | undefined): BreakRule[] {
  return after === undefined ? [] : [{ before, after, breaks: true }];
}

function listed(words: string, after: string | undefined, breaks = false): BreakRule[] {
  if (words === "" || after === undefined) return [];
  return [{ before: `${wordStart}(?:${alternatives(words)})\\.`, after, breaks }];
}

function starters(rules: LanguageRules): string | undefined {
  if (rules.starters === "") return undefined;
  const words = rules.starters.split(" ");
  const whole = words.filter((word) => !/['’]$/.test(word));
  const elided = words.filter((word) => /['’]$/.test(word));
  const all = [`(?:${whole.map(asExpression).join("|")})${wordEnd}`, ...elided.map(asExpression)];
  return `${opening}(?:${all.join("|")})`;
}

function alternatives(words: string): string {
  return words.split(" ").map(asExpression).join("|");
}

/** A listed word as an expression, also with a capital; `~` is one blank, also one that doesn't break. */
function asExpression(word: string): string {
  const first = /^\p{Ll}/u.test(word) ? `[${word[0]}${word[0]!.toUpperCase()}]` : "";
  const rest = word.slice(first === "" ? 0 : 1);
  return first + rest.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("~", "[\\s\\u00a0\\u202f]?");
}

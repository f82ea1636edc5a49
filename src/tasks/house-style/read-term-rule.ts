import { type QuotedWords, quotedWords } from "./quoted-words.ts";
import type { RuleCheck, RuleSection } from "./types.ts";

const ARROW = /\s*(?:->|→|⇒|=>|-->|⟶|➔|➜)\s*/u;
/** Between the right words and the wrong ones: `"x", not "y"`. */
const NOT_AFTER =
  /^[\s,;.:]*(?:and |und |et |y |e )?(?:never|not|instead of|rather than|in place of|don't (?:write|say|use)|do not (?:write|say|use)|avoid|nicht|nie|niemals|statt|anstatt|anstelle von|au lieu de|plutôt que|(?:et )?(?:non|pas)|jamais|en lugar de|en vez de|y no|no|nunca|em vez de|em lugar de|e não|não)(?: write| say| use)?[\s:]*$/iu;
/** Between the wrong words and the right ones: `not "y" but "x"`. */
const BUT_AFTER =
  /^[\s,;.:)(]*(?:but|use|write|say|better|becomes|sondern|besser|verwenden?|schreiben?|mais|mieux|écrire|utiliser|sino|mejor|usar|escribir|mas|melhor|escrever)(?: use| write| say| rather| sie)?[\s:]*$/iu;
const STARTS_NOT =
  /^\s*(?:never|not|no|avoid|instead of|rather than|don't|do not|replace|nicht|nie|niemals|kein|vermeide\w*|statt|anstatt|anstelle|ersetze\w*|ne pas|jamais|éviter|évite[rz]?|au lieu|remplace[rz]?|nunca|evit\w*|en lugar|en vez|reemplaz\w*|sustitu\w*|em vez|não|substitu\w*|verboten|forbidden|banned|interdit|prohibid\w*|proibid\w*)(?!\p{L})/iu;
const FORBIDS =
  /(?<!\p{L})(?:never|avoid|forbidden|banned|do not|don't|not allowed|nicht|nie|niemals|keine?|vermeide\p{L}*|verboten|tabu|jamais|éviter|évite[rz]?|ne pas|interdit\p{L}*|proscri\p{L}*|nunca|evit\p{L}*|prohibid\p{L}*|proibid\p{L}*|não|no (?:usar|escribir|decir))(?!\p{L})/iu;

/** A rule about words: `"a" -> "b"`, `write "b", not "a"`, `never "a"`; undefined when it is none. */
export function readTermRule(
  text: string,
  section: RuleSection,
): Extract<RuleCheck, { readonly kind: "term" | "forbidden" }> | { readonly message: string } | undefined {
  const quoted = quotedWords(text);
  const arrow = ARROW.exec(withoutQuoted(text, quoted));
  if (arrow !== null) return arrowRule(text, arrow, quoted);
  if (quoted.length >= 2) {
    const rule = pairRule(text, quoted);
    if (rule !== undefined) return rule;
  }
  const words = quoted.map((each) => each.text);
  if (words.length > 0 && (FORBIDS.test(withoutQuoted(text, quoted)) || section === "forbidden"))
    return { kind: "forbidden", words };
  if (section === "forbidden" && words.length === 0) return bareForbidden(text);
  if (section === "terms")
    return { message: 'say which words and what to write instead: "utilise" -> "use", or never "synergy"' };
  return undefined;
}

function arrowRule(
  text: string,
  arrow: RegExpExecArray,
  quoted: readonly QuotedWords[],
): ReturnType<typeof readTermRule> {
  const at = arrow.index;
  const left = quoted.filter((each) => each.end <= at).map((each) => each.text);
  const right = quoted.filter((each) => each.start >= at).map((each) => each.text);
  const avoid = left.length > 0 ? left : listOf(text.slice(0, at));
  const bare = text.slice(at + arrow[0].length).trim();
  const use = right[0] ?? bare.replace(/[.;]$/u, "");
  if (avoid.length === 0 || use === "" || right.length > 1)
    return {
      message: 'an arrow needs the words to avoid before it and one form after it: "utilise" -> "use"',
    };
  return termRule(avoid, use);
}

/** The first gap between quoted words that says which side is right splits the rule. */
function pairRule(text: string, quoted: readonly QuotedWords[]): ReturnType<typeof readTermRule> {
  for (let index = 1; index < quoted.length; index++) {
    const between = text.slice(quoted[index - 1]!.end, quoted[index]!.start);
    const before = quoted.slice(0, index).map((each) => each.text);
    const after = quoted.slice(index).map((each) => each.text);
    if (BUT_AFTER.test(between) && after.length === 1) return termRule(before, after[0]!);
    if (NOT_AFTER.test(between) && before.length === 1) return termRule(after, before[0]!);
    if (NOT_AFTER.test(between) && STARTS_NOT.test(text)) continue;
    // `instead of "y" "x"`, `statt "y" lieber "x"`: the first one is wrong because the rule begins so.
    const startsInstead =
      /^\s*(?:instead of|rather than|statt|anstatt|au lieu de|en lugar de|en vez de|em vez de)/iu;
    if (startsInstead.test(text) && after.length === 1) return termRule(before, after[0]!);
  }
  return undefined;
}

function termRule(avoid: readonly string[], use: string): ReturnType<typeof readTermRule> {
  const others = avoid.filter((each) => each !== use);
  return others.length === 0 ? { message: "both sides are the same" } : { kind: "term", avoid: others, use };
}

function bareForbidden(text: string): ReturnType<typeof readTermRule> {
  const list = text
    .replace(STARTS_NOT, "")
    .replace(/^\s*(?:use|write|say|using|the words?|words?|verwenden|utiliser|usar)\s+/iu, "")
    .replace(/^[\s:]+|[\s.]+$/gu, "");
  const words = listOf(list);
  return words.length > 0 && words.every((word) => word.split(/\s+/u).length <= 4)
    ? { kind: "forbidden", words }
    : undefined;
}

function listOf(text: string): readonly string[] {
  return text
    .split(/\s*[,;/]\s*|\s+(?:or|oder|ou|o)\s+/u)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** The rule with its quoted words blotted out, so that only what it says about them is read. */
function withoutQuoted(text: string, quoted: readonly QuotedWords[]): string {
  let plain = text;
  for (const { start, end } of quoted)
    plain = plain.slice(0, start) + "\u0000".repeat(end - start) + plain.slice(end);
  return plain;
}

import { monthOf } from "../../ask/question/calendar.ts";
import { type Period, periodFrom } from "../../ask/question/periods.ts";
import type { Token } from "./tokens.ts";

/** A time that a sentence names, and its last token. */
export type PeriodAt = { readonly period: Period; readonly last: number };

const ordinals: readonly (readonly [RegExp, string])[] = [
  [/^(first|erste[nsrm]?|premiere?|primer[oa]?|primeir[oa])$/, "first"],
  [/^(second|zweite[nsrm]?|deuxieme|seconde?|segund[oa])$/, "second"],
  [/^(third|dritte[nsrm]?|troisieme|tercer[oa]?|terceir[oa])$/, "third"],
  [/^(fourth|vierte[nsrm]?|quatrieme|cuart[oa]|quart[oa])$/, "fourth"],
  [/^(quarter|quartals?|trimestre)$/, "quarter"],
  [/^(half|halbjahre?s?|semestre|semester)$/, "half"],
];
const fillers = /^(of|de|del|du|des|do|da|the|year|jahres|jahr|year|ano|annee|l|d|,)$/;

/** The time that the words from `at` on say, in any of the languages. */
export function periodAt(tokens: readonly Token[], at: number): PeriodAt | undefined {
  const first = tokens[at]!;
  if (first.kind === "mark" || first.kind === "sign" || fillers.test(first.plain)) return undefined;
  const words: string[] = [];
  const lasts: number[] = [];
  for (let index = at; index < tokens.length && words.length < 5; index++) {
    const token = tokens[index]!;
    const [next, previous] = [tokens[index + 1], tokens[index - 1]];
    if (index > at && fillers.test(token.plain)) continue;
    // `3. Quartal`, `12. März`: the dot belongs to the number; so do `1er`, `3rd`, `1º`.
    if (token.text === "." && previous?.kind === "number" && previous.end === token.start && index > at)
      continue;
    if (
      /^(er|e|eme|st|nd|rd|th|o|a|re|ere)$/.test(token.plain) &&
      previous?.kind === "number" &&
      previous.end === token.start
    )
      continue;
    if (token.kind === "mark" || token.kind === "sign") break;
    words.push(wordOf(token, next));
    lasts.push(index);
  }
  const found = periodFrom(["in", ...words], 1);
  if (found === undefined || isOnlyNumber(words, found.length)) return undefined;
  return { period: found.period, last: lasts[found.length - 1]! };
}

function wordOf({ plain, kind }: Token, next: Token | undefined): string {
  if (kind === "number" && /^[1-4]$/.test(plain) && next !== undefined) {
    const ordinal = ["first", "second", "third", "fourth"][Number(plain) - 1]!;
    const isOrdinal = next.text === "." || /^(er|e|eme|st|nd|rd|th|o|º|re)$/.test(next.plain);
    if (isOrdinal && monthBehind(next) === false) return ordinal;
  }
  return ordinals.find(([pattern]) => pattern.test(plain))?.[1] ?? plain;
}

function monthBehind(token: Token): boolean {
  return monthOf(token.plain) !== undefined;
}

/** Years beyond our times are plain numbers. */
function isOnlyNumber(words: readonly string[], length: number): boolean {
  const [word] = words;
  return length === 1 && /^\d+$/.test(word!) && (Number(word) < 1950 || Number(word) > 2099);
}

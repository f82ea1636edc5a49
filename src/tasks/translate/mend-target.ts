import type { Glossary } from "../../files/glossary/types.ts";
import type { CodedTarget } from "../../files/units/types.ts";
import { addressesOf } from "./addresses.ts";
import { termsIn, usesTerm } from "./checks/check-terms.ts";
import { localiseNumbers } from "./checks/localise-numbers.ts";
import { exchange } from "./memory/replace-numbers.ts";
import { pluralOf } from "./plural-of.ts";

export type MendOptions = {
  readonly from: string;
  readonly to: string;
  readonly glossary?: Glossary;
  /** How the engine translates a term when it stands alone, by the form in which the text has it, in lower case. */
  readonly termTranslations?: ReadonlyMap<string, string>;
};

/**
 * A target with what code can put right surely: numbers in the target language's form, terms of the glossary that the
 * engine translated in its own way, addresses that it changed. Codes move along.
 */
export function mendTarget(source: string, target: CodedTarget, options: MendOptions): CodedTarget {
  const { from, to } = options;
  const numbers = exchange(target, localiseNumbers(source, target.text, from, to));
  return mendAddresses(source, mendTerms(source, withoutRemark(source, numbers), options));
}

/** What small engines put behind a name that they don't know, as encyclopedias do behind links. */
const remark = /\s*\((?:em inglês|en inglés|en anglais|in inglese|in English)\)/giu;

function withoutRemark(source: string, target: CodedTarget): CodedTarget {
  if (/english|inglês|inglés|anglais|inglese|englisch/i.test(source)) return target;
  const found = [...target.text.matchAll(remark)].filter(({ 0: text }) => text !== target.text);
  const exchanges = found.map(({ 0: text, index }) => ({ start: index, end: index + text.length, text: "" }));
  const mended = exchange(target, exchanges);
  // A code that covers nothing but the remark has no other place.
  return mended.spans.some(({ start, end }) => start === end) ? target : mended;
}

function mendTerms(source: string, target: CodedTarget, options: MendOptions): CodedTarget {
  const { from, to, glossary, termTranslations } = options;
  let mended = target;
  for (const { term, words } of termsIn(source, glossary?.terms ?? [], from)) {
    if (term.kind === "forbidden") continue;
    const wanted = term.kind === "keep" ? [term.source] : term.targets;
    const [first] = wanted;
    const isThere = (each: string): boolean =>
      term.kind === "keep" ? mended.text.includes(each) : usesTerm(mended.text, each, to, term.caseSensitive);
    if (!first || wanted.some(isThere)) continue;
    const usual = [...new Set(words.map((word) => word.toLowerCase()))].flatMap(
      (word) => termTranslations?.get(word)?.replace(/[.。]$/, "") || [],
    );
    const found = usual.flatMap((each) => findWord(mended.text, each));
    if (found.length === 0 || found.length > words.length) continue;
    const base = termTranslations?.get(term.source.toLowerCase())?.replace(/[.。]$/, "");
    mended = exchange(
      mended,
      found.map(({ start, word }) => {
        const isPlural = base !== undefined && word.toLowerCase() !== base.toLowerCase();
        const text = isPlural && term.kind !== "keep" ? pluralOf(first, to) : first;
        return {
          start,
          end: start + word.length,
          text: term.kind === "keep" ? text : withCaseOf(text, word),
        };
      }),
    );
  }
  return mended;
}

/** Where a word or phrase stands whole in a text, in any case. */
function findWord(text: string, word: string): { start: number; word: string }[] {
  const literal = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, word: found }));
}

function withCaseOf(word: string, like: string): string {
  const isCapital = /^\p{Lu}/u.test(like) && /^\p{Ll}/u.test(word);
  return isCapital ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** Addresses that the engine wrote with other signs (`name-host.example`), as the source has them. */
function mendAddresses(source: string, target: CodedTarget): CodedTarget {
  let mended = target;
  for (const lost of addressesOf(source)) {
    if (mended.text.includes(lost)) continue;
    const changed = [...mended.text.matchAll(/\S+/g)]
      .map(({ 0: found, index }) => ({ start: index, text: withoutEnd(found) }))
      .find(({ text }) => lettersOf(text) === lettersOf(lost));
    if (changed === undefined) continue;
    const { start, text } = changed;
    mended = exchange(mended, [{ start, end: start + text.length, text: lost }]);
  }
  return mended;
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const withoutEnd = (text: string): string => text.replace(/[.,;:!?)\]}'"»”’]+$/u, "");

import type { Glossary } from "../../files/glossary/types.ts";
import type { CodedTarget } from "../../files/units/types.ts";
import { addressesOf } from "./addresses.ts";
import { usesTerm } from "./checks/check-terms.ts";
import { localiseNumbers } from "./checks/localise-numbers.ts";
import { exchange } from "./memory/replace-numbers.ts";

export type MendOptions = {
  readonly from: string;
  readonly to: string;
  readonly glossary?: Glossary;
  /** How the engine translates a term when it stands alone, by the term's source. */
  readonly termTranslations?: ReadonlyMap<string, string>;
};

/**
 * A target with what code can put right surely: numbers in the target language's form, terms of the glossary that the
 * engine translated in its own way, addresses that it changed. Codes move along.
 */
export function mendTarget(source: string, target: CodedTarget, options: MendOptions): CodedTarget {
  const { from, to } = options;
  const numbers = exchange(target, localiseNumbers(source, target.text, from, to));
  return mendAddresses(source, mendTerms(source, numbers, options));
}

function mendTerms(source: string, target: CodedTarget, options: MendOptions): CodedTarget {
  const { from, to, glossary, termTranslations } = options;
  let mended = target;
  for (const term of glossary?.terms ?? []) {
    if (term.kind === "forbidden" || !usesTerm(source, term.source, from, term.caseSensitive)) continue;
    const wanted = term.kind === "keep" ? [term.source] : term.targets;
    const [first] = wanted;
    const isThere = (each: string): boolean =>
      term.kind === "keep" ? mended.text.includes(each) : usesTerm(mended.text, each, to, term.caseSensitive);
    const usual = termTranslations?.get(term.source)?.replace(/[.。]$/, "");
    if (!first || !usual || wanted.some(isThere)) continue;
    const at = findWord(mended.text, usual);
    if (at < 0) continue;
    const text = term.kind === "keep" ? first : withCaseOf(first, mended.text.slice(at, at + usual.length));
    mended = exchange(mended, [{ start: at, end: at + usual.length, text }]);
  }
  return mended;
}

/** Where a word or phrase stands whole in a text, in any case; -1 where it doesn't or where it stands more than once. */
function findWord(text: string, word: string): number {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const found = [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu"))];
  return found.length === 1 && found[0]![0].length === word.length ? found[0]!.index : -1;
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

import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import { codeRanks, codesSignature, memoryKey, numbersOf, renameCodes } from "./memory-key.ts";
import { replaceNumbers } from "./replace-numbers.ts";
import type { MemoryEntry } from "./translation-memory.ts";

/**
 * How a segment was found again. `in-context`: between the same neighbours; `exact`: the same text; `numbers`: the same
 * but for its numbers, which were put in.
 */
export type MatchKind = "in-context" | "exact" | "numbers";

export type MemoryMatch = {
  readonly kind: MatchKind;
  readonly target: CodedTarget;
  /** False where the codes differ, so that `target` has none and they have to be placed. */
  readonly hasCodes: boolean;
  readonly entry: MemoryEntry;
};

export type MatchWish = {
  readonly source: CodedText;
  readonly before: string;
  readonly after: string;
  readonly from: string;
  readonly to: string;
  /** Unreviewed entries count only when they come from this engine. */
  readonly engine: string;
};

/** The best of the entries with the segment's key: reviewed before checked, in context before out of it, the latest first. */
export function findMatch(wish: MatchWish, entries: readonly MemoryEntry[]): MemoryMatch | undefined {
  const usable = entries.filter(({ state, origin }) => state === "reviewed" || origin === wish.engine);
  const matches = usable.flatMap((entry) => matchOf(wish, entry) ?? []);
  return matches.sort((a, b) => rank(b) - rank(a))[0];
}

const kinds: readonly MatchKind[] = ["numbers", "exact", "in-context"];

function rank({ kind, hasCodes, entry }: MemoryMatch): number {
  const isReviewed = entry.state === "reviewed";
  return kinds.indexOf(kind) * 4 + (isReviewed ? 2 : 0) + (hasCodes ? 1 : 0);
}

function matchOf(wish: MatchWish, entry: MemoryEntry): MemoryMatch | undefined {
  const { source, from, to } = wish;
  if (memoryKey(entry.source.text) !== memoryKey(source.text)) return undefined;
  const hasCodes = codesSignature(entry.source) === codesSignature(source);
  const plain = { text: entry.target.text, spans: [], atoms: [] };
  const own = hasCodes ? renameCodes(entry.target, codeRanks(source).idOf) : plain;
  const isSame = numbersOf(entry.source.text).join() === numbersOf(source.text).join();
  if (isSame) {
    const inContext = entry.before === wish.before && entry.after === wish.after;
    return { kind: inContext ? "in-context" : "exact", target: own, hasCodes, entry };
  }
  const target = replaceNumbers(own, entry.source.text, source.text, from, to);
  return target && { kind: "numbers", target, hasCodes, entry };
}

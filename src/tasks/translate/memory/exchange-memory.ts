import type { TmxMemory, TmxText, TmxUnit, XliffDocument } from "../../../files/index.ts";
import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import { codeRanks, rankedSource, renameCodes } from "./memory-key.ts";
import type { MemoryEntry } from "./translation-memory.ts";

/** Who an import comes from and when: `origin` is the file's name. */
export type ImportOptions = { readonly origin: string; readonly now: Date };

/** The translations of an XLIFF file as reviewed entries in their context; a segment in the state `initial` is none. */
export function entriesOfXliff(document: XliffDocument, { origin, now }: ImportOptions): MemoryEntry[] {
  const segments = document.units.flatMap((unit) => unit.segments);
  return segments.flatMap(({ source, target, state }, index): MemoryEntry[] => {
    if (target === undefined || state === "initial" || target.text.trim() === "") return [];
    const before = segments[index - 1]?.source.text ?? "";
    const after = segments[index + 1]?.source.text ?? "";
    const pair = { from: document.source, to: document.target };
    return [
      {
        ...pair,
        ...ranked(source, target),
        before,
        after,
        origin,
        state: "reviewed",
        changed: now.toISOString(),
      },
    ];
  });
}

/** The units of a TMX file that have a variant in the source language, as reviewed entries for each other language. */
export function entriesOfTmx(memory: TmxMemory, { origin, now }: ImportOptions): MemoryEntry[] {
  return memory.units.flatMap((unit) => {
    const wanted = memory.source === "*all*" ? unit.variants[0]?.language : memory.source;
    const source = unit.variants.find(({ language }) => isLike(language, wanted));
    if (source === undefined) return [];
    return unit.variants
      .filter((variant) => variant !== source && variant.content.text.trim() !== "")
      .map((variant): MemoryEntry => {
        const content = ranked(sourceOf(source.content), variant.content);
        const changed = variant.changed ?? unit.changed ?? now.toISOString();
        const pair = { from: source.language, to: variant.language };
        return { ...pair, ...content, before: "", after: "", origin, state: "reviewed", changed };
      });
  });
}

/** Entries as a TMX memory, one unit each. */
export function tmxOf(entries: Iterable<MemoryEntry>): TmxMemory {
  const units = [...entries].map(({ from, to, source, target, origin, state, changed }): TmxUnit => {
    const when = { changed: `${changed.slice(0, 19)}Z` };
    return {
      ...when,
      properties: [
        { type: "x-origin", text: origin },
        { type: "x-state", text: state },
      ],
      variants: [
        { language: from, content: source },
        { language: to, ...when, content: withKinds(source, target) },
      ],
    };
  });
  const sources = new Set(units.map(({ variants }) => variants[0]!.language));
  return { source: sources.size === 1 ? [...sources][0]! : "*all*", units };
}

const isLike = (one: string, other = ""): boolean =>
  one.toLowerCase() === other.toLowerCase() || one.split("-")[0]!.toLowerCase() === other.toLowerCase();

function ranked(source: CodedText, target: CodedTarget): Pick<MemoryEntry, "source" | "target"> {
  const { text, spans, atoms } = renameCodes(target, codeRanks(source).rankOf);
  return {
    source: rankedSource(source),
    target: {
      text,
      spans: spans.map(({ id, start, end }) => ({ id, start, end })),
      atoms: atoms.map(({ id, offset }) => ({ id, offset })),
    },
  };
}

function sourceOf({ text, spans, atoms }: TmxText): CodedText {
  return { text, spans: spans.map((span) => ({ ...span, canCopy: span.kind !== "container" })), atoms };
}

function withKinds(source: CodedText, target: CodedTarget): TmxText {
  const spans = new Map(source.spans.map(({ id, kind }) => [id, kind]));
  const atoms = new Map(source.atoms.map(({ id, kind }) => [id, kind]));
  return {
    text: target.text,
    spans: target.spans.map((span) => ({ ...span, kind: spans.get(span.id) ?? "format" })),
    atoms: target.atoms.map((atom) => ({ ...atom, kind: atoms.get(atom.id) ?? "object" })),
  };
}

import type { Splice } from "../xml/splice.ts";
import type { TargetLanguage } from "./target-language.ts";
import type { CodedTarget, TextUnit, UnitTarget } from "./types.ts";

/** A unit together with the way its target is written into its part. */
export type UnitSite = {
  readonly unit: TextUnit;
  /** Name of the part that holds the text. */
  readonly part: string;
  /** Splices in the XML of that part as it was read. Never throws. */
  readonly write: (target: CodedTarget, language: TargetLanguage) => SiteWrite;
};

export type SiteWrite =
  | { readonly kind: "written"; readonly splices: readonly Splice[]; readonly flagged?: string }
  | { readonly kind: "refused"; readonly reason: string };

/** True for text that someone could translate: it has a letter of any script. */
export function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** A unit of plain text. */
export function plainUnit(
  unit: Pick<TextUnit, "id" | "kind" | "place" | "text"> & Partial<TextUnit>,
): TextUnit {
  return { spans: [], atoms: [], ...unit };
}

/** The target that says again what the source says, codes included. */
export function isEcho(unit: Pick<TextUnit, "text" | "spans" | "atoms">, target: CodedTarget): boolean {
  if (unit.text !== target.text) return false;
  const places = (
    codes: readonly { readonly id: string; readonly start?: number; readonly end?: number }[],
  ): string =>
    codes
      .map(({ id, start, end }) => `${id} ${start} ${end}`)
      .sort()
      .join();
  const offsets = (atoms: readonly { readonly id: string; readonly offset: number }[]): string =>
    atoms.map(({ id, offset }) => `${id} ${offset}`).join();
  return places(unit.spans) === places(target.spans) && offsets(unit.atoms) === offsets(target.atoms);
}

/** The target with no code inside a character of two UTF-16 units, whose halves no file can store. */
export function wholeCharacters(target: CodedTarget): CodedTarget {
  const { text, spans, atoms } = target;
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return target;
  const isInside = (offset: number): boolean =>
    /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
  return {
    text,
    spans: spans.map(({ id, start, end }) => ({
      id,
      start: isInside(start) ? start - 1 : start,
      end: isInside(end) ? end + 1 : end,
    })),
    atoms: atoms.map(({ id, offset }) => ({ id, offset: isInside(offset) ? offset + 1 : offset })),
  };
}

/**
 * The target of each unit. A unit that must equal another one takes that one's text: its own target where the text is the
 * same (its codes may differ), else the other's.
 */
export function targetsOf(
  units: readonly TextUnit[],
  targets: readonly UnitTarget[],
): ReadonlyMap<string, CodedTarget> {
  const given = new Map(targets.map((target) => [target.unit, target]));
  const found = new Map<string, CodedTarget>();
  for (const { id, sameAs } of units) {
    const own = given.get(id);
    const first = sameAs === undefined ? undefined : given.get(sameAs);
    const target = first === undefined || own?.text === first.text ? own : first;
    if (target !== undefined) found.set(id, target);
  }
  return found;
}

/** What writing came to: splices by part, and units that need a look. */
export type SitesWritten = {
  readonly splices: Map<string, Splice[]>;
  readonly flagged: { readonly unit: string; readonly reason: string }[];
  readonly refused: { readonly unit: string; readonly reason: string }[];
};

/** Writes the targets of all sites that have one. */
export function writeSites(
  sites: readonly UnitSite[],
  targets: ReadonlyMap<string, CodedTarget>,
  language: TargetLanguage,
): SitesWritten {
  const result: SitesWritten = { splices: new Map(), flagged: [], refused: [] };
  for (const { unit, part, write } of sites) {
    const target = targets.get(unit.id);
    if (target === undefined) continue;
    const written = write(wholeCharacters(target), language);
    if (written.kind === "refused") {
      result.refused.push({ unit: unit.id, reason: written.reason });
      continue;
    }
    if (written.flagged !== undefined) result.flagged.push({ unit: unit.id, reason: written.flagged });
    addSplices(result.splices, part, written.splices);
  }
  return result;
}

export function addSplices(all: Map<string, Splice[]>, part: string, splices: readonly Splice[]): void {
  const known = all.get(part);
  if (known === undefined) all.set(part, [...splices]);
  else known.push(...splices);
}

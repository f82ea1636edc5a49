import { writeXliff, type XliffDocument, type XliffSegment, type XliffUnit } from "../../../files/index.ts";
import type { TextUnit } from "../../../files/units/types.ts";
import { sha256 } from "../../sha256.ts";
import type { TranslatedSegment, TranslatedUnits } from "../result-types.ts";

/**
 * The translation as XLIFF 2.1, for a person or a translation tool: sentences in order, each with what the checks found and
 * where it stands. One that kept its source text has no target.
 */
export async function reviewFile(
  file: { readonly name: string; readonly bytes: Uint8Array },
  units: readonly TextUnit[],
  { segments }: TranslatedUnits,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Uint8Array> {
  const byUnit = Map.groupBy(segments, ({ unit }) => unit);
  const document: XliffDocument = {
    original: file.name,
    sourceHash: await sha256(file.bytes),
    source: from,
    target: to,
    units: units.flatMap(({ id, place }): XliffUnit[] => {
      const own = byUnit.get(id);
      if (own === undefined) return [];
      return [{ unit: id, notes: [{ category: "place", text: place }], segments: own.map(segmentOf) }];
    }),
  };
  return new TextEncoder().encode(writeXliff(document));
}

function segmentOf({
  source,
  target,
  origin,
  findings,
  rating,
  isReviewed,
}: TranslatedSegment): XliffSegment {
  const notes = findings.map(({ kind, text }) => ({ category: `${rating}-${kind}`, text }));
  if (origin === "source" && findings.length > 0) return { source, state: "initial", notes };
  return { source, target, state: isReviewed ? "reviewed" : "translated", notes };
}

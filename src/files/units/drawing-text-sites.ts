import type { XmlTree } from "../xml/scan-xml.ts";
import { isInFallback } from "./attribute-units.ts";
import { type DrawingParagraph, readDrawingParagraph } from "./drawing-text.ts";
import { drawingElements } from "./drawing-text-names.ts";
import { type InheritedAlignment, writeDrawingParagraph } from "./drawing-text-write.ts";
import type { TextUnit } from "./types.ts";
import { hasLetters, type UnitSite } from "./unit-site.ts";

/** What a caller knows about a paragraph; undefined where it is no unit. */
export type DescribeParagraph = (
  element: number,
  paragraph: DrawingParagraph,
) =>
  | (Pick<TextUnit, "kind" | "place"> &
      Partial<Pick<TextUnit, "sameAs" | "room">> & { readonly alignment?: InheritedAlignment })
  | undefined;

/**
 * The DrawingML paragraphs (`a:p`) of a part, or below one element of it. What an `mc:Fallback` repeats is to be given the
 * same target as the paragraph before it that says the same.
 */
export function drawingTextSites(
  tree: XmlTree,
  part: string,
  describe: DescribeParagraph,
  within = 0,
): UnitSite[] {
  const sites: UnitSite[] = [];
  for (const element of drawingElements(tree, within, "a:p")) {
    const paragraph = readDrawingParagraph(tree, element);
    if (!hasLetters(paragraph.text)) continue;
    const described = describe(element, paragraph);
    if (described === undefined) continue;
    const { alignment, ...about } = described;
    const twin = isInFallback(tree, element) ? twinOf(paragraph, sites) : undefined;
    sites.push({
      unit: {
        id: `${part}#${element}`,
        ...about,
        text: paragraph.text,
        spans: paragraph.spans,
        atoms: paragraph.atoms,
        ...(twin === undefined ? {} : { sameAs: twin.unit.id }),
      },
      part,
      write: (target, language) => writeDrawingParagraph(tree, paragraph, target, language, alignment),
    });
  }
  return sites;
}

function twinOf(paragraph: DrawingParagraph, sites: readonly UnitSite[]): UnitSite | undefined {
  return sites.find(
    ({ unit }) =>
      unit.text === paragraph.text &&
      unit.sameAs === undefined &&
      unit.spans.length === paragraph.spans.length &&
      unit.atoms.length === paragraph.atoms.length,
  );
}

import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { alternativeTextSites, isOn } from "../../units/attribute-units.ts";
import { type ChartTexts, readChartTexts } from "../../units/chart-units.ts";
import { diagramParts, listDiagramUnits } from "../../units/diagram-units.ts";
import { drawingAncestor, drawingElements } from "../../units/drawing-text-names.ts";
import { drawingTextSites } from "../../units/drawing-text-sites.ts";
import { elementTextSite } from "../../units/property-units.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import { hasLetters, type UnitSite } from "../../units/unit-site.ts";
import { attribute, childNamed } from "../../xml/xml-tree.ts";
import { quoteSheetName } from "../write/formula-text.ts";
import { richTextSite } from "./cell-sites.ts";
import type { SheetText, WorkbookText } from "./workbook-text.ts";

/** Notes and conversations of a sheet. Of a conversation the note that older versions show is left as it is. */
export function commentSites({ workbook }: WorkbookText, { part, sheet }: SheetText): UnitSite[] {
  const { package: opc } = workbook;
  const name = quoteSheetName(sheet.name);
  const parts = (word: string): string[] =>
    relationshipsOf(opc, part)
      .filter((each) => isRelationshipType(each, word))
      .map(({ target }) => target);
  const threaded = new Set<string>();
  const sites = parts("threadedComment").flatMap((target) => {
    const tree = xmlPart(opc, target);
    if (tree === undefined) return [];
    return drawingElements(tree, 0, "x18tc:threadedComment").flatMap((comment) => {
      const ref = attribute(tree, comment, "ref") ?? "";
      threaded.add(ref);
      const text = childNamed(tree, comment, "x18tc:text");
      const about = { kind: "comment", place: `${name}!${ref}, comment` } as const;
      const found = text < 0 ? [] : elementTextSite(tree, target, text, about);
      return drawingElements(tree, comment, "x18tc:mention").length === 0 ? found : found.map(withMentions);
    });
  });
  const notes = parts("comments").flatMap((target) => {
    const tree = xmlPart(opc, target);
    if (tree === undefined) return [];
    return drawingElements(tree, 0, "x:comment").flatMap((comment) => {
      const ref = attribute(tree, comment, "ref") ?? "";
      const text = childNamed(tree, comment, "x:text");
      if (text < 0 || threaded.has(ref)) return [];
      const about = { kind: "comment", place: `${name}!${ref}, comment` } as const;
      return richTextSite(tree, target, text, about) ?? [];
    });
  });
  return [...sites, ...notes];
}

/** People who are mentioned are found by their place in the text. */
function withMentions(site: UnitSite): UnitSite {
  return {
    ...site,
    write: (target, language) =>
      target.text === site.unit.text
        ? site.write(target, language)
        : { kind: "refused", reason: "the comment mentions people by their place in its text" },
  };
}

/** Shapes, descriptions and charts of a sheet's drawing. */
export type DrawingSites = { readonly sites: readonly UnitSite[]; readonly charts: readonly ChartTexts[] };

export function drawingSites(
  { workbook }: WorkbookText,
  { part, sheet }: SheetText,
  hidden: boolean,
): DrawingSites {
  const { package: opc } = workbook;
  const sites: UnitSite[] = [];
  const charts: ChartTexts[] = [];
  const name = quoteSheetName(sheet.name);
  for (const { target } of relationshipsOf(opc, part).filter((each) => isRelationshipType(each, "drawing"))) {
    const tree = xmlPart(opc, target);
    if (tree === undefined) continue;
    const place = `${name}, drawing`;
    sites.push(
      ...drawingTextSites(tree, target, (element) => {
        const shape = drawingAncestor(tree, element, "xdr:sp");
        // What a shape shows of a cell is the cell's to say.
        if (shape < 0 || hasLetters(attribute(tree, shape, "textlink") ?? "")) return undefined;
        const [properties] = drawingElements(tree, shape, "xdr:cNvPr");
        const isHidden = properties !== undefined && isOn(attribute(tree, properties, "hidden"));
        return isHidden && !hidden ? undefined : { kind: "paragraph", place, alignment: "l" };
      }),
      ...alternativeTextSites(tree, target, place, { hidden }),
    );
    const relationships = relationshipsOf(opc, target);
    for (const element of drawingElements(tree, 0, "c:chart", "cx:chart")) {
      const id = attribute(tree, element, "r:id");
      const chart = relationships.find((each) => each.id === id && !each.isExternal)?.target;
      const texts = chart === undefined ? undefined : readChartTexts(opc, chart, `${name}, chart`);
      if (texts !== undefined && !charts.some((each) => each.part === texts.part)) charts.push(texts);
    }
    for (const element of drawingElements(tree, 0, "dgm:relIds")) {
      const parts = diagramParts(opc, target, tree, element);
      if (parts !== undefined) sites.push(...listDiagramUnits(opc, parts, `${name}, diagram`));
    }
  }
  return { sites, charts };
}

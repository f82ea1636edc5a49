import { isRelationshipType, type OpcPackage, relationshipsOf } from "../opc/opc-package.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf, textOf } from "../xml/xml-tree.ts";
import { alternativeTextSites } from "./attribute-units.ts";
import { type ChartCell, cellAt, formulaCells, multiLevelCells } from "./chart-units-cells.ts";
import { drawingAncestor, drawingElements, drawingName } from "./drawing-text-names.ts";
import { drawingTextSites } from "./drawing-text-sites.ts";
import { elementTextSite } from "./property-units.ts";
import { xmlPart } from "./unit-parts.ts";
import type { UnitSite } from "./unit-site.ts";

/** A text that a chart took over from a cell: a series' name, a category, a label. */
export type ChartCache = {
  readonly site: UnitSite;
  /** The cell, where the chart says which one; absent for texts of the chart's own. */
  readonly cell?: ChartCell;
  /** True when the chart refers to cells, also to those that can't be told one by one. */
  readonly isFromCells: boolean;
  /** The element that holds the text. */
  readonly element: number;
};

/** The texts of one chart part. */
export type ChartTexts = {
  readonly part: string;
  readonly tree: XmlTree;
  /** Titles, labels, text in shapes on the chart, descriptions of those. */
  readonly own: readonly UnitSite[];
  readonly caches: readonly ChartCache[];
};

/**
 * The texts of a chart part (`c:chartSpace` or `cx:chartSpace`) and of the drawing on it. Cached texts that are the same
 * are to be given the same target.
 */
export function readChartTexts(opc: OpcPackage, part: string, place: string): ChartTexts | undefined {
  const tree = xmlPart(opc, part);
  if (tree === undefined) return undefined;
  const describe = () => ({ kind: "chart-text", place }) as const;
  const own = [
    ...drawingTextSites(tree, part, describe),
    ...drawingElements(tree, 0, "c:name").flatMap((name) =>
      drawingName(tree, tree.parent[name]!) === "c:trendline"
        ? elementTextSite(tree, part, name, describe())
        : [],
    ),
    ...userShapes(opc, part).flatMap((shapes) => {
      const drawing = xmlPart(opc, shapes);
      if (drawing === undefined) return [];
      return [
        ...drawingTextSites(drawing, shapes, describe),
        ...alternativeTextSites(drawing, shapes, place),
      ];
    }),
  ];
  return { part, tree, own, caches: readCaches(tree, part, place) };
}

/** All units of a chart, for formats in which its cached texts are units of their own. */
export function listChartUnits(opc: OpcPackage, part: string, place: string): UnitSite[] {
  const texts = readChartTexts(opc, part, place);
  return texts === undefined ? [] : [...texts.own, ...texts.caches.map(({ site }) => site)];
}

function userShapes(opc: OpcPackage, part: string): string[] {
  return relationshipsOf(opc, part)
    .filter((each) => isRelationshipType(each, "chartUserShapes") && !each.isExternal)
    .map(({ target }) => target);
}

const textCaches = ["c:strCache", "c:strLit", "c:lvl", "c15:dlblRangeCache", "c15:dlblFieldTableCache"];
const references = [
  "c:strRef",
  "c:multiLvlStrRef",
  "c15:datalabelsRange",
  "c15:dlblFieldTableEntry",
  "cx:strDim",
  "cx:txData",
];

function readCaches(tree: XmlTree, part: string, place: string): ChartCache[] {
  const caches: ChartCache[] = [];
  const first = new Map<string, string>();
  for (const element of drawingElements(tree, 0, "c:v", "cx:v", "cx:pt")) {
    if (!isCachedText(tree, element)) continue;
    const [site] = elementTextSite(tree, part, element, { kind: "chart-text", place });
    if (site === undefined) continue;
    const twin = first.get(site.unit.text);
    if (twin === undefined) first.set(site.unit.text, site.unit.id);
    const unit = twin === undefined ? site.unit : { ...site.unit, sameAs: twin };
    const reference = drawingAncestor(tree, element, ...references);
    const formula = reference < 0 ? undefined : formulaOf(tree, reference);
    const cell = formula === undefined ? undefined : cellOf(tree, element, formula);
    caches.push({
      site: { ...site, unit },
      ...(cell === undefined ? {} : { cell }),
      isFromCells: formula !== undefined,
      element,
    });
  }
  return caches;
}

function isCachedText(tree: XmlTree, element: number): boolean {
  const parent = tree.parent[element]!;
  const parentName = drawingName(tree, parent);
  switch (drawingName(tree, element)) {
    case "c:v":
      return (
        parentName === "c:tx" ||
        (parentName === "c:pt" && textCaches.includes(drawingName(tree, tree.parent[parent]!)))
      );
    case "cx:v":
      return parentName === "cx:txData";
    default:
      return drawingAncestor(tree, element, "cx:strDim") >= 0;
  }
}

/** The formula beside a cache; that of a filtered series or category stands in an extension. */
function formulaOf(tree: XmlTree, reference: number): string | undefined {
  const own = childrenOf(tree, reference).find((child) => /:f$/.test(drawingName(tree, child)));
  const formula = own ?? drawingElements(tree, reference, "c15:sqref")[0];
  const text = formula === undefined ? "" : textOf(tree, formula).trim();
  return text === "" ? undefined : text;
}

function cellOf(tree: XmlTree, element: number, formula: string): ChartCell | undefined {
  const point = drawingName(tree, element) === "c:v" ? tree.parent[element]! : element;
  const index = Number(attribute(tree, point, "idx") ?? 0);
  const level = drawingAncestor(tree, element, "c:lvl", "cx:lvl");
  const levels =
    level < 0
      ? []
      : childrenOf(tree, tree.parent[level]!).filter(
          (child) => drawingName(tree, child) === drawingName(tree, level),
        );
  if (levels.length > 1) return multiLevelCells(formula, levels.length, levels.indexOf(level), index);
  return cellAt(formulaCells(formula), index);
}

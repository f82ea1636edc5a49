import { hasPart, type OpcPackage, relationshipsOf } from "../../opc/opc-package.ts";
import { type ChartTexts, readChartTexts } from "../../units/chart-units.ts";
import { diagramParts, listDiagramUnits } from "../../units/diagram-units.ts";
import { drawingElements } from "../../units/drawing-text-names.ts";
import type { UnitSite } from "../../units/unit-site.ts";
import type { TextStory } from "./word-stories.ts";

/** The charts and diagrams that stories show, each part once. */
export type DrawingParts = { readonly charts: readonly ChartTexts[]; readonly diagrams: readonly UnitSite[] };

export function readDrawingParts(opc: OpcPackage, stories: readonly TextStory[]): DrawingParts {
  const seen = new Set<string>();
  const charts: ChartTexts[] = [];
  const diagrams: UnitSite[] = [];
  const isNew = (part: string): boolean => !seen.has(part) && seen.add(part).has(part);
  for (const { name, tree } of stories) {
    for (const { type, target, isExternal } of relationshipsOf(opc, name)) {
      if (isExternal || !/\/chart(Ex)?$/.test(type) || !hasPart(opc, target) || !isNew(target)) continue;
      const texts = readChartTexts(opc, target, "chart");
      if (texts !== undefined) charts.push(texts);
    }
    for (const diagram of drawingElements(tree, 0, "dgm:relIds")) {
      const parts = diagramParts(opc, name, tree, diagram);
      if (parts !== undefined && isNew(parts.data)) diagrams.push(...listDiagramUnits(opc, parts, "diagram"));
    }
  }
  return { charts, diagrams };
}

/** The texts of a chart, its own and those taken over from cells. */
export function chartSites({ own, caches }: ChartTexts): UnitSite[] {
  return [...own, ...caches.map(({ site }) => site)];
}

import { type OpcPackage, relationshipsOf } from "../opc/opc-package.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf } from "../xml/xml-tree.ts";
import { drawingAncestor, drawingElements, drawingName } from "./drawing-text-names.ts";
import { drawingTextSites } from "./drawing-text-sites.ts";
import { xmlPart } from "./unit-parts.ts";
import type { UnitSite } from "./unit-site.ts";

/** Where a diagram (SmartArt) keeps its text: the data, and the drawing that Office shows until it lays it out anew. */
export type DiagramParts = {
  readonly data: string;
  readonly drawing?: string;
};

/** The parts of the diagram that `dgm:relIds` element names in `owner`. */
export function diagramParts(
  opc: OpcPackage,
  owner: string,
  tree: XmlTree,
  relIds: number,
): DiagramParts | undefined {
  const relationships = relationshipsOf(opc, owner);
  const byId = (id: string | undefined): string | undefined =>
    relationships.find((each) => each.id === id && !each.isExternal)?.target;
  const data = byId(attribute(tree, relIds, "r:dm"));
  const dataTree = xmlPart(opc, data);
  if (data === undefined || dataTree === undefined) return undefined;
  const extension = childrenExtension(dataTree);
  const drawing = byId(extension) ?? onlyDrawing(relationships);
  return { data, ...(drawing === undefined ? {} : { drawing }) };
}

/** `dsp:dataModelExt/@relId`: the relationship of the drawing among those of the part that holds the diagram. */
function childrenExtension(tree: XmlTree): string | undefined {
  const [extension] = drawingElements(tree, 0, "dsp:dataModelExt");
  return extension === undefined ? undefined : attribute(tree, extension, "relId");
}

function onlyDrawing(relationships: ReturnType<typeof relationshipsOf>): string | undefined {
  const drawings = relationships.filter(({ type }) => type.endsWith("/diagramDrawing"));
  return drawings.length === 1 ? drawings[0]!.target : undefined;
}

/**
 * The texts of a diagram: those of its points, and those of the cached drawing, which are to be given the same targets as
 * the points they show.
 */
export function listDiagramUnits(opc: OpcPackage, parts: DiagramParts, place: string): UnitSite[] {
  const data = xmlPart(opc, parts.data);
  if (data === undefined) return [];
  const points = drawingTextSites(data, parts.data, (element) =>
    drawingAncestor(data, element, "dgm:pt") < 0 ? undefined : { kind: "diagram-text", place },
  );
  const drawing = xmlPart(opc, parts.drawing);
  if (drawing === undefined) return points;
  const shown = pointsShown(data);
  const ofPoint = (site: UnitSite): string => {
    const point = drawingAncestor(data, Number(site.unit.id.split("#")[1]), "dgm:pt");
    return attribute(data, point, "modelId") ?? "";
  };
  const used = new Set<string>();
  const shapes = drawingTextSites(drawing, parts.drawing!, () => ({ kind: "diagram-text", place }));
  const same = shapes.map((site) => {
    const shape = drawingAncestor(drawing, Number(site.unit.id.split("#")[1]), "dsp:sp");
    const ids = shape < 0 ? [] : (shown.get(attribute(drawing, shape, "modelId") ?? "") ?? []);
    const alike = points.filter(({ unit }) => unit.text === site.unit.text);
    const twin =
      alike.find((each) => ids.includes(ofPoint(each)) && !used.has(each.unit.id)) ??
      alike.find((each) => ids.includes(ofPoint(each))) ??
      alike.find(({ unit }) => !used.has(unit.id)) ??
      alike[0];
    if (twin === undefined) return site;
    used.add(twin.unit.id);
    return { ...site, unit: { ...site.unit, sameAs: twin.unit.id } };
  });
  return [...points, ...same];
}

/** Points by the presentation point, and so by the drawn shape, that shows them (`presOf` connections, 21.4.3.2). */
function pointsShown(tree: XmlTree): Map<string, string[]> {
  const shown = new Map<string, string[]>();
  for (const list of drawingElements(tree, 0, "dgm:cxnLst")) {
    for (const connection of childrenOf(tree, list)) {
      if (drawingName(tree, connection) !== "dgm:cxn" || attribute(tree, connection, "type") !== "presOf")
        continue;
      const shape = attribute(tree, connection, "destId") ?? "";
      shown.set(shape, [...(shown.get(shape) ?? []), attribute(tree, connection, "srcId") ?? ""]);
    }
  }
  return shown;
}

import { FileDamagedError } from "../../../errors.ts";
import { contentTypeOf, hasPart, isRelationshipType } from "../../opc/opc-package.ts";
import {
  append,
  benchRelationships,
  declareType,
  edit,
  freePartName,
  relate,
  relativeTarget,
} from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, attributesOf, childNamed, nameOf } from "../../xml/xml-tree.ts";
import { editAround, type Refused, refused, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { insertChild, worksheetOrder } from "./insert-child.ts";
import { sheetMarkup } from "./sheet-markup.ts";
import { aroundTree } from "./sheet-xml.ts";

const vmlType = "application/vnd.openxmlformats-officedocument.vmlDrawing";

const namespaces = {
  v: "urn:schemas-microsoft-com:vml",
  o: "urn:schemas-microsoft-com:office:office",
  x: "urn:schemas-microsoft-com:office:excel",
};
const declarations = Object.entries(namespaces)
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join("");

/** How many shapes a block of ids holds, which a drawing takes for itself (MS-OI29500, 2.1.1745). */
const blockSize = 1024;

/** Adds the hidden box in which a note is shown: VML, as Excel writes it still. Row from 1, column from 0. */
export function addNoteShape(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  row: number,
  column: number,
): Refused | undefined {
  const part = notesDrawing(draft, sheet);
  try {
    edit(draft.bench, part, (tree) => {
      const id = nextShapeId(tree);
      return [
        ...blockSplices(tree, Math.floor(id / blockSize)),
        ...append(tree, shapeXml(tree, id, row, column)),
      ];
    });
  } catch (error) {
    if (!(error instanceof FileDamagedError)) throw error;
    // Old versions of Excel wrote HTML in there.
    const reason = "the drawing that holds this sheet's notes is not well-formed XML";
    return refused("unsupported", reason, "Save the workbook in Excel, and try again.");
  }
  return undefined;
}

/** The VML part that the sheet's notes are drawn in, made when there is none. */
function notesDrawing(draft: WorkbookDraft, sheet: SheetDraft): string {
  const { workbook, bench } = draft;
  const { tree } = aroundTree(sheet.around);
  const element = childNamed(tree, 0, "x:legacyDrawing");
  const existing = benchRelationships(bench, sheet.part).find(
    (each) =>
      element >= 0 && isRelationshipType(each, "vmlDrawing") && each.id === attribute(tree, element, "r:id"),
  )?.target;
  if (existing !== undefined && (hasPart(bench.package, existing) || bench.added.has(existing)))
    return existing;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/"));
  const part = freePartName(bench, `${folder}/drawings/vmlDrawing#.vml`, sheet.part);
  const block = Number(/(\d+)\.vml$/.exec(part)?.[1] ?? 1);
  bench.added.set(part, {
    encoding: "utf-8",
    text: `<xml${declarations}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${block}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>`,
  });
  if (contentTypeOf(bench.package, part) !== vmlType) declareType(bench, part, vmlType);
  const id = relate(bench, sheet.part, {
    type: `${namespaceUri("r", workbook.isStrict)}/vmlDrawing`,
    target: relativeTarget(sheet.part, part),
  });
  editAround(draft, sheet, (around) =>
    insertChild(
      around,
      worksheetOrder,
      "legacyDrawing",
      sheetMarkup(around).withRelationship("legacyDrawing", id),
    ),
  );
  return part;
}

function nextShapeId(tree: XmlTree): number {
  let highest = 0;
  let block = 1;
  for (let index = 0; index < tree.count; index++) {
    const id = /^_x0000_s(\d+)$/.exec(attribute(tree, index, "id") ?? "")?.[1];
    highest = Math.max(highest, Number(id ?? 0));
    if (/[:}]idmap$/.test(nameOf(tree, index)))
      block = Number(/\d+/.exec(attribute(tree, index, "data") ?? "")?.[0] ?? 1);
  }
  return Math.max(highest, block * blockSize) + 1;
}

/** A drawing names the blocks of ids that it uses. */
function blockSplices(tree: XmlTree, block: number): Splice[] {
  for (let index = 0; index < tree.count; index++) {
    if (!/[:}]idmap$/.test(nameOf(tree, index))) continue;
    const data = attributesOf(tree, index).find(({ name }) => name === "data");
    if (data === undefined || data.value.split(",").map(Number).includes(block)) return [];
    return [{ start: data.start, end: data.end, text: `data="${data.value},${block}"` }];
  }
  return [];
}

/** Beside its cell: two columns wide and four rows high; hidden until someone points at it. */
function shapeXml(tree: XmlTree, id: number, row: number, column: number): string {
  const anchor = [column + 1, 15, Math.max(0, row - 2), 10, column + 3, 31, row + 3, 4].join(", ");
  const known = tree.scopes[tree.scope[0]!]!;
  const isDeclared = Object.entries(namespaces).every(([prefix, uri]) => known.get(prefix) === uri);
  const declared = isDeclared ? "" : declarations;
  return `<v:shape${declared} id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:144pt;height:72pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`;
}

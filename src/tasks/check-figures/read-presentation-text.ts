import { openPresentation } from "../../files/pptx/open-presentation.ts";
import { drawingElements, drawingName } from "../../files/units/drawing-text-names.ts";
import { xmlPart } from "../../files/units/unit-parts.ts";
import type { XmlTree } from "../../files/xml/scan-xml.ts";
import { attribute, childrenOf, textOf } from "../../files/xml/xml-tree.ts";
import type { CheckedParagraph } from "./check-paragraphs.ts";
import { type TextCell, tableCells } from "./table-cells.ts";

/** The texts of the slides in the order of the show, cells of their tables, and what their notes say. Ids are `slide 3:2`. */
export function readPresentationText(bytes: Uint8Array): CheckedParagraph[] {
  const presentation = openPresentation(bytes);
  return presentation.slides.flatMap(({ number, part, notes }) => [
    ...slideParagraphs(xmlPart(presentation.package, part), `slide ${number}`),
    ...slideParagraphs(xmlPart(presentation.package, notes), `notes ${number}`),
  ]);
}

function slideParagraphs(tree: XmlTree | undefined, name: string): CheckedParagraph[] {
  if (tree === undefined) return [];
  const tables = drawingElements(tree, 0, "a:tbl");
  const lines = drawingElements(tree, 0, "a:p");
  const title = lines.filter((line) => isTitle(tree, line)).map((line) => lineText(tree, line).trim());
  const headings = title.filter((text) => text !== "");
  const paragraphs = lines.flatMap((line, index): CheckedParagraph[] => {
    if (tables.some((table) => line > table && line < tree.next[table]!)) return [];
    const text = lineText(tree, line);
    if (text.trim() === "") return [];
    return [{ id: `${name}:${index + 1}`, text, headings: isTitle(tree, line) ? [] : headings }];
  });
  const cells = tables.flatMap((table, place) => {
    const rows = childrenOf(tree, table).filter((row) => drawingName(tree, row) === "a:tr");
    const grid = rows.map((row, at) =>
      childrenOf(tree, row)
        .filter((cell) => drawingName(tree, cell) === "a:tc")
        .map(
          (cell, column): TextCell => ({
            id: `${name}:table ${place + 1}, row ${at + 1}, column ${column + 1}`,
            text: drawingElements(tree, cell, "a:p")
              .map((line) => lineText(tree, line))
              .join(" "),
            offset: 0,
          }),
        ),
    );
    return tableCells(grid, headings);
  });
  return [...paragraphs, ...cells];
}

function lineText(tree: XmlTree, line: number): string {
  return childrenOf(tree, line)
    .map((child) => {
      const name = drawingName(tree, child);
      if (name === "a:br") return " ";
      if (name !== "a:r" && name !== "a:fld") return "";
      // Numbers of slides and dates are set by the program.
      if (name === "a:fld") return "";
      const text = childrenOf(tree, child).find((each) => drawingName(tree, each) === "a:t");
      return text === undefined ? "" : textOf(tree, text);
    })
    .join("");
}

/** True for a line of the slide's title placeholder. */
function isTitle(tree: XmlTree, line: number): boolean {
  let shape = line;
  while (shape >= 0 && drawingName(tree, shape) !== "p:sp") shape = tree.parent[shape]!;
  if (shape < 0) return false;
  const [placeholder] = drawingElements(tree, shape, "p:ph");
  return placeholder !== undefined && /^(title|ctrTitle)$/.test(attribute(tree, placeholder, "type") ?? "");
}

import type { UnitKind } from "../../units/types.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, nameOf } from "../../xml/xml-tree.ts";
import type { TextStory } from "./word-stories.ts";

/** Where paragraphs of a part are, as a person says it. */
export type Places = (paragraph: number) => string;

const ofPart: Readonly<Record<TextStory["kind"], string>> = {
  body: "body",
  header: "page header",
  footer: "page footer",
  footnotes: "footnote",
  endnotes: "endnote",
  comments: "comment",
  glossary: "building block",
};

export function createPlaces({ tree, kind }: Pick<TextStory, "tree" | "kind">): Places {
  const cells = readCells(tree);
  let body = 0;
  return (paragraph) => {
    for (let at = tree.parent[paragraph]!; at >= 0; at = tree.parent[at]!) {
      const cell = cells.get(at);
      if (cell !== undefined) return kind === "body" ? cell : `${ofPart[kind]}, ${cell}`;
      switch (nameOf(tree, at)) {
        case "w:txbxContent":
          return kind === "body" ? "text box" : `${ofPart[kind]}, text box`;
        case "w:footnote":
        case "w:endnote":
          return `${ofPart[kind]} ${attribute(tree, at, "w:id") ?? ""}`;
        case "w:comment":
          return `comment by ${attribute(tree, at, "w:author") ?? "somebody"}`;
      }
    }
    if (kind !== "body") return ofPart[kind];
    body++;
    return `paragraph ${body}`;
  };
}

/** What each `w:tc` is called: `table 1, row 2, column 3`; tables in tables count on. */
function readCells(tree: XmlTree): ReadonlyMap<number, string> {
  const cells = new Map<number, string>();
  if (!tree.names.includes("w:tc")) return cells;
  const rows = new Map<number, { table: number; count: number }>();
  const places = new Map<number, { table: number; row: number; count: number }>();
  for (let index = 0; index < tree.count; index++) {
    const name = nameOf(tree, index);
    if (name === "w:tbl") rows.set(index, { table: rows.size + 1, count: 0 });
    else if (name === "w:tr") {
      const table = around(tree, index, rows);
      if (table !== undefined) places.set(index, { table: table.table, row: ++table.count, count: 0 });
    } else if (name === "w:tc") {
      const row = around(tree, index, places);
      if (row !== undefined) cells.set(index, `table ${row.table}, row ${row.row}, column ${++row.count}`);
    }
  }
  return cells;
}

function around<Value>(tree: XmlTree, element: number, known: ReadonlyMap<number, Value>): Value | undefined {
  let at = tree.parent[element]!;
  while (at >= 0 && !known.has(at)) at = tree.parent[at]!;
  return known.get(at);
}

/** What kind of text a paragraph is. */
export function paragraphKind(
  { tree, kind, sheet }: Pick<TextStory, "tree" | "kind" | "sheet">,
  paragraph: number,
  styleId: string | undefined,
): UnitKind {
  switch (kind) {
    case "header":
    case "footer":
      return kind;
    case "footnotes":
    case "endnotes":
      return "note";
    case "comments":
      return "comment";
    default: {
      const properties = childNamed(tree, paragraph, "w:pPr");
      const level = properties < 0 ? -1 : childNamed(tree, properties, "w:outlineLvl");
      const isHeading =
        level < 0 ? sheet.paragraph(styleId).isHeading : Number(attribute(tree, level, "w:val")) < 9;
      return isHeading ? "heading" : "paragraph";
    }
  }
}

import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, nameOf, outerXml } from "../../xml/xml-tree.ts";
import type { Inline } from "../read/read-inline.ts";
import { outerWithScope } from "../revisions/settle-properties.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import type { Signature } from "./draft.ts";
import { runProperties } from "./insert-paragraphs.ts";
import { revisionAttributes } from "./markup.ts";
import { copiedProperties } from "./paragraph-marks.ts";
import { paragraphsInside } from "./paragraphs-inside.ts";
import type { EditContext } from "./run-edit.ts";
import { partsOf, type TableCell } from "./table-model.ts";

/** A cell whose look a new one takes, and what the new one has of its own. */
export type NewCell = {
  readonly model: TableCell;
  readonly text: string;
  readonly merge: TableCell["merge"];
  /** False for a cell of one column, however many its model covers. */
  readonly keepsSpan: boolean;
  /** `w:tcW` in place of the model's. */
  readonly width?: string;
  /** True when the cell itself is a tracked insertion; one of a new row is not, its row is. */
  readonly isMarked: boolean;
};

/** What new cells of one table are written with. */
export type CellWriter = {
  readonly context: EditContext;
  readonly table: number;
  readonly inlines: ReadonlyMap<number, Inline>;
  readonly revision: Signature;
};

/** A text as the lines that become paragraphs. */
export function textLines(text: string): string[] {
  return text.replace(/\r\n?/g, "\n").split("\n");
}

/** The paragraphs inside an element, both copies of text boxes among them, by the index of their `w:p`. */
export function inlinesIn(
  document: WordDocument,
  story: StoryPart,
  element: number,
): ReadonlyMap<number, Inline> {
  return new Map(paragraphsInside(document, story, element).map(({ inline }) => [inline.element, inline]));
}

/** `w:tc` in the look of its model: widths, shading and borders, and the formatting of the model's first paragraph. */
export function cellXml(writer: CellWriter, cell: NewCell): string {
  const { markup } = writer.context;
  return markup.element(
    "w:tc",
    {},
    cellProperties(writer, cell) + paragraphsXml(writer, cell.model.element, cell.text),
  );
}

/** The lines of a text as inserted paragraphs, in the look of a cell's first one. */
export function paragraphsXml(writer: CellWriter, cell: number, text: string): string {
  const { context, table, revision } = writer;
  const { tree, markup } = context;
  const paragraph = partsOf(tree, cell, "w:p")[0] ?? -1;
  // What a paragraph inherits from namespaces declared around it can't be taken along.
  const hasLook = paragraph >= 0 && tree.scope[paragraph] === tree.scope[table];
  const run = hasLook ? runLook(writer, paragraph) : "";
  return textLines(text)
    .map((line) => {
      const mark = trackedMark(context, "w:ins", revision);
      const own = hasLook
        ? withoutCondition(context, copiedProperties(tree, markup, paragraph, mark, "new"))
        : mark && markup.element("w:pPr", {}, markup.element("w:rPr", {}, mark));
      return markup.element("w:p", {}, own + insertedRun(writer, run, line));
    })
    .join("");
}

/** A run with the text, as a tracked insertion; nothing for no text. */
export function insertedRun(
  { context, revision }: Pick<CellWriter, "context" | "revision">,
  run: string,
  text: string,
): string {
  if (text === "") return "";
  const xml = context.markup.run(run, text);
  if (context.mode === "direct") return xml;
  return context.markup.element("w:ins", revisionAttributes({ id: context.ids(), ...revision }), xml);
}

/** A revision without content, as it stands on rows, cells and paragraph marks; nothing in direct mode. */
export function trackedMark(context: EditContext, name: string, revision: Signature): string {
  if (context.mode === "direct") return "";
  return context.markup.element(name, revisionAttributes({ id: context.ids(), ...revision }));
}

const pendingMark = new Set(["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange"]);

/** The formatting of a paragraph's first free text, else that of its mark, which Word gives to what is typed there. */
export function runLook({ context: { tree, markup }, inlines }: CellWriter, paragraph: number): string {
  const inline = inlines.get(paragraph);
  const ofText = inline === undefined ? "" : runProperties(inline);
  if (ofText !== "") return ofText;
  if (inline?.finalText !== "") return "";
  const mark = descend(tree, paragraph, "w:pPr", "w:rPr");
  const children = mark < 0 ? [] : childrenOf(tree, mark);
  const content = children.filter((child) => !pendingMark.has(nameOf(tree, child)));
  if (content.length === 0) return "";
  return markup.element("w:rPr", {}, content.map((child) => outerXml(tree, child)).join(""));
}

const notCopied = new Set([
  "w:cnfStyle",
  "w:hMerge",
  "w:vMerge",
  "w:headers",
  "w:cellIns",
  "w:cellDel",
  "w:cellMerge",
  "w:tcPrChange",
]);
const beforeMerge = new Set(["w:tcW", "w:gridSpan"]);

function cellProperties({ context, table, revision }: CellWriter, cell: NewCell): string {
  const { tree, markup } = context;
  const own = childNamed(tree, cell.model.element, "w:tcPr");
  const children =
    own < 0 ? [] : childrenOf(tree, own).filter((child) => !notCopied.has(nameOf(tree, child)));
  let head = "";
  let rest = "";
  for (const child of children) {
    const name = nameOf(tree, child);
    if (name === "w:gridSpan" && !cell.keepsSpan) continue;
    const xml =
      name === "w:tcW" && cell.width !== undefined ? cell.width : outerWithScope(tree, child, table);
    if (beforeMerge.has(name)) head += xml;
    else rest += xml;
  }
  const value = { start: { "w:val": "restart" }, continue: {}, none: undefined }[cell.merge];
  const merge = value === undefined ? "" : markup.element("w:vMerge", value);
  const mark = cell.isMarked ? trackedMark(context, "w:cellIns", revision) : "";
  const content = head + merge + rest + mark;
  return content === "" ? "" : markup.element("w:tcPr", {}, content);
}

/** What a table style gave a place in the table (17.4.8) is worked out anew for another place. */
function withoutCondition({ markup }: EditContext, properties: string): string {
  const name = markup.name("w:cnfStyle");
  return properties.replace(new RegExp(`<${name}\\b[^>]*?(/>|></${name}>)`, "g"), "");
}

/** The width of a cell and its unit (17.4.71); undefined where it names none. */
export function cellWidth(tree: XmlTree, cell: number): { value: string; unit: string } | undefined {
  const width = descend(tree, cell, "w:tcPr", "w:tcW");
  if (width < 0) return undefined;
  return {
    value: attribute(tree, width, "w:w") ?? "",
    unit: attribute(tree, width, "w:type") ?? "dxa",
  };
}

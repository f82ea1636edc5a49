import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, descendantsNamed, nameOf, outerXml, textOf } from "../../xml/xml-tree.ts";
import type { Lock, Revision } from "../types.ts";
import { type FieldStack, isAuthored } from "./field-stack.ts";

/**
 * The smallest thing an edit can keep, split or delete. `text` pieces can be split; a `special` piece stands for
 * text but goes as a whole (tab, break); an `object` has no text (drawing, note reference, field character);
 * a `marker` lies between runs (bookmark, comment range).
 */
export type Piece = {
  readonly kind: "text" | "special" | "object" | "marker";
  readonly text: string;
  readonly element: number;
  /** Index into `Inline.runs`; -1 for what is in no run. */
  readonly run: number;
  // Always present, because a large document has very many pieces and one shape of object is read fastest.
  readonly inserted: Revision | undefined;
  readonly deleted: Revision | undefined;
  readonly link: string | undefined;
  readonly lock: Lock | undefined;
  /** True for the characters and code of a complex field, which stand or go together. */
  readonly isFieldCode: boolean;
  /** Offsets in the paragraph's final text; equal when the piece shows nothing there. */
  readonly start: number;
  readonly end: number;
};

export type InlineRun = {
  readonly element: number;
  /** The run's `w:rPr` as it stands in the source, or "". */
  readonly properties: string;
  /** The child of the paragraph that holds the run: itself, or a hyperlink, content control, … */
  readonly top: number;
  /** The `w:ins` element the run is directly in, or -1. */
  readonly insertion: number;
};

/** What a paragraph holds, in order. */
export type Inline = {
  readonly element: number;
  readonly pieces: readonly Piece[];
  readonly runs: readonly InlineRun[];
  readonly finalText: string;
  /** True when a field that began here or earlier is still open at the paragraph's end. */
  readonly isFieldOpenAtEnd: boolean;
  /** True when a field that began earlier is open at the paragraph's start. */
  readonly isFieldOpenAtStart: boolean;
};

type Context = {
  readonly insertion: number;
  readonly inserted?: Revision;
  readonly deleted?: Revision;
  readonly link?: string;
  readonly lock?: Lock;
};

type Collector = {
  readonly tree: XmlTree;
  readonly fields: FieldStack;
  readonly linkTarget: (relationshipId: string) => string | undefined;
  readonly pieces: Piece[];
  readonly runs: InlineRun[];
  /** The child of the paragraph that is being read. */
  top: number;
  finalText: string;
  offset: number;
};

/** Reads the runs of one `w:p`. `fields` carries fields that began in an earlier paragraph of the story. */
export function readInline(
  tree: XmlTree,
  paragraph: number,
  fields: FieldStack,
  linkTarget: (relationshipId: string) => string | undefined,
): Inline {
  const pieces: Piece[] = [];
  const runs: InlineRun[] = [];
  const collector: Collector = { tree, fields, linkTarget, pieces, runs, top: -1, finalText: "", offset: 0 };
  const wasOpen = fields.depth > 0;
  const lock = surroundingLock(tree, paragraph);
  const context: Context = { insertion: -1, ...(lock && { lock }) };
  const end = tree.next[paragraph]!;
  for (let child = paragraph + 1; child < end; child = tree.next[child]!) {
    collector.top = child;
    readInlineElement(collector, child, context);
  }
  return {
    element: paragraph,
    pieces,
    runs,
    finalText: collector.finalText,
    isFieldOpenAtStart: wasOpen,
    isFieldOpenAtEnd: fields.depth > 0,
  };
}

/** The lock of a content control around the whole paragraph. */
function surroundingLock(tree: XmlTree, paragraph: number): Lock | undefined {
  for (let at = tree.parent[paragraph]!; at > 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:txbxContent") return undefined;
    const lock = name === "w:sdt" ? contentControlLock(tree, at) : undefined;
    if (lock !== undefined) return lock;
  }
  return undefined;
}

function readChildren(collector: Collector, parent: number, context: Context): void {
  const { tree } = collector;
  const end = tree.next[parent]!;
  for (let child = parent + 1; child < end; child = tree.next[child]!) {
    readInlineElement(collector, child, context);
  }
}

function readInlineElement(collector: Collector, element: number, context: Context): void {
  const { tree } = collector;
  const name = nameOf(tree, element);
  switch (name) {
    case "w:r":
      readRun(collector, element, context);
      return;
    case "w:pPr":
    case "w:sdtPr":
    case "w:sdtEndPr":
    case "w:smartTagPr":
    case "w:customXmlPr":
      return;
    case "w:ins":
      readChildren(collector, element, {
        ...context,
        insertion: element,
        inserted: revisionOf(tree, element),
      });
      return;
    case "w:moveTo":
      readChildren(collector, element, { ...context, inserted: revisionOf(tree, element), lock: "move" });
      return;
    case "w:del":
    case "w:moveFrom":
      readChildren(collector, element, { ...context, deleted: revisionOf(tree, element) });
      return;
    case "w:hyperlink":
      readChildren(collector, element, { ...context, ...withLink(linkOf(collector, element)) });
      return;
    case "w:fldSimple":
      if (isAuthored(attribute(tree, element, "w:instr") ?? "")) readChildren(collector, element, context);
      else readChildren(collector, element, { ...context, lock: "field" });
      return;
    case "w:sdt":
      readContentControl(collector, element, context);
      return;
    case "w:smartTag":
    case "w:customXml":
    case "w:bdo":
    case "w:dir":
      readChildren(collector, element, { ...context, insertion: -1 });
      return;
    case "mc:AlternateContent":
      readAlternateContent(collector, element, context);
      return;
    case "m:oMath":
    case "m:oMathPara":
      addPiece(
        collector,
        { kind: "special", element, run: -1, text: mathText(tree, element) },
        { ...context, lock: "math" },
      );
      return;
    default:
      addPiece(collector, { kind: "marker", element, run: -1, text: "" }, context);
  }
}

function readContentControl(collector: Collector, element: number, context: Context): void {
  const { tree } = collector;
  const content = childNamed(tree, element, "w:sdtContent");
  if (content < 0) return;
  const lock = contentControlLock(tree, element) ?? context.lock;
  readChildren(collector, content, { ...context, insertion: -1, ...(lock && { lock }) });
}

/** Locked, bound to data, showing its placeholder, or choosing from a fixed list: the text is not free (17.5.2). */
export function contentControlLock(tree: XmlTree, sdt: number): "content-control" | undefined {
  const properties = childNamed(tree, sdt, "w:sdtPr");
  if (properties < 0) return undefined;
  const lock = childNamed(tree, properties, "w:lock");
  const value = lock < 0 ? "unlocked" : attribute(tree, lock, "w:val");
  if (value === "contentLocked" || value === "sdtContentLocked") return "content-control";
  const fixed = [
    "w:dataBinding",
    "w15:dataBinding",
    "w:showingPlcHdr",
    "w:dropDownList",
    "w14:checkbox",
    "w:picture",
    "w:citation",
    "w:equation",
  ];
  return fixed.some((name) => childNamed(tree, properties, name) >= 0) ? "content-control" : undefined;
}

function readAlternateContent(collector: Collector, element: number, context: Context): void {
  const { tree } = collector;
  const choice = childNamed(tree, element, "mc:Choice");
  const branch = choice >= 0 ? choice : childNamed(tree, element, "mc:Fallback");
  if (branch >= 0) readChildren(collector, branch, { ...context, insertion: -1, lock: "alternate-content" });
}

function readRun(collector: Collector, element: number, context: Context): void {
  const { tree, fields } = collector;
  const run = collector.runs.length;
  collector.runs.push({
    element,
    properties: runProperties(tree, element),
    top: collector.top,
    insertion: nameOf(tree, tree.parent[element]!) === "w:ins" ? context.insertion : -1,
  });
  const end = tree.next[element]!;
  for (let child = element + 1; child < end; child = tree.next[child]!) {
    const name = nameOf(tree, child);
    if (name === "w:rPr") continue;
    if (name === "w:fldChar") fields.character(attribute(tree, child, "w:fldCharType") ?? "");
    else if (name === "w:instrText" || name === "w:delInstrText") fields.instruction(textOf(tree, child));
    const link = context.link ?? fields.link;
    const lock = context.lock ?? (fields.isLocked ? "field" : undefined);
    addPiece(collector, runPiece(tree, child, name, run), context, link, lock);
  }
}

/** No schema allows a second `w:rPr`, but files have it: then both stay together. */
function runProperties(tree: XmlTree, run: number): string {
  let source = "";
  const end = tree.next[run]!;
  for (let child = run + 1; child < end; child = tree.next[child]!) {
    if (nameOf(tree, child) === "w:rPr") source += outerXml(tree, child);
  }
  return source;
}

type NewPiece = Pick<Piece, "kind" | "element" | "run" | "text"> & {
  readonly lock?: Lock;
  readonly isFieldCode?: boolean;
};

function runPiece(tree: XmlTree, element: number, name: string, run: number): NewPiece {
  switch (name) {
    case "w:t":
    case "w:delText":
      return { kind: "text", element, run, text: textOf(tree, element) };
    case "w:tab":
    case "w:ptab":
      return { kind: "special", element, run, text: "\t" };
    case "w:br":
    case "w:cr":
      return { kind: "special", element, run, text: "\n" };
    case "w:noBreakHyphen":
      return { kind: "special", element, run, text: "\u2011" };
    case "w:softHyphen":
    case "w:lastRenderedPageBreak":
      return { kind: "special", element, run, text: "" };
    case "w:sym":
      return { kind: "special", element, run, text: symbol(tree, element), lock: "object" };
    case "w:fldChar":
    case "w:instrText":
    case "w:delInstrText":
      return { kind: "object", element, run, text: "", lock: "object", isFieldCode: true };
    default:
      return { kind: "object", element, run, text: "", lock: "object" };
  }
}

function symbol(tree: XmlTree, element: number): string {
  const code = Number.parseInt(attribute(tree, element, "w:char") ?? "", 16);
  return Number.isNaN(code) ? "\ufffd" : String.fromCharCode(code);
}

function addPiece(
  collector: Collector,
  piece: NewPiece,
  context: Context,
  link: string | undefined = context.link,
  lock: Lock | undefined = context.lock,
): void {
  const start = collector.offset;
  if (context.deleted === undefined && piece.text !== "") {
    collector.offset += piece.text.length;
    collector.finalText += piece.text;
  }
  collector.pieces.push({
    kind: piece.kind,
    text: piece.text,
    element: piece.element,
    run: piece.run,
    inserted: context.inserted,
    deleted: context.deleted,
    link,
    lock: lock ?? piece.lock,
    isFieldCode: piece.isFieldCode ?? false,
    start,
    end: collector.offset,
  });
}

function withLink(link: string | undefined): { link?: string } {
  return link === undefined ? {} : { link };
}

/** Author, date and id of a revision element (17.13.5). */
export function revisionOf(tree: XmlTree, element: number): Revision {
  const date = attribute(tree, element, "w:date");
  return {
    id: attribute(tree, element, "w:id") ?? "",
    author: attribute(tree, element, "w:author") ?? "",
    ...(date !== undefined && { date }),
  };
}

function linkOf(collector: Collector, element: number): string | undefined {
  const id = attribute(collector.tree, element, "r:id");
  const anchor = attribute(collector.tree, element, "w:anchor");
  const target = id === undefined ? undefined : collector.linkTarget(id);
  return target ?? (anchor === undefined ? undefined : `#${anchor}`);
}

function mathText(tree: XmlTree, element: number): string {
  return descendantsNamed(tree, element, "m:t")
    .map((each) => textOf(tree, each))
    .join("");
}

import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childNamed, childrenOf, isSelfClosing, nameOf, openTag } from "../../xml/xml-tree.ts";
import { type Markup, revisionAttributes } from "../edit/markup.ts";
import { markSplices } from "../edit/paragraph-marks.ts";
import type { Revision } from "../types.ts";

/** How everything in an element is marked as inserted or deleted. */
export type MarkOptions = {
  readonly markup: Markup;
  readonly kind: "w:ins" | "w:del";
  /** A revision with an id of its own; all of one change share author and date. */
  readonly revision: () => Revision;
  /** True to mark the marks of paragraphs too. Those in tables never are: their rows are. */
  readonly marksParagraphs: boolean;
  /** Takes bookmarks into the insertion, so that they go with the text when it is refused. Defaults to false. */
  readonly wrapsBookmarks?: boolean;
  /** Set inside a row that is marked: what it holds comes and goes with it. */
  readonly isInRow?: boolean;
};

/**
 * Splices that mark all runs, equations, rows and paragraph marks of an element as inserted or deleted
 * (17.13.5.14 to .20). Text boxes go with the run that holds them.
 */
export function markSubtree(tree: XmlTree, element: number, options: MarkOptions): Splice[] {
  const name = nameOf(tree, element);
  if (isRunLike(name)) return wrap(tree, [element], options);
  const splices: Splice[] = [];
  if (name === "w:p" && options.marksParagraphs) {
    splices.push(...markSplices(tree, options.markup, element, mark(options)));
    if (isSelfClosing(tree, element)) return splices;
  }
  if (name === "w:tr") splices.push(...markRow(tree, element, options));
  if (name === "w:sdt" && !options.isInRow) splices.push(...markControl(tree, element, options));
  const inner = name === "w:tbl" ? { ...options, marksParagraphs: false, isInRow: true } : options;
  let group: number[] = [];
  const flush = (): void => {
    if (group.length > 0) splices.push(...wrap(tree, group, options));
    group = [];
  };
  for (const child of childrenOf(tree, element)) {
    const kind = nameOf(tree, child);
    if (isRunLike(kind) || (options.wrapsBookmarks === true && isBookmark(kind))) {
      group.push(child);
      continue;
    }
    flush();
    if (!/^w:(\w+Pr|tblGrid)$/.test(kind)) splices.push(...markSubtree(tree, child, inner));
  }
  flush();
  return splices;
}

function mark({ markup, kind, revision }: MarkOptions): string {
  return markup.element(kind, revisionAttributes(revision()));
}

function isBookmark(name: string): boolean {
  return name === "w:bookmarkStart" || name === "w:bookmarkEnd";
}

function isRunLike(name: string): boolean {
  return name === "w:r" || name === "m:oMath" || name === "m:oMathPara";
}

function wrap(tree: XmlTree, group: readonly number[], options: MarkOptions): Splice[] {
  const { markup, kind } = options;
  const open = mark(options).replace(/\/>$/, ">");
  const start = tree.start[group[0]!]!;
  const end = tree.end[group.at(-1)!]!;
  const splices: Splice[] = [{ start, end: start, text: open }];
  if (kind === "w:del") for (const run of group) splices.push(...renameText(tree, run));
  splices.push({ start: end, end, text: `</${markup.name(kind)}>` });
  return splices;
}

/** Word marks a content control by ranges around its start and around its end (17.13.5.4 to .11). */
function markControl(tree: XmlTree, control: number, options: MarkOptions): Splice[] {
  const content = childNamed(tree, control, "w:sdtContent");
  if (content < 0) return [];
  const { markup, kind } = options;
  const name = kind === "w:ins" ? "w:customXmlInsRange" : "w:customXmlDelRange";
  const range = (): readonly [start: string, end: string] => {
    const revision = revisionAttributes(options.revision());
    const end = markup.element(`${name}End`, { "w:id": revision["w:id"]! });
    return [markup.element(`${name}Start`, revision), end];
  };
  const [head, tail] = [range(), range()];
  const at = (place: number, text: string): Splice => ({ start: place, end: place, text });
  const inside = isSelfClosing(tree, content)
    ? [emptyContent(tree, content, head[1] + tail[0])]
    : [at(tree.openEnd[content]!, head[1]), at(tree.closeStart[content]!, tail[0])];
  return [at(tree.start[control]!, head[0]), ...inside, at(tree.end[control]!, tail[1])];
}

function emptyContent(tree: XmlTree, content: number, text: string): Splice {
  const name = tree.source.slice(tree.start[content]! + 1, tree.nameEnd[content]!);
  const open = openTag(tree, content).replace(/\s*\/>$/, ">");
  return { start: tree.start[content]!, end: tree.end[content]!, text: `${open}${text}</${name}>` };
}

/** Deleted text and field codes have names of their own (17.4.18, 17.16.13). */
function renameText(tree: XmlTree, run: number): Splice[] {
  if (nameOf(tree, run) !== "w:r") return [];
  const splices: Splice[] = [];
  for (const child of childrenOf(tree, run)) {
    const name = nameOf(tree, child);
    if (name !== "w:t" && name !== "w:instrText") continue;
    const local = name.slice(2);
    const deleted = name === "w:t" ? "delText" : "delInstrText";
    const nameEnd = tree.nameEnd[child]!;
    splices.push({ start: nameEnd - local.length, end: nameEnd, text: deleted });
    if (isSelfClosing(tree, child)) continue;
    const close = tree.closeStart[child]! + 2 + (nameEnd - tree.start[child]! - 1);
    splices.push({ start: close - local.length, end: close, text: deleted });
  }
  return splices;
}

/** The row's own revision (17.13.5.12, 17.13.5.16); its properties follow exceptions from the table's. */
function markRow(tree: XmlTree, row: number, options: MarkOptions): Splice[] {
  const exceptions = childNamed(tree, row, "w:tblPrEx");
  const start = exceptions >= 0 ? tree.end[exceptions]! : tree.openEnd[row]!;
  return markProperties(tree, row, {
    markup: options.markup,
    name: "w:trPr",
    start,
    revision: mark(options),
  });
}

/** Marks a cell, but not what it holds, as inserted or deleted with its column (17.13.5.1, 17.13.5.2). */
export function markCell(tree: XmlTree, cell: number, options: MarkOptions): Splice[] {
  const name = options.kind === "w:ins" ? "w:cellIns" : "w:cellDel";
  const revision = options.markup.element(name, revisionAttributes(options.revision()));
  const place = { markup: options.markup, name: "w:tcPr", start: tree.openEnd[cell]!, revision } as const;
  return markProperties(tree, cell, place);
}

type PropertyMark = {
  readonly markup: Markup;
  readonly name: "w:trPr" | "w:tcPr";
  /** Where the properties go when there are none. */
  readonly start: number;
  readonly revision: string;
};

/** In the properties of a row or cell the revision comes last, only a change of the properties after it. */
function markProperties(
  tree: XmlTree,
  owner: number,
  { markup, name, start, revision }: PropertyMark,
): Splice[] {
  const own = childNamed(tree, owner, name);
  const written = markup.name(name);
  if (own < 0) return [{ start, end: start, text: `<${written}>${revision}</${written}>` }];
  if (isSelfClosing(tree, own)) {
    const open = openTag(tree, own).replace(/\s*\/>$/, ">");
    return [{ start: tree.start[own]!, end: tree.end[own]!, text: `${open}${revision}</${written}>` }];
  }
  const change = childNamed(tree, own, `${name}Change`);
  const at = change >= 0 ? tree.start[change]! : tree.closeStart[own]!;
  return [{ start: at, end: at, text: revision }];
}

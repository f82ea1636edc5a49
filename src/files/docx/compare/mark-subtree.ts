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
    if (isRunLike(kind)) {
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
  if (content < 0 || isSelfClosing(tree, content)) return [];
  const { markup, kind } = options;
  const name = kind === "w:ins" ? "w:customXmlInsRange" : "w:customXmlDelRange";
  const range = (from: number, to: number): Splice[] => {
    const revision = revisionAttributes(options.revision());
    const end = markup.element(`${name}End`, { "w:id": revision["w:id"]! });
    return [
      { start: from, end: from, text: markup.element(`${name}Start`, revision) },
      { start: to, end: to, text: end },
    ];
  };
  return [
    ...range(tree.start[control]!, tree.openEnd[content]!),
    ...range(tree.closeStart[content]!, tree.end[control]!),
  ];
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

/** In a row's properties the revision comes last, only a `w:trPrChange` after it. */
function markRow(tree: XmlTree, row: number, options: MarkOptions): Splice[] {
  const revision = mark(options);
  const own = childNamed(tree, row, "w:trPr");
  const name = options.markup.name("w:trPr");
  if (own < 0) {
    const exceptions = childNamed(tree, row, "w:tblPrEx");
    const at = exceptions >= 0 ? tree.end[exceptions]! : tree.openEnd[row]!;
    return [{ start: at, end: at, text: `<${name}>${revision}</${name}>` }];
  }
  if (isSelfClosing(tree, own)) {
    const open = openTag(tree, own).replace(/\s*\/>$/, ">");
    return [{ start: tree.start[own]!, end: tree.end[own]!, text: `${open}${revision}</${name}>` }];
  }
  const change = childNamed(tree, own, "w:trPrChange");
  const at = change >= 0 ? tree.start[change]! : tree.closeStart[own]!;
  return [{ start: at, end: at, text: revision }];
}

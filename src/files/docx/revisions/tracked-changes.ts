import type { XmlTree } from "../../xml/scan-xml.ts";
import { childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";
import type { TrackedChange, WordDocument } from "../types.ts";
import { repeatedRevisions } from "./repeated-revisions.ts";
import { revisionParts } from "./settle-parts.ts";
import { findRevisions, type RevisionElement } from "./settle-revisions.ts";

/** A tracked change and the revision elements of its part that make it up. */
export type TrackedChangeEntry = {
  readonly change: TrackedChange;
  /** Indexes into the tree of the change's part. */
  readonly elements: readonly number[];
  /** The `w:name` of the move it is one half of; the other half has the same. */
  readonly move?: string;
};

/**
 * The document's tracked changes, numbered from 1 in reading order: body, headers, footers, footnotes, endnotes,
 * comments, then styles and numbering. What a person sees as one change is one entry: neighbouring pieces of one
 * kind, author and time in one paragraph, with the paragraph's mark (shown as ¶); a new row with its text.
 */
export function trackedChanges(document: WordDocument): TrackedChange[] {
  return trackedChangeEntries(document).map(({ change }) => change);
}

/** The same list, with the elements behind each change. */
export function trackedChangeEntries(document: WordDocument): TrackedChangeEntry[] {
  const entries: TrackedChangeEntry[] = [];
  for (const part of revisionParts(document)) {
    for (const draft of entriesOfTree(part.tree)) {
      const { elements, move, paragraph, kind, text, revision } = draft;
      const base = part.name.slice(part.name.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
      const change: TrackedChange = {
        number: entries.length + 1,
        part: part.name,
        ...(paragraph !== undefined && { paragraph: `${base}:${paragraph}` }),
        kind,
        revision,
        text,
      };
      entries.push({ change, elements, ...(move !== undefined && { move }) });
    }
  }
  return entries;
}

type Draft = {
  kind: TrackedChange["kind"];
  readonly revision: TrackedChange["revision"];
  readonly paragraph: number | undefined;
  readonly elements: number[];
  text: string;
  readonly move?: string;
  /** Source offsets that the draft covers so far; a piece that begins where it ends belongs to it. */
  end: number;
  /** A paragraph, row or content control whose further revisions belong to the draft. */
  readonly owner: number;
};

/** A revision at the place where a reader meets it: a paragraph mark at the end of its paragraph. */
type Piece = RevisionElement & {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly order: number;
};

function entriesOfTree(tree: XmlTree): Draft[] {
  const revisions = findRevisions(tree);
  if (revisions.length === 0) return [];
  const ordinals = paragraphOrdinals(tree);
  const moves = moveNames(tree);
  const all = revisions.map((revision) => pieceOf(tree, revision));
  const repeated = repeatedRevisions(tree, all);
  const copies = new Set([...repeated.values()].flat());
  const pieces = all.filter(({ index }) => !copies.has(index));
  pieces.sort((a, b) => a.start - b.start || a.order - b.order);
  const drafts: Draft[] = [];
  const rows = new Map<number, Draft>();
  for (const piece of pieces) {
    const paragraph = paragraphAround(tree, piece);
    const home = homeOf(tree, rows, drafts, piece, paragraph < 0 ? undefined : ordinals.get(paragraph));
    if (home) {
      extend(home, piece);
      continue;
    }
    const { id, author, date } = piece;
    const ordinal = ordinals.get(paragraph);
    const move = moves.get(piece.index);
    const draft: Draft = {
      kind: piece.kind,
      revision: date === undefined ? { id, author } : { id, author, date },
      paragraph: ordinal,
      elements: [piece.index],
      text: piece.text,
      end: piece.end,
      owner: piece.target,
      ...(move !== undefined && { move }),
    };
    drafts.push(draft);
    if (piece.role === "row") rows.set(piece.target, draft);
  }
  for (const { elements } of drafts) elements.push(...elements.flatMap((each) => repeated.get(each) ?? []));
  return drafts;
}

function pieceOf(tree: XmlTree, revision: RevisionElement): Piece {
  const { index, target, role } = revision;
  const [start, end] = [tree.start[index]!, tree.end[index]!];
  const at = { start, end, order: index };
  if (role === "content") return { ...revision, ...at, text: textInside(tree, index, index) };
  if (role === "row" || role === "cell") {
    const place = { start: tree.start[target]!, end: tree.openEnd[target]!, order: target - 0.5 };
    return { ...revision, ...place, text: textInside(tree, target, target) };
  }
  if (role === "mark") {
    const place = tree.closeStart[target]!;
    return { ...revision, start: place, end: tree.end[target]!, order: index, text: "¶" };
  }
  if (role !== "properties") return { ...revision, ...at, text: "" };
  const owner = tree.parent[target]!;
  if (nameOf(tree, index) === "w:rPrChange" && owner >= 0 && nameOf(tree, owner) === "w:pPr") {
    const paragraph = tree.parent[owner]!;
    return {
      ...revision,
      start: tree.closeStart[paragraph]!,
      end: tree.end[paragraph]!,
      order: index,
      text: "¶",
    };
  }
  if (owner < 0 || !/^(w:(r|p)|m:r)$/.test(nameOf(tree, owner))) return { ...revision, ...at, text: "" };
  const text = textInside(tree, owner, owner);
  if (nameOf(tree, owner) === "w:p") return { ...revision, ...at, text };
  return { ...revision, start: tree.start[owner]!, end: tree.end[owner]!, order: index, text };
}

/** The draft that a piece continues, if any. */
function homeOf(
  tree: XmlTree,
  rows: ReadonlyMap<number, Draft>,
  drafts: readonly Draft[],
  piece: Piece,
  paragraph: number | undefined,
): Draft | undefined {
  if (piece.role === "properties" && piece.kind !== "run-formatting") return undefined;
  const row = rowHome(tree, rows, piece);
  if (row) return row;
  for (let at = drafts.length - 1; at >= Math.max(0, drafts.length - 4); at--) {
    const draft = drafts[at]!;
    if (!isSameHand(draft, piece) || familyOf(draft.kind) !== familyOf(piece.kind)) continue;
    if (piece.role === "control" && draft.owner === piece.target && piece.target >= 0) return draft;
    if (draft.paragraph === paragraph && isOnlyMarkers(tree, draft.end, piece.start)) return draft;
  }
  return undefined;
}

/** An inserted or deleted row takes in the text inserted or deleted with it. */
function rowHome(tree: XmlTree, rows: ReadonlyMap<number, Draft>, piece: Piece): Draft | undefined {
  if (rows.size === 0 || !/^(inserted|deleted)-mark$|^(insertion|deletion)$/.test(piece.kind))
    return undefined;
  for (let at = tree.parent[piece.index]!; at >= 0; at = tree.parent[at]!) {
    const draft = rows.get(at);
    if (!draft) continue;
    const isSameKind = (draft.kind === "inserted-row") === piece.isAddition;
    return isSameKind && isSameHand(draft, piece) ? draft : undefined;
  }
  return undefined;
}

function isSameHand(draft: Draft, piece: Piece): boolean {
  return draft.revision.author === piece.author && draft.revision.date === piece.date;
}

function familyOf(kind: TrackedChange["kind"]): string {
  return kind === "inserted-mark" ? "insertion" : kind === "deleted-mark" ? "deletion" : kind;
}

function extend(draft: Draft, piece: Piece): void {
  draft.elements.push(piece.index);
  if (draft.kind === "inserted-row" || draft.kind === "deleted-row") return;
  draft.text += piece.text;
  draft.end = Math.max(draft.end, piece.end);
  draft.kind = familyOf(draft.kind) as TrackedChange["kind"];
}

/** True when nothing that prints stands between two offsets. */
function isOnlyMarkers(tree: XmlTree, from: number, to: number): boolean {
  if (to < from) return false;
  const between = tree.source.slice(from, Math.min(to, from + 4096));
  if (between.length < to - from) return false;
  return /^(\s|<\/?([\w-]+:)?(bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|proofErr|permStart|permEnd|(moveFrom|moveTo)Range(Start|End))\b[^>]*>)*$/.test(
    between,
  );
}

function paragraphOrdinals(tree: XmlTree): Map<number, number> {
  const id = tree.names.indexOf("w:p");
  const ordinals = new Map<number, number>();
  for (let index = 0; index < tree.count; index++)
    if (tree.name[index] === id) ordinals.set(index, ordinals.size);
  return ordinals;
}

function paragraphAround(tree: XmlTree, piece: Piece): number {
  if (piece.role === "row" || piece.role === "cell") return -1;
  let at = piece.index;
  while (at >= 0 && nameOf(tree, at) !== "w:p") at = tree.parent[at]!;
  return at;
}

/** Names of moves by the revision elements inside their ranges (17.13.5.21 to .28). */
function moveNames(tree: XmlTree): Map<number, string> {
  const names = new Map<number, string>();
  if (!tree.names.some((name) => /^w:move(From|To)RangeStart$/.test(name))) return names;
  const open = new Map<string, { id: string; name: string }[]>();
  const paragraphs: number[] = [];
  for (let index = 0; index < tree.count; index++) {
    const match = /^w:(moveFrom|moveTo)(RangeStart|RangeEnd)?$/.exec(nameOf(tree, index));
    if (match === null) continue;
    const stack = open.get(match[1]!) ?? [];
    open.set(match[1]!, stack);
    const { id, name } = idAndName(tree, index);
    if (match[2] === "RangeStart") {
      stack.push({ id, name });
      // The mark of the paragraph in which a range starts stands before the marker.
      for (const mark of paragraphs.filter((each) => markOwner(tree, each) === tree.parent[index])) {
        if (!names.has(mark) && nameOf(tree, mark) === `w:${match[1]}`) names.set(mark, name);
      }
    } else if (match[2] === "RangeEnd") {
      open.set(
        match[1]!,
        stack.filter((each) => each.id !== id),
      );
    } else {
      const range = stack.at(-1);
      if (range) names.set(index, range.name);
      else if (markOwner(tree, index) >= 0) paragraphs.push(index);
    }
  }
  return names;
}

function idAndName(tree: XmlTree, index: number): { id: string; name: string } {
  const tag = tree.source.slice(tree.nameEnd[index]!, tree.openEnd[index]!);
  const value = (name: string): string =>
    new RegExp(`[\\s:]${name}\\s*=\\s*["']([^"']*)`).exec(tag)?.[1] ?? "";
  return { id: value("id"), name: value("name") };
}

function markOwner(tree: XmlTree, index: number): number {
  const properties = tree.parent[index]!;
  if (properties < 0 || nameOf(tree, properties) !== "w:rPr") return -1;
  const paragraphProperties = tree.parent[properties]!;
  return paragraphProperties < 0 ? -1 : tree.parent[paragraphProperties]!;
}

/** What an element prints, text boxes left out; inside an insertion, what was deleted again is left out. */
function textInside(tree: XmlTree, index: number, root: number): string {
  const name = nameOf(tree, index);
  if (/^(w:(t|delText)|m:t)$/.test(name)) return textOf(tree, index);
  if (name === "w:tab" || name === "w:ptab")
    return nameOf(tree, tree.parent[index]!) === "w:tabs" ? "" : "\t";
  if (name === "w:br" || name === "w:cr") return "\n";
  if (name === "w:noBreakHyphen") return "\u2011";
  if (/^(w:(rPr|pPr|txbxContent|instrText|delInstrText|sdtPr)|mc:Fallback)$/.test(name)) return "";
  if (index !== root && name === "w:del" && nameOf(tree, root) === "w:ins") return "";
  let text = "";
  for (const child of childrenOf(tree, index)) {
    const inner = textInside(tree, child, root);
    text += nameOf(tree, child) === "w:tc" && text !== "" ? `\t${inner}` : inner;
  }
  return text;
}

import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute } from "../../xml/xml-tree.ts";

export type LintRule =
  | "text-in-deletion"
  | "deleted-text-outside-deletion"
  | "instruction-in-deletion"
  | "half-deleted-field"
  | "duplicate-revision-id"
  | "duplicate-paragraph-id"
  | "insertion-in-insertion"
  | "insertion-in-deletion"
  | "unpaired-range"
  | "unpaired-move"
  | "comment-without-paragraph";

/** Something in a part that the schema allows and Word does not, or reads wrongly. */
export type LintFinding = {
  readonly rule: LintRule;
  readonly message: string;
  /** The element's index in the tree. */
  readonly index: number;
  /** The same for the same finding before and after an edit elsewhere; two alike findings share one. */
  readonly key: string;
};

/** What an element means to the lint. */
const kinds: ReadonlyMap<string, number> = new Map(
  (
    "w:ins w:del w:moveFrom w:moveTo w:t w:delText w:instrText w:delInstrText w:fldChar w:txbxContent w:p " +
    "w:bookmarkStart w:bookmarkEnd w:commentRangeStart w:commentRangeEnd w:permStart w:permEnd " +
    "w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd " +
    "w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblPrExChange w:tblGridChange w:trPrChange w:tcPrChange " +
    "w:cellIns w:cellDel w:cellMerge w:numberingChange mc:Choice mc:Fallback w:rPr w:trPr w:numPr m:ctrlPr"
  )
    .split(" ")
    .map((name, place) => [name, place + 1] as const),
);
const kind = (name: string): number => kinds.get(name)!;
const INS = kind("w:ins");
const DEL = kind("w:del");
const MOVE_FROM = kind("w:moveFrom");
const MOVE_TO = kind("w:moveTo");
const TEXT = kind("w:t");
const DELETED_TEXT = kind("w:delText");
const INSTRUCTION = kind("w:instrText");
const DELETED_INSTRUCTION = kind("w:delInstrText");
const FIELD_CHARACTER = kind("w:fldChar");
const TEXT_BOX = kind("w:txbxContent");
const PARAGRAPH = kind("w:p");
const FIRST_RANGE = kind("w:bookmarkStart");
const LAST_RANGE = kind("w:moveToRangeEnd");
const FIRST_CHANGE = kind("w:rPrChange");
const LAST_PROPERTY_CHANGE = kind("w:tcPrChange");
const LAST_CHANGE = kind("w:numberingChange");
const CHOICE = kind("mc:Choice");
const FALLBACK = kind("mc:Fallback");
/** In these, `w:ins` and `w:del` are marks without content. */
const MARK_HOLDERS: ReadonlySet<number> = new Set(["w:rPr", "w:trPr", "w:numPr", "m:ctrlPr"].map(kind));

/** Flags that an element hands down to what it holds. */
const IN_INS = 1;
const IN_DEL = 2;
const IN_MOVE_FROM = 4;
const IN_CHOICE = 8;
const IN_FALLBACK = 16;

type Lint = {
  readonly tree: XmlTree;
  readonly kind: Int32Array;
  readonly flags: Uint8Array;
  readonly findings: LintFinding[];
  readonly revisionIds: Map<string, number>;
  readonly paragraphIds: Map<string, readonly number[]>;
  readonly ranges: Map<string, { readonly index: number; starts: number; ends: number; name: string }>;
  /** Of the fields open at this point, innermost last: whether their begin is deleted. */
  readonly fields: boolean[];
};

/**
 * The findings of one part, in one pass: the shapes that schema validation lets through although Word refuses or
 * misreads them (ECMA-376-1, 17.13.5; MS-OE376 2.1.341), unpaired range markers, and moves without their other half.
 */
export function lintTree(tree: XmlTree): LintFinding[] {
  const lint: Lint = {
    tree,
    kind: Int32Array.from(tree.names, (name) => kinds.get(name) ?? 0),
    flags: new Uint8Array(tree.count),
    findings: [],
    revisionIds: new Map(),
    paragraphIds: new Map(),
    ranges: new Map(),
    fields: [],
  };
  for (let index = 0; index < tree.count; ) index = visit(lint, index);
  checkRanges(lint);
  checkMoves(lint);
  return lint.findings;
}

/** The findings that an edit brought: those of `after` that `before` did not have, counted. */
export function newFindings(before: readonly LintFinding[], after: readonly LintFinding[]): LintFinding[] {
  const counts = new Map<string, number>();
  for (const { key } of before) counts.set(key, (counts.get(key) ?? 0) + 1);
  return after.filter(({ key }) => {
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

function report(lint: Lint, rule: LintRule, index: number, identity: string, message: string): void {
  lint.findings.push({ rule, index, message, key: `${rule} ${identity}` });
}

function visit(lint: Lint, index: number): number {
  const { tree, flags } = lint;
  const kind = lint.kind[tree.name[index]!]!;
  const parent = tree.parent[index]!;
  const outer = parent < 0 ? 0 : flags[parent]!;
  flags[index] = outer;
  if (kind === 0) return index + 1;
  if (kind === TEXT_BOX) flags[index] = outer & (IN_CHOICE | IN_FALLBACK);
  else if (kind === CHOICE) flags[index] = outer | IN_CHOICE;
  else if (kind === FALLBACK) flags[index] = outer | IN_FALLBACK;
  else if (kind <= MOVE_TO) visitTrackedRun(lint, index, kind, outer);
  else if (kind <= FIELD_CHARACTER) visitRunContent(lint, index, kind, outer);
  else if (kind === PARAGRAPH) visitParagraph(lint, index);
  else if (kind >= FIRST_RANGE && kind <= LAST_RANGE) visitRange(lint, index);
  else if (kind >= FIRST_CHANGE && kind <= LAST_CHANGE) {
    countRevisionId(lint, index);
    if (kind <= LAST_PROPERTY_CHANGE) return tree.next[index]!;
  }
  return index + 1;
}

function visitTrackedRun(lint: Lint, index: number, kind: number, outer: number): void {
  const { tree, flags } = lint;
  countRevisionId(lint, index);
  const parent = tree.parent[index]!;
  if (parent >= 0 && MARK_HOLDERS.has(lint.kind[tree.name[parent]!]!)) return;
  if (kind === INS) {
    flags[index] = outer | IN_INS;
    if ((outer & (IN_INS | IN_DEL)) === 0) return;
    const who = `${attribute(tree, index, "w:author")} ${attribute(tree, index, "w:date")}`;
    if (outer & IN_INS) {
      report(lint, "insertion-in-insertion", index, who, "an insertion lies inside another insertion");
    }
    if (outer & IN_DEL) {
      const message = "an insertion lies inside a deletion; it must be the other way round";
      report(lint, "insertion-in-deletion", index, who, message);
    }
  } else if (kind === DEL) flags[index] = outer | IN_DEL;
  else if (kind === MOVE_FROM) flags[index] = outer | IN_MOVE_FROM;
}

function visitRunContent(lint: Lint, index: number, kind: number, outer: number): void {
  const { tree } = lint;
  const isDeleted = (outer & IN_DEL) !== 0;
  if (kind === FIELD_CHARACTER) {
    visitFieldCharacter(lint, index, isDeleted);
    return;
  }
  const isDeletedKind = kind === DELETED_TEXT || kind === DELETED_INSTRUCTION;
  if (isDeletedKind ? (outer & (IN_DEL | IN_MOVE_FROM)) !== 0 : !isDeleted) return;
  const text = tree.source.slice(tree.openEnd[index]!, tree.closeStart[index]!);
  if (kind === TEXT) {
    report(lint, "text-in-deletion", index, text, "deleted text is written as w:t, it must be w:delText");
  } else if (kind === INSTRUCTION) {
    const message = "a deleted field code is written as w:instrText, it must be w:delInstrText";
    report(lint, "instruction-in-deletion", index, text, message);
  } else {
    report(lint, "deleted-text-outside-deletion", index, text, "deleted text stands outside any deletion");
  }
}

function visitFieldCharacter(lint: Lint, index: number, isDeleted: boolean): void {
  const type = attribute(lint.tree, index, "w:fldCharType");
  if (type === "begin") {
    lint.fields.push(isDeleted);
    return;
  }
  const isBeginDeleted = type === "end" ? lint.fields.pop() : lint.fields.at(-1);
  if (isBeginDeleted === undefined || isBeginDeleted === isDeleted) return;
  const message = isDeleted
    ? `the ${type} of a field is deleted, its begin is not`
    : `the begin of a field is deleted, its ${type} is not`;
  report(lint, "half-deleted-field", index, `${type} ${isDeleted}`, message);
}

/** The `w:id` of a revision or range marker, read without parsing the other attributes where that is safe. */
function idOf(tree: XmlTree, index: number): string | undefined {
  const tag = tree.source.slice(tree.nameEnd[index]!, tree.openEnd[index]!);
  const at = tag.indexOf(':id="');
  const end = tag.indexOf('"', at + 5);
  if (at < 0 || end < 0 || tag.indexOf(':id="', end) >= 0) return attribute(tree, index, "w:id");
  const value = tag.slice(at + 5, end);
  return /^-?\d+$/.test(value) ? value : attribute(tree, index, "w:id");
}

/** Word repeats a text box, ids and all, in the fallback of its alternate content: that copy does not count. */
function countRevisionId(lint: Lint, index: number): void {
  if (lint.flags[index]! & IN_FALLBACK) return;
  const id = idOf(lint.tree, index);
  if (id === undefined) return;
  const count = (lint.revisionIds.get(id) ?? 0) + 1;
  lint.revisionIds.set(id, count);
  if (count > 1) report(lint, "duplicate-revision-id", index, id, `the id ${id} marks ${count} revisions`);
}

const paragraphId = /[\s]([\w-]+):paraId\s*=\s*["']([^"']*)["']/;

/** The branches of one alternate content show the same paragraph twice and may share its id (MS-DOCX 2.6.2.3). */
function visitParagraph(lint: Lint, index: number): void {
  const { tree } = lint;
  const from = tree.nameEnd[index]!;
  const to = tree.openEnd[index]!;
  if (to - from < 10) return;
  const match = paragraphId.exec(tree.source.slice(from, to));
  if (match === null) return;
  const id = match[2]!.toUpperCase();
  const seen = lint.paragraphIds.get(id) ?? [];
  if (seen.some((each) => !areBranches(lint, each, index))) {
    report(lint, "duplicate-paragraph-id", index, id, `two paragraphs have the id ${id}`);
  }
  lint.paragraphIds.set(id, [...seen.slice(-7), index]);
}

/** True when two elements lie in different branches of one alternate content. */
function areBranches(lint: Lint, first: number, second: number): boolean {
  const { tree, kind } = lint;
  const branches = new Map<number, number>();
  for (let at = first; at >= 0; at = tree.parent[at]!) {
    const found = kind[tree.name[at]!]!;
    if (found === CHOICE || found === FALLBACK) branches.set(tree.parent[at]!, at);
  }
  for (let at = second; at >= 0; at = tree.parent[at]!) {
    const found = kind[tree.name[at]!]!;
    if (found !== CHOICE && found !== FALLBACK) continue;
    const other = branches.get(tree.parent[at]!);
    if (other !== undefined && other !== at) return true;
  }
  return false;
}

function visitRange(lint: Lint, index: number): void {
  const { tree, ranges } = lint;
  const name = tree.names[tree.name[index]!]!;
  const isStart = name.endsWith("Start");
  const key = `${name.slice(2, isStart ? -5 : -3)} ${idOf(tree, index) ?? ""}`;
  const range = ranges.get(key) ?? { index, starts: 0, ends: 0, name: "" };
  if (isStart) {
    range.starts++;
    if (key.startsWith("move")) range.name = attribute(tree, index, "w:name") ?? "";
  } else range.ends++;
  if (!isStart && range.starts < range.ends) {
    report(lint, "unpaired-range", index, `end ${key}`, `the end of ${key} comes without its start`);
  }
  ranges.set(key, range);
}

function checkRanges(lint: Lint): void {
  for (const [key, range] of lint.ranges) {
    if (range.starts > range.ends) {
      report(lint, "unpaired-range", range.index, `start ${key}`, `${key} starts and never ends`);
    }
  }
}

/** Both halves of a move have the same name, each once (17.13.5.24, 17.13.5.28). */
function checkMoves(lint: Lint): void {
  const halves = new Map<string, { from: number; to: number; index: number }>();
  for (const [key, { name, index, starts }] of lint.ranges) {
    if (!key.startsWith("move") || starts === 0) continue;
    const move = halves.get(name) ?? { from: 0, to: 0, index };
    if (key.startsWith("moveFrom")) move.from++;
    else move.to++;
    halves.set(name, move);
  }
  for (const [name, { from, to, index }] of halves) {
    if (from === 1 && to === 1) continue;
    report(lint, "unpaired-move", index, name, `the move ${name} has ${from} sources and ${to} targets`);
  }
}

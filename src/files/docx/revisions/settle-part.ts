import type { XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { attribute, childrenOf, descendantsNamed, isSelfClosing, nameOf } from "../../xml/xml-tree.ts";
import { planGrids } from "./settle-grid.ts";
import { joinParagraphs, planParagraphs } from "./settle-paragraphs.ts";
import {
  createPlan,
  KEPT,
  planRevision,
  propagate,
  REMOVED,
  type SettlePlan,
  UNWRAPPED,
} from "./settle-plan.ts";
import { lostDeclarations, outerWithScope, planMerge, planRestore } from "./settle-properties.ts";
import { findRevisions, type RevisionElement } from "./settle-revisions.ts";

export type SettleAction = "accept" | "reject";

export type SettleOptions = {
  readonly action: SettleAction;
  /** The revisions to settle. Defaults to all. */
  readonly which?: (revision: RevisionElement) => boolean;
  /**
   * False for a tree made of a few blocks of a longer story, whose last paragraph mark may therefore go.
   * Defaults to true.
   */
  readonly endsStory?: boolean;
};

/**
 * The part's text with its tracked changes accepted or rejected (ECMA-376-1, 17.13.5; the cases that the
 * standard leaves open follow Open-Xml-PowerTools' RevisionProcessor). All other text stays as it is, to the
 * letter; with nothing to settle the very same text comes back.
 */
export function settleTree(tree: XmlTree, options: SettleOptions): string {
  const revisions = findRevisions(tree);
  const chosen = options.which ? revisions.filter(options.which) : revisions;
  const ranges = settledRanges(tree, revisions, chosen, options.which === undefined);
  if (chosen.length === 0 && ranges.length === 0) return tree.source;
  const plan = createPlan(tree);
  for (const range of ranges) plan.fate[range] = REMOVED;
  for (const revision of chosen) planRevision(plan, revision, options.action);
  const insertions = planProperties(plan, chosen, options.action);
  propagate(plan);
  if (planComments(plan)) propagate(plan);
  planGrids(plan, chosen);
  const { joined, vanished } = planParagraphs(plan, options.endsStory ?? true);
  const splices = [...collectSplices(plan, vanished), ...liveInsertions(plan, insertions)];
  return applySplices(tree.source, joinParagraphs(plan, splices, joined));
}

/** The range of a comment goes with the run that refers to it; true when one went. */
function planComments(plan: SettlePlan): boolean {
  const { tree, fate } = plan;
  const gone = new Set<string>();
  const references = descendantsNamed(tree, 0, "w:commentReference");
  const idOf = (element: number): string => attribute(tree, element, "w:id") ?? "";
  for (const reference of references) if (isRemoved(plan, reference)) gone.add(idOf(reference));
  if (gone.size === 0) return false;
  for (const reference of references) if (!isRemoved(plan, reference)) gone.delete(idOf(reference));
  for (const name of ["w:commentRangeStart", "w:commentRangeEnd"]) {
    for (const marker of descendantsNamed(tree, 0, name)) if (gone.has(idOf(marker))) fate[marker] = REMOVED;
  }
  return gone.size > 0;
}

function isRemoved({ tree, fate }: SettlePlan, index: number): boolean {
  for (let at = index; at >= 0; at = tree.parent[at]!) if (fate[at] === REMOVED) return true;
  return false;
}

type Insertion = { readonly owner: number; readonly splice: Splice };

function planProperties(
  plan: SettlePlan,
  chosen: readonly RevisionElement[],
  action: SettleAction,
): Insertion[] {
  const merges = new Map(chosen.filter(({ role }) => role === "merge").map((each) => [each.target, each]));
  const insertions: Insertion[] = [];
  for (const revision of chosen) {
    if (revision.role !== "properties" || action === "accept") continue;
    const owner = revision.target;
    const made = planRestore(plan, revision, merges.get(owner));
    insertions.push(...made.map((splice) => ({ owner, splice })));
    merges.delete(owner);
  }
  for (const [owner, merge] of merges) {
    insertions.push(...planMerge(plan, merge, action).map((splice) => ({ owner, splice })));
  }
  return insertions;
}

/** Insertions into elements that are gone by now are left out. */
function liveInsertions(plan: SettlePlan, insertions: readonly Insertion[]): Splice[] {
  return insertions.filter(({ owner }) => !isRemoved(plan, owner)).map(({ splice }) => splice);
}

const rangeStart = /^w:(moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))RangeStart$/;
const rangeMarker = /^w:(moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(Start|End)$/;

/**
 * Range markers to remove: those of content controls that are settled, and those of moves of which nothing is
 * left pending. An end marker says nothing but the id of its start (17.13.5.23).
 */
function settledRanges(
  tree: XmlTree,
  revisions: readonly RevisionElement[],
  chosen: readonly RevisionElement[],
  isAll: boolean,
): number[] {
  const markers: number[] = [];
  const names = tree.names.map((name) => rangeMarker.test(name));
  if (!names.includes(true)) return [];
  for (let index = 0; index < tree.count; index++) if (names[tree.name[index]!]) markers.push(index);
  if (isAll) return markers;
  const settled = new Set(chosen.map(({ index }) => index));
  const ends = new Map<string, number>();
  for (const index of markers) {
    if (!nameOf(tree, index).endsWith("End")) continue;
    ends.set(`${nameOf(tree, index).replace(/End$/, "")} ${attribute(tree, index, "w:id")}`, index);
  }
  const found: number[] = [];
  for (const index of markers) {
    const kind = rangeStart.exec(nameOf(tree, index))?.[1];
    if (kind === undefined) continue;
    const end = ends.get(`w:${kind}Range ${attribute(tree, index, "w:id")}`);
    const isSettled = kind.startsWith("customXml")
      ? settled.has(index)
      : isMoveSettled(tree, revisions, settled, `w:${kind}`, index, end ?? tree.count);
    if (isSettled) found.push(index, ...(end === undefined ? [] : [end]));
  }
  return found;
}

function isMoveSettled(
  tree: XmlTree,
  revisions: readonly RevisionElement[],
  settled: ReadonlySet<number>,
  name: string,
  start: number,
  end: number,
): boolean {
  // The mark of the paragraph in which the range starts stands before the marker.
  const paragraph = tree.parent[start]!;
  const inside = revisions.filter(
    ({ index, target, role }) =>
      nameOf(tree, index) === name &&
      ((index > start && index < end) || (role === "mark" && target === paragraph)),
  );
  return inside.length > 0 && inside.every(({ index }) => settled.has(index));
}

function collectSplices(plan: SettlePlan, vanished: ReadonlySet<number>): Splice[] {
  const { tree, fate } = plan;
  const splices: Splice[] = [];
  const renames = tree.names.map((name) =>
    name === "w:delText" || name === "w:delInstrText" ? name.length - 2 : 0,
  );
  const refills = new Set(tree.names.flatMap((name, id) => (needsParagraph.test(name) ? [id] : [])));
  for (let index = 0; index < tree.count; ) {
    if (fate[index] === REMOVED) {
      const text = strandedMarkers(plan, index, vanished.has(index));
      splices.push({ start: tree.start[index]!, end: tree.end[index]!, text });
      index = tree.next[index]!;
      continue;
    }
    if (fate[index] === UNWRAPPED) splices.push(...unwrap(plan, index));
    else if (renames[tree.name[index]!] && isRestoredText(plan, index))
      splices.push(...renameDeletedText(tree, index));
    else if (plan.lost[index] && refills.has(tree.name[index]!)) splices.push(...refill(plan, index));
    if (fate[index] === KEPT && inheritsDeclarations(plan, index)) splices.push(...redeclare(plan, index));
    index++;
  }
  return splices;
}

function unwrap({ tree }: SettlePlan, index: number): Splice[] {
  const open = { start: tree.start[index]!, end: tree.openEnd[index]!, text: "" };
  if (isSelfClosing(tree, index)) return [open];
  return [open, { start: tree.closeStart[index]!, end: tree.end[index]!, text: "" }];
}

/** True for the child of an unwrapped element that declared namespaces, which would be lost with its tag. */
function inheritsDeclarations({ tree, fate }: SettlePlan, index: number): boolean {
  const parent = tree.parent[index]!;
  return (
    parent >= 0 &&
    fate[parent] === UNWRAPPED &&
    tree.scope[parent] !== tree.scope[keptAncestor(tree, fate, parent)]
  );
}

function keptAncestor(tree: XmlTree, fate: Uint8Array, from: number): number {
  let at = from;
  while (at > 0 && fate[at] === UNWRAPPED) at = tree.parent[at]!;
  return at;
}

function redeclare({ tree, fate }: SettlePlan, index: number): Splice[] {
  const text = lostDeclarations(tree, index, keptAncestor(tree, fate, tree.parent[index]!));
  const at = tree.nameEnd[index]!;
  return text === "" ? [] : [{ start: at, end: at, text }];
}

/** Deleted text that is kept becomes text again, unless another pending deletion still holds it (17.4.18). */
function isRestoredText({ tree, fate }: SettlePlan, index: number): boolean {
  let isFreed = false;
  for (let at = tree.parent[index]!; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:txbxContent") break;
    if (name !== "w:del" && name !== "w:moveFrom") continue;
    if (fate[at] !== UNWRAPPED) return false;
    isFreed = true;
  }
  return isFreed;
}

function renameDeletedText(tree: XmlTree, index: number): Splice[] {
  const isInstruction = nameOf(tree, index) === "w:delInstrText";
  const length = isInstruction ? "delInstrText".length : "delText".length;
  const text = isInstruction ? "instrText" : "t";
  const nameEnd = tree.nameEnd[index]!;
  const open = { start: nameEnd - length, end: nameEnd, text };
  if (isSelfClosing(tree, index)) return [open];
  const closeName = tree.closeStart[index]! + 2 + (nameEnd - tree.start[index]! - 1);
  return [open, { start: closeName - length, end: closeName, text }];
}

const needsParagraph = /^w:(tc|txbxContent|footnote|endnote|comment|hdr|ftr)$/;
const block = /^w:(p|tbl|sdt|customXml|ins|del|moveFrom|moveTo|altChunk)$/;

/** A cell or note whose last block went gets an empty paragraph: none may be without (17.4.65). */
function refill({ tree, fate }: SettlePlan, index: number): Splice[] {
  const holdsBlock = (parent: number): boolean =>
    childrenOf(tree, parent).some(
      (child) =>
        (fate[child] === KEPT && block.test(nameOf(tree, child))) ||
        (fate[child] === UNWRAPPED && holdsBlock(child)),
    );
  if (isSelfClosing(tree, index) || holdsBlock(index)) return [];
  const qualified = tree.source.slice(tree.start[index]! + 1, tree.nameEnd[index]!);
  const prefix = qualified.slice(0, qualified.indexOf(":") + 1);
  const at = tree.closeStart[index]!;
  return [{ start: at, end: at, text: `<${prefix}p/>` }];
}

const pairedMarker =
  /^w:(bookmark|commentRange|perm|(?:moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))Range)(Start|End)$/;

/**
 * Range markers inside something removed that must stay, because the other half stands outside. Those of a
 * paragraph that vanishes all stay: its ranges mark places, and the place is still there.
 */
function strandedMarkers({ tree, fate }: SettlePlan, removed: number, keepsAll: boolean): string {
  const found = new Map<string, number>();
  const all: number[] = [];
  for (let index = removed + 1; index < tree.next[removed]!; index++) {
    const match = pairedMarker.exec(nameOf(tree, index));
    if (match === null || fate[index] === REMOVED || tree.next[index] !== index + 1) continue;
    const isDirect = keepsAll && tree.parent[index] === removed;
    const key = `${match[1]} ${attribute(tree, index, "w:id")}`;
    if (isDirect) all.push(index);
    else if (match[2] === "End" && found.has(key)) found.delete(key);
    else found.set(key, index);
  }
  return [...all, ...found.values()]
    .sort((a, b) => a - b)
    .map((index) => outerWithScope(tree, index, Math.max(tree.parent[removed]!, 0)))
    .join("");
}

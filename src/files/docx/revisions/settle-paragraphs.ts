import { applySplices, type Splice } from "../../xml/splice.ts";
import { childrenOf, isSelfClosing, nameOf } from "../../xml/xml-tree.ts";
import { isMarkerName, propagate, REMOVED, type SettlePlan, UNWRAPPED } from "./settle-plan.ts";
import { openingTag } from "./settle-properties.ts";

/** Paragraphs that become one: the text of all, the properties of the last. */
export type JoinedParagraphs = readonly number[];

/** What follows a paragraph in its flow of text. */
type Follower = {
  readonly kind: "paragraph" | "block" | "control-end" | "story-end";
  readonly index: number;
};

/**
 * Works out what becomes of paragraphs whose mark goes (ECMA-376-1, 17.13.5.15): an empty one vanishes, one with
 * text joins the next and takes its properties. The last mark of a body, cell, text box or note can't go.
 * Returns the paragraphs to join; those that vanish are marked removed in the plan.
 */
export function planParagraphs(
  plan: SettlePlan,
  endsStory: boolean,
): { joined: JoinedParagraphs[]; vanished: Set<number> } {
  removeMovedRows(plan);
  const joined: JoinedParagraphs[] = [];
  const vanished = new Set<number>();
  const seen = new Set<number>();
  for (const first of [...plan.goneMarks.keys()].sort((a, b) => a - b)) {
    if (seen.has(first) || isInsideRemoved(plan, first)) continue;
    const { members, end } = chainFrom(plan, first);
    for (const member of members) seen.add(member);
    const last = members.at(-1)!;
    const isResolved = end === "paragraph" || !mayVanish(plan, last, end, endsStory);
    const isEmpty = (paragraph: number): boolean => plan.content[paragraph] === 0;
    if (!isResolved && members.every(isEmpty)) {
      for (const member of members) vanished.add(member);
      continue;
    }
    let lead = 0;
    while (lead < members.length - 1 && isEmpty(members[lead]!) && !holdsMarkers(plan, members[lead]!)) {
      vanished.add(members[lead]!);
      lead++;
    }
    if (lead < members.length - 1) joined.push(members.slice(lead));
  }
  for (const paragraph of vanished) plan.fate[paragraph] = REMOVED;
  if (vanished.size > 0) propagate(plan);
  return { joined: joined.filter((group) => group.every((each) => !isInsideRemoved(plan, each))), vanished };
}

/** The paragraphs from `first` on that run into each other, and what stops them. */
function chainFrom(plan: SettlePlan, first: number): { members: number[]; end: Follower["kind"] } {
  const members = [first];
  for (let at = first; ; ) {
    const follower = followerOf(plan, at);
    if (follower.kind !== "paragraph") return { members, end: follower.kind };
    if (!areJoinable(plan, at, follower.index)) {
      return { members, end: "block" };
    }
    members.push(follower.index);
    if (!plan.goneMarks.has(follower.index)) return { members, end: "paragraph" };
    at = follower.index;
  }
}

function followerOf(plan: SettlePlan, from: number): Follower {
  const { tree, fate } = plan;
  let at = from;
  let next = tree.next[at]!;
  for (;;) {
    const parent = tree.parent[at]!;
    if (parent < 0) return { kind: "story-end", index: -1 };
    if (next >= tree.next[parent]!) {
      if (fate[parent] !== UNWRAPPED) {
        const name = nameOf(tree, parent);
        return {
          kind: /^w:(sdtContent|customXml|ins|del|moveFrom|moveTo)$/.test(name) ? "control-end" : "story-end",
          index: parent,
        };
      }
      at = parent;
      next = tree.next[at]!;
      continue;
    }
    at = next;
    const name = nameOf(tree, at);
    if (fate[at] === REMOVED || isMarkerName(name)) next = tree.next[at]!;
    else if (fate[at] === UNWRAPPED) {
      const isEmpty = tree.next[at] === at + 1;
      next = at + 1;
      if (!isEmpty) {
        const child = at + 1;
        const inside = followerAt(plan, child);
        if (inside) return inside;
        at = child;
        next = tree.next[child]!;
      }
    } else return followerAt(plan, at) ?? { kind: "block", index: at };
  }
}

/** What this element is to the paragraph before it; undefined when one has to look on. */
function followerAt(plan: SettlePlan, index: number): Follower | undefined {
  const name = nameOf(plan.tree, index);
  if (plan.fate[index] === REMOVED || isMarkerName(name)) return undefined;
  if (name === "w:p") return { kind: "paragraph", index };
  if (name === "w:sectPr") return { kind: "story-end", index };
  if (plan.fate[index] === UNWRAPPED) return firstInside(plan, index);
  return { kind: "block", index };
}

function firstInside(plan: SettlePlan, wrapper: number): Follower | undefined {
  for (const child of childrenOf(plan.tree, wrapper)) {
    const follower = followerAt(plan, child);
    if (follower) return follower;
  }
  return undefined;
}

/** Whether a paragraph at the end of its flow may go altogether. */
function mayVanish(plan: SettlePlan, paragraph: number, end: Follower["kind"], endsStory: boolean): boolean {
  const { tree } = plan;
  if (end === "block") return true;
  if (end === "control-end") {
    let control = tree.parent[paragraph]!;
    while (control >= 0 && plan.fate[control] === UNWRAPPED) control = tree.parent[control]!;
    if (control >= 0 && nameOf(tree, control) === "w:sdtContent") control = tree.parent[control]!;
    const follower = followerOf(plan, control);
    return follower.kind !== "story-end" || isOpenEnd(plan, control, endsStory);
  }
  return isOpenEnd(plan, paragraph, endsStory);
}

/** True in a tree made of a few blocks of a longer story, at its end. */
function isOpenEnd(plan: SettlePlan, index: number, endsStory: boolean): boolean {
  if (endsStory) return false;
  let at = plan.tree.parent[index]!;
  while (at > 0 && plan.fate[at] === UNWRAPPED) at = plan.tree.parent[at]!;
  return at === 0;
}

/** A row whose every paragraph was moved away with its mark was moved itself. */
function removeMovedRows(plan: SettlePlan): void {
  const { tree, fate, content, goneMarks } = plan;
  const rows = new Set<number>();
  for (const [paragraph, isMove] of goneMarks) {
    if (!isMove) continue;
    let at = tree.parent[paragraph]!;
    while (at >= 0 && nameOf(tree, at) !== "w:tr") at = tree.parent[at]!;
    if (at >= 0 && fate[at] !== REMOVED) rows.add(at);
  }
  let isChanged = false;
  for (const row of rows) {
    let isMoved = true;
    for (let at = row + 1; at < tree.next[row]! && isMoved; at++) {
      if (nameOf(tree, at) === "w:p") isMoved = goneMarks.get(at) === true && content[at] === 0;
      else if (nameOf(tree, at) === "w:tbl") isMoved = fate[at] === REMOVED;
    }
    if (isMoved) fate[row] = REMOVED;
    isChanged ||= isMoved;
  }
  if (isChanged) propagate(plan);
}

function isInsideRemoved(plan: SettlePlan, index: number): boolean {
  for (let at = index; at >= 0; at = plan.tree.parent[at]!) if (plan.fate[at] === REMOVED) return true;
  return false;
}

function holdsMarkers(plan: SettlePlan, paragraph: number): boolean {
  const { tree, fate } = plan;
  for (let at = paragraph + 1; at < tree.next[paragraph]!; at++) {
    const name = nameOf(tree, at);
    if (isMarkerName(name) && name !== "w:proofErr" && fate[at] !== REMOVED) return true;
  }
  // An emptied content control goes on in the next paragraph.
  return childrenOf(tree, paragraph).some(
    (child) => nameOf(tree, child) === "w:sdt" && fate[child] !== REMOVED && !plan.lost[child],
  );
}

/**
 * False for paragraphs that declare other namespaces than each other, or whose properties do not come first (which no
 * schema allows): joining them could break the XML, so their boundary stays.
 */
function areJoinable({ tree }: SettlePlan, first: number, second: number): boolean {
  const startsWell = (paragraph: number): boolean =>
    childrenOf(tree, paragraph).every((child, place) => place === 0 || nameOf(tree, child) !== "w:pPr");
  return tree.scope[first] === tree.scope[second] && startsWell(first) && startsWell(second);
}

/** Where a paragraph's own text begins: after its start tag and properties. */
function contentStart(plan: SettlePlan, paragraph: number): number {
  const first = paragraph + 1;
  const { tree } = plan;
  if (first < tree.next[paragraph]! && nameOf(tree, first) === "w:pPr") return tree.end[first]!;
  return tree.openEnd[paragraph]!;
}

/** The splices with those of joined paragraphs' heads replaced: the last one's head moves to the first. */
export function joinParagraphs(
  plan: SettlePlan,
  splices: readonly Splice[],
  groups: readonly JoinedParagraphs[],
): Splice[] {
  if (groups.length === 0) return [...splices];
  const { tree } = plan;
  const heads = groups.flat().map((each) => ({ start: tree.start[each]!, end: contentStart(plan, each) }));
  heads.sort((a, b) => a.start - b.start);
  const inHeads = new Map<number, Splice[]>();
  const rest: Splice[] = [];
  for (const splice of splices) {
    const head = headAround(heads, splice.start);
    if (head === undefined || splice.start >= head.end) rest.push(splice);
    else inHeads.set(head.start, [...(inHeads.get(head.start) ?? []), splice]);
  }
  return [...rest, ...groups.flatMap((group) => joinSplices(plan, group, inHeads))];
}

function headAround(
  heads: readonly { start: number; end: number }[],
  at: number,
): { start: number; end: number } | undefined {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (heads[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  return heads[low - 1];
}

function joinSplices(
  plan: SettlePlan,
  group: JoinedParagraphs,
  inHeads: ReadonlyMap<number, readonly Splice[]>,
): Splice[] {
  const { tree } = plan;
  const last = group.at(-1)!;
  const start = tree.start[last]!;
  const own = (inHeads.get(start) ?? []).map(({ start: from, end, text }) => ({
    start: from - start,
    end: end - start,
    text,
  }));
  const isOpen = !isSelfClosing(tree, last);
  const head = isOpen
    ? applySplices(tree.source.slice(start, contentStart(plan, last)), own)
    : openingTag(tree, last);
  const name = tree.source.slice(start + 1, tree.nameEnd[last]!);
  return group.flatMap((each, place) => {
    const made: Splice[] = [];
    const isLast = each === last;
    const end = contentStart(plan, each);
    const text = place === 0 ? head : isLast && !isOpen ? `</${name}>` : "";
    made.push({ start: tree.start[each]!, end, text });
    if (!isLast && !isSelfClosing(tree, each))
      made.push({ start: tree.closeStart[each]!, end: tree.end[each]!, text: "" });
    return made;
  });
}

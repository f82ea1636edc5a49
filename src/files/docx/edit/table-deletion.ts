import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import {
  ancestorNamed,
  attribute,
  childrenOf,
  descend,
  descendantsNamed,
  nameOf,
} from "../../xml/xml-tree.ts";
import type { Inline } from "../read/read-inline.ts";
import { sourceOf } from "../read/read-paragraphs.ts";
import type { Paragraph, StoryPart } from "../types.ts";
import { isInFlow } from "./deleted-content.ts";
import { type Draft, hasWork, overlap, type Signature, workOn } from "./draft.ts";
import { paragraphsInside } from "./paragraphs-inside.ts";
import type { RefusalReason } from "./run-edit.ts";
import { refuseLocked, wholePart } from "./table-slot.ts";

/** Why rows or cells can't be deleted as a whole, or undefined; `isCut` without a tracked change. */
export function refuseDeletion(
  draft: Draft,
  story: StoryPart,
  parts: readonly number[],
  isCut: boolean,
): RefusalReason | undefined {
  const { tree } = story;
  for (const part of parts) {
    const inside = (element: number): boolean => element >= part && element < tree.next[part]!;
    const structures = draft.structures.filter(
      (each) => each.story === story && each.table?.kind !== "merge",
    );
    if (structures.some(({ element, removed }) => inside(element) || removed.some(inside))) return overlap;
    const holder = ancestorNamed(tree, part, nameOf(tree, part) === "w:tr" ? "w:tbl" : "w:tr");
    const whole = wholePart(tree, part, holder);
    const refusal =
      refuseLocked(tree, whole) ??
      refuseControls(tree, whole) ??
      refuseMove(tree, part) ??
      (isCut ? refuseReach(tree, part) : undefined) ??
      refuseParagraphs(draft, story, part);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Content controls that go along, whatever they hold, unless Word keeps them from being deleted (17.5.2). */
function refuseControls(tree: XmlTree, whole: number): RefusalReason | undefined {
  for (let index = whole; index < tree.next[whole]!; index++) {
    const lock = nameOf(tree, index) === "w:sdt" ? descend(tree, index, "w:sdtPr", "w:lock") : -1;
    if (
      lock < 0 ||
      !/^(sdtLocked|contentLocked|sdtContentLocked)$/.test(attribute(tree, lock, "w:val") ?? "")
    )
      continue;
    return {
      code: "locked",
      reason: "it holds a content control that is locked",
      fix: "Unlock the control in Word: Developer, Properties, Locking.",
    };
  }
  return undefined;
}

function refuseMove(tree: XmlTree, part: number): RefusalReason | undefined {
  for (let index = part; index < tree.next[part]!; index++) {
    if (!/^w:move(From|To)/.test(nameOf(tree, index))) continue;
    return {
      code: "locked",
      reason: "it holds half of a move that is still to be accepted",
      fix: "Accept or reject the move first.",
    };
  }
  return undefined;
}

/** Without tracked changes the reference of a comment would go from under a range that begins elsewhere. */
function refuseReach(tree: XmlTree, part: number): RefusalReason | undefined {
  const ids = new Set(
    descendantsNamed(tree, part, "w:commentReference").map((each) => attribute(tree, each, "w:id")),
  );
  const isCut = halfMarkers(tree, part).some(
    (each) => nameOf(tree, each).startsWith("w:comment") && ids.has(attribute(tree, each, "w:id")),
  );
  if (!isCut) return undefined;
  return {
    code: "locked",
    reason: "a comment in it begins or ends elsewhere",
    fix: "Resolve and delete the comment first, or make the change as a tracked one.",
  };
}

function refuseParagraphs(draft: Draft, story: StoryPart, part: number): RefusalReason | undefined {
  const flow: Inline[] = [];
  for (const { paragraph, inline } of paragraphsInside(draft.document, story, part)) {
    if (isTaken(draft, story, paragraph)) return overlap;
    if (sourceOf(paragraph).twin === "differs") {
      return {
        code: "locked",
        reason: "it holds a text box that is stored in two forms that differ",
        fix: "Delete it in Word.",
      };
    }
    if (isInFlow(story.tree, inline.element, part)) flow.push(inline);
  }
  const [first, last] = [flow[0], flow.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (!first.isFieldOpenAtStart && !last.isFieldOpenAtEnd) return undefined;
  return {
    code: "locked",
    reason: "it is part of a Word field that begins or ends elsewhere",
    fix: "Change what the field refers to, or delete the field in Word.",
  };
}

/** True when another change of the request is about the paragraph; one that takes over a merge gives way. */
function isTaken(draft: Draft, story: StoryPart, paragraph: Paragraph): boolean {
  const work = draft.works.get(paragraph.id);
  if (work === undefined || (!hasWork(work) && work.claims.length === 0)) return false;
  const { element } = work.source.inline;
  return !draft.structures.some(
    ({ table, removed, ...each }) =>
      table?.kind === "merge" && each.story === story && removed.includes(element),
  );
}

/** Keeps the paragraphs from every later change of the request. */
export function claimDeletion(
  draft: Draft,
  story: StoryPart,
  parts: readonly number[],
  revision: Signature,
): void {
  for (const part of parts) {
    for (const { paragraph } of paragraphsInside(draft.document, story, part)) {
      const work = workOn(draft, paragraph);
      work.deletion = { revision, withMark: false };
      work.markUse = "deletion";
    }
  }
}

/** The splice that takes a row, cell or table out, but for ends of ranges whose other end stands elsewhere. */
export function cutOut(tree: XmlTree, element: number): Splice {
  const text = halfMarkers(tree, element)
    .map((each) => tree.source.slice(tree.start[each]!, tree.end[each]!))
    .join("");
  return { start: tree.start[element]!, end: tree.end[element]!, text };
}

/** The table, or the content controls that hold nothing else. */
export function withEmptied(tree: XmlTree, table: number): number {
  let at = table;
  while (nameOf(tree, tree.parent[at]!) === "w:sdtContent" && childrenOf(tree, tree.parent[at]!).length === 1)
    at = tree.parent[tree.parent[at]!]!;
  return at;
}

const rangeMarker = /^w:(bookmark|commentRange|perm|customXml\w+Range)(Start|End)$/;

function halfMarkers(tree: XmlTree, element: number): number[] {
  const found = new Map<string, number>();
  for (let index = element + 1; index < tree.next[element]!; index++) {
    const kind = rangeMarker.exec(nameOf(tree, index))?.[1];
    if (kind === undefined) continue;
    const key = `${kind} ${attribute(tree, index, "w:id")}`;
    if (!found.delete(key)) found.set(key, index);
  }
  return [...found.values()];
}

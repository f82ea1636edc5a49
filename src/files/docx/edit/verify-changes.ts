import { FileDamagedError, RoundTripError } from "../../../errors.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import type { NamespaceScope } from "../../xml/namespaces.ts";
import { prefixFor } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { type Splice, sortSplices } from "../../xml/splice.ts";
import { ancestorNamed, attribute, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { createFieldStack } from "../read/field-stack.ts";
import { type Inline, readInline } from "../read/read-inline.ts";
import { lintTree, newFindings } from "../revisions/lint-tracked-changes.ts";
import { type SettleAction, settleTree } from "../revisions/settle-part.ts";
import { findRevisions, type RevisionElement } from "../revisions/settle-revisions.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { canonicalChildren } from "./canonical-xml.ts";
import type { ParagraphWork, StructureEdit } from "./draft.ts";
import { expectedParagraphs } from "./expected-paragraphs.ts";
import { type Region, touchedRegions } from "./touched-regions.ts";
import { hasWantedFormatting } from "./verify-formatting.ts";
import { hasWantedParagraphFormat } from "./verify-paragraph-format.ts";

export type StoryEdit = {
  readonly document: WordDocument;
  readonly story: StoryPart;
  readonly works: readonly ParagraphWork[];
  readonly structures: readonly StructureEdit[];
  readonly splices: readonly Splice[];
  /** The story's text with all splices made. */
  readonly text: string;
  /** Ids of our own revisions. */
  readonly ours: ReadonlySet<string>;
  /** Ids of our own comments. */
  readonly comments: ReadonlySet<string>;
  readonly mode: "tracked" | "direct";
  readonly author: string;
};

/**
 * Checks an edited story before it is written: outside the touched blocks nothing moved; inside them the XML is well
 * formed, has no shape that Word refuses and the original lacks, rejecting our changes gives the original blocks, and
 * accepting them the intended text. The check shares no code with the writer. Throws `RoundTripError`.
 */
export function verifyStory(edit: StoryEdit): void {
  const regions = touchedRegions(edit);
  const splices = sortSplices(edit.splices);
  const own = findRevisions(edit.story.tree).filter(({ author }) => author === edit.author);
  let shift = 0;
  let at = 0;
  let next = 0;
  for (const region of regions) {
    checkSame(edit, at, region.start, shift);
    let growth = 0;
    for (; next < splices.length; next++) {
      const { start, end, text } = splices[next]!;
      // What begins at the end and goes on belongs to the next region.
      if (start > region.end || (start === region.end && end > start)) break;
      if (start < region.start || end > region.end)
        throw failure(edit, "a change outside the touched paragraphs");
      growth += text.length - (end - start);
    }
    const after = edit.text.slice(region.start + shift, region.end + shift + growth);
    verifyRegion(edit, region, after, own);
    shift += growth;
    at = region.end;
  }
  checkSame(edit, at, edit.story.tree.source.length, shift);
}

function checkSame(edit: StoryEdit, from: number, to: number, shift: number): void {
  const before = edit.story.tree.source.slice(from, to);
  if (edit.text.slice(from + shift, to + shift) !== before)
    throw failure(edit, "a change outside the touched paragraphs");
}

function failure(edit: StoryEdit, what: string): RoundTripError {
  return new RoundTripError(`the check of ${edit.story.name} found ${what}; nothing was written`, {
    hint: "This is a fault of Tandem's. Please report it with the file if you can share it.",
  });
}

function verifyRegion(edit: StoryEdit, region: Region, after: string, own: readonly RevisionElement[]): void {
  const { story } = edit;
  const scope = scopeAround(story.tree, region.first);
  const before = story.tree.source.slice(region.start, region.end);
  assertReadable(story, before, scope);
  assertWellFormed(after, scope);
  const original = wrap(before, scope);
  const changed = wrap(after, scope);
  const fresh = newFindings(lintTree(original), lintTree(changed));
  if (fresh.length > 0) throw failure(edit, `a shape that Word refuses (${fresh[0]!.message})`);
  const settled = (
    tree: XmlTree,
    action: SettleAction,
    which: (each: RevisionElement) => boolean,
  ): XmlTree => {
    const text = settleTree(tree, { action, which, endsStory: region.endsStory });
    return wrap(
      text.slice(tree.openEnd[0]!, text.length - (tree.source.length - tree.closeStart[0]!)),
      scope,
    );
  };
  const isOurs = ({ id }: RevisionElement): boolean => edit.ours.has(id);
  checkAccepted(edit, region, edit.mode === "direct" ? changed : settled(changed, "accept", isOurs));
  if (edit.mode === "direct") return;
  const rejected = withoutOurComments(edit, settled(changed, "reject", isOurs));
  if (rejected === withoutOurComments(edit, original)) return;
  // Our own pending changes that were edited in place have to be refused on both sides.
  const reworked = reworkedDates(edit, region, own);
  const isReworked = ({ author, date }: RevisionElement): boolean =>
    author === edit.author && reworked.has(date);
  const bare = settled(changed, "reject", (each) => isOurs(each) || isReworked(each));
  const source = settled(original, "reject", isReworked);
  if (reworked.size === 0 || withoutOurComments(edit, bare) !== withoutOurComments(edit, source)) {
    throw failure(edit, "that refusing the changes would not give back the original");
  }
}

function checkAccepted(edit: StoryEdit, region: Region, accepted: XmlTree): void {
  const { paragraphs: wanted, formatted } = expectedParagraphs(edit, region);
  const got = paragraphsOf(accepted);
  const texts = wanted.map((stretches) => stretches.map(({ text }) => text).join(""));
  if (JSON.stringify(got.map((each) => each.finalText)) !== JSON.stringify(texts))
    throw failure(edit, "that accepting the changes would not give the intended text");
  const isRight = wanted.every((expected, index) =>
    hasWantedFormatting(edit.story.tree, expected, { tree: accepted, inline: got[index]! }),
  );
  const isFormatted = formatted.every(({ at, element, set }) =>
    hasWantedParagraphFormat(
      { tree: edit.story.tree, element },
      { tree: accepted, element: got[at]!.element },
      set,
    ),
  );
  if (!isRight || !isFormatted)
    throw failure(edit, "that accepting the changes would not give the intended formatting");
}

/**
 * The dates of the author's own pending insertions and formatting changes into which something was written: what is
 * left of them is told by author and date, because a part that was split off has another id.
 */
function reworkedDates(
  edit: StoryEdit,
  region: Region,
  own: readonly RevisionElement[],
): Set<string | undefined> {
  const { tree } = edit.story;
  const splices = edit.splices.filter(({ start, end }) => start >= region.start && end <= region.end);
  const isWrittenInto = (element: number): boolean =>
    splices.some(({ start, end }) => start < tree.end[element]! && end > tree.start[element]!);
  const isRemoved = (element: number): boolean =>
    splices.some(({ start, end }) => start <= tree.start[element]! && end >= tree.end[element]!);
  const dates = new Set<string | undefined>();
  for (const { index, target, role, kind, date } of own) {
    const isPending = kind === "insertion" || kind === "run-formatting";
    if (isPending ? isWrittenInto(index) : role === "mark" && isRemoved(target)) dates.add(date);
  }
  return dates;
}

/** The scanner forgives what Word does not: a paragraph that is broken already can't be edited safely. */
function assertReadable(story: StoryPart, before: string, scope: NamespaceScope): void {
  try {
    assertWellFormed(before, scope);
  } catch (cause) {
    throw new FileDamagedError(
      `${story.name} is not well-formed XML where the change should go; nothing was written`,
      {
        cause,
        hint: "Open the file in Word and save it again.",
      },
    );
  }
}

function scopeAround(tree: XmlTree, element: number): NamespaceScope {
  const parent = tree.parent[element]!;
  return tree.scopes[tree.scope[Math.max(parent, 0)]!]!;
}

/** A tree of some blocks of a part, as the content of a body. */
function wrap(fragment: string, scope: NamespaceScope): XmlTree {
  const prefix = prefixFor(scope, "w", true) ?? "";
  const name = prefix === "" ? "body" : `${prefix}:body`;
  return scanXml(`<${name}>${fragment}</${name}>`, 1024, scope);
}

/**
 * Comments are not tracked: a refused document still has them, so ours are left out of the comparison, and so is a link
 * in which nothing else is left.
 */
function withoutOurComments(edit: StoryEdit, tree: XmlTree): string {
  const isIgnored = (element: number): boolean => {
    const name = nameOf(tree, element);
    if (name.startsWith("w:comment")) return edit.comments.has(attribute(tree, element, "w:id") ?? "");
    return hollow.has(name) && childrenOf(tree, element).every(isEmpty);
  };
  const isEmpty = (element: number): boolean =>
    isIgnored(element) ||
    (nameOf(tree, element) === "w:r" &&
      childrenOf(tree, element).every((child) => nameOf(tree, child) === "w:rPr" || isIgnored(child)));
  return canonicalChildren(tree, 0, isIgnored);
}

const hollow = new Set(["w:hyperlink", "w:smartTag", "w:dir", "w:bdo"]);

/** Those of text boxes come after all others, as in `ExpectedRegion`. */
function paragraphsOf(tree: XmlTree): Inline[] {
  const isBoxed = (element: number): boolean => ancestorNamed(tree, element, "w:txbxContent") >= 0;
  const all = descendantsNamed(tree, 0, "w:p");
  return [...all.filter((element) => !isBoxed(element)), ...all.filter(isBoxed)].map((element) =>
    readInline(tree, element, createFieldStack(), () => undefined),
  );
}

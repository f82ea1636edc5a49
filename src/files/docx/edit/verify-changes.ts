import { FileDamagedError, RoundTripError } from "../../../errors.ts";
import { rawData, readZip } from "../../opc/read-zip.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import type { NamespaceScope } from "../../xml/namespaces.ts";
import { prefixFor } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { type Splice, sortSplices } from "../../xml/splice.ts";
import { attribute, nameOf } from "../../xml/xml-tree.ts";
import { createFieldStack } from "../read/field-stack.ts";
import { type Inline, readInline } from "../read/read-inline.ts";
import { lintTree, newFindings } from "../revisions/lint-tracked-changes.ts";
import { settleTree } from "../revisions/settle-part.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { canonicalChildren } from "./canonical-xml.ts";
import type { ParagraphWork, StructureEdit } from "./draft.ts";
import { linesOf } from "./insert-paragraphs.ts";
import { isLastInContainer, nextSibling } from "./paragraph-marks.ts";

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
};

/** Some neighbouring blocks that an edit touches, from the first up to `end`, all children of one parent. */
type Region = {
  readonly first: number;
  readonly start: number;
  readonly end: number;
  readonly endsStory: boolean;
};

/**
 * Checks an edited story before it is written: outside the touched blocks nothing moved; inside them the XML is well
 * formed, has no shape that Word refuses and the original lacks, rejecting our changes gives the original blocks, and
 * accepting them the intended text. The check shares no code with the writer. Throws `RoundTripError`.
 */
export function verifyStory(edit: StoryEdit): void {
  const regions = touchedRegions(edit);
  const splices = sortSplices(edit.splices);
  let shift = 0;
  let at = 0;
  let next = 0;
  for (const region of regions) {
    checkSame(edit, at, region.start, shift);
    let growth = 0;
    for (; next < splices.length && splices[next]!.start <= region.end; next++) {
      const { start, end, text } = splices[next]!;
      if (start < region.start || end > region.end)
        throw failure(edit, "a change outside the touched paragraphs");
      growth += text.length - (end - start);
    }
    const after = edit.text.slice(region.start + shift, region.end + shift + growth);
    verifyRegion(edit, region, after);
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

function touchedRegions(edit: StoryEdit): Region[] {
  const { tree } = edit.story;
  const elements = new Set<number>();
  for (const { source } of edit.works) {
    elements.add(source.inline.element);
    if (source.twin !== undefined && source.twin !== "differs") elements.add(source.twin.element);
  }
  for (const { element } of edit.structures) elements.add(element);
  for (const element of commentPoints(edit)) elements.add(element);
  const regions: Region[] = [];
  for (const element of [...elements].sort((a, b) => tree.start[a]! - tree.start[b]!)) {
    const region = regionOf(tree, element);
    const last = regions.at(-1);
    if (last === undefined || region.start >= last.end) regions.push(region);
    else if (region.end > last.end)
      regions[regions.length - 1] = { ...last, end: region.end, endsStory: region.endsStory };
  }
  return regions;
}

/** Paragraphs that only a point splice touches (the markers of a reply). */
function commentPoints(edit: StoryEdit): number[] {
  const { tree } = edit.story;
  const worked = [
    ...edit.works.map(({ source }) => source.inline.element),
    ...edit.structures.map(({ element }) => element),
  ];
  const inside = (element: number, at: number): boolean =>
    tree.start[element]! <= at && at <= tree.end[element]!;
  const loose = edit.splices.filter(({ start }) => !worked.some((element) => inside(element, start)));
  if (loose.length === 0) return [];
  const found = new Set<number>();
  for (const { start } of loose) {
    let best = -1;
    for (let index = 0; index < tree.count && tree.start[index]! <= start; index++) {
      if (nameOf(tree, index) === "w:p" && start <= tree.end[index]!) best = index;
    }
    if (best >= 0) found.add(best);
  }
  return [...found];
}

/** The paragraph and the block after it, into which its mark may merge. */
function regionOf(tree: XmlTree, element: number): Region {
  const next = nextSibling(tree, element);
  return {
    first: element,
    start: tree.start[element]!,
    end: next >= 0 ? tree.end[next]! : tree.end[element]!,
    endsStory: next < 0 && isLastInContainer(tree, element),
  };
}

function verifyRegion(edit: StoryEdit, region: Region, after: string): void {
  const { story } = edit;
  const scope = scopeAround(story.tree, region.first);
  const before = story.tree.source.slice(region.start, region.end);
  assertReadable(story, before, scope);
  assertWellFormed(after, scope);
  const original = wrap(before, scope);
  const changed = wrap(after, scope);
  const fresh = newFindings(lintTree(original), lintTree(changed));
  if (fresh.length > 0) throw failure(edit, `a shape that Word refuses (${fresh[0]!.message})`);
  const isOurs = ({ id }: { id: string }): boolean => edit.ours.has(id);
  const settled = (action: "accept" | "reject"): XmlTree => {
    const text = settleTree(changed, { action, which: isOurs, endsStory: region.endsStory });
    return wrap(
      text.slice(changed.openEnd[0]!, text.length - (changed.source.length - changed.closeStart[0]!)),
      scope,
    );
  };
  const accepted = edit.mode === "direct" ? changed : settled("accept");
  const wanted = expectedTexts(edit, region);
  const got = paragraphTexts(accepted);
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    throw failure(edit, "that accepting the changes would not give the intended text");
  if (edit.mode === "direct") return;
  const rejected = settled("reject");
  if (withoutOurComments(edit, rejected) !== withoutOurComments(edit, original)) {
    throw failure(edit, "that refusing the changes would not give back the original");
  }
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

/** Comments are not tracked: a refused document still has them, so ours are left out of the comparison. */
function withoutOurComments(edit: StoryEdit, tree: XmlTree): string {
  const isOurs = (element: number): boolean =>
    nameOf(tree, element).startsWith("w:comment") &&
    edit.comments.has(attribute(tree, element, "w:id") ?? "");
  return canonicalChildren(tree, 0, isOurs);
}

function paragraphTexts(tree: XmlTree): string[] {
  return paragraphElements(tree).map((element) => inlineOf(tree, element).finalText);
}

function paragraphElements(tree: XmlTree): number[] {
  const found: number[] = [];
  for (let index = 0; index < tree.count; index++) if (nameOf(tree, index) === "w:p") found.push(index);
  return found;
}

function inlineOf(tree: XmlTree, element: number): Inline {
  return readInline(tree, element, createFieldStack(), () => undefined);
}

/** What the region's paragraphs should say once our changes are accepted. */
function expectedTexts(edit: StoryEdit, region: Region): string[] {
  const { tree } = edit.story;
  const works = new Map<number, ParagraphWork>();
  for (const work of edit.works) {
    works.set(work.source.inline.element, work);
    const { twin } = work.source;
    if (twin !== undefined && twin !== "differs") works.set(twin.element, work);
  }
  const texts: string[] = [];
  let joined = "";
  const removed = new Set(edit.structures.flatMap((each) => each.removed));
  const added = Map.groupBy(
    edit.structures.flatMap((each) => each.added),
    ({ at }) => at,
  );
  // A paragraph's text boxes come before the new paragraphs after it.
  const pending: { readonly after: number; readonly lines: readonly string[] }[] = [];
  for (let index = region.first; index < tree.count && tree.start[index]! < region.end; index++) {
    while (pending.length > 0 && index >= pending.at(-1)!.after) texts.push(...pending.pop()!.lines);
    for (const { side, lines } of added.get(index) ?? []) {
      if (side === "before") texts.push(...lines);
      else pending.push({ after: tree.next[index]!, lines });
    }
    if (removed.has(index)) {
      index = tree.next[index]! - 1;
      continue;
    }
    if (nameOf(tree, index) !== "w:p") continue;
    const work = works.get(index);
    if (work === undefined) {
      texts.push(joined + inlineOf(tree, index).finalText);
      joined = "";
      continue;
    }
    const isGone = work.deletion?.withMark === true && edit.mode === "tracked";
    const own = intendedTexts(work);
    own[0] = joined + own[0]!;
    joined = work.merge === undefined ? "" : own.pop()!;
    if (!isGone) texts.push(...own);
    pending.push({
      after: tree.next[index]!,
      lines: work.insertions.flatMap(({ blocks }) => blocks.flatMap(linesOf)),
    });
    if (work.deletion !== undefined) index = tree.next[index]! - 1;
  }
  while (pending.length > 0) texts.push(...pending.pop()!.lines);
  return texts;
}

/** The paragraph's text with its edits made, cut where it is split. */
function intendedTexts(work: ParagraphWork): string[] {
  const { finalText } = work.source.inline;
  const cuts = work.splits.map(({ offset }) => ({ start: offset, end: offset, text: undefined }));
  const texts = [""];
  let at = 0;
  for (const { start, end, text } of [...work.edits, ...cuts].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    texts[texts.length - 1] += finalText.slice(at, start) + (text ?? "");
    if (text === undefined) texts.push("");
    at = end;
  }
  texts[texts.length - 1] += finalText.slice(at);
  return texts;
}

/** Checks the written package: every entry that was not to change is there, in its place, byte for byte. */
export function verifyPackage(
  document: WordDocument,
  bytes: Uint8Array,
  replaced: ReadonlyMap<string, Uint8Array>,
  added: ReadonlyMap<string, Uint8Array>,
): void {
  const { archive, codec } = document.package;
  const written = readZip(bytes, { ...document.package.limits, ratio: Number.POSITIVE_INFINITY });
  const isExpected = written.entries.length === archive.entries.length + added.size;
  archive.entries.forEach((entry, index) => {
    const other = written.entries[index];
    const data = [...replaced].find(([name]) => name.toLowerCase() === `/${entry.name}`.toLowerCase())?.[1];
    const isSame =
      other?.name === entry.name &&
      (data === undefined
        ? sameBytes(rawData(archive, entry), rawData(written, other))
        : other.crc === codec.crc32(data) && other.size === data.length);
    if (!isExpected || !isSame)
      throw new RoundTripError(
        `the part /${entry.name} would not be written as it should; nothing was written`,
      );
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

import {
  comments,
  type OpcPackage,
  openFile,
  paragraphText,
  readPart,
  settleChanges,
  type TrackedChange,
  trackedChanges,
  type WordDocument,
} from "../../files/index.ts";
import { sha256 } from "../sha256.ts";
import type { Certificate, PartRecord, PlaceRecord } from "./certificate.ts";
import { packagePlaces } from "./check-package.ts";
import { isStoryPart, storyPlaces } from "./check-stories.ts";
import { relatedWords } from "./part-kinds.ts";

export type VerifyOptions = {
  /** Only this author's changes count as refusable. Defaults to anyone's. */
  readonly author?: string;
  /** Written into the certificate. */
  readonly date: Date;
  readonly version: string;
};

/**
 * Compares an edited Word file with its original and says what was done, part by part and block by block. Changes that
 * were pending in the original belong to it. Throws what `openFile` throws for files that can't be read.
 */
export async function verifyAgainst(
  original: Uint8Array,
  edited: Uint8Array,
  options: VerifyOptions,
): Promise<Certificate> {
  const [old, fresh] = [openFile(original), openFile(edited)];
  const changes = newChanges(old, fresh);
  const ours = changes.filter((change) => isBy(change.revision.author, options.author));
  const numbers = new Set(ours.map(({ number }) => number));
  const rejected = openFile(
    settleChanges(fresh, { action: "reject", which: ({ number }) => numbers.has(number) }),
  );
  const parts = await partRecords(old.package, fresh.package);
  const stories = storyPlaces(old, rejected, parts);
  const places = [
    ...trackedPlaces(changes, options.author),
    ...commentPlaces(old, fresh, options.author),
    ...stories,
    ...packagePlaces(old, fresh, parts, relatedWords(old, fresh)),
  ];
  const isSameText = JSON.stringify(markupTexts(old)) === JSON.stringify(markupTexts(rejected));
  const isSameXml = stories.length === 0;
  return {
    schemaVersion: 1,
    tool: { name: "tandem", version: options.version },
    date: options.date.toISOString(),
    original: { sha256: await sha256(original) },
    edited: { sha256: await sha256(edited) },
    ...(options.author !== undefined && { author: options.author }),
    isRefusable: isSameText && isSameXml && places.every(({ kind }) => kind !== "direct"),
    rejected: { isSameText, isSameXml },
    parts,
    places,
  };
}

function isBy(author: string, wanted: string | undefined): boolean {
  return wanted === undefined || author === wanted;
}

/** The changes that the original does not have. An edit may cut an old one in two: author, time and kind tell. */
function newChanges(old: WordDocument, fresh: WordDocument): TrackedChange[] {
  const keyOf = ({ kind, revision }: TrackedChange): string =>
    JSON.stringify([kind, revision.author, revision.date]);
  const known = new Set(trackedChanges(old).map(keyOf));
  return trackedChanges(fresh).filter((change) => !known.has(keyOf(change)));
}

function trackedPlaces(changes: readonly TrackedChange[], author: string | undefined): PlaceRecord[] {
  return changes.map(({ part, paragraph, kind, revision, text }) => ({
    part,
    kind: isBy(revision.author, author) ? "tracked" : "direct",
    what: isBy(revision.author, author) ? kind : `${kind} by another author`,
    ...(paragraph !== undefined && { paragraph }),
    author: revision.author,
    ...shown(text),
  }));
}

function commentPlaces(old: WordDocument, fresh: WordDocument, author: string | undefined): PlaceRecord[] {
  const known = new Map(comments(old).map((comment) => [comment.id, comment]));
  const places: PlaceRecord[] = [];
  const part = fresh.stories.find((story) => story.kind === "comments")?.name ?? fresh.mainPart;
  for (const comment of comments(fresh)) {
    const before = known.get(comment.id);
    known.delete(comment.id);
    const isSame =
      before !== undefined &&
      before.text === comment.text &&
      before.author === comment.author &&
      before.date === comment.date &&
      before.replyTo === comment.replyTo;
    if (isSame && before.isResolved === comment.isResolved) continue;
    const isNew = before === undefined && isBy(comment.author, author);
    const what = isSame
      ? comment.isResolved
        ? "resolved"
        : "reopened"
      : before
        ? "comment changed"
        : "comment added";
    places.push({
      part,
      kind: isNew || isSame ? "comment" : "direct",
      what: before === undefined && !isNew ? "comment by another author" : what,
      ...(comment.paragraph !== undefined && { paragraph: comment.paragraph }),
      author: comment.author,
      ...shown(comment.text),
    });
  }
  for (const { author: by, text } of known.values())
    places.push({ part, kind: "direct", what: "comment removed", author: by, ...shown(text) });
  return places;
}

function shown(text: string): { text?: string } {
  return text === "" ? {} : { text: text.slice(0, 200) };
}

function markupTexts(document: WordDocument): string[] {
  return document.paragraphs
    .filter((each) => each.story.kind !== "comment" && isStoryPart(document, each.part))
    .filter((each) => each.story.kind !== "footnote" && each.story.kind !== "endnote")
    .map((each) => paragraphText(each, "markup"));
}

async function partRecords(old: OpcPackage, fresh: OpcPackage): Promise<PartRecord[]> {
  const names = new Set([...old.entries.keys(), ...fresh.entries.keys()]);
  const records: PartRecord[] = [];
  for (const key of names) {
    const [one, two] = [old.entries.get(key), fresh.entries.get(key)];
    const before = one === undefined ? undefined : await sha256(readPart(old, key));
    const after = two === undefined ? undefined : await sha256(readPart(fresh, key));
    const state =
      before === after
        ? "same"
        : before === undefined
          ? "added"
          : after === undefined
            ? "removed"
            : "changed";
    records.push({
      name: `/${(one ?? two)!.name}`,
      state,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    });
  }
  return records;
}

import { FileUnsupportedError } from "../../../errors.ts";
import { openPackage } from "../../opc/opc-package.ts";
import { encodePart } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import { verifyPackage } from "../../opc/verify-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { attribute, childNamed, nameOf } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { createRevisionDates } from "../edit/revision-dates.ts";
import { createRevisionIds } from "../edit/revision-ids.ts";
import { openWord } from "../open-word.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { Revision, StoryPart, WordDocument } from "../types.ts";
import { compareFlow } from "./compare-flow.ts";
import {
  addNotesPart,
  appendToPart,
  compareNotes,
  importedNotes,
  importNoteId,
  type NoteKind,
  type NotePlan,
  notesStory,
} from "./compare-notes.ts";
import type { Comparison, DiffCounts, DiffRefusal } from "./comparison.ts";
import type { KeyContext } from "./content-key.ts";
import { createImporter, type Importer } from "./import-content.ts";
import { createDefinitions } from "./import-definitions.ts";
import { createKeyContext } from "./key-context.ts";
import { benchParts, createPackageBench, type PackageBench } from "./package-bench.ts";
import { pairHeaders } from "./pair-headers.ts";
import { createStandIns, type StandIns } from "./read-items.ts";
import { reportUntracked } from "./report-untracked.ts";
import { type StoryPair, verifyDifference } from "./verify-difference.ts";
import { changedProperties } from "./write-properties.ts";

export type DiffOptions = {
  /** Written as `w:author` of every change. */
  readonly author: string;
  /** The first change gets this second, each further one a later. */
  readonly date: Date;
};

export type DiffResult = {
  /** The first document with the changes that make it the second; its other parts byte for byte as they were. */
  readonly bytes: Uint8Array;
  /** True when both show the same, so that `bytes` are the first document's. */
  readonly isSame: boolean;
  readonly counts: Readonly<DiffCounts>;
  /** Differences that Word has no tracked form for. Empty when accepting all changes gives the second document. */
  readonly refused: readonly DiffRefusal[];
};

type Job = {
  readonly before: WordDocument;
  readonly after: WordDocument;
  readonly bench: PackageBench;
  readonly oldContext: KeyContext;
  readonly newContext: KeyContext;
  readonly importer: Importer;
  readonly standIn: StandIns;
  readonly revision: () => Revision;
  readonly nextChange: () => void;
  readonly counts: DiffCounts;
  readonly refused: DiffRefusal[];
  readonly notes: Readonly<Record<NoteKind, NotePlan>>;
  readonly replaced: Map<string, Uint8Array>;
};

/**
 * The difference of two documents as a document with tracked changes: rejecting all gives the first, accepting all the
 * second, in text, structure and formatting. Changes that are pending in either are taken as accepted. The result is
 * checked before it is returned; throws `RoundTripError` otherwise, and `FileUnsupportedError` when one document is
 * Strict and the other Transitional.
 */
export function diffDocuments(before: WordDocument, after: WordDocument, options: DiffOptions): DiffResult {
  if (before.isStrict !== after.isStrict) {
    throw new FileUnsupportedError("one of the two documents is Strict Open XML and the other is not", {
      hint: "Save both in the same format in Word, and compare again.",
    });
  }
  const job = createJob(finalView(before), finalView(after), options);
  const pairs = storyPairs(job);
  for (const pair of pairs) compareStories(job, pair);
  compareAllNotes(job, pairs);
  reportUntracked(job.before, job.after, job.refused);
  return finish(job, pairs);
}

/** The document with its pending changes accepted. */
function finalView(document: WordDocument): WordDocument {
  const bytes = settleChanges(document, { action: "accept" });
  const { limits, codec, archive } = document.package;
  if (bytes.length === archive.bytes.length && bytes.every((byte, index) => byte === archive.bytes[index]))
    return document;
  return openWord(openPackage(bytes, { limits, codec }));
}

function createJob(before: WordDocument, after: WordDocument, options: DiffOptions): Job {
  const bench = createPackageBench(before);
  const definitions = createDefinitions(bench, before, after);
  const oldContext = createKeyContext(before, (id) => `#${id}`);
  const newContext = createKeyContext(after, (id) => `#${definitions.list(id)}`);
  const refused: DiffRefusal[] = [];
  const plan = (kind: NoteKind): NotePlan => ({ kind, pairs: new Map(), imported: new Map() });
  const notes = { footnote: plan("footnote"), endnote: plan("endnote") };
  const nextDate = createRevisionDates(before.stories, options.date);
  const nextId = createRevisionIds(before.stories);
  let date = "";
  let isUsed = true;
  return {
    before,
    after,
    bench,
    oldContext,
    newContext,
    importer: createImporter({
      bench,
      after,
      before: oldContext,
      definitions,
      note: (kind, id) => {
        const own = importNoteId(bench, after, notes[kind], id);
        if (own === undefined)
          addRefusal(refused, {
            code: "note",
            reason: "a reference to a note that is not there is left out",
            part: after.mainPart,
          });
        return own;
      },
    }),
    standIn: createStandIns(),
    revision: () => {
      if (date === "") date = nextDate();
      isUsed = true;
      return { id: nextId(), author: options.author, date };
    },
    nextChange: () => {
      if (isUsed) date = "";
      isUsed = false;
    },
    counts: {
      insertedParagraphs: 0,
      deletedParagraphs: 0,
      editedParagraphs: 0,
      insertedRows: 0,
      deletedRows: 0,
      insertedColumns: 0,
      deletedColumns: 0,
      formattingChanges: 0,
      insertedCharacters: 0,
      deletedCharacters: 0,
    },
    refused,
    notes,
    replaced: new Map(),
  };
}

/** The bodies, and the headers and footers that both have. The others are told. */
function storyPairs(job: Job): StoryPair[] {
  const { before, after, refused } = job;
  const story = (document: WordDocument, name: string): StoryPart =>
    document.stories.find((each) => each.name === name)!;
  const headers = pairHeaders(before, after);
  for (const part of headers.onlyBefore)
    refused.push({
      code: "header-or-footer",
      reason: "only the first version has this header or footer: it stays",
      part,
    });
  for (const part of headers.onlyAfter)
    refused.push({
      code: "header-or-footer",
      reason: "only the second version has this header or footer: it is left out",
      part,
    });
  return [
    { before: before.stories[0]!, after: after.stories[0]! },
    ...headers.pairs.map(([old, fresh]) => ({ before: story(before, old), after: story(after, fresh) })),
  ];
}

function comparisonOf(job: Job, before: { name: string; tree: XmlTree }, after: StoryPart): Comparison {
  const { tree } = before;
  return {
    before: { tree, part: before.name, context: job.oldContext },
    after: { tree: after.tree, part: after.name, context: job.newContext },
    markup: createMarkup(tree),
    target: { part: before.name, scope: tree.scopes[tree.scope[0]!]! },
    importer: job.importer,
    standIn: job.standIn,
    revision: job.revision,
    nextChange: job.nextChange,
    counts: job.counts,
    compareFlow,
    refuse: (refusal) => addRefusal(job.refused, refusal),
    pairNotes: (old, fresh) => {
      const kind: NoteKind = nameOf(tree, old) === "w:footnoteReference" ? "footnote" : "endnote";
      const id = attribute(tree, old, "w:id");
      const other = attribute(after.tree, fresh, "w:id");
      if (id !== undefined && other !== undefined) job.notes[kind].pairs.set(id, other);
    },
  };
}

/** The same refusal in the same part is told once, with how often. */
function addRefusal(refused: DiffRefusal[], refusal: DiffRefusal): void {
  const index = refused.findIndex(
    (each) => each.code === refusal.code && each.part === refusal.part && each.reason === refusal.reason,
  );
  if (index < 0) refused.push(refusal);
  else refused[index] = { ...refusal, count: (refused[index]!.count ?? 1) + 1 };
}

function compareStories(job: Job, { before, after }: StoryPair): void {
  const comparison = comparisonOf(job, before, after);
  const isBody = before.kind === "body";
  const [old, fresh] = isBody
    ? [childNamed(before.tree, 0, "w:body"), childNamed(after.tree, 0, "w:body")]
    : [0, 0];
  if (old < 0 || fresh < 0) return;
  const splices = compareFlow(comparison, old, fresh);
  if (isBody) splices.push(...lastSection(comparison, old, fresh));
  replace(job, before, splices);
}

/** The set-up of the last section stands at the end of the body (17.6.17). */
function lastSection(comparison: Comparison, before: number, after: number): Splice[] {
  const { tree } = comparison.before;
  const old = childNamed(tree, before, "w:sectPr");
  const fresh = childNamed(comparison.after.tree, after, "w:sectPr");
  if (old < 0 || fresh < 0) {
    if (old >= 0 || fresh >= 0)
      comparison.refuse({
        code: "section-break",
        reason: "only one version says how its last section is set up: the first's stays",
        part: comparison.after.part,
      });
    return [];
  }
  const text = changedProperties(comparison, "w:sectPr", old, fresh);
  return text === undefined ? [] : [{ start: tree.start[old]!, end: tree.end[old]!, text }];
}

function replace(job: Job, story: StoryPart, splices: readonly Splice[]): void {
  if (splices.length === 0) return;
  const text = applySplices(story.tree.source, splices);
  job.replaced.set(story.name, encodePart({ text, encoding: story.encoding }));
}

function compareAllNotes(job: Job, pairs: StoryPair[]): void {
  for (const plan of Object.values(job.notes)) {
    const after = notesStory(job.after, plan.kind);
    if (after === undefined) continue;
    const before = notesStory(job.before, plan.kind);
    if (before === undefined) {
      if (plan.imported.size === 0) continue;
      const added = addNotesPart(job.bench, job.after, plan.kind);
      appendToPart(job.bench, added.name, importedNotes(comparisonOf(job, added, after), plan));
      continue;
    }
    const comparison = comparisonOf(job, before, after);
    const splices = compareNotes(comparison, plan);
    const imported = importedNotes(comparison, plan);
    const end = before.tree.closeStart[0]!;
    if (imported !== "") splices.push({ start: end, end, text: imported });
    replace(job, before, splices);
    pairs.push({ before, after, notes: plan });
  }
}

function finish(job: Job, pairs: readonly StoryPair[]): DiffResult {
  const { before, bench, counts, refused } = job;
  const parts = benchParts(bench);
  if (job.replaced.size === 0)
    return { bytes: before.package.archive.bytes.slice(), isSame: refused.length === 0, counts, refused };
  const replaced = new Map([...parts.replaced, ...job.replaced]);
  const bytes = savePackage(before.package, replaced, parts.added);
  verifyPackage(before.package, bytes, replaced, parts.added);
  verifyDifference({ before, after: job.after, pairs, bytes, context: job.newContext, refused });
  return { bytes, isSame: false, counts, refused };
}

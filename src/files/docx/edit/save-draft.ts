import { encodeParts } from "../../opc/part-bench.ts";
import { type Receipt, receiptOf } from "../../opc/receipt.ts";
import { savePackage } from "../../opc/save-package.ts";
import { verifyPackage } from "../../opc/verify-package.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import type { Inline } from "../read/read-inline.ts";
import { writeComments } from "./comment-parts.ts";
import { type Draft, hasWork, inlinesOf, type ParagraphWork } from "./draft.ts";
import { joints } from "./draft-joints.ts";
import { editRuns } from "./edit-runs.ts";
import { insertionSplices } from "./insert-paragraphs.ts";
import { revisionAttributes } from "./markup.ts";
import { paragraphFormatSplices } from "./paragraph-format.ts";
import { markSplices } from "./paragraph-marks.ts";
import type { Workbench } from "./part-workbench.ts";
import type { EditContext } from "./run-edit.ts";
import { verifyStory } from "./verify-changes.ts";
import { verifyComments } from "./verify-comments.ts";

/** Writes the draft: splices into the stories, comment parts, the zip; checked before the bytes are given out. */
export function saveDraft(draft: Draft): { bytes: Uint8Array; receipt: Receipt } {
  const { document } = draft;
  const bench: Workbench = {
    document,
    package: document.package,
    replaced: new Map(draft.bench.replaced),
    added: new Map(draft.bench.added),
  };
  const touched = new Map<string, number>();
  for (const story of document.stories) {
    const works = [...draft.works.values()].filter((work) => work.source.story === story && hasWork(work));
    const structures = draft.structures.filter((each) => each.story === story);
    const splices = [
      ...works.flatMap((work) => workSplices(draft, work)),
      ...structures.flatMap((each) => each.splices),
      ...(draft.points.get(story.name) ?? []),
    ];
    if (splices.length === 0) continue;
    const text = applySplices(story.tree.source, splices);
    const commentIds = new Set(draft.newComments.map(({ id }) => id));
    verifyStory({
      document,
      story,
      works,
      structures,
      splices,
      text,
      ours: draft.ours,
      comments: commentIds,
      mode: draft.mode,
      author: draft.author,
    });
    bench.replaced.set(story.name, { text, encoding: story.encoding });
    touched.set(
      story.name,
      splices.reduce((sum, each) => sum + each.end - each.start + each.text.length, 0),
    );
  }
  writeComments(bench, draft.newComments, draft.resolved);
  const newParts = encodeParts(bench.replaced);
  const addedParts = new Map([...encodeParts(bench.added), ...draft.media]);
  const bytes = savePackage(document.package, newParts, addedParts);
  verifyPackage(document.package, bytes, newParts, addedParts);
  verifyComments(bytes, draft.newComments, draft.resolved);
  return { bytes, receipt: receiptOf(document.package, newParts, addedParts, touched) };
}

function workSplices(draft: Draft, work: ParagraphWork): Splice[] {
  const context = draft.contexts.get(work.source.story.name)!;
  const edits = [...work.edits].sort((a, b) => a.start - b.start || a.end - b.end);
  // Properties come before what else is put at the paragraph's start.
  return inlinesOf(work.source).flatMap((inline) => {
    const { splices, marks } = joints(context, work, inline);
    return [
      ...deletionSplices(context, work, inline),
      ...propertySplices(context, work, inline),
      ...insertionSplices(context, draft.document, work, inline),
      ...splices,
      ...editRuns(context, inline, edits, [...work.marks, ...marks], work.formats),
    ];
  });
}

function propertySplices(context: EditContext, { properties }: ParagraphWork, inline: Inline): Splice[] {
  if (properties === undefined) return [];
  return paragraphFormatSplices(context, inline.element, properties.set, properties.revision);
}

function deletionSplices(context: EditContext, work: ParagraphWork, inline: Inline): Splice[] {
  if (work.deletion?.withMark !== true || context.mode === "direct") return [];
  const attributes = revisionAttributes({ id: context.ids(), ...work.deletion.revision });
  return markSplices(
    context.tree,
    context.markup,
    inline.element,
    context.markup.element("w:del", attributes),
  );
}

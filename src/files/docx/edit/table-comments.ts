import { sourceOf, storyContainer } from "../read/read-paragraphs.ts";
import type { Paragraph, StoryPart } from "../types.ts";
import type { CommentEnds } from "./deleted-content.ts";
import { type Draft, type Signature, workOn } from "./draft.ts";
import { addComment } from "./draft-comments.ts";
import type { RefusalReason } from "./run-edit.ts";

/**
 * The markup of a comment on rows or cells that are deleted, which goes with them. What is cut out without a tracked
 * change is gone at once, so there the comment stands at the nearest text that stays.
 */
export function commentEnds(
  draft: Draft,
  story: StoryPart,
  parts: readonly number[],
  comment: { readonly on: number; readonly text: string; readonly isCut: boolean } | undefined,
  signature: Signature,
): CommentEnds | RefusalReason | undefined {
  if (comment === undefined) return undefined;
  const { on, text, isCut } = comment;
  if (!isCut) {
    const range = addComment(draft, story, text, signature);
    return { before: range.before, after: range.end + range.reference, on };
  }
  const place = nearestText(draft, story, parts);
  if (place === undefined) {
    return {
      code: "unsupported",
      reason: "a comment needs words to stand at, and there are none around what is deleted",
      fix: "Make the change without a comment.",
    };
  }
  const range = addComment(draft, story, text, signature);
  const markup = range.before + range.end + range.reference;
  workOn(draft, place).marks.push({ offset: 0, side: "start", markup });
  return undefined;
}

function nearestText(draft: Draft, story: StoryPart, parts: readonly number[]): Paragraph | undefined {
  const { tree } = story;
  const container = storyContainer(tree, parts[0]!);
  const distance = (paragraph: Paragraph): number => {
    const { element } = sourceOf(paragraph).inline;
    return Math.min(
      ...parts.map((part) => (element < part ? part - element : element - tree.next[part]! + 1)),
    );
  };
  return draft.document.paragraphs
    .filter((paragraph) => {
      if (paragraph.part !== story.name) return false;
      const { inline, twin } = sourceOf(paragraph);
      const isGone = parts.some((part) => inline.element > part && inline.element < tree.next[part]!);
      const isFree = twin === undefined && draft.works.get(paragraph.id)?.deletion === undefined;
      return (
        !isGone && isFree && inline.finalText !== "" && storyContainer(tree, inline.element) === container
      );
    })
    .sort((a, b) => distance(a) - distance(b))[0];
}

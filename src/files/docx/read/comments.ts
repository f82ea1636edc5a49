import { hasPart, isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { attribute, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { Comment, StoryPart, WordDocument } from "../types.ts";
import { paragraphText } from "./paragraph-text.ts";
import { sourceOf } from "./read-paragraphs.ts";

type Thread = { readonly parent?: string; readonly isResolved: boolean };

/** The document's comments in the order of their part, with what they are anchored to and how they answer each other. */
export function comments(document: WordDocument): Comment[] {
  const story = document.stories.find((each) => each.kind === "comments");
  if (story === undefined) return [];
  const threads = readThreads(document);
  const anchors = readAnchors(document);
  const paraIds = new Map<string, string>();
  const found = childrenOf(story.tree, 0).filter((element) => nameOf(story.tree, element) === "w:comment");
  for (const element of found) {
    const paraId = lastParaId(story, element);
    if (paraId !== undefined) paraIds.set(paraId, attribute(story.tree, element, "w:id") ?? "");
  }
  return found.map((element) => {
    const { tree } = story;
    const id = attribute(tree, element, "w:id") ?? "";
    const date = attribute(tree, element, "w:date");
    const initials = attribute(tree, element, "w:initials");
    const thread = threads.get(lastParaId(story, element) ?? "");
    const replyTo = thread?.parent === undefined ? undefined : paraIds.get(thread.parent);
    const anchor = anchors.get(id);
    return {
      id,
      author: attribute(tree, element, "w:author") ?? "",
      text: commentText(document, id),
      isResolved: thread?.isResolved ?? false,
      ...(date !== undefined && { date }),
      ...(initials !== undefined && { initials }),
      ...(replyTo !== undefined && { replyTo }),
      ...(anchor !== undefined && { quote: anchor.quote, paragraph: anchor.paragraph }),
    };
  });
}

function lastParaId(story: StoryPart, comment: number): string | undefined {
  const last = descendantsNamed(story.tree, comment, "w:p").at(-1);
  return last === undefined ? undefined : attribute(story.tree, last, "w14:paraId")?.toUpperCase();
}

function commentText(document: WordDocument, id: string): string {
  return document.paragraphs
    .filter((each) => each.story.kind === "comment" && each.story.id === id)
    .map((each) => paragraphText(each))
    .join("\n");
}

function readThreads(document: WordDocument): Map<string, Thread> {
  const threads = new Map<string, Thread>();
  const relationship = relationshipsOf(document.package, document.mainPart).find((each) =>
    isRelationshipType(each, "commentsExtended"),
  );
  if (relationship === undefined || !hasPart(document.package, relationship.target)) return threads;
  const { text } = decodePart(readPart(document.package, relationship.target), relationship.target);
  const tree = scanXml(text, document.package.limits.depth);
  for (const element of childrenOf(tree, 0)) {
    const paraId = attribute(tree, element, "w15:paraId")?.toUpperCase();
    const parent = attribute(tree, element, "w15:paraIdParent")?.toUpperCase();
    if (paraId === undefined) continue;
    const isResolved = /^(1|true|on)$/.test(attribute(tree, element, "w15:done") ?? "");
    threads.set(paraId, { isResolved, ...(parent !== undefined && { parent }) });
  }
  return threads;
}

/** The final text between a comment's range markers, by comment id. */
function readAnchors(document: WordDocument): Map<string, { quote: string; paragraph: string }> {
  const anchors = new Map<string, { quote: string; paragraph: string }>();
  const open = new Set<string>();
  for (const paragraph of document.paragraphs) {
    if (paragraph.story.kind === "comment") continue;
    const { story, inline } = sourceOf(paragraph);
    for (const id of open) anchors.get(id)!.quote += "\n";
    for (const piece of inline.pieces) {
      const name = nameOf(story.tree, piece.element);
      const id = piece.text === "" ? attribute(story.tree, piece.element, "w:id") : undefined;
      if (name === "w:commentRangeStart" && id !== undefined) {
        open.add(id);
        anchors.set(id, { quote: "", paragraph: paragraph.id });
      } else if (name === "w:commentRangeEnd" && id !== undefined) {
        open.delete(id);
      } else if (name === "w:commentReference" && id !== undefined && !anchors.has(id)) {
        anchors.set(id, { quote: "", paragraph: paragraph.id });
      } else if (piece.end > piece.start) {
        for (const each of open) anchors.get(each)!.quote += piece.text;
      }
    }
  }
  return anchors;
}

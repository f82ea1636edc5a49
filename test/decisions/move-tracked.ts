import type { Ledger, Suggestion } from "../../src/feedback/index.ts";
import {
  type Change,
  openFile,
  type Paragraph,
  paragraphText,
  planChanges,
  wholeParagraph,
} from "../../src/files/index.ts";
import type { Draw } from "./random-document.ts";
import type { Truth } from "./simulate-return.ts";

/** Cuts a paragraph with a settled suggestion and pastes it elsewhere, both as tracked changes of another person. */
export function moveTracked(
  bytes: Uint8Array,
  ledger: Ledger,
  truths: ReadonlyMap<string, Truth>,
  draw: Draw,
  history: string[],
): Uint8Array {
  const document = openFile(bytes);
  const settled = ledger.suggestions.filter(({ id }) =>
    /^(accepted|rejected)$/.test(truths.get(id)!.outcome),
  );
  // What is pasted as text has the formatting of its new place.
  if (ledger.suggestions.some(({ kind }) => kind.startsWith("format"))) return bytes;
  const free = document.paragraphs.filter(isFree);
  const from = free.filter((each) => settled.some((suggestion) => isHome(suggestion, paragraphText(each))));
  if (from.length === 0 || free.length < 4) return bytes;
  const source = draw.pick(from);
  const target = draw.pick(free.filter((each) => each !== source));
  const changes: Change[] = [
    { id: "cut", kind: "delete", at: wholeParagraph(source) },
    { id: "paste", kind: "insert-after", at: wholeParagraph(target), text: paragraphText(source) },
  ];
  const date = new Date("2026-06-03T16:00:00Z");
  const plan = planChanges(document, changes, { author: "Bob Reader", date });
  if (plan.refused.length > 0) return bytes;
  history.push("moved, tracked");
  return plan.save().bytes;
}

/** A paragraph of the body, all of it text, with nobody's changes in it. */
function isFree(paragraph: Paragraph): boolean {
  const { story, cell, isInTextBox, markInserted, markDeleted, spans } = paragraph;
  if (story.kind !== "body" || cell !== undefined || isInTextBox || (markInserted ?? markDeleted))
    return false;
  const isPlain = spans.every(({ inserted, deleted, lock }) => !(inserted ?? deleted ?? lock));
  return isPlain && /\w+ \w+ \w+/.test(paragraphText(paragraph)) && !/[\n\t]/.test(paragraphText(paragraph));
}

function isHome({ paragraphBefore, paragraphAfter }: Suggestion, text: string): boolean {
  return [paragraphBefore, paragraphAfter].some((each) => each.split("\n").includes(text));
}

import { endsSection, isLastInContainer } from "../files/docx/edit/paragraph-marks.ts";
import { sourceOf } from "../files/docx/read/read-paragraphs.ts";
import { type Anchor, type Change, type Paragraph, paragraphText } from "../files/index.ts";
import type { Token } from "./tokens.ts";
import { isWhole, type PlaceNow, type ReadPlace, type Stretch, textOf } from "./undo-place.ts";

/** A paragraph that has to begin anew: after these words of what is put back at the stretch's start. */
export type Cut = { readonly at: Stretch; readonly after: string };

/** What puts one place back as it was: changes, and cuts to make once they are made. */
export type Reversal = {
  readonly changes: readonly Change[];
  readonly cuts: readonly Cut[];
  /** Paragraphs that go altogether. */
  readonly removed: readonly Paragraph[];
};

/** Why a place can't be put back, in words for a person. */
export type Irreversible = { readonly reason: string };

/** The new words of an accepted place taken out again, and the old ones put back. `removed`: paragraphs that go anyway. */
export function reversePlace(
  place: ReadPlace,
  now: PlaceNow,
  removed: ReadonlySet<Paragraph>,
): Reversal | Irreversible {
  const { old, new: fresh } = place.hunk;
  const [oldMarks, newMarks] = [marksIn(old), marksIn(fresh)];
  if (now.ends.size !== newMarks) return { reason: "the paragraphs of the place are cut otherwise now" };
  if (newMarks > 0 && old.length > 0)
    return { reason: "paragraphs became others, and words alone do not tell how to put them back" };
  if (newMarks > 0) return removeParagraphs(now);
  const [stretch] = now.stretches;
  if (oldMarks > 0 && fresh.length === 0 && isMark(old.at(-1)) && now.between !== undefined)
    return insertParagraphs(old, now, removed);
  if (stretch === undefined || now.stretches.length > 1)
    return { reason: "the place is not in one paragraph" };
  if (stretch.start === stretch.end && !place.isSure)
    return { reason: "the words on both sides of the place are others now" };
  return replaceWords(stretch, old);
}

function isMark(token: Token | undefined): boolean {
  return token?.kind === "mark";
}

function marksIn(tokens: readonly Token[]): number {
  return tokens.filter(isMark).length;
}

/** Words back into a paragraph. Where paragraphs were joined it is cut again. */
function replaceWords(stretch: Stretch, old: readonly Token[]): Reversal {
  let text = "";
  const cuts: Cut[] = [];
  for (const token of old) {
    if (isMark(token)) cuts.push({ at: stretch, after: text });
    else text += token.text;
  }
  if (text === textOf(stretch)) return { changes: [], cuts, removed: [] };
  return { changes: [{ kind: "replace", at: anchorOf(stretch), text }], cuts, removed: [] };
}

/** An anchor at the stretch. */
export function anchorOf(stretch: Stretch): Anchor {
  const { paragraph, start, end } = stretch;
  return { paragraph: paragraph.id, start, end, quote: textOf(stretch) };
}

/** An anchor at the paragraph's end. */
export function endOf(paragraph: Paragraph): Anchor {
  const { length } = paragraphText(paragraph);
  return { paragraph: paragraph.id, start: length, end: length, quote: "" };
}

/** New paragraphs go with their marks; where a mark has to stay, the one before it goes in its stead. */
function removeParagraphs({ stretches, ends, between }: PlaceNow): Reversal | Irreversible {
  const whole = stretches.filter((stretch) => ends.has(stretch.paragraph) && isWhole(stretch));
  const words = stretches.filter(({ start, end }) => end > start);
  const isAll = whole.length === ends.size && words.every((stretch) => whole.includes(stretch));
  if (isAll && whole.every(({ paragraph }) => !keepsMark(paragraph))) {
    const changes = whole.map((stretch): Change => ({ kind: "delete", at: anchorOf(stretch) }));
    return { changes, cuts: [], removed: whole.map(({ paragraph }) => paragraph) };
  }
  let marks = [...ends];
  if (marks.some(keepsMark)) {
    if (!isAll || between?.previous === undefined)
      return { reason: "the last paragraph's end can't be deleted" };
    marks = [between.previous, ...marks.slice(0, -1)];
  }
  const joins = marks.map((paragraph): Change => ({ kind: "merge", at: endOf(paragraph), text: "" }));
  const cleared = words.map((stretch): Change => ({ kind: "replace", at: anchorOf(stretch), text: "" }));
  return { changes: [...joins, ...cleared], cuts: [], removed: [] };
}

/** True where no paragraph follows that could take the text over, or a section ends. */
export function keepsMark(paragraph: Paragraph): boolean {
  const { story, inline } = sourceOf(paragraph);
  return isLastInContainer(story.tree, inline.element) || endsSection(story.tree, inline.element);
}

/** Whole paragraphs back to where they stood: after the one before, unless that is in another cell, box or note. */
function insertParagraphs(
  old: readonly Token[],
  { between, stretches }: PlaceNow,
  removed: ReadonlySet<Paragraph>,
): Reversal | Irreversible {
  const lines = linesOf(old);
  const next = between?.next;
  const previous = between?.previous;
  const isPlain = lines.every((line) => !/[\r\n]/.test(line)) && lines.some((line) => line.trim() !== "");
  if (previous !== undefined && isPlain && !removed.has(previous) && isBeside(previous, next)) {
    const text = lines.join("\n");
    return { changes: [{ kind: "insert-after", at: endOf(previous), text }], cuts: [], removed: [] };
  }
  const [stretch] = stretches;
  if (stretch === undefined || next === undefined || stretch.paragraph !== next)
    return { reason: "no paragraph is left beside which it stood" };
  if (removed.has(next)) return { reason: "the paragraph beside which it stood goes as well" };
  return replaceWords({ paragraph: next, start: stretch.start, end: stretch.start }, old);
}

/** The words between marks; the last mark ends the last line. */
function linesOf(tokens: readonly Token[]): string[] {
  const lines = [""];
  for (const token of tokens) {
    if (isMark(token)) lines.push("");
    else lines[lines.length - 1] += token.text;
  }
  return lines.slice(0, -1);
}

/** True when a paragraph after `previous` stands where one before `next` would; body text may be followed by a table. */
function isBeside(previous: Paragraph, next: Paragraph | undefined): boolean {
  const isFree = previous.cell === undefined && !previous.isInTextBox;
  if (next === undefined) return isFree;
  if (previous.part !== next.part || storyId(previous) !== storyId(next)) return false;
  if (isFree && next.cell !== undefined) return !next.isInTextBox;
  return (
    previous.isInTextBox === next.isInTextBox && JSON.stringify(previous.cell) === JSON.stringify(next.cell)
  );
}

function storyId({ story }: Paragraph): string {
  return "id" in story ? story.id : "";
}

import { type Paragraph, paragraphText } from "../files/index.ts";
import type { ReadSuggestion } from "./decisions.ts";
import type { StoryParagraphs } from "./issued-stories.ts";
import { pictureText } from "./known-pictures.ts";
import type { ReturnedToken } from "./returned-tokens.ts";

/** A place of a suggestion as it was read from the returned file. */
export type ReadPlace = ReadSuggestion["places"][number];

/** A stretch of one paragraph's final text; empty where nothing of the place stands there. */
export type Stretch = {
  readonly paragraph: Paragraph;
  readonly start: number;
  readonly end: number;
};

/** Where a place stands in the file as it is now, in terms that a change can be anchored to. */
export type PlaceNow = {
  /** What stands in the place, paragraph by paragraph; at least one unless the story has no paragraph there. */
  readonly stretches: readonly Stretch[];
  /** The paragraphs whose ends stand in the place. */
  readonly ends: ReadonlySet<Paragraph>;
  /** The paragraphs before and after the place, where it stands between two. */
  readonly between?: { readonly previous?: Paragraph; readonly next?: Paragraph };
  /** Grows in the reading order of the story. */
  readonly order: number;
};

/** Finds the place among the paragraphs of its story; tokens that others' pending changes delete don't count. */
export function placeNow(place: ReadPlace, stories: readonly StoryParagraphs[]): PlaceNow {
  const { paragraphs = [] } = stories.find(({ story }) => story === place.story) ?? {};
  const { tokens, start, end } = place;
  const first = paragraphAt(place, start);
  const stretches: Stretch[] = [];
  const ends = new Set<Paragraph>();
  for (let index = first; index <= Math.max(first, paragraphAt(place, end - 1)); index++) {
    const paragraph = paragraphs[index];
    if (paragraph === undefined) continue;
    const [left, right] = [offsetIn(tokens, index, start), offsetIn(tokens, index, end)];
    stretches.push({ paragraph, start: left, end: right });
  }
  for (const { kind, paragraph } of tokens.slice(start, end))
    if (kind === "mark") ends.add(paragraphs[paragraph]!);
  const isBetween = start === 0 || tokens[start - 1]!.kind === "mark";
  const [previous, next] = [paragraphs[first - 1], paragraphs[first]];
  return {
    stretches,
    ends,
    order: first * 1e6 + start,
    ...(isBetween && {
      between: { ...(previous !== undefined && { previous }), ...(next !== undefined && { next }) },
    }),
  };
}

/** Index of the paragraph in which the token stands; after the last one, of the paragraph that follows. */
function paragraphAt({ tokens, from }: ReadPlace, at: number): number {
  if (at < tokens.length) return tokens[Math.max(at, 0)]?.paragraph ?? from;
  const last = tokens.at(-1);
  return last === undefined ? from : last.paragraph + 1;
}

/** Offset in the paragraph's final text at which the token `at` stands; 0 or the text's length when it is in another. */
function offsetIn(tokens: readonly ReturnedToken[], paragraph: number, at: number): number {
  let offset = 0;
  for (let index = 0; index < Math.min(at, tokens.length); index++) {
    const token = tokens[index]!;
    if (token.paragraph === paragraph && !token.isGone && hasText(token)) offset += token.text.length;
  }
  return offset;
}

/** A picture is a token, but no text. */
function hasText({ kind, plain }: ReturnedToken): boolean {
  return kind !== "mark" && !plain.startsWith(pictureText);
}

/** The words of a stretch. */
export function textOf({ paragraph, start, end }: Stretch): string {
  return paragraphText(paragraph).slice(start, end);
}

/** True when the stretch is all that the paragraph says. */
export function isWhole({ paragraph, start, end }: Stretch): boolean {
  return start === 0 && end === paragraphText(paragraph).length;
}

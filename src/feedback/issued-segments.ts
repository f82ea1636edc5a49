import { picturesOf } from "../files/docx/read/pictures.ts";
import type { Paragraph, WordDocument } from "../files/index.ts";
import { type LookRange, lookRanges, type OwnerOf } from "./issued-looks.ts";
import { pictureKey, pictureText } from "./known-pictures.ts";
import type { IssuedSegment } from "./ledger-types.ts";

/** A paragraph's text in segments by the suggestion that changes it; `hasLooks`: its formatting is to be read too. */
export function issuedSegments(
  document: WordDocument,
  paragraph: Paragraph,
  ownerOf: OwnerOf,
  hasLooks: boolean,
): IssuedSegment[] {
  const ranges = hasLooks ? lookRanges(document, paragraph, ownerOf) : [];
  const pictures = picturesOf(document, paragraph).flatMap((picture) => {
    const of = ownerOf(picture.inserted);
    if (of === undefined || picture.deleted !== undefined) return [];
    const segment = { text: pictureText, side: "new" as const, of, picture: pictureKey(document, picture) };
    return [{ offset: picture.offset, segment }];
  });
  const cuts = [...ranges.flatMap(({ start, end }) => [start, end]), ...pictures.map(({ offset }) => offset)];
  const segments: IssuedSegment[] = [];
  const putPictures = (offset: number): void => {
    while (pictures[0]?.offset === offset) segments.push(pictures.shift()!.segment);
  };
  let offset = 0;
  for (const span of paragraph.spans) {
    for (const text of cutText(
      span.text,
      cuts.map((cut) => cut - offset),
    )) {
      putPictures(offset);
      const state = stateOf(span, ownerOf);
      const looks = looksAt(ranges, offset, offset + text.length);
      segments.push({ text, ...state, ...(looks.length > 0 && { looks }) });
      offset += text.length;
    }
  }
  putPictures(offset);
  return joinAlike(segments);
}

type State = Pick<IssuedSegment, "side" | "of" | "isLoose">;

function stateOf({ inserted, deleted, lock }: Paragraph["spans"][number], ownerOf: OwnerOf): State {
  const [newOf, oldOf] = [ownerOf(inserted), ownerOf(deleted)];
  const isTheirs =
    (inserted !== undefined && newOf === undefined) || (deleted !== undefined && oldOf === undefined);
  const of = oldOf ?? newOf;
  return {
    ...(of !== undefined && { side: oldOf === undefined ? ("new" as const) : ("old" as const), of }),
    ...((isTheirs || lock === "field") && { isLoose: true }),
  };
}

function looksAt(ranges: readonly LookRange[], start: number, end: number): LookRange["look"][] {
  return ranges.filter((range) => range.start < end && start < range.end).map(({ look }) => look);
}

/** The text in pieces that begin where it is cut; nothing of an empty one. */
function cutText(text: string, cuts: readonly number[]): string[] {
  const inside = cuts.filter((cut) => cut > 0 && cut < text.length);
  const all = [...new Set([0, ...inside, text.length])].sort((a, b) => a - b);
  return all.slice(1).map((end, index) => text.slice(all[index]!, end));
}

function joinAlike(segments: readonly IssuedSegment[]): IssuedSegment[] {
  const joined: IssuedSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const isAlike =
      last?.of === segment.of &&
      last?.side === segment.side &&
      last?.isLoose === segment.isLoose &&
      last?.picture === segment.picture &&
      JSON.stringify(last?.looks) === JSON.stringify(segment.looks);
    if (last !== undefined && isAlike)
      joined[joined.length - 1] = { ...segment, text: last.text + segment.text };
    else joined.push(segment);
  }
  return joined;
}

import { BadRequestError, RoundTripError } from "../../errors.ts";
import {
  type Change,
  type ContentBlock,
  type ContentRun,
  findSection,
  openFile,
  outline,
  type Paragraph,
  planChanges,
  type WordDocument,
  wholeParagraph,
} from "../../files/index.ts";
import { composeSections } from "./compose/compose-document.ts";
import type { CitationStyle } from "./compose/compose-sentences.ts";
import { addFigureRecord, figureRecord, readFigureRecords } from "./figures/figure-record.ts";
import type { Draft, Sources } from "./types.ts";

export type IntoDelivery = {
  readonly sources: Sources;
  readonly created: Date;
  readonly author: string;
  readonly citations: CitationStyle;
  readonly document: Uint8Array;
  /** `heading:Risks` or `Risks`: the sections come behind that one. Defaults to the document's end. */
  readonly after?: string | undefined;
};

/** Where the sections go, and how deep their headings are below the document's first level. */
type Place = { readonly paragraph: Paragraph; readonly side: "before" | "after"; readonly depth: number };

/**
 * The draft's sections in an existing document, as one tracked insertion in its styles and numbering, with the record
 * of their figures. Refusing all gives the document back. Throws `TargetNotFoundError` when there is no such section,
 * `BadRequestError` where nothing can be inserted.
 */
export function deliverInto(draft: Draft, delivery: IntoDelivery): Uint8Array {
  const { sources, created, author, citations } = delivery;
  const document = openFile(delivery.document);
  const place = placeIn(document, delivery.after);
  const prefix = bookmarkPrefix(document);
  const blocks = composeSections(draft, { sources, created, author, citations, depth: place.depth });
  const change: Change = {
    kind: "insert-content",
    at: wholeParagraph(place.paragraph),
    side: place.side,
    blocks: blocks.map((block) => withBookmarks(block, prefix)),
  };
  const plan = planChanges(document, [change], { author, date: created });
  const [refusal] = plan.refused;
  if (refusal !== undefined)
    throw new BadRequestError(`the sections can't be put there: ${refusal.reason}`, { hint: refusal.fix });
  const { bytes } = plan.save();
  return addFigureRecord(openFile(bytes), figureRecord(draft, prefix)) ?? bytes;
}

function placeIn(document: WordDocument, after: string | undefined): Place {
  const body = document.paragraphs.filter(({ story, isInTextBox }) => story.kind === "body" && !isInTextBox);
  const last = body.at(-1);
  if (last === undefined) throw new RoundTripError("the document's body has no paragraph");
  if (after === undefined)
    return atEnd(body, Math.min(1, ...outline(document).map(({ level }) => level)) - 1);
  const { heading, paragraphs } = findSection(document, after.replace(/^heading:\s*/iu, ""));
  const depth = heading.level - 1;
  const end = paragraphs.at(-1)?.id ?? heading.paragraph;
  const next = body[body.findIndex(({ id }) => id === end) + 1];
  // The heading that follows is a surer place than the section's end, which may be a table.
  return next === undefined || next.cell !== undefined
    ? atEnd(body.slice(0, next === undefined ? undefined : body.indexOf(next)), depth)
    : { paragraph: next, side: "before", depth };
}

function atEnd(body: readonly Paragraph[], depth: number): Place {
  const paragraph = body.findLast(({ cell }) => cell === undefined);
  if (paragraph === undefined)
    throw new BadRequestError("the document is one table, and sections don't go into cells", {
      hint: "add an empty paragraph behind the table in Word",
    });
  return { paragraph, side: "after", depth };
}

/** Bookmarks of an earlier insertion keep their names; ours get a number of their own then. */
function bookmarkPrefix(document: WordDocument): string {
  const count = readFigureRecords(document).length;
  const isTaken = (prefix: string): boolean =>
    document.stories.some(({ tree }) => tree.source.includes(`"${prefix}`));
  let number = count;
  while (isTaken(prefixOf(number))) number++;
  return prefixOf(number);
}

function prefixOf(number: number): string {
  return number === 0 ? "tandem_" : `tandem${number + 1}_`;
}

function withBookmarks(block: ContentBlock, prefix: string): ContentBlock {
  const name = (own: string): string => own.replace(/^tandem_/u, prefix);
  const run = (each: ContentRun): ContentRun => ({
    ...each,
    ...(each.bookmark !== undefined && { bookmark: name(each.bookmark) }),
    ...(each.reference !== undefined && { reference: name(each.reference) }),
  });
  const marked =
    "bookmark" in block && block.bookmark !== undefined ? { bookmark: name(block.bookmark) } : {};
  return "runs" in block ? { ...block, ...marked, runs: block.runs.map(run) } : block;
}

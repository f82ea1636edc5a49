import type { XmlTree } from "../../xml/scan-xml.ts";
import type { CellAddress, Paragraph, Revision, Span, Story } from "../types.ts";
import { marksOf } from "./marks.ts";
import type { Inline } from "./read-inline.ts";
import type { ParagraphSource } from "./read-paragraphs.ts";

/**
 * A paragraph that knows where it comes from and reads its spans when they are asked for. A class with private fields,
 * because a large document has so many: a `WeakMap` and a getter for each took a third of the time to read it.
 */
export class SourcedParagraph implements Paragraph {
  readonly id: string;
  readonly part: string;
  readonly ordinal: number;
  readonly story: Story;
  readonly isInTextBox: boolean;
  declare readonly spans: readonly Span[];
  declare paraId?: string;
  declare styleId?: string;
  declare styleName?: string;
  declare headingLevel?: number;
  declare numbering?: string;
  declare listLevel?: number;
  declare cell?: CellAddress;
  declare markInserted?: Revision;
  declare markDeleted?: Revision;
  readonly #source: ParagraphSource;
  #spans: readonly Span[] | undefined;

  constructor(source: ParagraphSource, id: string, ordinal: number, story: Story, isInTextBox: boolean) {
    this.#source = source;
    this.id = id;
    this.part = source.story.name;
    this.ordinal = ordinal;
    this.story = story;
    this.isInTextBox = isInTextBox;
    Object.defineProperty(this, "spans", SourcedParagraph.#ownSpans);
  }

  /** One for all paragraphs, and a property of each: copies and JSON have the spans. */
  static readonly #ownSpans: PropertyDescriptor & ThisType<SourcedParagraph> = {
    enumerable: true,
    configurable: true,
    get(): readonly Span[] {
      const { story, inline } = this.#source;
      this.#spans ??= spansOf(story.tree, inline);
      return this.#spans;
    },
  };

  /** Undefined for a copy of a paragraph. */
  static sourceOf(paragraph: Paragraph): ParagraphSource | undefined {
    return #source in paragraph ? paragraph.#source : undefined;
  }
}

function spansOf(tree: XmlTree, inline: Inline): Span[] {
  const spans: Span[] = [];
  for (const piece of inline.pieces) {
    if (piece.kind === "marker" || (piece.kind === "special" && piece.text === "")) continue;
    const marks = piece.run < 0 ? {} : marksOf(tree, inline.runs[piece.run]!.element);
    const { text, inserted, deleted, link, lock } = piece;
    const last = spans.at(-1);
    const next: Span = {
      text,
      marks,
      ...(inserted && { inserted }),
      ...(deleted && { deleted }),
      ...(link !== undefined && { link }),
      ...(lock && { lock }),
    };
    if (last !== undefined && canJoin(last, next))
      spans[spans.length - 1] = { ...last, text: last.text + text };
    else spans.push(next);
  }
  return spans;
}

function canJoin(last: Span, next: Span): boolean {
  const isSameRevision = (a: Revision | undefined, b: Revision | undefined): boolean =>
    a === b || (a !== undefined && b !== undefined && a.author === b.author && a.date === b.date);
  return (
    last.lock === next.lock &&
    next.lock !== "object" &&
    last.link === next.link &&
    isSameRevision(last.inserted, next.inserted) &&
    isSameRevision(last.deleted, next.deleted) &&
    JSON.stringify(last.marks) === JSON.stringify(next.marks)
  );
}

import { createDocument } from "../../files/docx/create/create-document.ts";
import { openFile } from "../../files/open-file.ts";
import { composeDocument } from "./compose/compose-document.ts";
import type { CitationStyle } from "./compose/compose-sentences.ts";
import { deliverInto } from "./deliver-into.ts";
import { addFigureRecord, figureRecord } from "./figures/figure-record.ts";
import type { Draft, Sources } from "./types.ts";

export type Delivery = {
  readonly sources: Sources;
  readonly created: Date;
  readonly author: string;
  readonly citations: CitationStyle;
  /** A `.docx` or `.dotx` in whose look the document is written. */
  readonly template?: Uint8Array | undefined;
  /** A document that gets the sections as tracked insertions, in place of a new one. */
  readonly into?: { readonly document: Uint8Array; readonly after?: string | undefined } | undefined;
};

/** The draft as the bytes of a Word file, with the record of its figures and tables in it. */
export function deliverDocument(draft: Draft, delivery: Delivery): Uint8Array {
  const { sources, created, author, citations, template, into } = delivery;
  if (into !== undefined) return deliverInto(draft, { sources, created, author, citations, ...into });
  const { blocks, properties } = composeDocument(draft, { sources, created, author, citations });
  const bytes = createDocument(blocks, properties, template === undefined ? {} : { template });
  return addFigureRecord(openFile(bytes), figureRecord(draft)) ?? bytes;
}

import { createDocument } from "../../files/docx/create/create-document.ts";
import { describeTemplate } from "../../files/docx/create/describe-template.ts";
import { openFile } from "../../files/open-file.ts";
import type { LayOut } from "../task.ts";
import { checkSlots, takesText } from "./check-slots.ts";
import { composeDocument } from "./compose/compose-document.ts";
import type { CitationStyle } from "./compose/compose-sentences.ts";
import { deliverInto } from "./deliver-into.ts";
import { addFigureRecord, figureRecord } from "./figures/figure-record.ts";
import { type NumberedHeadings, numberHeadings } from "./number-headings.ts";
import type { Draft, Sources } from "./types.ts";

export type Delivery = {
  readonly sources: Sources;
  readonly created: Date;
  readonly author: string;
  readonly citations: CitationStyle;
  /** A `.docx` or `.dotx` in whose look the document is written. */
  readonly template?: Uint8Array | undefined;
  /** What fills the template's content controls, by tag or title. */
  readonly slots?: Readonly<Record<string, string>> | undefined;
  /** A document that gets the sections as tracked insertions, in place of a new one. */
  readonly into?: { readonly document: Uint8Array; readonly after?: string | undefined } | undefined;
  /** Finds the pages for a table of contents. */
  readonly layOut?: LayOut | undefined;
};

export type DeliveredDocument = { readonly docx: Uint8Array; readonly notes: readonly string[] };

/** The draft as the bytes of a Word file, with the record of its figures and tables in it. */
export async function deliverDocument(draft: Draft, delivery: Delivery): Promise<DeliveredDocument> {
  const { sources, created, author, citations, into } = delivery;
  if (into !== undefined)
    return { docx: deliverInto(draft, { sources, created, author, citations, ...into }), notes: [] };
  const { docx, notes } = await newDocument(draft, delivery);
  return { docx: addFigureRecord(openFile(docx), figureRecord(draft)) ?? docx, notes };
}

async function newDocument(draft: Draft, delivery: Delivery): Promise<DeliveredDocument> {
  const { sources, created, author, citations, template, slots, layOut } = delivery;
  const { blocks, properties } = composeDocument(draft, { sources, created, author, citations });
  const options = { ...(template !== undefined && { template }), ...(slots !== undefined && { slots }) };
  const numbered: NumberedHeadings = numberHeadings(blocks);
  const docx = createDocument(numbered.blocks, properties, options);
  const open = template === undefined ? [] : [...keptBody(template, slots), ...openPlaces(docx)];
  if (!listsPages(docx)) return { docx, notes: open };
  const found = (await layOut?.(docx, numbered.bookmarks)) ?? {
    kind: "unknown",
    reason: "nothing here can lay it out",
  };
  if (found.kind === "unknown")
    return { docx, notes: [...open, `the page numbers of the contents are left to Word: ${found.reason}`] };
  const withPages = createDocument(numbered.blocks, properties, { ...options, pageNumbers: found.pages });
  return {
    docx: withPages,
    notes: [
      ...open,
      "the page numbers of the contents are LibreOffice's; in Word, F9 in the table brings them up to date",
    ],
  };
}

/** Says so when a slot of the body has kept all of it, since nothing marks the place of the text. */
function keptBody(template: Uint8Array, slots: Delivery["slots"]): string[] {
  const { contentPlace, controls } = describeTemplate(template);
  const names = new Set(Object.keys(slots ?? {}).map((name) => name.toLowerCase()));
  const isKept =
    contentPlace === "body" &&
    controls.some(
      ({ tag, title, story }) =>
        story === "body" && [tag, title].some((name) => names.has((name ?? "").trim().toLowerCase())),
    );
  return isKept
    ? [
        "the template does not say where the text goes, so its own text is kept and the new one stands behind it; a line {{content}} in the template marks the place",
      ]
    : [];
}

/** Content controls and placeholders of the template that nothing has filled: nobody should find them after sending. */
function openPlaces(docx: Uint8Array): string[] {
  const { controls, placeholders } = describeTemplate(docx);
  const names = controls
    .filter((control) => control.isEmpty && takesText(control))
    .flatMap(({ title, tag }) => title ?? tag ?? []);
  const unfilled = [...new Set([...names, ...placeholders])];
  if (unfilled.length === 0) return [];
  return [
    `the template's ${unfilled.map((name) => JSON.stringify(name)).join(", ")} still have to be filled in`,
  ];
}

/** True for a document with a table of contents, its own or one that the template keeps. */
function listsPages(docx: Uint8Array): boolean {
  return openFile(docx).stories[0]!.tree.source.includes("PAGEREF _Toc");
}

/**
 * Writes one empty section where the draft will go, and forgets it: what stands in the way of that (a slot that the
 * template has not, a section that is not there, macros) is said before hours of writing and not behind them.
 */
export async function tryDelivery(delivery: Omit<Delivery, "layOut">): Promise<void> {
  const { template, slots } = delivery;
  if (template !== undefined && slots !== undefined) checkSlots(template, slots);
  const section = {
    id: "1",
    level: 1,
    heading: "-",
    purpose: "",
    words: 0,
    uses: [],
    tables: [],
    figures: [],
  } as const;
  const outline = { title: "-", language: "en-GB", sections: [section] };
  const sections = [{ section, blocks: [], figures: [], tables: [], refused: [] }];
  await deliverDocument({ outline, sections, engine: "" }, delivery);
}

import { expect } from "vitest";
import { defaultCodec } from "../opc/codec.ts";
import { rawData } from "../opc/read-zip.ts";
import { createZip } from "../opc/write-zip.ts";
import { openFile } from "../open-file.ts";
import { planChanges } from "./edit/plan-changes.ts";
import { findQuote } from "./read/find-quote.ts";
import { paragraphText } from "./read/paragraph-text.ts";
import { settleChanges } from "./revisions/settle-document.ts";
import type { Change, ChangeOptions, ChangePlan, Edit, WordDocument } from "./types.ts";

const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export type WordParts = {
  /** `w:styles` content. */
  readonly styles?: string;
  /** `w:numbering` content. */
  readonly numbering?: string;
  readonly header?: string;
  readonly footnotes?: string;
  readonly comments?: string;
  /** External hyperlink targets by relationship id. */
  readonly links?: Readonly<Record<string, string>>;
  /** Replaces the whole `word/document.xml`. */
  readonly documentXml?: string;
};

const parts: readonly (readonly [key: keyof WordParts, root: string, file: string])[] = [
  ["styles", "styles", "styles"],
  ["numbering", "numbering", "numbering"],
  ["header", "hdr", "header1"],
  ["footnotes", "footnotes", "footnotes"],
  ["comments", "comments", "comments"],
];

const namespaces = [
  `xmlns:w="${w}"`,
  `xmlns:r="${office}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'mc:Ignorable="w14"',
].join(" ");

/** The bytes of a Word file with that body content; `w:sectPr` is added. */
export function wordFile(body: string, options: WordParts = {}): Uint8Array {
  const present = parts.filter(([key]) => options[key] !== undefined);
  const word = (root: string): string => (root === "hdr" ? "header" : root);
  const overrides = present.map(
    ([, root, file]) => `<Override PartName="/word/${file}.xml" ContentType="${types}.${word(root)}+xml"/>`,
  );
  const relationships = present.map(
    ([, root, file], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/${word(root)}" Target="${file}.xml"/>`,
  );
  for (const [id, target] of Object.entries(options.links ?? {})) {
    relationships.push(
      `<Relationship Id="${id}" Type="${office}/hyperlink" Target="${target}" TargetMode="External"/>`,
    );
  }
  const relation = (content: string): string =>
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
  const files: [string, string][] = [
    [
      "[Content_Types].xml",
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/>${overrides.join("")}</Types>`,
    ],
    [
      "_rels/.rels",
      relation(`<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    ],
    [
      "word/document.xml",
      options.documentXml ??
        `${declaration}<w:document ${namespaces}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    ],
    ["word/_rels/document.xml.rels", relation(relationships.join(""))],
  ];
  for (const [key, root, file] of present) {
    files.push([`word/${file}.xml`, `${declaration}<w:${root} ${namespaces}>${options[key]}</w:${root}>`]);
  }
  const encoder = new TextEncoder();
  return createZip(new Map(files.map(([name, text]) => [name, encoder.encode(text)])), defaultCodec);
}

export function wordDocument(body: string, options?: WordParts): WordDocument {
  return openFile(wordFile(body, options));
}

/** `<w:p>` with one plain run a text, or with raw run markup. */
export function p(...content: readonly string[]): string {
  return `<w:p>${content.map((each) => (each.startsWith("<") ? each : r(each))).join("")}</w:p>`;
}

/** `<w:r>` with that text and run properties. */
export function r(text: string, properties = ""): string {
  return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

export const revision = 'w:author="Ann" w:date="2025-05-05T05:05:05Z"';

export const at: ChangeOptions = { author: "Tandem", date: new Date("2026-01-02T03:04:05Z") };

/** A change whose place is named by a quote. */
export type QuotedTestChange = { readonly quote: string } & (
  | { readonly kind: "comment"; readonly text: string }
  | (Edit & { readonly comment?: string })
);

export function anchored(document: WordDocument, changes: readonly QuotedTestChange[]): Change[] {
  return changes.map(({ quote, ...change }) => ({ ...change, at: findQuote(document, quote) }) as Change);
}

export function planQuoted(
  document: WordDocument,
  changes: readonly QuotedTestChange[],
  options: Partial<ChangeOptions> = {},
): ChangePlan {
  return planChanges(document, anchored(document, changes), { ...at, ...options });
}

/** Paragraph texts of all stories but comments, in one view. */
export function texts(document: WordDocument, view: "final" | "original" | "markup" = "final"): string[] {
  return document.paragraphs
    .filter((each) => each.story.kind !== "comment")
    .map((each) => paragraphText(each, view));
}

/**
 * Makes tracked changes and checks all that every edit must hold: accepting gives `after`, rejecting the original
 * text, other parts are raw-identical, the file opens again, and a save without changes is the same bytes.
 * Returns the edited document.
 */
export function expectEdit(
  before: WordDocument,
  changes: readonly QuotedTestChange[],
  after: readonly string[],
): WordDocument {
  const plan = planQuoted(before, changes);
  expect(plan.refused).toEqual([]);
  const { bytes, receipt } = plan.save();
  const edited = openFile(bytes);
  expect(texts(openFile(settleChanges(edited, { action: "accept" })))).toEqual(after);
  expect(texts(openFile(settleChanges(edited, { action: "reject" })))).toEqual(
    texts(openFile(settleChanges(before, { action: "reject" }))),
  );
  const touched = new Set(receipt.parts.filter((part) => part.state !== "raw").map((part) => part.name));
  const { archive } = before.package;
  for (const [index, entry] of archive.entries.entries()) {
    if (touched.has(`/${entry.name}`)) continue;
    const other = edited.package.archive.entries[index]!;
    expect(other.name).toBe(entry.name);
    expect(
      Buffer.from(rawData(edited.package.archive, other)).equals(Buffer.from(rawData(archive, entry))),
    ).toBe(true);
  }
  expect(Buffer.from(planChanges(edited, [], at).save().bytes).equals(Buffer.from(bytes))).toBe(true);
  return edited;
}

/** `word/document.xml` of an edited document. */
export function xmlOf(document: WordDocument): string {
  return document.stories[0]!.tree.source;
}

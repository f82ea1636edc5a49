import { z } from "zod";
import type { Edit } from "../../files/index.ts";
import type { JsonSchema } from "../../json.ts";

const text = z.string();
const filled = text.regex(/\S/);

const place = {
  occurrence: z
    .int()
    .min(1)
    .exactOptional()
    .describe("Which occurrence is meant, from 1. Without it the quote must occur exactly once."),
  id: text
    .min(1)
    .exactOptional()
    .describe("Names the change in the results. Defaults to change-1, change-2, …"),
};
const comment = filled.exactOptional().describe("A comment that is put beside the change.");

function quoteOf(what: string): z.ZodString {
  return filled.describe(what);
}

const words = quoteOf("Words of the document as they stand there, within one paragraph.");
const wordsOfRow = quoteOf("Words of one of the row's cells.");
const wordsOfColumn = quoteOf("Words of one of the column's cells.");
const wordsBefore = quoteOf("Words of the paragraph after which it goes.");
const side = z.enum(["before", "after"]).exactOptional().describe('Defaults to "after".');
const flag = z.boolean().exactOptional();
const points = z.number().exactOptional().describe("Points.");

/** The formatting that a `format` change may set. */
const characterFormat = z.strictObject({
  bold: flag,
  italic: flag,
  underline: flag,
  strike: flag,
  vertical: z.enum(["baseline", "superscript", "subscript"]).exactOptional(),
  highlight: text.exactOptional().describe("yellow, green, cyan, … or none."),
  color: text.exactOptional().describe("Six hexadecimal digits, or auto."),
  size: points,
  font: filled.exactOptional(),
  style: filled.exactOptional().describe("A character style of the document, by name."),
});

/** The formatting that a `format-paragraph` change may set. */
const paragraphFormat = z.strictObject({
  style: filled.exactOptional().describe("A paragraph style of the document, by name."),
  alignment: z.enum(["left", "center", "right", "justify"]).exactOptional(),
  spaceBefore: points,
  spaceAfter: points,
  lineSpacing: z.number().exactOptional().describe("Lines: 1, 1.5, 2."),
  indentLeft: points,
  indentRight: points,
  indentFirstLine: points.describe("Points; below 0 for a hanging indent."),
  keepWithNext: flag,
  pageBreakBefore: flag,
});

const ends = { ...place, comment };

/** One schema a kind of change. */
const options = [
  z.strictObject({
    kind: z.literal("replace"),
    quote: words,
    text: text.describe("What stands there instead; empty takes the words out."),
    ...ends,
  }),
  z.strictObject({ kind: z.literal("delete"), quote: words, ...ends }),
  z.strictObject({
    kind: z.literal("insert-after"),
    quote: quoteOf("Words of the paragraph after which the text goes."),
    text: filled.describe("New paragraphs, one a line."),
    ...ends,
  }),
  z.strictObject({
    kind: z.literal("comment"),
    quote: words,
    text: filled.describe("What the comment says."),
    ...place,
  }),
  z.strictObject({ kind: z.literal("format"), quote: words, set: characterFormat, ...ends }),
  z.strictObject({
    kind: z.literal("format-paragraph"),
    quote: quoteOf("Words of the paragraph."),
    set: paragraphFormat,
    ...ends,
  }),
  z.strictObject({
    kind: z.literal("split"),
    quote: quoteOf("The words that are to begin a new paragraph."),
    ...ends,
  }),
  z.strictObject({
    kind: z.literal("merge"),
    quote: quoteOf("Words of the paragraph that the next one is to join."),
    text: text
      .exactOptional()
      .describe("What goes between the two. Defaults to a space where there is none."),
    ...ends,
  }),
  z.strictObject({
    kind: z.literal("insert-row"),
    quote: wordsOfRow,
    cells: z.array(text).describe("Texts of the new row, one a cell."),
    side,
    ...ends,
  }),
  z.strictObject({ kind: z.literal("delete-row"), quote: wordsOfRow, ...ends }),
  z.strictObject({
    kind: z.literal("insert-column"),
    quote: wordsOfColumn,
    cells: z.array(text).describe("Texts of the new column, one a row from the top."),
    side,
    ...ends,
  }),
  z.strictObject({ kind: z.literal("delete-column"), quote: wordsOfColumn, ...ends }),
  z.strictObject({
    kind: z.literal("insert-table"),
    quote: wordsBefore,
    rows: z.array(z.array(text)).min(1).describe("Texts of the cells, row by row."),
    headerRows: z.int().min(0).exactOptional().describe("Rows that repeat on each page. Defaults to 1."),
    style: filled.exactOptional().describe("A table style of the document, by name."),
    ...ends,
  }),
  z.strictObject({
    kind: z.literal("insert-image"),
    quote: wordsBefore,
    image: filled.describe(
      "A PNG, JPEG or GIF as a data URL (data:image/png;base64,…); on the command line also a file's path.",
    ),
    altText: filled.describe("What the picture shows, for people who don't see it."),
    width: points.describe("Points; the height follows. Defaults to its own size."),
    ...ends,
  }),
] as const;

type Image = Extract<Edit, { readonly kind: "insert-image" }>;

/** One change that names its place by the words that stand there. */
export type QuotedChange = {
  readonly quote: string;
  readonly occurrence?: number;
  readonly id?: string;
} & (
  | { readonly kind: "comment"; readonly text: string }
  | ({ readonly comment?: string } & (
      | Exclude<Edit, Image>
      /** `image` is a data URL. */
      | (Omit<Image, "image"> & { readonly image: string })
    ))
);

/** The schema of each kind of change. */
export const changeSchemas: ReadonlyMap<string, z.ZodObject> = new Map(
  options.map((option) => [option.shape.kind.value, option]),
);

/** The array of `changes.json`: what to do, and the words of the document where it is to be done. */
export const quotedChangesSchema: z.ZodType<QuotedChange[]> = z.array(z.discriminatedUnion("kind", options));

/** JSON Schema (draft 2020-12) of `changes.json`; published as `schemas/changes.schema.json`. */
export function quotedChangesJsonSchema(): JsonSchema {
  return {
    ...(z.toJSONSchema(quotedChangesSchema) as JsonSchema),
    title: "Tandem changes",
    description:
      "Changes to a Word document, each at a quoted place: tandem edit in.docx --changes changes.json",
  };
}

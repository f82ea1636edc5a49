import { z } from "zod";
import { addCustomXml, customXmlParts, type WordDocument } from "../../../files/index.ts";
import type { Draft, Figure, FilledTable } from "../types.ts";

/** Namespace of the custom XML part that holds a record, its version at the end. */
export const recordNamespace = "urn:tandem:figures:1";
const recordName = "figures";

/** A figure of the text: the bookmark around it, what it says, and how it is computed again. */
export type RecordedFigure = Omit<Figure, "id"> & { readonly bookmark: string };

/** A table of the text: the bookmark in its caption, the range that filled it, and its texts, header first. */
export type RecordedTable = Pick<FilledTable, "workbook" | "sha256" | "range" | "query"> & {
  readonly bookmark: string;
  readonly rows: readonly (readonly string[])[];
};

/** What a document says that can be computed again. */
export type FigureRecord = {
  readonly version: 1;
  readonly figures: readonly RecordedFigure[];
  readonly tables: readonly RecordedTable[];
};

const record: z.ZodType<FigureRecord> = z.object({
  version: z.literal(1),
  figures: z.array(
    z.object({
      bookmark: z.string(),
      name: z.string(),
      text: z.string(),
      value: z.union([z.number(), z.string()]),
      workbook: z.string(),
      sha256: z.string(),
      cells: z.array(z.string()),
      query: z.string().exactOptional(),
    }),
  ),
  tables: z.array(
    z.object({
      bookmark: z.string(),
      workbook: z.string(),
      sha256: z.string(),
      range: z.string(),
      query: z.string().exactOptional(),
      rows: z.array(z.array(z.string())),
    }),
  ),
});

/** The figures and tables of a draft as they stand in the document; `prefix` is how their bookmarks begin there. */
export function figureRecord({ sections }: Draft, prefix = "tandem_"): FigureRecord {
  return {
    version: 1,
    figures: sections.flatMap(({ figures }) =>
      figures.map(({ id, ...figure }) => ({ bookmark: `${prefix}${id}`, ...figure })),
    ),
    tables: sections.flatMap(({ tables }) =>
      tables.map(({ id, workbook, sha256, range, query, header, rows }) => ({
        bookmark: `${prefix}${id}`,
        workbook,
        sha256,
        range,
        ...(query !== undefined && { query }),
        rows: [header, ...rows],
      })),
    ),
  };
}

/** The file with the record in its custom XML data store; as it came when there is nothing to record. */
export function addFigureRecord(document: WordDocument, figures: FigureRecord): Uint8Array | undefined {
  if (figures.figures.length + figures.tables.length === 0) return undefined;
  return addCustomXml(document, {
    namespace: recordNamespace,
    name: recordName,
    text: JSON.stringify(figures),
    itemId: itemId(readFigureRecords(document).length),
  });
}

/** Word's data store wants another id for each part. */
function itemId(number: number): string {
  return `{6F0D7A52-3C1B-4E4B-9E0A-${(0x7b1f5c2d8a10 + number).toString(16).toUpperCase()}}`;
}

/** The records of a document, oldest first. One that others have damaged is left out: nothing can be computed from it. */
export function readFigureRecords(document: WordDocument): readonly FigureRecord[] {
  return customXmlParts(document, recordNamespace).flatMap(({ text }) => {
    const parsed = record.safeParse(parseJson(text));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

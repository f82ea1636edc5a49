import { defaultCodec } from "../../opc/codec.ts";
import { openPackage, readPart } from "../../opc/opc-package.ts";
import { createZip } from "../../opc/write-zip.ts";
import type { ContentBlock, ContentRun } from "./content.ts";
import { templateParts } from "./template-package.ts";

export const run = (text: string): readonly ContentRun[] => [{ text }];
export const paragraph = (text: string, style?: string): ContentBlock => ({
  kind: "paragraph",
  runs: run(text),
  ...(style !== undefined && { style }),
});
export const heading = (level: 1 | 2 | 3 | 4, text: string): ContentBlock => ({
  kind: "heading",
  level,
  runs: run(text),
});
export const item = (ordered: boolean, text: string, level?: number): ContentBlock => ({
  kind: "list-item",
  ordered,
  runs: run(text),
  ...(level !== undefined && { level }),
});
export const table = (...rows: readonly (readonly string[])[]): ContentBlock => ({
  kind: "table",
  widths: rows[0]!.map(() => 1),
  header: rows[0]!.map(run),
  rows: rows.slice(1).map((row) => row.map(run)),
});

/** A small template: parts of ours replaced (`null` leaves a part and its relationship out). */
export function template(changes: Readonly<Record<string, string | null>>): Uint8Array {
  const parts = new Map([...templateParts, ...Object.entries(changes)]);
  for (const [name, xml] of parts) {
    if (xml !== null) continue;
    parts.delete(name);
    const relationship = new RegExp(`<Relationship [^>]*Target="${name.replace(/^word\//, "")}"[^>]*/>`);
    const override = new RegExp(`<Override PartName="/${name}"[^>]*/>`);
    for (const each of ["word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"]) {
      parts.set(each, (parts.get(each) as string).replace(relationship, "").replace(override, ""));
    }
  }
  const encoder = new TextEncoder();
  return createZip(new Map([...parts].map(([name, xml]) => [name, encoder.encode(xml!)])), defaultCodec);
}

export const w: string = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
export const bodyOf = (body: string): Record<string, string> => ({
  "word/document.xml": `<w:document ${w}><w:body>${body}</w:body></w:document>`,
});
export const stylesOf = (styles: string): Record<string, string> => ({
  "word/styles.xml": `<w:styles ${w}>${styles}</w:styles>`,
});
export const style = (id: string, name: string, inner = "", type = "paragraph"): string =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${inner}</w:style>`;
export const line = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** The text of a part of a file. */
export const partText = (bytes: Uint8Array, name: string): string =>
  new TextDecoder().decode(readPart(openPackage(bytes), name));

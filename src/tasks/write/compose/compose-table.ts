import type { ContentBlock } from "../../../files/docx/create/content.ts";
import type { FilledTable } from "../types.ts";

/** A filled table with its caption above it; the caption's bookmark is what cross references point at. */
export function tableBlocks({ id, caption, header, rows, align }: FilledTable): ContentBlock[] {
  return [
    { kind: "caption", label: "table", runs: [{ text: caption }], bookmark: `tandem_${id}` },
    {
      kind: "table",
      widths: widthsOf([header, ...rows], header.length),
      header: header.map((text) => [{ text }]),
      rows: rows.map((row) => header.map((_, column) => [{ text: row[column] ?? "" }])),
      align: header.map((_, column) => align[column] ?? "left"),
    },
  ];
}

/** Wide texts get more room, but not all of it: they can break. */
function widthsOf(rows: readonly (readonly string[])[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const longest = Math.max(1, ...rows.map((row) => row[column]?.length ?? 0));
    return Math.min(40, Math.max(6, longest)) ** 0.8;
  });
}

/** Builders for tables in tests. */

/** `w:tc` with one paragraph for each line, or with raw blocks, two centimetres wide. */
export function tc(content: string, properties = ""): string {
  const blocks = content.startsWith("<")
    ? content
    : content
        .split("\n")
        .map((line) =>
          line === "" ? "<w:p/>" : `<w:p><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`,
        )
        .join("");
  return `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>${properties}</w:tcPr>${blocks}</w:tc>`;
}

/** `w:tr` with those cells: texts, or `w:tc` as they stand. */
export function tr(cells: readonly string[], properties = ""): string {
  const written = cells.map((cell) =>
    cell.startsWith("<w:tc>") || cell.startsWith("<w:sdt>") ? cell : tc(cell),
  );
  return `<w:tr>${properties && `<w:trPr>${properties}</w:trPr>`}${written.join("")}</w:tr>`;
}

/** `w:tbl` with those rows and a grid of that many columns, two centimetres each. */
export function tbl(
  rows: readonly string[],
  columns: number,
  properties = '<w:tblW w:w="0" w:type="auto"/>',
): string {
  const grid = '<w:gridCol w:w="2000"/>'.repeat(columns);
  return `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.join("")}</w:tbl>`;
}

/** A table of plain texts. */
export function table(...rows: readonly (readonly string[])[]): string {
  return tbl(
    rows.map((cells) => tr(cells)),
    rows[0]!.length,
  );
}

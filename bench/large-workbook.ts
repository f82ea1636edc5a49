import { existsSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomNumbers } from "./large-document.ts";
import { writeZip } from "./write-zip.ts";

/** Raised when the workbook changes, so that one made by an earlier version is not taken. */
const version = 1;

export const regions: readonly string[] = ["North", "South", "East", "West", "Central", "Overseas"];
export const products: readonly string[] = Array.from(
  { length: 200 },
  (_, index) => `Product &lt;${index + 1}&gt; "Ω" &amp; parts`,
);
export const customers: readonly string[] = Array.from(
  { length: 20_000 },
  (_, index) => `Customer ${index + 1} of Zürich`,
);
const headers = [
  ...["Order no", "Date", "Region", "Product", "Customer"],
  ...["Quantity", "Unit price", "Amount", "Paid", "Margin"],
];
const strings = ["Orders of all years", "Order", "Sale", ...headers, ...regions, ...products, ...customers];
const regionsAt = 3 + headers.length;
const productsAt = regionsAt + regions.length;
const customersAt = productsAt + products.length;

/** Names of columns as queries write them: the header has two levels. */
export const largeColumns = { region: '"Order / Region"', amount: '"Sale / Amount"' } as const;

export type LargeWorkbook = {
  readonly path: string;
  readonly rows: number;
  /** All amounts added up in their order: what every reader has to find. */
  readonly sum: number;
};

/**
 * A workbook of ten columns as Excel writes them: a title and two header rows with merged cells, then whole numbers,
 * days, shared strings (6, 200 and 20,000 of them, one cell in a hundred empty), decimals, formulas with their values,
 * truth values, and shares with an error in each thousandth row. Made once and kept in the temporary folder.
 */
export async function largeWorkbook(rows: number): Promise<LargeWorkbook> {
  const path = join(tmpdir(), `tandem-bench-${version}-${rows}x10.xlsx`);
  let sum = 0;
  for (const { amount } of orders(rows)) sum += amount;
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}`;
    await writeZip(unfinished, [
      ...Object.entries(smallParts).map(([name, text]) => ({ name, pieces: [text] })),
      { name: "xl/sharedStrings.xml", pieces: [sharedStrings()] },
      { name: "xl/worksheets/sheet1.xml", pieces: sheetXml(rows) },
    ]);
    renameSync(unfinished, path);
  }
  return { path, rows, sum };
}

/** One row; texts are indexes. */
export type Order = {
  /** Days as Excel counts them. */
  readonly day: number;
  readonly region: number;
  readonly product: number;
  /** Undefined in one row of a hundred. */
  readonly customer: number | undefined;
  readonly quantity: number;
  readonly price: number;
  readonly amount: number;
  readonly paid: number;
  readonly margin: number;
};

/** The rows of the workbook, the same every time. */
export function* orders(rows: number): Generator<Order> {
  const random = randomNumbers(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let row = 0; row < rows; row++) {
    const quantity = 1 + below(40);
    const price = (100 + below(50_000)) / 100;
    yield {
      // Four years from 2021-01-01 on.
      day: 44_197 + Math.floor((row / rows) * 1461),
      region: below(regions.length),
      product: below(products.length),
      customer: random() < 0.01 ? undefined : below(customers.length),
      quantity,
      price,
      amount: quantity * price,
      paid: below(2),
      margin: below(10_000) / 10_000,
    };
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relations = "http://schemas.openxmlformats.org/package/2006/relationships";
const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const smallParts: Readonly<Record<string, string>> = {
  "[Content_Types].xml": `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contentType}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${contentType}.sharedStrings+xml"/></Types>`,
  "_rels/.rels": `${declaration}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml": `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `${declaration}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  "xl/styles.xml": `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
};

function sharedStrings(): string {
  const items = strings.map((text) => `<si><t>${text}</t></si>`).join("");
  return `${declaration}<sst xmlns="${main}" count="${strings.length}" uniqueCount="${strings.length}">${items}</sst>`;
}

function* sheetXml(rows: number): Generator<string> {
  yield `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}"><dimension ref="A1:J${rows + 3}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>`;
  yield headerRow(1, { A: 0 }) + headerRow(2, { A: 1, F: 2 });
  yield headerRow(3, Object.fromEntries(headers.map((_, index) => ["ABCDEFGHIJ"[index]!, 3 + index])));
  let piece = "";
  let number = 4;
  for (const order of orders(rows)) {
    piece += orderRow(number++, order);
    if (piece.length < 1 << 20) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}</sheetData><mergeCells count="3"><mergeCell ref="A1:J1"/><mergeCell ref="A2:E2"/><mergeCell ref="F2:J2"/></mergeCells><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`;
}

function headerRow(row: number, cells: Readonly<Record<string, number>>): string {
  const made = Object.entries(cells).map(
    ([column, index]) => `<c r="${column}${row}" s="4" t="s"><v>${index}</v></c>`,
  );
  return `<row r="${row}" spans="1:10">${made.join("")}</row>`;
}

function orderRow(row: number, order: Order): string {
  const { day, region, product, customer, quantity, price, amount, paid, margin } = order;
  const text = (column: string, index: number): string => `<c r="${column}${row}" t="s"><v>${index}</v></c>`;
  const share =
    row % 1000 === 0
      ? `<c r="J${row}" s="3" t="e"><v>#DIV/0!</v></c>`
      : `<c r="J${row}" s="3"><v>${margin}</v></c>`;
  return `<row r="${row}" spans="1:10"><c r="A${row}"><v>${row + 99_997}</v></c><c r="B${row}" s="1"><v>${day}</v></c>${text("C", regionsAt + region)}${text("D", productsAt + product)}${customer === undefined ? "" : text("E", customersAt + customer)}<c r="F${row}"><v>${quantity}</v></c><c r="G${row}" s="2"><v>${price}</v></c><c r="H${row}" s="2"><f>F${row}*G${row}</f><v>${amount}</v></c><c r="I${row}" t="b"><v>${paid}</v></c>${share}</row>`;
}

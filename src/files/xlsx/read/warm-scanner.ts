import { scanCells } from "./scan-cells.ts";
import { scanItem } from "./scan-item.ts";
import { type SheetScan, sheetScan } from "./sheet-scan.ts";

/** Every branch of `scanCells`, in the spelling of spreadsheet programs. */
const cells = [
  '<c r="A1"><v>7</v></c><c r="B1" s="12" t="s"><v>1</v></c><c r="C1" t="s"><v>12</v></c><c r="D1" s="1"/>',
  '<c r="E1" t="n"><v>-12</v></c><c r="F1" s="2"><v>0.25</v></c><c r="G1"><v>-12.75</v></c><c r="H1" t="b"><v>1</v></c>',
  '<c r="I1"><v>5000000000</v></c><c r="J1"><v>0.30000000000000004</v></c><c r="K1"><v>1.5E-2</v></c>',
  '<c r="L1"><f>A1*F1</f><v>1.75</v></c><c r="M1" t="str"><f>B1</f><v>text</v></c><c r="N1" t="e"><v>#N/A</v></c>',
  '<c r="O1"><f t="shared" si="12"/><v>3</v></c><c r="P1" t="inlineStr"><is><t>text</t></is></c><c r="Q1" s="3"></c>',
  '<c r="R1"><f>A1</f></c><c r="AB1"><v>12345678901234567</v></c> ',
].join("");

const rowsOfSample = 30;
/** V8 takes notes of a function only after some calls. */
let turnsLeft = 8;

/**
 * Shows `scanCells` each of its branches before it meets ten million cells. V8 compiles a function for the branches that
 * it has seen; one met later throws the code away, and compiling this function takes longer than scanning 10 MB.
 */
export function warmScanner(): void {
  for (; turnsLeft > 0; turnsLeft--) scanSample(turnsLeft % 2 === 0);
}

/** Scans the sample once. */
export function scanSample(keepsFormulas: boolean): SheetScan {
  const rows = Array.from({ length: rowsOfSample }, (_, index) => sampleRow(index + 1));
  const text = new TextEncoder().encode(rows.join(""));
  const bytes = new Uint8Array(text.length + 64);
  bytes.set(text);
  const view = new DataView(bytes.buffer);
  const scan = sheetScan(false, undefined, keepsFormulas);
  for (let at = 0; ; ) {
    at = scanCells(scan, bytes, view, at, text.length);
    const step = scanItem(scan, bytes, at, text.length);
    if (step.kind !== "next") return scan;
    at = step.at;
  }
}

function sampleRow(row: number): string {
  const start = row % 10 === 0 ? `<row r="${row}" hidden="1">` : `<row r="${row}" spans="1:10">`;
  return `${start}${cells.replaceAll('1" ', `${row}" `).replaceAll('1">', `${row}">`)}</row>\n`;
}

import { readFileSync } from "node:fs";
import XLSX from "xlsx";

// Column H of all rows, added up. Dense sheets are its fastest way.
const workbook = XLSX.read(readFileSync(process.argv[2]), { type: "buffer", dense: true, cellDates: true });
const sheet = workbook.Sheets[workbook.SheetNames[0]];
let sum = 0;
for (const row of sheet["!data"] ?? sheet) {
  if (row?.[7]?.t === "n") sum += row[7].v;
}
console.log(sum);

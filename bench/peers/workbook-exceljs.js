import { createReadStream } from "node:fs";
import ExcelJS from "exceljs";

// Column H of all rows, added up.
let sum = 0;
const options = { entries: "emit", sharedStrings: "cache", styles: "cache", worksheets: "emit" };
const reader = new ExcelJS.stream.xlsx.WorkbookReader(createReadStream(process.argv[2]), options);
for await (const worksheet of reader) {
  for await (const row of worksheet) {
    const amount = row.getCell(8).value;
    if (typeof amount?.result === "number") sum += amount.result;
  }
}
console.log(sum);

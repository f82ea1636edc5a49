import { readFileSync } from "node:fs";
import { streamXlsxRows } from "hucre/xlsx";

// Column H of all rows, added up.
let sum = 0;
for await (const row of streamXlsxRows(new Uint8Array(readFileSync(process.argv[2])))) {
  const amount = row.values[7];
  if (typeof amount === "number") sum += amount;
}
console.log(sum);

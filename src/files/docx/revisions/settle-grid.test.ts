import { expect, it } from "vitest";
import { scanXml } from "../../xml/scan-xml.ts";
import { type SettleAction, settleTree } from "./settle-part.ts";

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const deleted = '<w:tcPr><w:cellDel w:id="1" w:author="A"/></w:tcPr>';
const cell = (text: string, properties = ""): string =>
  `<w:tc>${properties}<w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;

function grid(rows: readonly string[], action: SettleAction, columns = 3): string[] {
  const widths = Array.from({ length: columns }, (_, index) => `<w:gridCol w:w="${index}"/>`).join("");
  const table = `<w:tbl ${w}><w:tblPr/><w:tblGrid>${widths}</w:tblGrid>${rows.map((row) => `<w:tr>${row}</w:tr>`).join("")}</w:tbl>`;
  const settled = settleTree(scanXml(table), { action });
  return [...settled.matchAll(/gridCol w:w="(\d)"/g)].map(([, width]) => width!);
}

it("takes a column out of the grid with its last cell", () => {
  const rows = [cell("a") + cell("b", deleted) + cell("c"), cell("d") + cell("e", deleted) + cell("f")];
  expect(grid(rows, "accept")).toEqual(["0", "2"]);
  expect(grid(rows, "reject")).toEqual(["0", "1", "2"]);
});

it("keeps a column in which a cell is left", () => {
  const rows = [cell("a") + cell("b", deleted) + cell("c"), cell("d") + cell("e") + cell("f")];
  expect(grid(rows, "accept")).toEqual(["0", "1", "2"]);
});

it("leaves a grid alone that does not fit the cells", () => {
  const rows = [cell("a") + cell("b", deleted), cell("d") + cell("e", deleted)];
  expect(grid(rows, "accept")).toEqual(["0", "1", "2"]);
});

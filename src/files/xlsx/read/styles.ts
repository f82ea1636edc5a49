import { isRelationshipType, type OpcPackage, type Relationship } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed } from "../../xml/xml-tree.ts";
import type { CellStyle } from "../types.ts";
import { listItems } from "./list-items.ts";
import { formatKind } from "./number-format.ts";
import { partTree } from "./workbook-part.ts";

/** Codes of built-in number formats as in an English (US) Excel (ECMA-376-1, 18.8.30). */
const builtIn: Readonly<Record<number, string>> = {
  0: "General",
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  5: '"$"#,##0_);\\("$"#,##0\\)',
  6: '"$"#,##0_);[Red]\\("$"#,##0\\)',
  7: '"$"#,##0.00_);\\("$"#,##0.00\\)',
  8: '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)',
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  14: "m/d/yyyy",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "m/d/yyyy h:mm",
  37: "#,##0_);\\(#,##0\\)",
  38: "#,##0_);[Red]\\(#,##0\\)",
  39: "#,##0.00_);\\(#,##0.00\\)",
  40: "#,##0.00_);[Red]\\(#,##0.00\\)",
  41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
  42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
  43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
  44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
  48: "##0.0E+0",
  49: "@",
};

/** Ids that East Asian editions of Excel use for dates and times of their own. */
const eastAsian: Readonly<Record<number, string>> = Object.fromEntries([
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "m/d/yyyy"] as const),
  ...[32, 33, 34, 35, 55, 56].map((id) => [id, "h:mm:ss"] as const),
]);

export const generalStyle: CellStyle = { formatCode: "General", formatKind: "general", isBold: false };

/** The formats that cells refer to by index (`cellXfs`); a single general one when the workbook has none. */
export function readStyles(opc: OpcPackage, relationships: readonly Relationship[]): CellStyle[] {
  const part = relationships.find((each) => isRelationshipType(each, "styles"))?.target;
  const tree = partTree(opc, part);
  if (tree === undefined) return [generalStyle];
  const codes = new Map<number, string>();
  for (const index of listItems(tree, "x:numFmts", "x:numFmt")) {
    codes.set(Number(attribute(tree, index, "numFmtId")), attribute(tree, index, "formatCode") || "General");
  }
  const bold = listItems(tree, "x:fonts", "x:font").map((font) => isBold(tree, font));
  const known = new Map<string, CellStyle>();
  return listItems(tree, "x:cellXfs", "x:xf").map((index) => {
    const id = Number(attribute(tree, index, "numFmtId") ?? 0);
    const formatCode = codes.get(id) ?? builtIn[id] ?? eastAsian[id] ?? "General";
    const isStyleBold = bold[Number(attribute(tree, index, "fontId") ?? 0)] ?? false;
    const key = `${isStyleBold} ${formatCode}`;
    const style = known.get(key) ?? { formatCode, formatKind: formatKind(formatCode), isBold: isStyleBold };
    known.set(key, style);
    return style;
  });
}

function isBold(tree: XmlTree, font: number): boolean {
  const bold = childNamed(tree, font, "x:b");
  return bold >= 0 && !/^(?:0|false)$/.test(attribute(tree, bold, "val") ?? "1");
}

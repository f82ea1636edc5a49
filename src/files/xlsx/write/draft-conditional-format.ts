import { escapeText } from "../../xml/xml-text.ts";
import { attribute, nameOf } from "../../xml/xml-tree.ts";
import { columnName, formatRange, parseRange } from "../address.ts";
import type { CellRange } from "../types.ts";
import { numberText } from "./cell-xml.ts";
import { editAround, findSheet, type Refused, refused, sheetNames, type WorkbookDraft } from "./draft.ts";
import { fileFormula } from "./formula-text.ts";
import { insertChild, worksheetOrder } from "./insert-child.ts";
import { refuseProtected } from "./obstacles.ts";
import { type Attributes, type SheetMarkup, sheetMarkup } from "./sheet-markup.ts";
import { differentialFormat } from "./style-book.ts";
import type { AddConditionalFormat, CellHighlight, FormatRule } from "./types.ts";

/** A rule as the file holds it, without its priority: attributes, and a function that writes the content. */
type WrittenRule = { readonly attributes: Attributes; readonly content: (markup: SheetMarkup) => string };

/** Gathers a conditional format; rules that are there keep their precedence (ECMA-376-1, 18.3.1.10). */
export function draftConditionalFormat(
  draft: WorkbookDraft,
  change: AddConditionalFormat,
): { sheet: string; at: string } | Refused {
  const sheet = findSheet(draft, change.sheet);
  if ("refusal" in sheet) return sheet;
  const range = parseRange(change.range);
  if (range === undefined)
    return refused("not-found", `${change.range} is no range of cells`, "Write it as B2:B13.");
  const refusal = refuseProtected(draft, sheet, "formatCells") ?? refuseColors(change.rule);
  if (refusal !== undefined) return refusal;
  const rule = writtenRule(draft, change.rule, range);
  if ("refusal" in rule) return rule;
  editAround(draft, sheet, (tree) => {
    let priority = 0;
    for (let index = 0; index < tree.count; index++) {
      // Rules of the extension list count too.
      if (/[:}]cfRule$/.test(nameOf(tree, index)))
        priority = Math.max(priority, Number(attribute(tree, index, "priority")) || 0);
    }
    const markup = sheetMarkup(tree);
    const { type, ...others } = rule.attributes;
    const attributes = { type, dxfId: others.dxfId, priority: priority + 1, ...others };
    const xml = markup.element("cfRule", attributes, rule.content(markup));
    const list = markup.element("conditionalFormatting", { sqref: formatRange(range) }, xml);
    return insertChild(tree, worksheetOrder, "conditionalFormatting", list);
  });
  return { sheet: sheet.name, at: formatRange(range) };
}

function refuseColors(rule: FormatRule): Refused | undefined {
  const colors =
    rule.kind === "color-scale"
      ? rule.colors
      : rule.kind === "data-bar"
        ? [rule.color ?? "638EC6"]
        : [rule.look.fill ?? "FFFFFF", rule.look.fontColor ?? "000000"];
  const wrong = colors.find((color) => !/^[0-9A-Fa-f]{6}$/.test(color));
  if (wrong !== undefined)
    return refused("invalid", `${JSON.stringify(wrong)} is no colour`, "Write it as six digits, as FFC7CE.");
  if (rule.kind === "color-scale" && rule.colors.length !== 2 && rule.colors.length !== 3)
    return refused("invalid", "a colour scale has two or three colours", "Give two or three.");
  return undefined;
}

function writtenRule(draft: WorkbookDraft, rule: FormatRule, range: CellRange): WrittenRule | Refused {
  switch (rule.kind) {
    case "color-scale":
      return { attributes: { type: "colorScale" }, content: (markup) => colorScale(markup, rule.colors) };
    case "data-bar":
      return {
        attributes: { type: "dataBar" },
        content: (markup) => dataBar(markup, range, rule.color ?? "638EC6"),
      };
    case "cell-is":
      return cellIs(draft, rule);
    case "top-n":
      return topN(draft, rule);
    case "expression": {
      const formula = fileFormula(rule.formula, sheetNames(draft));
      if (typeof formula !== "string") return formula;
      return {
        attributes: { type: "expression", dxfId: formatId(draft, rule.look) },
        content: ({ element }) => element("formula", {}, escapeText(formula)),
      };
    }
  }
}

function formatId(draft: WorkbookDraft, look: CellHighlight): number {
  return differentialFormat(draft, look);
}

function colorScale({ element }: SheetMarkup, colors: readonly string[]): string {
  const middle = colors.length === 3 ? element("cfvo", { type: "percentile", val: 50 }) : "";
  const values = element("cfvo", { type: "min" }) + middle + element("cfvo", { type: "max" });
  const shades = colors.map((color) => element("color", { rgb: `FF${color.toUpperCase()}` }));
  return element("colorScale", {}, values + shades.join(""));
}

/** Bars begin at zero, or at the least value when it is negative: their lengths then compare as the values do. */
function dataBar({ element }: SheetMarkup, range: CellRange, color: string): string {
  const at = (row: number, column: number): string => `$${columnName(column)}$${row}`;
  const cells = `${at(range.firstRow, range.firstColumn)}:${at(range.lastRow, range.lastColumn)}`;
  const values =
    element("cfvo", { type: "formula", val: `MIN(0,${cells})` }) + element("cfvo", { type: "max" });
  return element("dataBar", {}, values + element("color", { rgb: `FF${color.toUpperCase()}` }));
}

const operators = {
  ">": "greaterThan",
  ">=": "greaterThanOrEqual",
  "<": "lessThan",
  "<=": "lessThanOrEqual",
  "=": "equal",
  "<>": "notEqual",
  between: "between",
  "not-between": "notBetween",
} as const;

function cellIs(draft: WorkbookDraft, rule: FormatRule & { kind: "cell-is" }): WrittenRule | Refused {
  const count = rule.operator.endsWith("between") ? 2 : 1;
  if (rule.operands.length !== count)
    return refused("invalid", `${rule.operator} compares with ${count} values`, `Give ${count}.`);
  const formulas: string[] = [];
  for (const operand of rule.operands) {
    const text =
      typeof operand === "number"
        ? numberText(operand)
        : typeof operand === "string"
          ? `"${operand.replaceAll('"', '""')}"`
          : operand.formula;
    const formula = fileFormula(text, sheetNames(draft));
    if (typeof formula !== "string") return formula;
    formulas.push(formula);
  }
  return {
    attributes: { type: "cellIs", dxfId: formatId(draft, rule.look), operator: operators[rule.operator] },
    content: ({ element }) => formulas.map((each) => element("formula", {}, escapeText(each))).join(""),
  };
}

function topN(draft: WorkbookDraft, rule: FormatRule & { kind: "top-n" }): WrittenRule | Refused {
  const most = rule.percent ? 100 : 1000;
  if (!(Number.isInteger(rule.count) && rule.count >= 1 && rule.count <= most))
    return refused("invalid", `the ${rule.count} first can't be marked`, `Give 1 to ${most}.`);
  return {
    attributes: {
      type: "top10",
      dxfId: formatId(draft, rule.look),
      percent: rule.percent ? 1 : undefined,
      bottom: rule.bottom ? 1 : undefined,
      rank: rule.count,
    },
    content: () => "",
  };
}

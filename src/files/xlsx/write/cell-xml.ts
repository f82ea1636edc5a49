import { escapeText } from "../../xml/xml-text.ts";
import { formatAddress } from "../address.ts";
import { encodeEscapes } from "../read/escapes.ts";
import type { SheetMarkup } from "./sheet-markup.ts";

/** What a cell is to hold, checked: formulas without an equals sign and as files hold them, dates as day numbers. */
export type CellContent =
  | { readonly kind: "empty" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "formula"; readonly formula: string; readonly cached?: number | string | boolean };

/** Codes of errors as a cell holds them (ECMA-376-1, 18.18.11, and those that came later). */
export const errorCodes: ReadonlySet<string> = new Set([
  "#NULL!",
  "#DIV/0!",
  "#VALUE!",
  "#REF!",
  "#NAME?",
  "#NUM!",
  "#N/A",
  "#GETTING_DATA",
  "#SPILL!",
  "#CALC!",
]);

/**
 * A `c` element (ECMA-376-1, 18.3.1.4). Texts stand in the cell itself, so that the list of shared strings stays as it
 * is. `style` is an index of cell formats; 0 is not written. `kept` is XML of the old cell that stays.
 */
export function cellXml(
  markup: SheetMarkup,
  cell: { readonly row: number; readonly column: number; readonly style: number; readonly kept?: string },
  content: CellContent,
): string {
  const { type, inner } = contentXml(markup, content);
  const attributes = {
    r: formatAddress(cell.row, cell.column),
    s: cell.style === 0 ? undefined : cell.style,
    t: type,
  };
  return markup.element("c", attributes, inner + (cell.kept ?? ""));
}

function contentXml(markup: SheetMarkup, content: CellContent): { type?: string; inner: string } {
  const value = (text: string): string => markup.element("v", {}, escapeText(text));
  switch (content.kind) {
    case "empty":
      return { inner: "" };
    case "number":
      return { inner: value(numberText(content.value)) };
    case "boolean":
      return { type: "b", inner: value(content.value ? "1" : "0") };
    case "text": {
      const text = escapeText(encodeEscapes(content.value));
      const inner = markup.element("t", { "xml:space": "preserve" }, text);
      return { type: "inlineStr", inner: markup.element("is", {}, inner) };
    }
    case "formula": {
      const formula = markup.element("f", {}, escapeText(content.formula));
      const { cached } = content;
      if (cached === undefined) return { inner: formula };
      if (typeof cached === "number") return { inner: formula + value(numberText(cached)) };
      if (typeof cached === "boolean") return { type: "b", inner: formula + value(cached ? "1" : "0") };
      if (errorCodes.has(cached)) return { type: "e", inner: formula + value(cached) };
      return { type: "str", inner: formula + value(encodeEscapes(cached)) };
    }
  }
}

/** The shortest decimal that reads back as the same number. */
export function numberText(value: number): string {
  return String(Object.is(value, -0) ? 0 : value).replace("e", "E");
}

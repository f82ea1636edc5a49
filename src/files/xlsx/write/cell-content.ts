import { isXmlText } from "../../xml/xml-text.ts";
import { encodeEscapes } from "../read/escapes.ts";
import { serialOfIsoDate } from "../read/serial-date.ts";
import type { CellContent } from "./cell-xml.ts";
import { type Refused, refused } from "./draft.ts";
import { fileFormula } from "./formula-text.ts";
import type { CellInput, WorkbookRefusalReason } from "./types.ts";

/** Longest text that a cell takes (Excel 2007 and later), in UTF-16 units. */
const maxText = 32_767;

export type CheckedInput = {
  readonly content: CellContent;
  /** The number format that the value needs in order to be understood; only dates have one. */
  readonly format?: string;
};

/** What a cell would hold for that input, or why it can't. */
export function checkInput(
  input: CellInput,
  context: { readonly sheetNames: readonly string[]; readonly dateSystem: 1900 | 1904 },
): CheckedInput | Refused {
  if (input === null) return { content: { kind: "empty" } };
  if (typeof input === "boolean") return { content: { kind: "boolean", value: input } };
  if (typeof input === "number") return checkNumber(input) ?? { content: { kind: "number", value: input } };
  if (typeof input === "string") {
    const content = { kind: "text", value: input } as const;
    return checkText(input) ?? { content: input === "" ? { kind: "empty" } : content };
  }
  if ("date" in input) return checkDate(input.date, context.dateSystem);
  const formula = fileFormula(input.formula, context.sheetNames);
  if (typeof formula !== "string") return formula;
  const { cached } = input;
  const fault =
    checkText(formula) ??
    (typeof cached === "string" ? checkText(cached) : undefined) ??
    (typeof cached === "number" ? checkNumber(cached) : undefined);
  return fault ?? { content: { kind: "formula", formula, ...(cached === undefined ? {} : { cached }) } };
}

function checkNumber(value: number): Refused | undefined {
  if (Number.isFinite(value)) return undefined;
  return refused("invalid", `a cell can't hold the number ${value}`, "Give a finite number, or a text.");
}

/** Control characters can be written in cells, unlike halves of characters. */
function checkText(text: string): Refused | undefined {
  if (text.length > maxText)
    return refused("invalid-text", `the text is longer than ${maxText} characters`, "Shorten it.");
  return isXmlText(encodeEscapes(text)) ? undefined : { refusal: halfCharacter };
}

export const halfCharacter: WorkbookRefusalReason = {
  code: "invalid-text",
  reason: "the text holds half a character or a control character, which the file can't store",
  fix: "Remove it from the text.",
};

function checkDate(text: string, dateSystem: 1900 | 1904): CheckedInput | Refused {
  const serial = /^\d{4}-/.test(text) ? serialOfIsoDate(text, dateSystem === 1904) : undefined;
  if (serial === undefined || serial < 0)
    return refused(
      "invalid",
      `${JSON.stringify(text)} is no date that a cell can hold`,
      "Write it as 2024-05-31.",
    );
  const format = Number.isInteger(serial) ? "yyyy\\-mm\\-dd" : "yyyy\\-mm\\-dd\\ hh:mm";
  return { content: { kind: "number", value: serial }, format };
}

import { escapeText } from "../../xml/xml-text.ts";

export type FieldOptions = {
  /** `w:rPr` source of the runs around the result, "" for none. */
  readonly properties?: string;
  /** True to have Word compute the field as soon as it opens the file (17.16.18). */
  readonly isDirty?: boolean;
};

/**
 * A field as Word writes it: begin, instruction, separate, result, end, each in a run (17.16.2). `result` is the XML of
 * runs, which may be empty.
 */
export function fieldXml(instruction: string, result: string, options: FieldOptions = {}): string {
  return fieldStart(instruction, options) + result + fieldEnd(options);
}

/** The runs before a field's result; for one that goes over several paragraphs. */
export function fieldStart(instruction: string, options: FieldOptions = {}): string {
  const { properties = "", isDirty = false } = options;
  const run = (content: string): string => `<w:r>${properties}${content}</w:r>`;
  return [
    run(`<w:fldChar w:fldCharType="begin"${isDirty ? ' w:dirty="true"' : ""}/>`),
    run(`<w:instrText xml:space="preserve"> ${escapeText(instruction)} </w:instrText>`),
    run('<w:fldChar w:fldCharType="separate"/>'),
  ].join("");
}

/** The run behind a field's result. */
export function fieldEnd({ properties = "" }: FieldOptions = {}): string {
  return `<w:r>${properties}<w:fldChar w:fldCharType="end"/></w:r>`;
}

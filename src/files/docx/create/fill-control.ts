import { BadRequestError } from "../../../errors.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import {
  attribute,
  attributesOf,
  childNamed,
  childrenOf,
  descend,
  descendantsNamed,
  isSelfClosing,
  nameOf,
  outerXml,
} from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { childValue } from "../read/child-value.ts";
import { formatDate } from "./date-picture.ts";
import { type Control, kindElement } from "./read-controls.ts";

/** What a control shows after it was filled, and what the data it is bound to holds. */
export type Filling = {
  /** Source changes of the story. */
  readonly splices: readonly Splice[];
  readonly bound: string;
};

/**
 * Fills a control with text, in the formatting the control has for it (17.5.2.27). Its lock, tag and binding stay. Throws
 * `BadRequestError` for a text that this kind of control can't hold.
 */
export function fillWithText(tree: XmlTree, control: Control, text: string): Filling {
  const state = [...dropPlaceholder(tree, control)];
  switch (control.kind) {
    case "text":
      return {
        splices: [...state, ...allowLines(tree, control, text), ...showText(tree, control, text)],
        bound: text,
      };
    case "rich-text":
      return { splices: [...state, ...showText(tree, control, text)], bound: text };
    case "combo-box":
    case "dropdown": {
      const choice = chosen(control, text);
      return {
        splices: [
          ...state,
          ...rememberChoice(tree, control, choice.value),
          ...showText(tree, control, choice.text),
        ],
        bound: choice.value,
      };
    }
    case "date":
      return fillDate(tree, control, text, state);
    case "checkbox":
      return fillCheckbox(tree, control, text, state);
    default:
      throw refuse(control, `is a ${control.kind.replace("-", " ")}, which can't be filled with text`);
  }
}

/** Fills a rich text control that stands where paragraphs stand with the XML of blocks. */
export function fillWithBlocks(tree: XmlTree, control: Control, blocks: string): Splice[] {
  if (control.kind !== "rich-text" || control.level !== "block") {
    const place = control.level === "block" ? "" : " inside a line or a row";
    throw refuse(
      control,
      `is a ${control.kind.replace("-", " ")}${place}, which can hold a text but no paragraphs`,
    );
  }
  return [...dropPlaceholder(tree, control), ...replaceContent(tree, contentOf(tree, control), blocks)];
}

export function controlName({ tag, title }: Control): string {
  return title ?? tag ?? "without a name";
}

function refuse(control: Control, why: string, hint?: string): BadRequestError {
  return new BadRequestError(`the content control ${JSON.stringify(controlName(control))} ${why}`, {
    ...(hint !== undefined && { hint }),
  });
}

function contentOf(tree: XmlTree, control: Control): number {
  const content = childNamed(tree, control.element, "w:sdtContent");
  if (content < 0) throw refuse(control, "has no content in the file");
  return content;
}

function dropPlaceholder(tree: XmlTree, control: Control): Splice[] {
  const element = descend(tree, control.element, "w:sdtPr", "w:showingPlcHdr");
  return element < 0 ? [] : [{ start: tree.start[element]!, end: tree.end[element]!, text: "" }];
}

/** The text in one run; of several paragraphs the first keeps its properties and the others go. */
function showText(tree: XmlTree, control: Control, text: string): Splice[] {
  const markup = createMarkup(tree);
  const run = text === "" ? "" : markup.run(runProperties(tree, control), text.replace(/\r\n?/g, "\n"));
  const content = contentOf(tree, control);
  if (control.level === "inline") return replaceContent(tree, content, run);
  const paragraph = descendantsNamed(tree, content, "w:p")[0];
  if (control.level === "row" || (control.level === "cell" && paragraph === undefined))
    throw refuse(control, "stands around a table row, which can't be filled with text");
  const properties = paragraph === undefined ? -1 : childNamed(tree, paragraph, "w:pPr");
  const xml = markup.element("w:p", {}, (properties < 0 ? "" : outerXml(tree, properties)) + run);
  if (control.level === "block") return replaceContent(tree, content, xml);
  return [{ start: tree.start[paragraph!]!, end: tree.end[paragraph!]!, text: xml }];
}

/** Formatting that the control prescribes, else that of the text it has; a placeholder's is none. */
function runProperties(tree: XmlTree, control: Control): string {
  const own = descend(tree, control.element, "w:sdtPr", "w:rPr");
  if (own >= 0) return outerXml(tree, own);
  if (control.isPlaceholder) return "";
  const run = descendantsNamed(tree, contentOf(tree, control), "w:r")[0];
  const properties = run === undefined ? -1 : childNamed(tree, run, "w:rPr");
  return properties < 0 ? "" : outerXml(tree, properties);
}

function replaceContent(tree: XmlTree, content: number, xml: string): Splice[] {
  if (!isSelfClosing(tree, content))
    return [{ start: tree.openEnd[content]!, end: tree.closeStart[content]!, text: xml }];
  const name = tree.source.slice(tree.start[content]! + 1, tree.nameEnd[content]!);
  const end = tree.end[content]!;
  return [{ start: end - 2, end, text: `>${xml}</${name}>` }];
}

function chosen(control: Control, text: string): { readonly text: string; readonly value: string } {
  const wanted = text.trim().toLowerCase();
  const found =
    control.choices.find((each) => each.text.toLowerCase() === wanted) ??
    control.choices.find((each) => each.value.toLowerCase() === wanted);
  if (found !== undefined) return found;
  if (control.kind === "combo-box") return { text, value: text };
  const offered = control.choices.map((each) => each.text).join(", ");
  throw refuse(control, `does not offer ${JSON.stringify(text)}`, `It offers: ${offered || "nothing"}.`);
}

/** Word keeps the value of the entry last chosen beside the list (17.5.2.15). */
function rememberChoice(tree: XmlTree, control: Control, value: string): Splice[] {
  const list = kindElement(tree, control.element);
  return setAttribute(tree, list, "w:lastValue", value);
}

/** Replaces an attribute that is there; one that is not is left out, since both ways are valid. */
function setAttribute(tree: XmlTree, element: number, name: string, value: string): Splice[] {
  const found = attributesOf(tree, element).find((each) => each.name === name);
  if (found === undefined) return [];
  const own = tree.source.slice(found.start, found.end).split("=")[0]!.trimEnd();
  const escaped = value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  return [{ start: found.start, end: found.end, text: `${own}="${escaped}"` }];
}

/** A date by its format and language, with the day itself beside it (17.5.2.7). */
function fillDate(tree: XmlTree, control: Control, text: string, state: readonly Splice[]): Filling {
  const day = /^\s*(\d{4}-\d{2}-\d{2})(T.*)?\s*$/.exec(text)?.[1];
  const date = day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
  if (date === undefined || Number.isNaN(date.getTime()))
    throw refuse(control, `holds a date, and ${JSON.stringify(text)} is none`, "Write it as 2026-11-23.");
  const element = kindElement(tree, control.element);
  const value = (name: string): string | undefined => childValue(tree, element, name);
  const shown = formatDate(date, value("w:dateFormat"), value("w:lid"));
  const iso = `${day}T00:00:00Z`;
  const stored = value("w:storeMappedDataAs");
  const bound = stored === "text" ? shown : stored === "date" ? day! : iso;
  const full = setAttribute(tree, element, "w:fullDate", iso);
  return {
    splices: [
      ...state,
      ...full,
      ...addAttribute(tree, element, "w:fullDate", iso),
      ...showText(tree, control, shown),
    ],
    bound,
  };
}

/** Plain text has one line unless the control says otherwise (17.5.2.44). */
function allowLines(tree: XmlTree, control: Control, text: string): Splice[] {
  if (!/[\r\n]/.test(text)) return [];
  const element = kindElement(tree, control.element);
  return [
    ...setAttribute(tree, element, "w:multiLine", "1"),
    ...addAttribute(tree, element, "w:multiLine", "1"),
  ];
}

/** Adds an attribute that is not there, with the prefix of its element. */
function addAttribute(tree: XmlTree, element: number, name: string, value: string): Splice[] {
  if (attribute(tree, element, name) !== undefined) return [];
  const own = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  // Without a prefix of its own the attribute would be in no namespace.
  if (!own.includes(":")) return [];
  const at = tree.nameEnd[element]!;
  return [{ start: at, end: at, text: ` ${own.split(":")[0]}:${name.split(":")[1]}="${value}"` }];
}

const yes = /^(1|true|yes|on|x|checked|ja|oui|si|sí|sim|☒|☑)$/i;
const no = /^(0|false|no|off|unchecked|nein|non|nee|não|☐|)$/i;

/** The box that Word draws for its state (MS-DOCX 2.6.1.5): a sign of a font that the control names. */
function fillCheckbox(tree: XmlTree, control: Control, text: string, state: readonly Splice[]): Filling {
  const isChecked = yes.test(text.trim());
  if (!isChecked && !no.test(text.trim()))
    throw refuse(
      control,
      `is a check box, and ${JSON.stringify(text)} is neither yes nor no`,
      "Write yes or no.",
    );
  const element = kindElement(tree, control.element);
  const checked = childrenOf(tree, element).find((each) => nameOf(tree, each) === "w14:checked");
  const sign = childrenOf(tree, element).find(
    (each) => nameOf(tree, each) === (isChecked ? "w14:checkedState" : "w14:uncheckedState"),
  );
  const code = sign === undefined ? undefined : attribute(tree, sign, "w14:val");
  const symbol = String.fromCodePoint(Number.parseInt(code ?? (isChecked ? "2612" : "2610"), 16) || 0x2610);
  const splices = checked === undefined ? [] : setAttribute(tree, checked, "w14:val", isChecked ? "1" : "0");
  return {
    splices: [...state, ...splices, ...showText(tree, control, symbol)],
    bound: isChecked ? "true" : "false",
  };
}

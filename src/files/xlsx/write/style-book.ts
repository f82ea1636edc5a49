import { isRelationshipType } from "../../opc/opc-package.ts";
import {
  addPart,
  benchRelationships,
  declareType,
  edit,
  freePartName,
  read,
  relate,
  relativeTarget,
} from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import {
  attribute,
  attributesOf,
  childNamed,
  childrenOf,
  innerXml,
  isSelfClosing,
  nameOf,
  openTag,
  outerXml,
} from "../../xml/xml-tree.ts";
import { formatKind } from "../read/number-format.ts";
import { isTrue } from "../read/scan-item.ts";
import { generalStyle } from "../read/styles.ts";
import type { WorkbookDraft } from "./draft.ts";
import { insertChild, styleSheetOrder } from "./insert-child.ts";
import { elementXml, type SheetMarkup, sheetMarkup } from "./sheet-markup.ts";
import type { CellHighlight, CellLook } from "./types.ts";

/** Built-in number formats that mean the same in every country, or to every reader the same (ECMA-376-1, 18.8.30). */
const builtIn: Readonly<Record<string, number>> = {
  General: 0,
  "0": 1,
  "0.00": 2,
  "#,##0": 3,
  "#,##0.00": 4,
  "0%": 9,
  "0.00%": 10,
  "0.00E+00": 11,
  "# ?/?": 12,
  "# ??/??": 13,
  // The short date of the reader's country: files say it by number only, and an English Excel shows it so.
  "m/d/yyyy": 14,
  "m/d/yyyy h:mm": 22,
  "@": 49,
};

/** Ids of a workbook's own number formats begin behind this. */
const lastBuiltIn = 163;

/**
 * The index of a cell format like `base` but with that look, appended to the style sheet at first use. Formats that
 * are there keep their numbers.
 */
export function cellFormat(draft: WorkbookDraft, base: number, look: CellLook): number {
  if (Object.values(look).every((each) => each === undefined)) return base;
  const key = `${base} ${JSON.stringify(look)}`;
  const known = draft.formats.get(key);
  if (known !== undefined) return known;
  const part = styleSheetPart(draft);
  const attributes: Record<string, string | number> = {};
  if (look.numberFormat !== undefined) {
    attributes.numFmtId = numberFormatId(draft, part, look.numberFormat);
    attributes.applyNumberFormat = 1;
  }
  if (look.bold || look.italic || look.fontSize !== undefined || look.muted) {
    attributes.fontId = appendFont(draft, part, base, look);
    attributes.applyFont = 1;
  }
  if (look.fill !== undefined) {
    const { fill } = look;
    attributes.fillId = once(draft, `fill ${fill.toUpperCase()}`, () => appendFill(draft, part, fill));
    attributes.applyFill = 1;
  }
  if (look.lineBelow) {
    attributes.borderId = once(draft, "line below", () => appendLineBelow(draft, part));
    attributes.applyBorder = 1;
  }
  const index = appendItem(draft, part, "cellXfs", (tree, markup) => {
    const list = childNamed(tree, 0, "x:cellXfs");
    const source = list < 0 ? -1 : (items(tree, list)[base] ?? items(tree, list)[0] ?? -1);
    return formatXml(tree, source, markup, attributes, look);
  });
  draft.formats.set(key, index);
  const before = draft.styles.get(base) ?? draft.workbook.styles[base] ?? generalStyle;
  const formatCode = look.numberFormat ?? before.formatCode;
  const isBold = before.isBold || look.bold === true;
  draft.styles.set(index, { formatCode, formatKind: formatKind(formatCode), isBold });
  return index;
}

/** The index of a differential format, which conditional formats refer to (18.8.14). */
export function differentialFormat(draft: WorkbookDraft, look: CellHighlight): number {
  const key = `dxf ${JSON.stringify(look)}`;
  const known = draft.formats.get(key);
  if (known !== undefined) return known;
  const index = appendItem(draft, styleSheetPart(draft), "dxfs", (_, { element }) => {
    const color = look.fontColor && element("color", { rgb: `FF${look.fontColor.toUpperCase()}` });
    const font = (look.bold ? element("b") : "") + (color ?? "");
    const fill = look.fill && element("bgColor", { rgb: `FF${look.fill.toUpperCase()}` });
    return element(
      "dxf",
      {},
      (font === "" ? "" : element("font", {}, font)) +
        (fill === undefined ? "" : element("fill", {}, element("patternFill", {}, fill))),
    );
  });
  draft.formats.set(key, index);
  return index;
}

/** True when cells of that format may not be changed while their sheet is protected (18.8.33). */
export function isLockedFormat(draft: WorkbookDraft, index: number): boolean {
  const part = existingStyles(draft);
  if (part === undefined) return true;
  const tree = scanXml(read(draft.bench, part).text);
  const list = childNamed(tree, 0, "x:cellXfs");
  const format = list < 0 ? undefined : items(tree, list)[index];
  const protection = format === undefined ? -1 : childNamed(tree, format, "x:protection");
  return protection < 0 || isTrue(attribute(tree, protection, "locked") ?? "1");
}

function existingStyles({ workbook, bench }: WorkbookDraft): string | undefined {
  return benchRelationships(bench, workbook.mainPart).find((each) => isRelationshipType(each, "styles"))
    ?.target;
}

function styleSheetPart(draft: WorkbookDraft): string {
  const existing = existingStyles(draft);
  if (existing !== undefined) return existing;
  const { workbook, bench } = draft;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/") + 1);
  const name = freePartName(bench, `${folder}styles#.xml`, workbook.mainPart);
  const font = '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>';
  const fills =
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>';
  const border = "<border><left/><right/><top/><bottom/><diagonal/></border>";
  const format = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"';
  addPart(
    bench,
    name,
    `<styleSheet xmlns="${namespaceUri("x", workbook.isStrict)}"><fonts count="1">${font}</fonts><fills count="2">${fills}</fills><borders count="1">${border}</borders><cellStyleXfs count="1">${format}/></cellStyleXfs><cellXfs count="1">${format} xfId="0"/></cellXfs></styleSheet>`,
  );
  const type = `${namespaceUri("r", workbook.isStrict)}/styles`;
  relate(bench, workbook.mainPart, { type, target: relativeTarget(workbook.mainPart, name) });
  declareType(bench, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml");
  return name;
}

function items(tree: XmlTree, list: number): number[] {
  return childrenOf(tree, list);
}

function numberFormatId(draft: WorkbookDraft, part: string, code: string): number {
  const fixed = builtIn[code];
  if (fixed !== undefined) return fixed;
  const tree = scanXml(read(draft.bench, part).text);
  const list = childNamed(tree, 0, "x:numFmts");
  const formats = list < 0 ? [] : items(tree, list);
  const idOf = (element: number): number => Number(attribute(tree, element, "numFmtId")) || 0;
  const same = formats.find((each) => attribute(tree, each, "formatCode") === code);
  if (same !== undefined) return idOf(same);
  const id = Math.max(lastBuiltIn, ...formats.map(idOf)) + 1;
  appendItem(draft, part, "numFmts", (_, { element }) =>
    element("numFmt", { numFmtId: id, formatCode: code }),
  );
  return id;
}

function appendFont(draft: WorkbookDraft, part: string, base: number, look: CellLook): number {
  return appendItem(draft, part, "fonts", (tree, markup) => {
    const formats = childNamed(tree, 0, "x:cellXfs");
    const format = formats < 0 ? undefined : (items(tree, formats)[base] ?? items(tree, formats)[0]);
    const fonts = childNamed(tree, 0, "x:fonts");
    const id = format === undefined ? 0 : Number(attribute(tree, format, "fontId") ?? 0);
    const font = fonts < 0 ? undefined : (items(tree, fonts)[id] ?? items(tree, fonts)[0]);
    return fontXml(tree, font, markup, look);
  });
}

function once(draft: WorkbookDraft, key: string, append: () => number): number {
  const known = draft.formats.get(key);
  if (known !== undefined) return known;
  const index = append();
  draft.formats.set(key, index);
  return index;
}

function appendFill(draft: WorkbookDraft, part: string, color: string): number {
  return appendItem(draft, part, "fills", (_, { element }) => {
    const colors =
      element("fgColor", { rgb: `FF${color.toUpperCase()}` }) + element("bgColor", { indexed: 64 });
    return element("fill", {}, element("patternFill", { patternType: "solid" }, colors));
  });
}

function appendLineBelow(draft: WorkbookDraft, part: string): number {
  return appendItem(draft, part, "borders", (_, { element }) => {
    const line = element("bottom", { style: "thin" }, element("color", { rgb: "FF8C8C8C" }));
    const none = (name: string): string => element(name);
    return element("border", {}, none("left") + none("right") + none("top") + line + none("diagonal"));
  });
}

/** The font with some properties replaced, in the order that Excel writes (18.8.22). */
function fontXml(tree: XmlTree, font: number | undefined, { element }: SheetMarkup, look: CellLook): string {
  const replaced = new Map<string, string>();
  if (look.bold) replaced.set("x:b", element("b"));
  if (look.italic) replaced.set("x:i", element("i"));
  if (look.fontSize !== undefined) replaced.set("x:sz", element("sz", { val: look.fontSize }));
  if (look.muted) replaced.set("x:color", element("color", { rgb: "FF737373" }));
  const order =
    "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split(" ");
  const kept = font === undefined ? [] : childrenOf(tree, font);
  const pieces = [
    ...kept.flatMap((child) =>
      replaced.has(nameOf(tree, child)) ? [] : [{ name: nameOf(tree, child), xml: outerXml(tree, child) }],
    ),
    ...[...replaced].map(([name, xml]) => ({ name, xml })),
  ];
  const rank = (name: string): number => (order.indexOf(name.slice(2)) + 100) % 100;
  return element(
    "font",
    {},
    pieces
      .sort((a, b) => rank(a.name) - rank(b.name))
      .map(({ xml }) => xml)
      .join(""),
  );
}

function formatXml(
  tree: XmlTree,
  source: number,
  markup: SheetMarkup,
  changed: Readonly<Record<string, string | number>>,
  look: CellLook,
): string {
  const own = source < 0 ? [] : attributesOf(tree, source).map(({ name, value }) => [name, value]);
  const attributes: Record<string, string | number> = {
    ...{ numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 },
    ...Object.fromEntries(own),
    ...changed,
  };
  // Some programs name a style that the file lacks; a new format does without it.
  const named = childNamed(tree, 0, "x:cellStyleXfs");
  const namedCount = named < 0 ? 0 : items(tree, named).length;
  if (Number(attributes.xfId ?? 0) >= namedCount) delete attributes.xfId;
  let content = source < 0 ? "" : innerXml(tree, source);
  if (look.align !== undefined || look.wraps) {
    const old = source < 0 ? -1 : childNamed(tree, source, "x:alignment");
    const before = old < 0 ? [] : attributesOf(tree, old).map(({ name, value }) => [name, value]);
    const alignment = markup.element("alignment", {
      ...Object.fromEntries(before),
      ...(look.align === undefined ? {} : { horizontal: look.align }),
      ...(look.wraps ? { vertical: "top", wrapText: 1 } : {}),
    });
    content = alignment + (old < 0 ? content : content.replace(outerXml(tree, old), ""));
    attributes.applyAlignment = 1;
  }
  return elementXml(markup.name("xf"), attributes, content);
}

/** Appends an item to a list of the style sheet, made when it is missing, and gives its index. */
function appendItem(
  draft: WorkbookDraft,
  part: string,
  list: string,
  item: (tree: XmlTree, markup: SheetMarkup) => string,
): number {
  let index = 0;
  edit(draft.bench, part, (tree) => {
    const markup = sheetMarkup(tree);
    const at = childNamed(tree, 0, `x:${list}`);
    const xml = item(tree, markup);
    if (at < 0) return insertChild(tree, styleSheetOrder, list, markup.element(list, { count: 1 }, xml));
    index = items(tree, at).length;
    return [{ start: tree.start[at]!, end: tree.end[at]!, text: listWith(tree, at, xml, index + 1) }];
  });
  return index;
}

function listWith(tree: XmlTree, list: number, xml: string, count: number): string {
  const open = openTag(tree, list);
  const counted: Splice[] = attributesOf(tree, list)
    .filter(({ name }) => name === "count")
    .map(({ start, end }) => ({
      start: start - tree.start[list]!,
      end: end - tree.start[list]!,
      text: `count="${escapeAttribute(String(count))}"`,
    }));
  const tag = applySplices(open, counted);
  const name = open.slice(1, tree.nameEnd[list]! - tree.start[list]!);
  if (isSelfClosing(tree, list)) return `${tag.slice(0, -2)}>${xml}</${name}>`;
  return `${tag}${innerXml(tree, list)}${xml}</${name}>`;
}

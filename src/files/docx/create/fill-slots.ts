import { BadRequestError } from "../../../errors.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices } from "../../xml/splice.ts";
import { edit, read, type Workbench } from "../edit/part-workbench.ts";
import { readBound, writeBound } from "./bound-xml.ts";
import type { ContentBlock, ContentRun, DocumentProperties } from "./content.ts";
import { dateInWords } from "./create-properties.ts";
import { checkText } from "./create-runs.ts";
import { controlName, fillWithBlocks, fillWithText } from "./fill-control.ts";
import { type Control, type DataBinding, isBoundTo, readControls } from "./read-controls.ts";

/** What fills content controls, by their tag or title, upper and lower case alike. */
export type Slots = Readonly<Record<string, string | readonly ContentBlock[]>>;

export type SlotOptions = {
  readonly slots: Slots;
  readonly properties: DocumentProperties;
  /** Story parts with controls, in the order in which they are filled. */
  readonly parts: readonly string[];
  /** The XML of blocks for that part; blocks stand only where the main part's relationships serve. */
  readonly blocksXml: (blocks: readonly ContentBlock[]) => string;
  /** The part where blocks may stand. */
  readonly mainPart: string;
};

/**
 * Fills the controls that slots name, and those that show the document's title, author, subject or date; bound data
 * gets the same value, and so does each other control that is bound to it. Throws `BadRequestError` for a slot without
 * a control, and for what a control can't hold.
 */
export function fillSlots(bench: Workbench, options: SlotOptions): void {
  const wanted = new Map(
    Object.entries(options.slots).map(([name, value]) => [name.trim().toLowerCase(), value]),
  );
  checkNames(bench, wanted, options.parts);
  const bound = new Map<string, string>();
  for (const part of options.parts) {
    // One control after the other, each in the text as the one before left it: they may stand in each other.
    let tree = treeOf(bench, part);
    for (let index = 0; ; index++) {
      const control = readControls(tree)[index];
      if (control === undefined) break;
      const value = slotValue(control, wanted, options.properties);
      if (value === undefined) continue;
      fill(bench, { part, tree, control, value, bound, options });
      tree = treeOf(bench, part);
    }
  }
  for (const part of options.parts) repeatBound(bench, part, bound);
}

type Place = {
  readonly part: string;
  readonly tree: XmlTree;
  readonly control: Control;
  readonly value: string | readonly ContentBlock[];
  /** Texts by binding. */
  readonly bound: Map<string, string>;
  readonly options: SlotOptions;
};

function fill(bench: Workbench, { part, tree, control, value, bound, options }: Place): void {
  const { binding } = control;
  if (control.isBoundToDocument) {
    throw new BadRequestError(
      `the content control ${JSON.stringify(controlName(control))} is bound to rich text in the file's data, which can't be written`,
      { hint: "Take the binding off in Word (developer tools, XML mapping)." },
    );
  }
  const text = typeof value === "string" ? value : plainText(value, control);
  if (text === undefined) {
    if (part !== options.mainPart) {
      throw new BadRequestError(
        `the content control ${JSON.stringify(controlName(control))} stands in a header or footer, which gets text only`,
      );
    }
    const xml = options.blocksXml(value as readonly ContentBlock[]);
    replace(bench, part, applySplices(tree.source, fillWithBlocks(tree, control, xml)));
    return;
  }
  const filling = fillWithText(tree, control, checkText(text));
  replace(bench, part, applySplices(tree.source, filling.splices));
  if (binding === undefined) return;
  const before = readBound(bench, binding);
  // A program that keeps 0 and 1 for a check box is not given words.
  const isDigit = control.kind === "checkbox" && /^[01]$/.test(before?.trim() ?? "");
  const data = isDigit ? (filling.bound === "true" ? "1" : "0") : filling.bound;
  if (writeBound(bench, binding, data)) bound.set(keyOf(binding), data);
}

function replace(bench: Workbench, part: string, text: string): void {
  edit(bench, part, (tree) => [{ start: 0, end: tree.source.length, text }]);
}

function treeOf(bench: Workbench, part: string): XmlTree {
  return scanXml(read(bench, part).text, bench.package.limits.depth);
}

function keyOf({ storeItemId, xpath, prefixMappings }: DataBinding): string {
  return `${storeItemId.toUpperCase()} ${xpath} ${prefixMappings}`;
}

function slotValue(
  control: Control,
  wanted: ReadonlyMap<string, string | readonly ContentBlock[]>,
  properties: DocumentProperties,
): string | readonly ContentBlock[] | undefined {
  for (const name of [control.tag, control.title]) {
    const value = name === undefined ? undefined : wanted.get(name.trim().toLowerCase());
    if (value !== undefined) return value;
  }
  if (isBoundTo(control, "title")) return properties.title;
  if (isBoundTo(control, "author")) return properties.author;
  if (isBoundTo(control, "subject")) return properties.subject;
  if (isBoundTo(control, "date"))
    return control.kind === "date" ? properties.created.toISOString().slice(0, 10) : dateInWords(properties);
  return undefined;
}

function checkNames(bench: Workbench, wanted: ReadonlyMap<string, unknown>, parts: readonly string[]): void {
  const controls = parts.flatMap((part) => readControls(treeOf(bench, part)));
  const names = controls.flatMap(({ tag, title }) => [tag, title]).filter((name) => name !== undefined);
  const known = new Set(names.map((name) => name.trim().toLowerCase()));
  const missing = [...wanted.keys()].find((name) => !known.has(name));
  if (missing === undefined) return;
  throw new BadRequestError(`the template has no content control ${JSON.stringify(missing)}`, {
    hint:
      names.length === 0
        ? "It has none with a tag or a title."
        : `It has: ${[...new Set(names)].join(", ")}.`,
  });
}

/** One paragraph without more than text, as a text; undefined for anything else where blocks may stand. */
function plainText(blocks: readonly ContentBlock[], control: Control): string | undefined {
  if (control.kind === "rich-text" && control.level === "block") return undefined;
  const isPlain = ({ text: _text, ...rest }: ContentRun): boolean =>
    Object.values(rest).every((each) => each === undefined || each === false);
  const [only, ...more] = blocks;
  if (only?.kind !== "paragraph" || more.length > 0 || !only.runs.every(isPlain)) return undefined;
  return only.runs.map(({ text }) => text).join("");
}

/** Shows data that a slot changed in the other controls that are bound to it. */
function repeatBound(bench: Workbench, part: string, bound: ReadonlyMap<string, string>): void {
  if (bound.size === 0) return;
  let tree = treeOf(bench, part);
  for (let index = 0; ; index++) {
    const control = readControls(tree)[index];
    if (control === undefined) return;
    const value = control.binding === undefined ? undefined : bound.get(keyOf(control.binding));
    if (value === undefined || !/^(text|rich-text|combo-box|dropdown)$/.test(control.kind)) continue;
    const shown = control.choices.find((each) => each.value === value)?.text ?? value;
    if (control.text === shown && !control.isPlaceholder) continue;
    replace(bench, part, applySplices(tree.source, fillWithText(tree, control, shown).splices));
    tree = treeOf(bench, part);
  }
}

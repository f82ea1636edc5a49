import type { FitParagraph } from "../../units/fit-text.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed, descend, nameOf, textOf } from "../../xml/xml-tree.ts";
import { childValue } from "../read/child-value.ts";
import { isOnValue } from "../read/run-styles.ts";
import { type Levels, nearestToggle, nearestValue, type StyleLevels } from "./paragraph-levels.ts";
import { pointsOf } from "./points-of.ts";

/** How a paragraph is set. Measures are in points. */
export type BoxParagraph = {
  readonly styleId: string | undefined;
  /** As it stands in the file, for paragraphs that are no unit. */
  readonly text: string;
  readonly indent: number;
  readonly before: number;
  readonly after: number;
  /** No space to neighbours of the same style. */
  readonly isContextual: boolean;
  /** The average over its text, or the size of the paragraph mark; undefined where a size can't be read. */
  readonly fontSize: (script: Script) => number | undefined;
  readonly lineSpacing: (fontSize: number) => number;
};

/** `complex`: shown by the half of the formatting for complex scripts; undefined for the text as it is. */
export type Script = { readonly complex: boolean } | undefined;

const twipsPerPoint = 20;
/** Half points of text for which nobody names a size (17.3.2.38). */
const usualSize = "20";

const complexScripts = /[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Reads how a paragraph of a text box is set, from its own properties, its style and the defaults. */
export function readBoxParagraph(tree: XmlTree, element: number, styles: StyleLevels): BoxParagraph {
  const properties = childNamed(tree, element, "w:pPr");
  const styleId = childValue(tree, element, "w:pPr", "w:pStyle");
  const levels = [...(properties < 0 ? [] : [{ tree, properties }]), ...styles.paragraph(styleId)];
  const twips = (name: string, ...attributes: readonly string[]): number =>
    attributes
      .map((each) => pointsOf(nearestValue(levels, name, each), twipsPerPoint))
      .find((value) => value !== undefined) ?? 0;
  const space = (name: string): number =>
    isAutomatic(levels, name) ? 0 : Math.max(0, twips("w:spacing", `w:${name}`));
  const runs = runsOf(tree, element);
  return {
    styleId,
    text: runs.map(({ text }) => text).join(""),
    indent: twips("w:ind", "w:start", "w:left") + twips("w:ind", "w:end", "w:right"),
    before: space("before"),
    after: space("after"),
    isContextual: nearestToggle(levels, "w:contextualSpacing"),
    fontSize: (script) => averageSize(tree, element, runs, { styles, styleId, script }),
    lineSpacing: (fontSize) => lineSpacing(levels, fontSize),
  };
}

function isAutomatic(levels: Levels, name: string): boolean {
  const value = nearestValue(levels, "w:spacing", `w:${name}Autospacing`);
  return value !== undefined && isOnValue(value);
}

/** Lines' distance as a multiple of the usual one (17.3.1.33). */
function lineSpacing(levels: Levels, fontSize: number): number {
  const line = nearestValue(levels, "w:spacing", "w:line");
  const rule = nearestValue(levels, "w:spacing", "w:lineRule") ?? "auto";
  if (rule === "auto") return (pointsOf(line, twipsPerPoint) || 12) / 12;
  const distance = (pointsOf(line, twipsPerPoint) ?? 0) / (fontSize * 1.2);
  return rule === "atLeast" ? Math.max(1, distance) : distance || 1;
}

type Run = { readonly element: number; readonly text: string };

/** The runs with what they show, those of fields' results too. */
function runsOf(tree: XmlTree, paragraph: number): Run[] {
  const runs: { element: number; text: string }[] = [];
  for (let at = paragraph + 1; at < tree.next[paragraph]!; at++) {
    const name = nameOf(tree, at);
    if (name === "w:r") runs.push({ element: at, text: "" });
    const run = runs.at(-1);
    if (run === undefined || tree.parent[at] !== run.element) continue;
    if (name === "w:t") run.text += textOf(tree, at);
    else if (name === "w:tab") run.text += "\t";
    else if (name === "w:br" || name === "w:cr") run.text += "\n";
  }
  return runs;
}

type SizeOptions = {
  readonly styles: StyleLevels;
  readonly styleId: string | undefined;
  readonly script: Script;
};

function averageSize(
  tree: XmlTree,
  paragraph: number,
  runs: readonly Run[],
  options: SizeOptions,
): number | undefined {
  const written = runs.filter(({ text }) => text.trim() !== "");
  if (written.length === 0) {
    const mark = descend(tree, paragraph, "w:pPr", "w:rPr");
    return sizeOf(tree, mark, "", options);
  }
  let sum = 0;
  let count = 0;
  for (const { element, text } of written) {
    const size = sizeOf(tree, childNamed(tree, element, "w:rPr"), text, options);
    if (size === undefined) return undefined;
    sum += size * text.length;
    count += text.length;
  }
  return sum / count;
}

/** The size that a run's text has, or will have in another script: writing copies a run's own size to the other half. */
function sizeOf(
  tree: XmlTree,
  properties: number,
  text: string,
  { styles, styleId, script }: SizeOptions,
): number | undefined {
  const own: Levels = properties < 0 ? [] : [{ tree, properties }];
  const isMarked = nearestToggle(own, "w:rtl") || nearestToggle(own, "w:cs");
  const isComplex = script?.complex ?? (isMarked || complexScripts.test(text));
  const [name, other] = isComplex ? ["w:szCs", "w:sz"] : ["w:sz", "w:szCs"];
  const isCopied = script !== undefined && isMarked !== isComplex;
  const character = properties < 0 ? undefined : childValue(tree, properties, "w:rStyle");
  const value =
    nearestValue(own, name) ??
    (isCopied ? nearestValue(own, other) : undefined) ??
    nearestValue(styles.run({ paragraph: styleId, character }), name) ??
    usualSize;
  const size = pointsOf(value, 2);
  return size !== undefined && size > 0 && size <= 1638 ? size : undefined;
}

/** What a paragraph of a box says, and in which size. */
export type BoxText = { readonly paragraph: BoxParagraph; readonly text: string; readonly script?: Script };

/**
 * The paragraphs of a box as they are laid out; undefined where a size can't be read. Of the spaces between two
 * paragraphs the larger one counts, the last one's is not seen.
 */
export function layOut(texts: readonly BoxText[]): FitParagraph[] | undefined {
  const laidOut: FitParagraph[] = [];
  for (const [index, { paragraph, text, script }] of texts.entries()) {
    const fontSize = paragraph.fontSize(script);
    if (fontSize === undefined) return undefined;
    const previous = texts[index - 1]?.paragraph;
    const isAlike = previous !== undefined && previous.styleId === paragraph.styleId;
    const space = Math.max(
      isAlike && paragraph.isContextual ? 0 : paragraph.before,
      previous === undefined || (isAlike && previous.isContextual) ? 0 : previous.after,
    );
    const { indent } = paragraph;
    laidOut.push({ text, fontSize, indent, lineSpacing: paragraph.lineSpacing(fontSize), space });
  }
  return laidOut;
}

import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attributesOf, childNamed, childrenOf, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import { type Property, putParagraphProperty } from "../put-property.ts";
import type { ParagraphFormat } from "../types.ts";
import type { Signature } from "./draft.ts";
import { revisionAttributes } from "./markup.ts";
import { withProperties } from "./paragraph-marks.ts";
import type { EditContext } from "./run-edit.ts";

/** A paragraph format whose style is an id of the document; `isDefaultStyle` when that is the one without a name in the XML. */
export type ResolvedParagraphFormat = ParagraphFormat & { readonly isDefaultStyle?: boolean };

/** The children of `w:pPr` that are the paragraph's own, as they are and with the format set. */
export function formattedProperties(
  context: EditContext,
  element: number,
  set: ResolvedParagraphFormat,
): { readonly old: string; readonly now: string } {
  const { tree } = context;
  const own = ownChildren(tree, element).map(
    (child): Property => ({
      name: nameOf(tree, child),
      xml: outerXml(tree, child),
    }),
  );
  const now = wantedChildren(context, element, set).reduce(putParagraphProperty, own);
  const text = (children: readonly Property[]): string => children.map(({ xml }) => xml).join("");
  return { old: text(own), now: text(now) };
}

const foreign = new Set(["w:rPr", "w:sectPr", "w:pPrChange"]);

function ownChildren(tree: XmlTree, paragraph: number): number[] {
  const properties = childNamed(tree, paragraph, "w:pPr");
  if (properties < 0) return [];
  return childrenOf(tree, properties).filter((child) => !foreign.has(nameOf(tree, child)));
}

function wantedChildren(context: EditContext, element: number, set: ResolvedParagraphFormat): Property[] {
  const { markup, isStrict } = context;
  const child = (name: string, attributes: Readonly<Record<string, string>>): Property => ({
    name,
    xml: markup.element(name, attributes),
  });
  const wanted: Property[] = [];
  const { style, alignment, keepWithNext, pageBreakBefore } = set;
  if (style !== undefined)
    wanted.push(
      set.isDefaultStyle === true ? { name: "w:pStyle", xml: "" } : child("w:pStyle", { "w:val": style }),
    );
  if (keepWithNext !== undefined) wanted.push(child("w:keepNext", keepWithNext ? {} : { "w:val": "0" }));
  if (pageBreakBefore !== undefined)
    wanted.push(child("w:pageBreakBefore", pageBreakBefore ? {} : { "w:val": "0" }));
  for (const [name, attributes, dropped] of [
    ["w:spacing", spacing(set), spacingRivals(set)],
    ["w:ind", indents(set, isStrict), indentRivals(set, isStrict)],
  ] as const) {
    if (Object.keys(attributes).length === 0) continue;
    wanted.push(merged(context, element, { name, attributes, dropped }));
  }
  if (alignment !== undefined) wanted.push(child("w:jc", { "w:val": justification(alignment, isStrict) }));
  return wanted;
}

/** An element with some attributes set, those that would win over them dropped, and all others as they stand. */
function merged(
  { tree, markup }: EditContext,
  element: number,
  set: {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly dropped: readonly string[];
  },
): Property {
  const { name, attributes, dropped } = set;
  const old = ownChildren(tree, element).find((child) => nameOf(tree, child) === name);
  const gone = new Set([...Object.keys(attributes), ...dropped]);
  const kept = old === undefined ? [] : attributesOf(tree, old).filter((each) => !gone.has(each.name));
  const written = markup.element(name, attributes);
  const rest = kept.map(({ start, end }) => ` ${tree.source.slice(start, end)}`).join("");
  return { name, xml: `${written.slice(0, -"/>".length)}${rest}/>` };
}

/** Twentieths of a point. */
function twips(points: number): string {
  return String(Math.round(points * 20));
}

function spacing({ spaceBefore, spaceAfter, lineSpacing }: ParagraphFormat): Record<string, string> {
  return {
    ...(spaceBefore !== undefined && { "w:before": twips(spaceBefore) }),
    ...(spaceAfter !== undefined && { "w:after": twips(spaceAfter) }),
    // Lines are counted in parts of 240 (17.3.1.33).
    ...(lineSpacing !== undefined && {
      "w:line": String(Math.round(lineSpacing * 240)),
      "w:lineRule": "auto",
    }),
  };
}

function spacingRivals({ spaceBefore, spaceAfter }: ParagraphFormat): string[] {
  return [
    ...(spaceBefore === undefined ? [] : ["w:beforeAutospacing", "w:beforeLines"]),
    ...(spaceAfter === undefined ? [] : ["w:afterAutospacing", "w:afterLines"]),
  ];
}

function indents(set: ParagraphFormat, isStrict: boolean): Record<string, string> {
  const { indentLeft, indentRight, indentFirstLine } = set;
  const [left, right] = isStrict ? ["w:start", "w:end"] : ["w:left", "w:right"];
  return {
    ...(indentLeft !== undefined && { [left!]: twips(indentLeft) }),
    ...(indentRight !== undefined && { [right!]: twips(indentRight) }),
    ...(indentFirstLine !== undefined && indentFirstLine >= 0 && { "w:firstLine": twips(indentFirstLine) }),
    ...(indentFirstLine !== undefined && indentFirstLine < 0 && { "w:hanging": twips(-indentFirstLine) }),
  };
}

/** Indents in characters win over those in lengths, `hanging` over `firstLine` (17.3.1.12). */
function indentRivals(
  { indentLeft, indentRight, indentFirstLine }: ParagraphFormat,
  isStrict: boolean,
): string[] {
  const other = isStrict ? ["w:left", "w:right"] : ["w:start", "w:end"];
  return [
    ...(indentLeft === undefined ? [] : ["w:leftChars", "w:startChars", other[0]!]),
    ...(indentRight === undefined ? [] : ["w:rightChars", "w:endChars", other[1]!]),
    ...(indentFirstLine === undefined
      ? []
      : ["w:firstLine", "w:hanging", "w:firstLineChars", "w:hangingChars"]),
  ];
}

function justification(alignment: NonNullable<ParagraphFormat["alignment"]>, isStrict: boolean): string {
  if (alignment === "justify") return "both";
  if (alignment === "center") return "center";
  if (!isStrict) return alignment;
  return alignment === "left" ? "start" : "end";
}

/** Splices that give the paragraph its new properties, the old ones kept in `w:pPrChange` (17.13.5.29). */
export function paragraphFormatSplices(
  context: EditContext,
  element: number,
  set: ResolvedParagraphFormat,
  revision: Signature,
): Splice[] {
  const { tree, markup } = context;
  const { old, now } = formattedProperties(context, element, set);
  const properties = childNamed(tree, element, "w:pPr");
  const rest =
    properties < 0
      ? ""
      : childrenOf(tree, properties)
          .filter((child) => foreign.has(nameOf(tree, child)))
          .map((child) => outerXml(tree, child))
          .join("");
  const own = old === "" ? `<${markup.name("w:pPr")}/>` : markup.element("w:pPr", {}, old);
  const change =
    context.mode === "direct"
      ? ""
      : markup.element("w:pPrChange", revisionAttributes({ id: context.ids(), ...revision }), own);
  const open =
    properties < 0 ? `<${markup.name("w:pPr")}>` : openTag(tree, properties).replace(/\s*\/>$/, ">");
  return withProperties(tree, element, `${open}${now}${rest}${change}</${markup.name("w:pPr")}>`);
}

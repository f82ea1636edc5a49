import type { XmlTree } from "../xml/scan-xml.ts";
import { applySplices, type Splice } from "../xml/splice.ts";
import { isXmlText } from "../xml/xml-text.ts";
import { attribute, childrenOf, isSelfClosing, outerXml } from "../xml/xml-tree.ts";
import { attributeSplices, unwritable } from "./attribute-units.ts";
import type { DrawingParagraph } from "./drawing-text.ts";
import { drawingChild, drawingName } from "./drawing-text-names.ts";
import { paint } from "./paint.ts";
import { xmlText } from "./property-units.ts";
import type { TargetLanguage } from "./target-language.ts";
import type { CodedTarget } from "./types.ts";
import { isEcho, type SiteWrite } from "./unit-site.ts";

/** Where a paragraph's text stands when it does not say so itself: `l`, `ctr`, `r`, … (ECMA-376-1, 20.1.10.59). */
export type InheritedAlignment = string | undefined;

/**
 * Writes the target of a DrawingML paragraph: runs with the source's properties and the target's language, breaks and
 * fields as they are. A target that says what the source says changes no run, only its language. Text that stands to the
 * left stands to the right in a language that is written so.
 */
export function writeDrawingParagraph(
  tree: XmlTree,
  paragraph: DrawingParagraph,
  target: CodedTarget,
  language: TargetLanguage,
  alignment?: InheritedAlignment,
): SiteWrite {
  if (!isXmlText(target.text)) return { kind: "refused", reason: unwritable };
  const around = [
    ...(language.isRightToLeft ? directionSplices(tree, paragraph.element, alignment) : []),
    ...endLanguage(tree, paragraph.element, language),
  ];
  if (isEcho(paragraph, target)) {
    const runs = paragraph.runs.flatMap(({ properties }) =>
      properties < 0 ? [] : attributeSplices(tree, properties, "lang", language.tag),
    );
    return { kind: "written", splices: [...around, ...runs] };
  }
  const { pieces, flagged } = paint(paragraph, target);
  const xml = pieces.map((piece) =>
    piece.kind === "atom"
      ? outerXml(tree, paragraph.atomElements.get(piece.id)!)
      : runXml(tree, paragraph, piece, language),
  );
  const content = { ...paragraph.content, text: xml.join("") };
  return {
    kind: "written",
    splices: [...around, content],
    ...(flagged === undefined ? {} : { flagged }),
  };
}

function runXml(
  tree: XmlTree,
  paragraph: DrawingParagraph,
  piece: { readonly text: string; readonly spans: readonly string[] },
  language: TargetLanguage,
): string {
  const name = (local: string): string => siblingName(tree, paragraph.element, local);
  const text = xmlText(piece.text);
  const properties = runProperties(tree, paragraph, piece.spans, isEastAsian(piece.text), language);
  return `<${name("r")}>${properties}<${name("t")}>${text}</${name("t")}></${name("r")}>`;
}

/** A name of the main namespace in the prefix that `element` has. */
function siblingName(tree: XmlTree, element: number, local: string): string {
  const own = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  return own.includes(":") ? `${own.slice(0, own.indexOf(":"))}:${local}` : local;
}

function isEastAsian(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
}

/** The `a:rPr` for text under these spans: that of a run of the source under the same ones, else put together. */
function runProperties(
  tree: XmlTree,
  paragraph: DrawingParagraph,
  spans: readonly string[],
  isEastAsianText: boolean,
  language: TargetLanguage,
): string {
  const { runs, spansOfRuns } = paragraph;
  const key = spans.join();
  const isWritten = (index: number): boolean => runs[index]!.end > runs[index]!.start;
  const same = runs.findIndex((_, index) => isWritten(index) && spansOfRuns[index]!.join() === key);
  const kinds = new Map(paragraph.spans.map(({ id, kind }) => [id, kind]));
  const format = spans.findLast((id) => kinds.get(id) === "format");
  const link = spans.findLast((id) => kinds.get(id) === "link");
  const like =
    same >= 0
      ? same
      : runs.findIndex((run, index) =>
          format === undefined
            ? run.look === paragraph.baseLook
            : isWritten(index) && spansOfRuns[index]!.includes(format),
        );
  const linkXml = link === undefined ? "" : runs[spansOfRuns.findIndex((ids) => ids.includes(link))]!.link;
  const properties = runs[like]?.properties ?? -1;
  if (properties < 0) {
    const own = siblingName(tree, paragraph.element, "rPr");
    const lang = ` lang="${language.tag}"`;
    return linkXml === "" ? `<${own}${lang}/>` : `<${own}${lang}>${linkXml}</${own}>`;
  }
  const splices = [
    ...languageSplices(tree, properties, language),
    ...(runs[like]!.link === linkXml ? [] : linkSplices(tree, properties, linkXml)),
    ...(isEastAsianText ? fontSplices(tree, properties, language) : []),
  ];
  const offset = tree.start[properties]!;
  const moved = splices.map(({ start, end, text }) => ({ start: start - offset, end: end - offset, text }));
  return applySplices(outerXml(tree, properties), moved);
}

/** `altLang` is what Latin text between East Asian characters is checked in (21.1.2.3.9). */
function languageSplices(tree: XmlTree, properties: number, language: TargetLanguage): Splice[] {
  const old = attribute(tree, properties, "lang");
  const other =
    language.eastAsianFont !== undefined &&
    old !== undefined &&
    old !== language.tag &&
    attribute(tree, properties, "altLang") === undefined
      ? attributeSplices(tree, properties, "altLang", old)
      : [];
  return [...attributeSplices(tree, properties, "lang", language.tag), ...other];
}

function linkSplices(tree: XmlTree, properties: number, link: string): Splice[] {
  const old = drawingChild(tree, properties, "a:hlinkClick");
  if (old >= 0) return [{ start: tree.start[old]!, end: tree.end[old]!, text: link }];
  return insertBefore(tree, properties, ["a:hlinkMouseOver", "a:rtl", "a:extLst"], link);
}

/** Where a run names a font for Latin text only, Office would take any that has the characters. */
function fontSplices(tree: XmlTree, properties: number, language: TargetLanguage): Splice[] {
  const latin = drawingChild(tree, properties, "a:latin");
  const font = language.eastAsianFont;
  if (font === undefined || latin < 0 || drawingChild(tree, properties, "a:ea") >= 0) return [];
  const at = tree.end[latin]!;
  return [{ start: at, end: at, text: `<${siblingName(tree, properties, "ea")} typeface="${font}"/>` }];
}

/** Splices that put XML before the first child of these names, else at the element's end. */
export function insertBefore(
  tree: XmlTree,
  element: number,
  followers: readonly string[],
  xml: string,
): Splice[] {
  const next = childrenOf(tree, element).find((child) => followers.includes(drawingName(tree, child)));
  const at = next === undefined ? tree.closeStart[element]! : tree.start[next]!;
  if (!isSelfClosing(tree, element)) return [{ start: at, end: at, text: xml }];
  const name = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  const end = tree.end[element]!;
  return [{ start: end - 2, end, text: `>${xml}</${name}>` }];
}

function endLanguage(tree: XmlTree, paragraph: number, language: TargetLanguage): Splice[] {
  const end = drawingChild(tree, paragraph, "a:endParaRPr");
  if (end < 0 || attribute(tree, end, "lang") === undefined) return [];
  return attributeSplices(tree, end, "lang", language.tag);
}

/** `algn` is a side of the page whatever the direction, so PowerPoint writes both when a paragraph is turned. */
function directionSplices(tree: XmlTree, paragraph: number, inherited: InheritedAlignment): Splice[] {
  const properties = drawingChild(tree, paragraph, "a:pPr");
  const own = properties < 0 ? undefined : attribute(tree, properties, "algn");
  const wasTurned = properties >= 0 && /^(?:1|true)$/.test(attribute(tree, properties, "rtl") ?? "");
  if (wasTurned) return [];
  const turned = (own ?? inherited) === "l" ? "r" : own === "r" ? "l" : undefined;
  if (properties < 0) {
    const at = tree.openEnd[paragraph]!;
    const alignment = turned === undefined ? "" : ` algn="${turned}"`;
    return [{ start: at, end: at, text: `<${siblingName(tree, paragraph, "pPr")}${alignment} rtl="1"/>` }];
  }
  return [
    ...(turned === undefined ? [] : attributeSplices(tree, properties, "algn", turned)),
    ...attributeSplices(tree, properties, "rtl", "1"),
  ];
}

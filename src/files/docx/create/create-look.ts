import { escapeAttribute } from "../../xml/xml-text.ts";
import type { StyleSheet } from "./create-style-sheet.ts";

/** Formatting of characters that no style brings. */
export type RunLook = {
  readonly styleId?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly superscript?: boolean;
  /** Six hexadecimal digits. */
  readonly colour?: string;
  /** In half points. */
  readonly size?: number;
  /** One attribute of `w:lang`, for example `w:val="de-DE"`. */
  readonly language?: string;
};

/** How a paragraph is set: a style of the template, and what that style does not bring. Lengths in twips. */
export type ParagraphLook = {
  readonly styleId?: string;
  readonly keepNext?: boolean;
  readonly tabs?: readonly TabStop[];
  readonly numbering?: { readonly numberingId: string; readonly level: number };
  readonly before?: number;
  readonly after?: number;
  readonly indent?: number;
  readonly align?: "right";
  readonly outlineLevel?: number;
  readonly run?: RunLook;
};

/** A tab stop, in twips from the text's edge (17.3.1.37); `clear` takes away one of the style's. */
export type TabStop = {
  readonly kind: "left" | "right" | "clear";
  readonly at: number;
  readonly dots?: boolean;
};

/** What a paragraph looks like whose style the template lacks; never a reference to a missing style. */
const stand: Readonly<Record<string, ParagraphLook>> = {
  title: { keepNext: true, after: 240, run: { bold: true, size: 44 } },
  subtitle: { keepNext: true, after: 240, run: { colour: "595959", size: 26 } },
  quote: { before: 60, after: 120, indent: 567, run: { italic: true, colour: "595959" } },
  "intense quote": { before: 60, after: 120, indent: 567, run: { italic: true, bold: true } },
  "list paragraph": { indent: 720 },
  caption: { before: 60, after: 120, run: { bold: true, size: 19 } },
  "footnote text": { after: 0, run: { size: 18 } },
  "toc heading": { keepNext: true, before: 240, after: 120, run: { bold: true, size: 28 } },
};

const related: Readonly<Record<string, string>> = { quote: "Intense Quote", "intense quote": "Quote" };

/** The look of a paragraph of that style name; of the template's plain paragraphs when it is absent. */
export function paragraphLook(sheet: StyleSheet, name: string | undefined): ParagraphLook {
  if (name === undefined) return {};
  const level = /^heading ([1-9])$/i.exec(name.trim())?.[1];
  if (level !== undefined) return headingLook(sheet, Number(level));
  const key = name.trim().toLowerCase();
  const styleId = sheet.find("paragraph", name) ?? sheet.find("paragraph", related[key] ?? name);
  if (styleId === undefined) return stand[key] ?? {};
  return styleId === sheet.defaultParagraph ? {} : { styleId };
}

const headingSizes = [32, 28, 24, 22] as const;

/** A heading that Word's outline shows at that level, in the template's style, the nearest one above, or none. */
export function headingLook(sheet: StyleSheet, level: number): ParagraphLook {
  const own = sheet.find("paragraph", `heading ${level}`) ?? sheet.heading(level);
  if (own !== undefined) return { styleId: own };
  const size = headingSizes[Math.min(level, headingSizes.length) - 1]!;
  const direct = { keepNext: true, outlineLevel: level - 1, run: { bold: true, size } };
  for (let above = level - 1; above >= 1; above--) {
    const styleId = sheet.find("paragraph", `heading ${above}`) ?? sheet.heading(above);
    if (styleId === undefined) continue;
    // A numbered heading would go on counting one level up, so its number is taken off.
    const numbering = sheet.numberingOf(styleId) && { numbering: { numberingId: "0", level: 0 } };
    return { ...direct, styleId, ...numbering };
  }
  return { ...direct, before: 240, after: 80 };
}

/** `w:pPr`, its children in the order of the schema (17.3.1.26); empty when there is nothing to say. */
export function paragraphProperties(look: ParagraphLook, edge: "left" | "start"): string {
  const { before, after, numbering } = look;
  const inner = [
    look.styleId === undefined ? "" : `<w:pStyle w:val="${escapeAttribute(look.styleId)}"/>`,
    look.keepNext ? "<w:keepNext/>" : "",
    numbering === undefined
      ? ""
      : `<w:numPr><w:ilvl w:val="${numbering.level}"/><w:numId w:val="${numbering.numberingId}"/></w:numPr>`,
    tabsXml(look.tabs ?? [], edge),
    before === undefined && after === undefined
      ? ""
      : `<w:spacing${before === undefined ? "" : ` w:before="${before}"`}${after === undefined ? "" : ` w:after="${after}"`}/>`,
    look.indent === undefined ? "" : `<w:ind w:${edge}="${look.indent}"/>`,
    look.align === undefined ? "" : `<w:jc w:val="${edge === "start" ? "end" : "right"}"/>`,
    look.outlineLevel === undefined ? "" : `<w:outlineLvl w:val="${look.outlineLevel}"/>`,
  ].join("");
  return inner === "" ? "" : `<w:pPr>${inner}</w:pPr>`;
}

/** Strict files say `start` and `end` where others say `left` and `right` (17.18.84). */
function tabsXml(tabs: readonly TabStop[], edge: "left" | "start"): string {
  const kind = (tab: TabStop): string => {
    if (tab.kind === "clear") return "clear";
    if (tab.kind === "left") return edge;
    return edge === "start" ? "end" : "right";
  };
  const stops = tabs.map(
    (tab) => `<w:tab w:val="${kind(tab)}"${tab.dots ? ' w:leader="dot"' : ""} w:pos="${tab.at}"/>`,
  );
  return stops.length === 0 ? "" : `<w:tabs>${stops.join("")}</w:tabs>`;
}

/** `w:rPr`, its children in the order of the schema (17.3.2.28); empty when there is nothing to say. */
export function runProperties(look: RunLook): string {
  const inner = [
    look.styleId === undefined ? "" : `<w:rStyle w:val="${escapeAttribute(look.styleId)}"/>`,
    look.bold ? "<w:b/><w:bCs/>" : "",
    look.italic ? "<w:i/><w:iCs/>" : "",
    look.colour === undefined ? "" : `<w:color w:val="${look.colour}"/>`,
    look.size === undefined ? "" : `<w:sz w:val="${look.size}"/><w:szCs w:val="${look.size}"/>`,
    look.underline ? '<w:u w:val="single"/>' : "",
    look.superscript ? '<w:vertAlign w:val="superscript"/>' : "",
    look.language === undefined ? "" : `<w:lang ${look.language}/>`,
  ].join("");
  return inner === "" ? "" : `<w:rPr>${inner}</w:rPr>`;
}

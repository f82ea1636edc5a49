import { wordNamespaces } from "./template-namespaces.ts";

type Level = {
  readonly format: string;
  readonly text: string;
  readonly font?: string;
  readonly style?: string;
};

const bulletLevels: readonly Level[] = [
  { format: "bullet", text: "\uf0b7", font: "Symbol" },
  { format: "bullet", text: "\u2013", font: "Calibri" },
  { format: "bullet", text: "\uf0a7", font: "Wingdings" },
];

const plainBullets: readonly Level[] = [
  { format: "bullet", text: "\u2022" },
  { format: "bullet", text: "\u2013" },
  { format: "bullet", text: "\u25aa" },
];

const numberLevels: readonly Level[] = [
  { format: "decimal", text: "%1." },
  { format: "lowerLetter", text: "%2." },
  { format: "lowerRoman", text: "%3." },
];

const indent = 357;

function levelXml(level: Level, index: number, style: string | undefined, edge: "left" | "start"): string {
  const fonts =
    level.font === undefined
      ? ""
      : `<w:rPr><w:rFonts w:ascii="${level.font}" w:hAnsi="${level.font}" w:hint="default"/></w:rPr>`;
  return `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${level.format}"/>${
    style === undefined ? "" : `<w:pStyle w:val="${style}"/>`
  }<w:lvlText w:val="${level.text.replace(/%\d/, `%${index + 1}`)}"/>${edge === "left" ? '<w:lvlJc w:val="left"/>' : ""}<w:pPr><w:ind w:${edge}="${
    indent * (index + 1)
  }" w:hanging="${indent}"/></w:pPr>${fonts}</w:lvl>`;
}

/**
 * The nine levels of a list definition (ECMA-376-1, 17.9.6): bullets, or 1. a. i. repeated. `styles` names the
 * paragraph style of each level that has one. Strict files say `start` where others say `left`, and there the
 * justification is left out: validators differ on its words.
 */
export function listLevels(
  ordered: boolean,
  styles: readonly string[] = [],
  edge: "left" | "start" = "left",
): string {
  const cycle = ordered ? numberLevels : bulletLevels;
  return Array.from({ length: 9 }, (_, index) =>
    levelXml(cycle[index % 3]!, index, styles[index], edge),
  ).join("");
}

/**
 * Nine levels for a document that has no list definition: signs that any text font holds, so that no font comes in
 * with them. In other respects as `listLevels`.
 */
export function plainLevels(ordered: boolean, edge: "left" | "start"): string {
  const cycle = ordered ? numberLevels : plainBullets;
  return Array.from({ length: 9 }, (_, index) => levelXml(cycle[index % 3]!, index, undefined, edge)).join(
    "",
  );
}

/** The numbering part of the default template: definition 1 holds bullets, definition 2 numbers. */
export const templateNumbering: string = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering ${wordNamespaces}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="1B6F2A31"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4C0E8D12"/>${listLevels(
  false,
  ["ListBullet", "ListBullet2", "ListBullet3"],
)}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:nsid w:val="2C7A3B42"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="5D1F9E23"/>${listLevels(
  true,
  ["ListNumber", "ListNumber2", "ListNumber3"],
)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`;

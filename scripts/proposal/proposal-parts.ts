import { wordNamespaces } from "../../src/files/docx/create/template-namespaces.ts";
import { listLevels } from "../../src/files/docx/create/template-numbering.ts";
import { templateParts } from "../../src/files/docx/create/template-package.ts";
import { paragraphStyle, templateStyles } from "../../src/files/docx/create/template-styles.ts";
import { templateTheme } from "../../src/files/docx/create/template-theme.ts";
import { rsids } from "./word-writer.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The template's look in the colours of the company that writes the proposal. */
function recolour(xml: string): string {
  return xml
    .replaceAll("1F3A4D", "2D2A3E")
    .replaceAll("0F6E84", "C2571A")
    .replaceAll("EEF3F5", "F6F1EC")
    .replaceAll("CBD5DB", "DDD3CA")
    .replaceAll("TandemTable", "ParcelwiseTable")
    .replaceAll("Tandem Table", "Parcelwise Table")
    .replaceAll('name="Tandem"', 'name="Parcelwise"');
}

export const proposalTheme: string = recolour(templateTheme);

const headingNumbering = 3;
/** The second numbered list, which starts at 1 again. */
export const secondList = 4;

/** Links heading styles to the outline numbering; throws when the template's styles no longer look as expected. */
function numberHeadings(styles: string): string {
  return [1, 2, 3].reduce((xml, level) => {
    const from = xml.indexOf("<w:keepNext/><w:keepLines/>", xml.indexOf(`w:styleId="Heading${level}"`));
    if (from < 0) throw new RangeError(`the template has no Heading${level}`);
    const at = from + "<w:keepNext/><w:keepLines/>".length;
    const ilvl = level === 1 ? "" : `<w:ilvl w:val="${level - 1}"/>`;
    return `${xml.slice(0, at)}<w:numPr>${ilvl}<w:numId w:val="${headingNumbering}"/></w:numPr>${xml.slice(at)}`;
  }, styles);
}

const tocEntry = (level: number): string =>
  paragraphStyle({
    id: `TOC${level}`,
    name: `toc ${level}`,
    next: "Normal",
    priority: 39,
    paragraph: `<w:tabs><w:tab w:val="left" w:pos="${level === 1 ? 440 : 960}"/><w:tab w:val="right" w:leader="dot" w:pos="9356"/></w:tabs><w:spacing w:after="${level === 1 ? 40 : 20}" w:line="240" w:lineRule="auto"/>${level === 1 ? "" : '<w:ind w:left="440"/>'}`,
  });

const extraStyles =
  paragraphStyle({
    id: "TOCHeading",
    name: "TOC Heading",
    basedOn: "Heading1",
    next: "Normal",
    priority: 39,
    quick: true,
    paragraph:
      '<w:numPr><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/><w:outlineLvl w:val="9"/>',
  }) +
  tocEntry(1) +
  tocEntry(2) +
  paragraphStyle({
    id: "Caption",
    name: "caption",
    next: "Normal",
    priority: 35,
    quick: true,
    paragraph: '<w:keepNext/><w:spacing w:before="200" w:after="80" w:line="240" w:lineRule="auto"/>',
    run: '<w:b/><w:bCs/><w:color w:val="2D2A3E" w:themeColor="text2"/><w:sz w:val="20"/><w:szCs w:val="20"/>',
  }) +
  paragraphStyle({
    id: "FootnoteText",
    name: "footnote text",
    priority: 99,
    linked: true,
    paragraph: '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
    run: '<w:sz w:val="18"/><w:szCs w:val="18"/>',
  }) +
  '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>' +
  '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/><w:rPr><w:color w:val="666666"/></w:rPr></w:style>';

export const proposalStyles: string = `${numberHeadings(recolour(templateStyles)).replace("</w:styles>", "")}${extraStyles}</w:styles>`;

const headingLevels = Array.from({ length: 9 }, (_, level) => {
  const text = Array.from({ length: level + 1 }, (_, index) => `%${index + 1}`).join(".");
  const indent = [454, 595, 737][level] ?? 864 + 144 * (level - 3);
  const style = level < 3 ? `<w:pStyle w:val="Heading${level + 1}"/>` : "";
  return `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>${style}<w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${indent}" w:hanging="${indent}"/></w:pPr></w:lvl>`;
}).join("");

const definition = (id: number, nsid: string, tmpl: string, levels: string): string =>
  `<w:abstractNum w:abstractNumId="${id}"><w:nsid w:val="${nsid}"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="${tmpl}"/>${levels}</w:abstractNum>`;

/** Number 3 is the outline of the headings, 2 the numbered lists, 1 the bullets. */
export const proposalNumbering: string = `${declaration}<w:numbering ${wordNamespaces}>${definition(
  0,
  "0E7A4C15",
  "6B2C81F0",
  listLevels(false, ["ListBullet", "ListBullet2", "ListBullet3"]),
)}${definition(1, "1D4F9B26", "7A3D92E1", listLevels(true, ["ListNumber", "ListNumber2", "ListNumber3"]))}${definition(
  2,
  "35C18D47",
  "0409001D",
  headingLevels,
)}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="${headingNumbering}"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="${secondList}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`;

const rsidXml = `<w:rsids><w:rsidRoot w:val="${rsids[0]}"/>${[...rsids]
  .sort()
  .map((rsid) => `<w:rsid w:val="${rsid}"/>`)
  .join("")}</w:rsids>`;

const noteSettings = (kind: "footnote" | "endnote"): string =>
  `<w:${kind}Pr><w:${kind} w:id="-1"/><w:${kind} w:id="0"/></w:${kind}Pr>`;

/** The template's settings with what Word adds once there are notes, sessions and proofing. */
export const proposalSettings: string = templateParts
  .get("word/settings.xml")!
  .replace("<w:defaultTabStop", '<w:proofState w:spelling="clean" w:grammar="clean"/><w:defaultTabStop')
  .replace("<w:compat>", `${noteSettings("footnote")}${noteSettings("endnote")}<w:compat>`)
  .replace("</w:compat>", `</w:compat>${rsidXml}`);

/** Footnotes or endnotes with the two separators that Word numbers -1 and 0 (17.11.23). */
export function notesXml(kind: "footnote" | "endnote", notes: string): string {
  const separator = (type: string, id: number, element: string, paraId: string): string =>
    `<w:${kind} w:type="${type}" w:id="${id}"><w:p w14:paraId="${paraId}" w14:textId="77777777" w:rsidR="${rsids[2]}" w:rsidRDefault="${rsids[2]}" w:rsidP="${rsids[2]}"><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:${element}/></w:r></w:p></w:${kind}>`;
  const first = kind === "footnote" ? "1C0A5" : "2D1B6";
  return `${declaration}<w:${kind}s ${wordNamespaces}>${separator("separator", -1, "separator", `${first}0E1`)}${separator("continuationSeparator", 0, "continuationSeparator", `${first}0E2`)}${notes}</w:${kind}s>`;
}

export const proposalCore = (title: string): string =>
  `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${title}</dc:title><dc:subject>Proposal</dc:subject><dc:creator>Daniel Okafor</dc:creator><cp:keywords/><dc:description/><cp:lastModifiedBy>Priya Raman</cp:lastModifiedBy><cp:revision>14</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">2026-11-09T08:12:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-18T16:47:00Z</dcterms:modified></cp:coreProperties>`;

export type Statistics = {
  readonly pages: number;
  readonly words: number;
  readonly characters: number;
  readonly paragraphs: number;
};

export const proposalApp = ({ pages, words, characters, paragraphs }: Statistics): string =>
  `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Template>Normal.dotm</Template><TotalTime>312</TotalTime><Pages>${pages}</Pages><Words>${words}</Words><Characters>${characters}</Characters><Application>Microsoft Office Word</Application><DocSecurity>0</DocSecurity><Lines>${Math.ceil(characters / 90)}</Lines><Paragraphs>${paragraphs}</Paragraphs><ScaleCrop>false</ScaleCrop><Company>Parcelwise Ltd</Company><LinksUpToDate>false</LinksUpToDate><CharactersWithSpaces>${characters + words}</CharactersWithSpaces><SharedDoc>false</SharedDoc><HyperlinksChanged>false</HyperlinksChanged><AppVersion>16.0000</AppVersion></Properties>`;

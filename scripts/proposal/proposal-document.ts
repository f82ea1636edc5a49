import { wordNamespaces } from "../../src/files/docx/create/template-namespaces.ts";
import { escapeText } from "../../src/files/xml/xml-text.ts";
import { inlinePicture, textBox } from "./proposal-drawings.ts";
import { secondList } from "./proposal-parts.ts";
import * as text from "./proposal-text.ts";
import { createWordWriter, field, type ParagraphOptions, rsids } from "./word-writer.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const textWidth = 9356;

/** Relationships of the main part that come before those of its links. */
export const fixedRelationships: readonly (readonly [type: string, target: string])[] = [
  ["styles", "styles.xml"],
  ["numbering", "numbering.xml"],
  ["settings", "settings.xml"],
  ["webSettings", "webSettings.xml"],
  ["footnotes", "footnotes.xml"],
  ["endnotes", "endnotes.xml"],
  ["fontTable", "fontTable.xml"],
  ["theme", "theme/theme1.xml"],
  ["header", "header1.xml"],
  ["footer", "footer1.xml"],
  ["image", "media/image1.png"],
];

const relationshipTo = (word: string): string =>
  `rId${fixedRelationships.findIndex(([type]) => type === word) + 1}`;

const tableBookmark = "_Ref214700061";
const footnoteReference =
  '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>';

const euros = (amount: number): string => `EUR\u00a0${amount.toLocaleString("en-GB")}`;
const totalPrice = text.positions.reduce((sum, [, days, rate]) => sum + days * rate, 0);
const totalDays = text.positions.reduce((sum, [, days]) => sum + days, 0);

const sectionReference = (key: text.HeadingKey): string =>
  field(`REF ${text.headings[key].reference!} \\r \\h`, text.headings[key].number);

const writer = createWordWriter(
  {
    total: `<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>${euros(totalPrice)}</w:t></w:r>`,
    refHosting: sectionReference("hosting"),
    refPrice: sectionReference("price"),
    refNext: sectionReference("next"),
    refTable: field(`REF ${tableBookmark} \\h`, "Table 1"),
    footnote: footnoteReference,
  },
  (index) => `rId${fixedRelationships.length + 1 + index}`,
);
const { paragraph, rawParagraph, runs } = writer;

const keys = Object.keys(text.headings) as text.HeadingKey[];
const tocBookmark = (key: text.HeadingKey): string => `_Toc2147${String(10_001 + keys.indexOf(key))}`;

function heading(key: text.HeadingKey, options: ParagraphOptions = {}): string {
  const entry: text.Heading = text.headings[key];
  const bookmarks = entry.reference === undefined ? [tocBookmark(key)] : [tocBookmark(key), entry.reference];
  return paragraph(`${entry.beginsPage ? "|" : ""}${entry.text}`, {
    ...options,
    style: `Heading${entry.level}`,
    bookmarks,
  });
}

const paragraphs = (all: readonly string[], style?: string): string =>
  all.map((each) => paragraph(each, style === undefined ? {} : { style })).join("");

/** A content control around runs (17.5.2.31). */
function control(id: number, name: string, kind: string, inner: string): string {
  const tag = name.toLowerCase().replaceAll(" ", "-");
  return `<w:sdt><w:sdtPr><w:alias w:val="${name}"/><w:tag w:val="${tag}"/><w:id w:val="${id}"/>${kind}</w:sdtPr><w:sdtContent>${inner}</w:sdtContent></w:sdt>`;
}

const cell = (width: number, content: string, extra = ""): string =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${extra}</w:tcPr>${content}</w:tc>`;

function table(widths: readonly number[], rows: string, look: string, style: string): string {
  return `<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:w="${textWidth}" w:type="dxa"/><w:tblLayout w:type="fixed"/>${look}</w:tblPr><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>${rows}</w:tbl>`;
}

let tableRows = 0x41c05a00;
function row(cells: string, properties = ""): string {
  tableRows += 0x2b17;
  return `<w:tr w:rsidR="${rsids[3]}" w14:paraId="${tableRows.toString(16).toUpperCase()}" w14:textId="77777777"><w:trPr><w:cantSplit/>${properties}</w:trPr>${cells}</w:tr>`;
}

const headerLook =
  '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>';
const totalLook =
  '<w:tblLook w:val="0460" w:firstRow="1" w:lastRow="1" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>';
const plainLook =
  '<w:tblLook w:val="0400" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>';

function titleBlock(): string {
  const lines: readonly (readonly [string, string])[] = [
    [
      "Prepared for",
      `${runs("Nordfrakt~AB, ")}${control(418_207_331, "Client contact", "<w:text/>", runs("Marta Lindqvist"))}`,
    ],
    ["Prepared by", runs("Parcelwise~Ltd, Daniel Okafor")],
    [
      "Date",
      control(
        -1_204_778_902,
        "Proposal date",
        '<w:date w:fullDate="2026-11-18T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>',
        runs("18 November 2026"),
      ),
    ],
    [
      "Status",
      control(
        967_110_254,
        "Proposal status",
        '<w:dropDownList><w:listItem w:displayText="Draft" w:value="draft"/><w:listItem w:displayText="For decision" w:value="decision"/><w:listItem w:displayText="Agreed" w:value="agreed"/></w:dropDownList>',
        runs("For decision"),
      ),
    ],
  ];
  const widths = [1900, textWidth - 1900];
  const rows = lines.map(([label, value]) =>
    row(
      cell(widths[0]!, paragraph(label, { run: "<w:b/><w:bCs/>" })) + cell(widths[1]!, rawParagraph(value)),
    ),
  );
  return (
    rawParagraph(inlinePicture(relationshipTo("image"), 18, "Parcelwise logo: a parcel with a tick"), {
      properties: '<w:spacing w:before="480" w:after="240"/>',
    }) +
    paragraph(text.title, { style: "Title" }) +
    paragraph(text.subtitle, { style: "Subtitle" }) +
    table(widths, rows.join(""), plainLook, "ParcelwiseTable") +
    rawParagraph("")
  );
}

/** The table of contents with its entries, as Word's gallery inserts it (17.16.5.68). */
function contents(): string {
  const begin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`;
  const hidden = "<w:noProof/><w:webHidden/>";
  const entries = keys.map((key, index) => {
    const { level, number, text: words, page } = text.headings[key];
    const link = `<w:hyperlink w:anchor="${tocBookmark(key)}" w:history="1"><w:r><w:rPr><w:noProof/></w:rPr><w:t>${number}</w:t></w:r><w:r><w:rPr><w:noProof/></w:rPr><w:tab/></w:r><w:r><w:rPr><w:noProof/></w:rPr><w:t>${escapeText(words.replaceAll("~", "\u00a0"))}</w:t></w:r><w:r><w:rPr>${hidden}</w:rPr><w:tab/></w:r>${field(`PAGEREF ${tocBookmark(key)} \\h`, String(page), hidden)}</w:hyperlink>`;
    return rawParagraph(`${index === 0 ? begin : ""}${link}`, { style: `TOC${level}` });
  });
  const end = rawParagraph(
    '<w:r><w:rPr><w:b/><w:bCs/><w:noProof/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>',
  );
  return `<w:sdt><w:sdtPr><w:id w:val="-1740625318"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>${paragraph("Contents", { style: "TOCHeading" })}${entries.join("")}${end}</w:sdtContent></w:sdt>`;
}

function teamTable(): string {
  const widths = [2100, 1500, 2756, 3000];
  const line = (cells: readonly string[], isHeader: boolean): string =>
    row(
      cells.map((each, index) => cell(widths[index]!, paragraph(each))).join(""),
      isHeader ? "<w:tblHeader/>" : "",
    );
  const rows = [line(text.team.header, true), ...text.team.rows.map((each) => line(each, false))];
  return table(widths, rows.join(""), headerLook, "ParcelwiseTable");
}

function priceTable(): string {
  const widths = [5156, 1100, 1500, 1600];
  const right = { properties: '<w:jc w:val="right"/>' };
  const line = (cells: readonly string[], properties = ""): string =>
    row(
      cells.map((each, index) => cell(widths[index]!, paragraph(each, index === 0 ? {} : right))).join(""),
      properties,
    );
  const amount = (value: number): string => value.toLocaleString("en-GB");
  const rows = [
    line(["Position", "Days", "EUR a day", "EUR"], "<w:tblHeader/>"),
    ...text.positions.map(([name, days, rate]) =>
      line([name, String(days), amount(rate), amount(days * rate)]),
    ),
    line(["Total without VAT", String(totalDays), "", amount(totalPrice)]),
  ];
  const caption = rawParagraph(
    `<w:bookmarkStart w:id="900" w:name="${tableBookmark}"/>${runs("Table ")}${field("SEQ Table \\* ARABIC", "1", "<w:noProof/>")}<w:bookmarkEnd w:id="900"/>${runs(": Fixed part of the work")}`,
    { style: "Caption" },
  );
  return caption + table(widths, rows.join(""), totalLook, "ParcelwiseTable");
}

function decisionBox(): string {
  const inner =
    paragraph(text.box[0], { properties: '<w:spacing w:after="40"/>', run: "<w:b/><w:bCs/>" }) +
    paragraph(text.box[1], {
      properties: '<w:spacing w:after="0"/>',
      run: '<w:sz w:val="20"/><w:szCs w:val="20"/>',
    });
  return textBox(inner, { width: 52, height: 18 });
}

/** Two lines to sign on, side by side. */
function signatureTable(): string {
  const width = textWidth / 2;
  const line = (texts: readonly string[], properties: string): string =>
    row(texts.map((each) => cell(width, paragraph(each, { properties }))).join(""));
  const rows =
    line(
      text.signatures.map(([company]) => company),
      '<w:keepNext/><w:spacing w:after="720"/>',
    ) +
    line(
      text.signatures.map(([, name]) => `${name}, date and signature`),
      "",
    );
  return table([width, width], rows, plainLook, "ParcelwiseTable");
}

const section = `<w:sectPr w:rsidR="${rsids[1]}" w:rsidSect="${rsids[4]}"><w:headerReference w:type="default" r:id="${relationshipTo("header")}"/><w:footerReference w:type="default" r:id="${relationshipTo("footer")}"/><w:pgSz w:w="11906" w:h="16838" w:code="9"/><w:pgMar w:top="1361" w:right="1275" w:bottom="1247" w:left="1275" w:header="680" w:footer="567" w:gutter="0"/><w:cols w:space="708"/><w:docGrid w:linePitch="360"/></w:sectPr>`;

const body = [
  titleBlock(),
  contents(),
  heading("summary", { properties: "<w:pageBreakBefore/>" }),
  paragraphs(text.summary),
  heading("background"),
  heading("today"),
  rawParagraph(decisionBox() + runs(text.today[0])),
  paragraph(text.today[1]),
  heading("heard"),
  paragraph(text.heard, { properties: "<w:keepNext/>" }),
  paragraphs(text.heardItems, "ListBullet"),
  heading("scope"),
  heading("inScope"),
  paragraphs(text.inScope, "ListBullet"),
  heading("data"),
  paragraph(text.data),
  heading("outOfScope"),
  paragraphs(text.outOfScope, "ListBullet"),
  heading("hosting"),
  paragraphs(text.hosting),
  heading("approach"),
  heading("steps"),
  paragraph(text.steps, { properties: "<w:keepNext/>" }),
  paragraphs(text.stepItems, "ListNumber"),
  heading("team"),
  paragraph(text.teamIntroduction, { properties: "<w:keepNext/>" }),
  teamTable(),
  heading("price"),
  paragraph(text.priceIntroduction),
  priceTable(),
  paragraph(text.priceNotes[0], { properties: '<w:spacing w:before="200"/>' }),
  heading("risks"),
  paragraph(text.risks, { properties: "<w:keepNext/>" }),
  text.riskItems
    .map((each) =>
      paragraph(each, {
        style: "ListNumber",
        properties: `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${secondList}"/></w:numPr>`,
      }),
    )
    .join(""),
  heading("next"),
  paragraph(text.next, { properties: "<w:keepNext/>" }),
  paragraphs(text.nextItems, "ListBullet"),
  paragraph(text.closing, { properties: '<w:spacing w:before="200"/>' }),
  heading("acceptance"),
  paragraph(text.acceptance, { properties: "<w:keepNext/>" }),
  signatureTable(),
  rawParagraph(""),
].join("");

/** The main part. */
export const proposalDocument: string = `${declaration}<w:document ${wordNamespaces}><w:body>${body}${section}</w:body></w:document>`;

const edge = (name: "hdr" | "ftr", style: string, inner: string): string =>
  `${declaration}<w:${name} ${wordNamespaces}>${rawParagraph(inner, { style })}</w:${name}>`;

const tab = "<w:r><w:tab/></w:r>";
const noProof = "<w:noProof/>";

export const proposalHeader: string = edge(
  "hdr",
  "Header",
  `${runs(text.title)}${tab}${runs("Parcelwise for Nordfrakt")}`,
);

export const proposalFooter: string = edge(
  "ftr",
  "Footer",
  `${runs("18~November~2026, confidential")}${tab}${runs("Page ")}${field("PAGE", "1", noProof)}${runs(" of ")}${field("NUMPAGES", "5", noProof)}`,
);

/** The footnote that the text refers to; the mark is part of its text (17.11.10). */
export const proposalFootnote: string = `<w:footnote w:id="1">${rawParagraph(
  `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>${runs(text.footnote)}`,
  { style: "FootnoteText" },
)}</w:footnote>`;

/** Addresses in the order of their relationships. */
export const proposalLinks: readonly string[] = writer.links;

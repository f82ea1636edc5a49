import { defaultCodec } from "../../src/files/opc/codec.ts";
import { createZip } from "../../src/files/opc/write-zip.ts";

const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageNamespace = "http://schemas.openxmlformats.org/package/2006";
const types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const namespaces = [
  `xmlns:w="${w}"`,
  `xmlns:r="${office}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'mc:Ignorable="w14"',
].join(" ");

/** What stands in each story of a fixture; what is left out gets a text of its own. */
export type FixtureStories = {
  /** Blocks of the body with the paragraph that refers to the notes; the last section's properties are added. */
  readonly body?: string;
  readonly header?: string;
  readonly footer?: string;
  /** Blocks of the one footnote and the one endnote. */
  readonly footnote?: string;
  readonly endnote?: string;
};

/** `<w:p>` with one plain run for each text, or with raw markup; paragraph properties first. */
export function p(...content: readonly string[]): string {
  return `<w:p>${content.map((each) => (each.startsWith("<") ? each : r(each))).join("")}</w:p>`;
}

/** `<w:r>` with that text and run properties. */
export function r(text: string, properties = ""): string {
  return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** The paragraph that refers to both notes; without it they are not shown. */
export const references: string = p(
  "Notes are here",
  '<w:r><w:footnoteReference w:id="2"/></w:r>',
  " and here",
  '<w:r><w:endnoteReference w:id="2"/></w:r>',
  ".",
);

/** The first paragraph of a note, which begins with the note's number. */
export function noteParagraph(kind: "footnote" | "endnote", ...content: readonly string[]): string {
  return p(`<w:r><w:${kind}Ref/></w:r>`, ...content);
}

const style = (type: string, id: string, name: string, content: string): string =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${content}</w:style>`;
const basedOnNormal = '<w:basedOn w:val="Normal"/>';

const styles = [
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  ...[1, 2].map((level) =>
    style(
      "paragraph",
      `Heading${level}`,
      `heading ${level}`,
      `${basedOnNormal}<w:pPr><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr>`,
    ),
  ),
  style("paragraph", "ListParagraph", "List Paragraph", basedOnNormal),
  style("character", "Hyperlink", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>'),
  style("character", "Strong", "Strong", "<w:rPr><w:b/></w:rPr>"),
  style("table", "TableGrid", "Table Grid", ""),
].join("");

const numbering =
  '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';

function notes(kind: "footnote" | "endnote", blocks: string): string {
  const separators = ["separator", "continuationSeparator"].map(
    (type, index) =>
      `<w:${kind} w:type="${type}" w:id="${index}"><w:p><w:r><w:${type}/></w:r></w:p></w:${kind}>`,
  );
  return `${separators.join("")}<w:${kind} w:id="2">${blocks}</w:${kind}>`;
}

/** A valid Word file with every kind of story, styles and a numbering; the same bytes for the same stories. */
export function fixtureFile(stories: FixtureStories): Uint8Array {
  const body = stories.body ?? `${references}${p("A paragraph of the body.")}`;
  const section =
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/></w:sectPr>';
  const parts: readonly (readonly [root: string, file: string, kind: string, content: string])[] = [
    ["styles", "styles", "styles", styles],
    ["numbering", "numbering", "numbering", numbering],
    ["hdr", "header1", "header", stories.header ?? p("The header.")],
    ["ftr", "footer1", "footer", stories.footer ?? p("The footer.")],
    [
      "footnotes",
      "footnotes",
      "footnotes",
      notes("footnote", stories.footnote ?? noteParagraph("footnote", "The footnote.")),
    ],
    [
      "endnotes",
      "endnotes",
      "endnotes",
      notes("endnote", stories.endnote ?? noteParagraph("endnote", "The endnote.")),
    ],
  ];
  const overrides = parts.map(
    ([, file, kind]) => `<Override PartName="/word/${file}.xml" ContentType="${types}.${kind}+xml"/>`,
  );
  const relations = parts.map(
    ([, file, kind], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/${kind}" Target="${file}.xml"/>`,
  );
  relations.push(
    `<Relationship Id="rIdLink" Type="${office}/hyperlink" Target="http://example.org/terms" TargetMode="External"/>`,
  );
  const relationships = (content: string): string =>
    `${declaration}<Relationships xmlns="${packageNamespace}/relationships">${content}</Relationships>`;
  const files: [name: string, text: string][] = [
    [
      "[Content_Types].xml",
      `${declaration}<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/>${overrides.join("")}</Types>`,
    ],
    [
      "_rels/.rels",
      relationships(`<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    ],
    [
      "word/document.xml",
      `${declaration}<w:document ${namespaces}><w:body>${body}${section}</w:body></w:document>`,
    ],
    ["word/_rels/document.xml.rels", relationships(relations.join(""))],
    ...parts.map(([root, file, , content]): [string, string] => [
      `word/${file}.xml`,
      `${declaration}<w:${root} ${namespaces}>${content}</w:${root}>`,
    ]),
  ];
  const encoder = new TextEncoder();
  return createZip(new Map(files.map(([name, text]) => [name, encoder.encode(text)])), defaultCodec);
}

import { strToU8, zipSync } from "fflate";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A Word file with this body, and with comments when their XML is given. */
export function docxOf(body: string, commentsXml?: string): Uint8Array {
  const hasComments = commentsXml !== undefined;
  const type = (part: string, kind: string): string =>
    `<Override PartName="/word/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
  const relationship = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${kind}" Target="${target}"/>`;
  const relationships = (inner: string): string =>
    `${HEADER}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const files: Record<string, string> = {
    "[Content_Types].xml": `${HEADER}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type("document", "document.main")}${type("styles", "styles")}${hasComments ? type("comments", "comments") : ""}</Types>`,
    "_rels/.rels": relationships(relationship("rId1", "officeDocument", "word/document.xml")),
    "word/document.xml": `${HEADER}<w:document xmlns:w="${W}"><w:body>${body}<w:sectPr/></w:body></w:document>`,
    "word/_rels/document.xml.rels": relationships(
      relationship("rId1", "styles", "styles.xml") +
        (hasComments ? relationship("rId2", "comments", "comments.xml") : ""),
    ),
    "word/styles.xml": `${HEADER}<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`,
    ...(hasComments && {
      "word/comments.xml": `${HEADER}<w:comments xmlns:w="${W}">${commentsXml}</w:comments>`,
    }),
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])), {
    mtime: "2025-01-02T03:04:06Z",
  });
}

/** A paragraph of one run. */
export function p(text: string): string {
  return `<w:p>${r(text)}</w:p>`;
}

/** A first-level heading. */
export function h1(text: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${r(text)}</w:p>`;
}

/** A run, with properties if any. */
export function r(text: string, properties = ""): string {
  const own = properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`;
  return `<w:r>${own}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

/** A tracked insertion. */
export function ins(id: number, author: string, text: string): string {
  return `<w:ins w:id="${id}" w:author="${author}" w:date="2024-05-0${id}T10:00:00Z">${r(text)}</w:ins>`;
}

/** A tracked deletion. */
export function del(id: number, author: string, text: string): string {
  return `<w:del w:id="${id}" w:author="${author}" w:date="2024-05-0${id}T10:00:00Z"><w:r><w:delText xml:space="preserve">${escapeXml(text)}</w:delText></w:r></w:del>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

import { wordNamespaces } from "../../src/files/docx/create/template-namespaces.ts";
import { relationshipsXml, templateParts } from "../../src/files/docx/create/template-package.ts";
import { defaultCodec } from "../../src/files/opc/codec.ts";
import { createZip } from "../../src/files/opc/write-zip.ts";
import { decodeText } from "../../src/files/xml/xml-text.ts";
import { logoPng } from "./logo-png.ts";
import {
  fixedRelationships,
  proposalDocument,
  proposalFooter,
  proposalFootnote,
  proposalHeader,
  proposalLinks,
} from "./proposal-document.ts";
import {
  notesXml,
  proposalApp,
  proposalCore,
  proposalNumbering,
  proposalSettings,
  proposalStyles,
  proposalTheme,
  type Statistics,
} from "./proposal-parts.ts";
import { title } from "./proposal-text.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const contentTypes = `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
  ["/word/document.xml", `${word}.document.main+xml`],
  ...["numbering", "styles", "settings", "webSettings", "footnotes", "endnotes", "fontTable"].map((name) => [
    `/word/${name}.xml`,
    `${word}.${name}+xml`,
  ]),
  ["/word/header1.xml", `${word}.header+xml`],
  ["/word/footer1.xml", `${word}.footer+xml`],
  ["/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"],
  ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
  ["/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
]
  .map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
  .join("")}</Types>`;

function statistics(): Statistics {
  const paragraphs = proposalDocument.replace(/<mc:Fallback>.*?<\/mc:Fallback>/gs, "").split("</w:p>");
  const texts = paragraphs.map((each) =>
    [...each.matchAll(/<w:t[ >][^<]*/g)].map(([tag]) => tag.slice(tag.indexOf(">") + 1)).join(""),
  );
  const words = texts.flatMap((each) =>
    decodeText(each)
      .split(/\s+/)
      .filter((piece) => piece !== ""),
  );
  const characters = words.reduce((sum, each) => sum + each.length, 0);
  return {
    pages: 5,
    words: words.length,
    characters,
    paragraphs: texts.filter((each) => each.trim() !== "").length,
  };
}

/** The demo's proposal: the same bytes at each call, but for the host's own deflate. */
export function proposalPackage(): Uint8Array {
  const encoder = new TextEncoder();
  const documentRelationships = relationshipsXml([
    ...fixedRelationships,
    ...proposalLinks.map((address) => ["hyperlink", address] as const),
  ]);
  const parts: readonly (readonly [name: string, content: string | Uint8Array])[] = [
    ["[Content_Types].xml", contentTypes],
    ["_rels/.rels", templateParts.get("_rels/.rels")!],
    ["word/document.xml", proposalDocument],
    ["word/_rels/document.xml.rels", documentRelationships],
    ["word/footnotes.xml", notesXml("footnote", proposalFootnote)],
    ["word/endnotes.xml", notesXml("endnote", "")],
    ["word/header1.xml", proposalHeader],
    ["word/footer1.xml", proposalFooter],
    ["word/media/image1.png", logoPng()],
    ["word/theme/theme1.xml", proposalTheme],
    ["word/settings.xml", proposalSettings],
    ["word/numbering.xml", proposalNumbering],
    ["word/styles.xml", proposalStyles],
    [
      "word/webSettings.xml",
      `${declaration}<w:webSettings ${wordNamespaces}><w:optimizeForBrowser/><w:allowPNG/></w:webSettings>`,
    ],
    ["word/fontTable.xml", templateParts.get("word/fontTable.xml")!],
    ["docProps/core.xml", proposalCore(title)],
    ["docProps/app.xml", proposalApp(statistics())],
  ];
  const files = new Map(
    parts.map(([name, content]) => [name, typeof content === "string" ? encoder.encode(content) : content]),
  );
  return createZip(files, defaultCodec);
}

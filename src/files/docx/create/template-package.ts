import { defaultCodec } from "../../opc/codec.ts";
import { createZip } from "../../opc/write-zip.ts";
import { longStyles } from "./template-long-styles.ts";
import { wordNamespaces } from "./template-namespaces.ts";
import { templateNumbering } from "./template-numbering.ts";
import { templateStyles } from "./template-styles.ts";
import { templateTheme } from "./template-theme.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const contentTypes = `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
  ["/word/document.xml", `${word}.template.main+xml`],
  ["/word/styles.xml", `${word}.styles+xml`],
  ["/word/settings.xml", `${word}.settings+xml`],
  ["/word/webSettings.xml", `${word}.webSettings+xml`],
  ["/word/numbering.xml", `${word}.numbering+xml`],
  ["/word/fontTable.xml", `${word}.fontTable+xml`],
  ["/word/header1.xml", `${word}.header+xml`],
  ["/word/header2.xml", `${word}.header+xml`],
  ["/word/footer1.xml", `${word}.footer+xml`],
  ["/word/footer2.xml", `${word}.footer+xml`],
  ["/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"],
  ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
  ["/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
]
  .map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
  .join("")}</Types>`;

/** A relationships part; ids are `rId1` and so on, in order. Types without an address are Office's own. */
export function relationshipsXml(targets: readonly (readonly [type: string, target: string])[]): string {
  const rows = targets.map(([type, target], index) => {
    const address = type.includes(":") ? type : `${office}/${type}`;
    const mode = /^[a-z]+:/.test(target) ? ' TargetMode="External"' : "";
    return `<Relationship Id="rId${index + 1}" Type="${address}" Target="${target}"${mode}/>`;
  });
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join("")}</Relationships>`;
}

const packageRelationships = relationshipsXml([
  ["officeDocument", "word/document.xml"],
  [
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "docProps/core.xml",
  ],
  ["extended-properties", "docProps/app.xml"],
]);

const documentRelationships = relationshipsXml([
  ["styles", "styles.xml"],
  ["numbering", "numbering.xml"],
  ["settings", "settings.xml"],
  ["webSettings", "webSettings.xml"],
  ["fontTable", "fontTable.xml"],
  ["theme", "theme/theme1.xml"],
  ["header", "header1.xml"],
  ["header", "header2.xml"],
  ["footer", "footer1.xml"],
  ["footer", "footer2.xml"],
]);

/** A4 with margins of 22.5 mm at the sides: 9356 twips for text. */
const section =
  '<w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:headerReference w:type="first" r:id="rId8"/><w:footerReference w:type="default" r:id="rId9"/><w:footerReference w:type="first" r:id="rId10"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1361" w:right="1275" w:bottom="1247" w:left="1275" w:header="680" w:footer="567" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/><w:docGrid w:linePitch="360"/></w:sectPr>';

const documentXml = `${declaration}<w:document ${wordNamespaces}><w:body><w:p><w:r><w:t>{{content}}</w:t></w:r></w:p>${section}</w:body></w:document>`;

const edge = (name: "hdr" | "ftr", style: string, content: string): string =>
  `${declaration}<w:${name} ${wordNamespaces}><w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${content}</w:p></w:${name}>`;

/** A field as Word writes it, over five runs (ECMA-376-1, 17.16.18). */
const field = (instruction: string, result: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;

const footer = edge(
  "ftr",
  "Footer",
  `<w:r><w:t>{{date}}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">Page </w:t></w:r>${field("PAGE", "1")}<w:r><w:t xml:space="preserve"> of </w:t></w:r>${field("NUMPAGES", "1")}`,
);

const settings = `${declaration}<w:settings ${wordNamespaces}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>${[
  ["compatibilityMode", "15"],
  ["overrideTableStyleFontSizeAndJustification", "1"],
  ["enableOpenTypeFeatures", "1"],
  ["doNotFlipMirrorIndents", "1"],
  ["differentiateMultirowTableHeaders", "1"],
  ["useWord2013TrackBottomHyphenation", "0"],
]
  .map(
    ([name, value]) =>
      `<w:compatSetting w:name="${name}" w:uri="http://schemas.microsoft.com/office/word" w:val="${value}"/>`,
  )
  .join(
    "",
  )}</w:compat><m:mathPr><m:mathFont m:val="Cambria Math"/></m:mathPr><w:themeFontLang w:val="en-GB"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>`;

const fontTable = `${declaration}<w:fonts ${wordNamespaces}><w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font><w:font w:name="Symbol"><w:panose1 w:val="05050102010706020507"/><w:charset w:val="02"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font><w:font w:name="Wingdings"><w:panose1 w:val="05000000000000000000"/><w:charset w:val="02"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font></w:fonts>`;

const core = `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{title}}</dc:title></cp:coreProperties>`;

const app = `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>`;

/** The parts of the default template as XML text, by zip name, in the order Word writes them. */
export const templateParts: ReadonlyMap<string, string> = new Map([
  ["[Content_Types].xml", contentTypes],
  ["_rels/.rels", packageRelationships],
  ["word/document.xml", documentXml],
  ["word/_rels/document.xml.rels", documentRelationships],
  ["word/header1.xml", edge("hdr", "Header", "<w:r><w:t>{{title}}</w:t></w:r>")],
  ["word/header2.xml", edge("hdr", "Header", "")],
  ["word/footer1.xml", footer],
  ["word/footer2.xml", footer],
  ["word/theme/theme1.xml", templateTheme],
  ["word/settings.xml", settings],
  ["word/numbering.xml", templateNumbering],
  ["word/styles.xml", templateStyles.replace("</w:styles>", `${longStyles}</w:styles>`)],
  [
    "word/webSettings.xml",
    `${declaration}<w:webSettings ${wordNamespaces}><w:optimizeForBrowser/><w:allowPNG/></w:webSettings>`,
  ],
  ["word/fontTable.xml", fontTable],
  ["docProps/core.xml", core],
  ["docProps/app.xml", app],
]);

/** The default template as a `.dotx` file; the same as `templates/minutes.dotx`. */
export function templatePackage(): Uint8Array {
  const encoder = new TextEncoder();
  const files = new Map([...templateParts].map(([name, xml]) => [name, encoder.encode(xml)]));
  return createZip(files, defaultCodec);
}

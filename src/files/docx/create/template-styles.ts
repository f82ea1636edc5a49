import { wordNamespaces } from "./template-namespaces.ts";

type ParagraphStyle = {
  readonly id: string;
  readonly name: string;
  readonly paragraph?: string;
  readonly run?: string;
  readonly basedOn?: string;
  readonly next?: string;
  /** Word's sort order in the style pane. */
  readonly priority: number;
  /** Shown in the style gallery. */
  readonly quick?: boolean;
  /** With a character style of the same look, as Word makes for headings. */
  readonly linked?: boolean;
};

const text2 = '<w:color w:val="1F3A4D" w:themeColor="text2"/>';
const grey = '<w:color w:val="5A6872"/>';
const size = (halfPoints: number): string => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
const bold = "<w:b/><w:bCs/>";
const italic = "<w:i/><w:iCs/>";
const major =
  '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>';

/** A paragraph style and its linked character style (ECMA-376-1, 17.7.4.17, 17.7.4.6). */
export function paragraphStyle(style: ParagraphStyle): string {
  const base = style.basedOn ?? "Normal";
  const own = [
    `<w:name w:val="${style.name}"/><w:basedOn w:val="${base}"/>`,
    style.next === undefined ? "" : `<w:next w:val="${style.next}"/>`,
    style.linked ? `<w:link w:val="${style.id}Char"/>` : "",
    `<w:uiPriority w:val="${style.priority}"/>`,
    style.quick ? "<w:qFormat/>" : "<w:unhideWhenUsed/>",
    style.paragraph ? `<w:pPr>${style.paragraph}</w:pPr>` : "",
    style.run ? `<w:rPr>${style.run}</w:rPr>` : "",
  ].join("");
  const paragraph = `<w:style w:type="paragraph" w:styleId="${style.id}">${own}</w:style>`;
  if (!style.linked) return paragraph;
  return `${paragraph}<w:style w:type="character" w:customStyle="1" w:styleId="${style.id}Char"><w:name w:val="${titleCase(
    style.name,
  )} Char"/><w:basedOn w:val="DefaultParagraphFont"/><w:link w:val="${style.id}"/><w:uiPriority w:val="${
    style.priority
  }"/>${style.run ? `<w:rPr>${style.run}</w:rPr>` : ""}</w:style>`;
}

function titleCase(name: string): string {
  return name.replace(/^./, (first) => first.toUpperCase());
}

function heading(level: number, spacing: string, run: string): string {
  return paragraphStyle({
    id: `Heading${level}`,
    name: `heading ${level}`,
    next: "Normal",
    priority: 9,
    quick: true,
    linked: true,
    paragraph: `<w:keepNext/><w:keepLines/>${spacing}<w:outlineLvl w:val="${level - 1}"/>`,
    run: `${major}${run}`,
  });
}

/** A list style on one level of a numbering instance of the default template. */
function listStyle(kind: "Bullet" | "Number", level: number): string {
  const suffix = level === 0 ? "" : ` ${level + 1}`;
  return paragraphStyle({
    id: `List${kind}${suffix.trim()}`,
    name: `List ${kind}${suffix}`,
    priority: 10,
    quick: level === 0,
    paragraph: `<w:numPr>${level === 0 ? "" : `<w:ilvl w:val="${level}"/>`}<w:numId w:val="${
      kind === "Bullet" ? 1 : 2
    }"/></w:numPr><w:spacing w:after="60"/>`,
  });
}

const rule = (width: number, colour: string, theme = ""): string =>
  `w:val="single" w:sz="${width}" w:space="0" w:color="${colour}"${theme}`;

const tableStyles = `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblBorders>${[
  "top",
  "left",
  "bottom",
  "right",
  "insideH",
  "insideV",
]
  .map((side) => `<w:${side} ${rule(4, "auto")}/>`)
  .join(
    "",
  )}</w:tblBorders></w:tblPr></w:style><w:style w:type="table" w:customStyle="1" w:styleId="TandemTable"><w:name w:val="Tandem Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:pPr><w:spacing w:after="0" w:line="247" w:lineRule="auto"/></w:pPr><w:rPr>${size(20)}</w:rPr><w:tblPr><w:tblBorders><w:top ${rule(8, "1F3A4D", ' w:themeColor="text2"')}/><w:bottom ${rule(8, "1F3A4D", ' w:themeColor="text2"')}/><w:insideH ${rule(4, "CBD5DB")}/></w:tblBorders><w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:pPr><w:keepNext/></w:pPr><w:rPr>${bold}${text2}</w:rPr><w:tblPr/><w:tcPr><w:tcBorders><w:bottom ${rule(8, "1F3A4D", ' w:themeColor="text2"')}/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="EEF3F5" w:themeFill="background2"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="lastRow"><w:rPr>${bold}</w:rPr><w:tblPr/><w:tcPr><w:tcBorders><w:top ${rule(8, "1F3A4D", ' w:themeColor="text2"')}/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>`;

const characterStyle = (id: string, name: string, priority: number, run: string): string =>
  `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="${priority}"/>${
    priority < 40 ? "<w:qFormat/>" : "<w:unhideWhenUsed/>"
  }<w:rPr>${run}</w:rPr></w:style>`;

const latent: readonly (readonly [name: string, attributes: string])[] = [
  ["Normal", 'w:uiPriority="0" w:qFormat="1"'],
  ["heading 1", 'w:uiPriority="9" w:qFormat="1"'],
  ...[2, 3, 4, 5, 6, 7, 8, 9].map(
    (level) =>
      [`heading ${level}`, 'w:semiHidden="1" w:uiPriority="9" w:unhideWhenUsed="1" w:qFormat="1"'] as const,
  ),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (level) => [`toc ${level}`, 'w:semiHidden="1" w:uiPriority="39" w:unhideWhenUsed="1"'] as const,
  ),
  ["caption", 'w:semiHidden="1" w:uiPriority="35" w:unhideWhenUsed="1" w:qFormat="1"'],
  ["Title", 'w:uiPriority="10" w:qFormat="1"'],
  ["Default Paragraph Font", 'w:semiHidden="1" w:uiPriority="1" w:unhideWhenUsed="1"'],
  ["Subtitle", 'w:uiPriority="11" w:qFormat="1"'],
  ["Strong", 'w:uiPriority="22" w:qFormat="1"'],
  ["Emphasis", 'w:uiPriority="20" w:qFormat="1"'],
  ["Table Grid", 'w:uiPriority="39"'],
  ["Placeholder Text", 'w:semiHidden="1"'],
  ["No Spacing", 'w:uiPriority="1" w:qFormat="1"'],
  ["List Paragraph", 'w:uiPriority="34" w:qFormat="1"'],
  ["Quote", 'w:uiPriority="29" w:qFormat="1"'],
  ["TOC Heading", 'w:semiHidden="1" w:uiPriority="39" w:unhideWhenUsed="1" w:qFormat="1"'],
];

const defaults = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>${size(22)}<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376">${latent
  .map(([name, attributes]) => `<w:lsdException w:name="${name}" ${attributes}/>`)
  .join("")}</w:latentStyles>`;

const basicStyles =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' +
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>' +
  '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>';

const headings =
  heading(
    1,
    '<w:spacing w:before="360" w:after="100" w:line="240" w:lineRule="auto"/>',
    `${bold}${text2}${size(30)}`,
  ) +
  heading(
    2,
    '<w:spacing w:before="240" w:after="80" w:line="240" w:lineRule="auto"/>',
    `${bold}${text2}${size(25)}`,
  ) +
  heading(
    3,
    '<w:spacing w:before="200" w:after="60" w:line="240" w:lineRule="auto"/>',
    `${bold}<w:color w:val="0F6E84" w:themeColor="accent1"/>${size(22)}`,
  ) +
  heading(4, '<w:spacing w:before="160" w:after="40" w:line="240" w:lineRule="auto"/>', `${italic}${text2}`);

const titles =
  paragraphStyle({
    id: "Title",
    name: "Title",
    next: "Normal",
    priority: 10,
    quick: true,
    linked: true,
    paragraph:
      '<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="0F6E84" w:themeColor="accent1"/></w:pBdr><w:spacing w:after="160" w:line="240" w:lineRule="auto"/>',
    run: `${major}${bold}${text2}${size(44)}`,
  }) +
  paragraphStyle({
    id: "Subtitle",
    name: "Subtitle",
    next: "Normal",
    priority: 11,
    quick: true,
    linked: true,
    paragraph: '<w:spacing w:after="200"/>',
    run: `${grey}${size(24)}`,
  });

const textStyles =
  paragraphStyle({
    id: "Quote",
    name: "Quote",
    priority: 29,
    quick: true,
    linked: true,
    paragraph:
      '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="B7CBD3"/></w:pBdr><w:spacing w:before="40" w:after="120"/><w:ind w:left="567" w:right="284"/>',
    run: `${italic}${grey}${size(20)}`,
  }) +
  paragraphStyle({
    id: "ListParagraph",
    name: "List Paragraph",
    priority: 34,
    quick: true,
    paragraph: '<w:ind w:left="357"/><w:contextualSpacing/>',
  }) +
  [0, 1, 2].map((level) => listStyle("Bullet", level)).join("") +
  [0, 1, 2].map((level) => listStyle("Number", level)).join("");

const edges =
  paragraphStyle({
    id: "Header",
    name: "header",
    priority: 99,
    linked: true,
    paragraph:
      '<w:tabs><w:tab w:val="right" w:pos="9356"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
    run: `${grey}${size(18)}`,
  }) +
  paragraphStyle({
    id: "Footer",
    name: "footer",
    priority: 99,
    linked: true,
    paragraph:
      '<w:tabs><w:tab w:val="right" w:pos="9356"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
    run: `${grey}${size(18)}`,
  });

const characters =
  characterStyle("Strong", "Strong", 22, bold) +
  characterStyle("Emphasis", "Emphasis", 20, italic) +
  characterStyle(
    "Hyperlink",
    "Hyperlink",
    99,
    '<w:color w:val="0B6A94" w:themeColor="hyperlink"/><w:u w:val="single"/>',
  );

/** The styles part of the default template (ECMA-376-1, 17.7). */
export const templateStyles: string = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles ${wordNamespaces}>${defaults}${basicStyles}${headings}${titles}${textStyles}${edges}${characters}${tableStyles}</w:styles>`;

import { paragraphStyle } from "./template-styles.ts";

const size = (halfPoints: number): string => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
const text2 = '<w:color w:val="1F3A4D" w:themeColor="text2"/>';

const entry = (level: number): string => {
  const indent = level === 1 ? "" : `<w:ind w:left="${284 * (level - 1)}"/>`;
  const after = level === 1 ? 60 : 20;
  return paragraphStyle({
    id: `TOC${level}`,
    name: `toc ${level}`,
    next: "Normal",
    priority: 39,
    paragraph: `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9356"/></w:tabs><w:spacing w:after="${after}" w:line="240" w:lineRule="auto"/>${indent}`,
    ...(level === 1 && { run: "<w:b/><w:bCs/>" }),
  });
};

const contents =
  paragraphStyle({
    id: "TOCHeading",
    name: "TOC Heading",
    basedOn: "Heading1",
    next: "Normal",
    priority: 39,
    quick: true,
    paragraph: '<w:outlineLvl w:val="9"/>',
  }) + [1, 2, 3, 4].map(entry).join("");

const caption = paragraphStyle({
  id: "Caption",
  name: "caption",
  next: "Normal",
  priority: 35,
  quick: true,
  paragraph: '<w:spacing w:before="120" w:after="100" w:line="240" w:lineRule="auto"/>',
  run: `<w:b/><w:bCs/>${text2}${size(19)}`,
});

const notes = `${paragraphStyle({
  id: "FootnoteText",
  name: "footnote text",
  priority: 99,
  linked: true,
  paragraph: '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>',
  run: size(17),
})}<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style><w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:rPr>${size(16)}</w:rPr></w:style>`;

/** Styles of the default template for long documents: contents, captions, footnotes (ECMA-376-1, 17.7). */
export const longStyles: string = contents + caption + notes;

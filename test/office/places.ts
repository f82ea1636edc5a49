import { type FixtureStories, noteParagraph, p, r, references } from "./fixture-file.ts";

/** The words that every edit is about: where they stand first is the place. */
export const target = "thirty days";
/** Who makes the edits; "own pending insertion" is by the same name. */
export const author = "Tandem";

/** A kind of place in a document, and a document that has it. */
export type Place = {
  readonly name: string;
  readonly stories: FixtureStories;
  /** True for a place in a table, where rows and columns can be edited. */
  readonly isInTable?: boolean;
};

const before = p("The paragraph before.");
const after = p("The paragraph after.");
const sentence = `Payment is due within ${target} of the invoice.`;
const theirs = 'w:author="Ann" w:date="2025-05-05T05:05:05Z"';
const own = `w:author="${author}" w:date="2025-06-06T06:06:06Z"`;

const inBody = (...blocks: readonly string[]): FixtureStories => ({
  body: [references, before, ...blocks, after].join(""),
});

const list =
  '<w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>';

/** A cell of plain paragraphs, or of blocks. */
function cell(content: string, properties = ""): string {
  const blocks = content.startsWith("<") ? content : p(content);
  return `<w:tc><w:tcPr><w:tcW w:w="2500" w:type="dxa"/>${properties}</w:tcPr>${blocks}</w:tc>`;
}

function table(rows: readonly (readonly string[])[], columns = 3): string {
  const grid = '<w:gridCol w:w="2500"/>'.repeat(columns);
  const written = rows.map((cells) => `<w:tr>${cells.join("")}</w:tr>`).join("");
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${written}</w:tbl>`;
}

const rowOf = (name: string): string[] => [1, 2, 3].map((column) => cell(`${name} ${column}`));
/** Three rows of three cells, the given one in the middle. */
const aroundCell = (middle: string): string =>
  table([rowOf("top"), [cell("left"), middle, cell("right")], rowOf("bottom")]);

function textBox(blocks: string): string {
  const content = `<w:txbxContent>${blocks}</w:txbxContent>`;
  const size = 'cx="2743200" cy="914400"';
  const shape = `<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>${content}</wps:txbx><wps:bodyPr/></wps:wsp>`;
  const anchor = `<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent ${size}/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="Text Box 1"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">${shape}</a:graphicData></a:graphic></wp:anchor>`;
  const fallback = `<w:pict><v:shape style="position:absolute;width:216pt;height:72pt"><v:textbox>${content}</v:textbox></v:shape></w:pict>`;
  return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${anchor}</w:drawing></mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent></w:r>`;
}

function field(code: string, result: string): string {
  const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${mark("begin")}<w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>${mark("separate")}${result}${mark("end")}`;
}

/** "Payment is due …" with the stretch from "within" to "of" put into something. */
const around = (open: string, close: string): string =>
  p("Payment is due ", `${open}${r(`within ${target} of`)}${close}`, " the invoice.");

const content = (block: string): string =>
  `<w:sdt><w:sdtPr><w:alias w:val="Term"/></w:sdtPr><w:sdtContent>${block}</w:sdtContent></w:sdt>`;

/** What a reference field shows. */
const term = p("A term: ", '<w:bookmarkStart w:id="7" w:name="Term"/>', target, '<w:bookmarkEnd w:id="7"/>');

const sectionBreak = '<w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>';

const runs: readonly Place[] = [
  { name: "body", stories: inBody(p(sentence)) },
  {
    name: "several runs",
    stories: inBody(
      p("Payment is due ", r("within thirty", "<w:b/>"), r(" days of", "<w:i/>"), " the invoice."),
    ),
  },
  { name: "hyperlink", stories: inBody(around('<w:hyperlink r:id="rIdLink">', "</w:hyperlink>")) },
  {
    name: "inline content control",
    stories: inBody(p("Payment is due ", content(r(`within ${target} of`)), " the invoice.")),
  },
  { name: "others' pending insertion", stories: inBody(around(`<w:ins w:id="90" ${theirs}>`, "</w:ins>")) },
  { name: "own pending insertion", stories: inBody(around(`<w:ins w:id="90" ${own}>`, "</w:ins>")) },
  {
    name: "beside others' pending deletion",
    stories: inBody(
      p(
        `Payment is due within ${target} `,
        `<w:del w:id="90" ${theirs}><w:r><w:delText xml:space="preserve">or a month </w:delText></w:r></w:del>`,
        "of the invoice.",
      ),
    ),
  },
  {
    name: "whole field",
    stories: inBody(p("Payment is due within ", field("REF Term \\h", r(target)), " of the invoice."), term),
  },
  {
    name: "simple field",
    stories: inBody(
      p(
        "Payment is due within ",
        `<w:fldSimple w:instr=" REF Term ">${r(target)}</w:fldSimple>`,
        " of the invoice.",
      ),
      term,
    ),
  },
  {
    name: "bookmark",
    stories: inBody(around('<w:bookmarkStart w:id="7" w:name="Term"/>', '<w:bookmarkEnd w:id="7"/>')),
  },
];

const paragraphs: readonly Place[] = [
  { name: "first paragraph of body", stories: { body: p(sentence) + references + after } },
  { name: "last paragraph of body", stories: { body: references + before + p(sentence) } },
  { name: "only list item", stories: inBody(p(list, sentence)) },
  { name: "middle list item", stories: inBody(p(list, "One"), p(list, sentence), p(list, "Three")) },
  { name: "heading", stories: inBody(p('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', sentence)) },
  { name: "before a table", stories: inBody(p(sentence), table([rowOf("only")])) },
  { name: "after a table", stories: inBody(table([rowOf("only")]), p(sentence)) },
  { name: "between tables", stories: inBody(table([rowOf("first")]), p(sentence), table([rowOf("second")])) },
  { name: "end of a section", stories: inBody(p(sectionBreak, sentence)) },
  { name: "content control of one paragraph", stories: inBody(content(p(sentence))) },
  { name: "content control of paragraphs", stories: inBody(content(before + p(sentence) + after)) },
  {
    name: "others' inserted paragraph",
    stories: inBody(
      p(
        `<w:pPr><w:rPr><w:ins w:id="90" ${theirs}/></w:rPr></w:pPr>`,
        `<w:ins w:id="91" ${theirs}>${r(sentence)}</w:ins>`,
      ),
    ),
  },
  { name: "header", stories: { header: before + p(sentence) + after } },
  { name: "last paragraph of header", stories: { header: p(sentence) } },
  { name: "footer", stories: { footer: before + p(sentence) + after } },
  { name: "footnote", stories: { footnote: noteParagraph("footnote", sentence) } },
  {
    name: "second paragraph of footnote",
    stories: { footnote: noteParagraph("footnote", "First.") + p(sentence) + after },
  },
  { name: "endnote", stories: { endnote: noteParagraph("endnote", sentence) } },
  { name: "text box", stories: inBody(p("A box: ", textBox(before + p(sentence) + after))) },
  { name: "last paragraph of text box", stories: inBody(p("A box: ", textBox(p(sentence)))) },
  { name: "after a text box", stories: inBody(p(textBox(p("In the box.")), sentence)) },
  { name: "before a text box", stories: inBody(p(sentence, textBox(p("In the box.")), "And on.")) },
];

const cells: readonly Place[] = [
  { name: "only paragraph of cell", stories: inBody(aroundCell(cell(sentence))) },
  { name: "first paragraph of cell", stories: inBody(aroundCell(cell(p(sentence) + after))) },
  { name: "middle paragraph of cell", stories: inBody(aroundCell(cell(before + p(sentence) + after))) },
  { name: "last paragraph of cell", stories: inBody(aroundCell(cell(before + p(sentence)))) },
  {
    name: "first cell of table",
    stories: inBody(table([[cell(sentence), cell("top"), cell("right")], rowOf("bottom")])),
  },
  {
    name: "last cell of table",
    stories: inBody(table([rowOf("top"), [cell("left"), cell("bottom"), cell(sentence)]])),
  },
  { name: "only row of table", stories: inBody(table([[cell("left"), cell(sentence), cell("right")]])) },
  {
    name: "only column of table",
    stories: inBody(table([[cell("top")], [cell(sentence)], [cell("bottom")]], 1)),
  },
  {
    name: "cell over two columns",
    stories: inBody(
      table([rowOf("top"), [cell(sentence, '<w:gridSpan w:val="2"/>'), cell("right")], rowOf("bottom")]),
    ),
  },
  {
    name: "beside a cell over two rows",
    stories: inBody(
      table([
        [cell("tall", '<w:vMerge w:val="restart"/>'), cell("top"), cell("right")],
        [cell("<w:p/>", "<w:vMerge/>"), cell(sentence), cell("right")],
        rowOf("bottom"),
      ]),
    ),
  },
  {
    name: "nested table",
    stories: inBody(
      aroundCell(
        cell(
          table(
            [
              [cell("left"), cell(sentence)],
              [cell("low"), cell("lower")],
            ],
            2,
          ) + after,
        ),
      ),
    ),
  },
  { name: "cell of header", stories: { header: aroundCell(cell(sentence)) + after } },
].map((place) => ({ ...place, isInTable: true }));

/** Every kind of place that is edited, one by one. */
export const places: readonly Place[] = [...runs, ...paragraphs, ...cells];

import { createPackage } from "./office-zip.ts";

const words =
  "the supplier shall provide services under this agreement within thirty days after written notice of each party and report on progress quality costs risks delivery payment interface data transfer storage security access support maintenance term renewal".split(
    " ",
  );

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A sentence that occurs once in the large document as a paragraph, and what the benchmark makes of it. */
export type SentenceEdit = { readonly before: string; readonly after: string };

/** The sentences of a large document that are edited, in order; they are numbered when there are several. */
export function sentenceEdits(count = 1): SentenceEdit[] {
  return Array.from({ length: count }, (_, index) => {
    const item = count === 1 ? "" : ` of item ${index + 1}`;
    return {
      before: `Delivery${item} takes place within thirty days of the order.`,
      after: `Delivery${item} takes place within fourteen days of the order.`,
    };
  });
}

/**
 * A Word document whose `document.xml` has about `size` characters, in the mix that Word writes: headings, paragraphs
 * of several runs with properties and revision save ids, lists, tables, links, bookmarks and a field. LibreOffice
 * makes about 80 pages of a million characters. The sentences to be edited are spread over it.
 */
export function largeDocument(
  size: number = 4 * 1024 * 1024,
  edits: readonly SentenceEdit[] = sentenceEdits(),
): Uint8Array {
  const random = randomNumbers(1);
  const blocks: string[] = [];
  let length = 0;
  let written = 0;
  for (let index = 0; length < size; index++) {
    let block: string;
    if (written < edits.length && length > (size * (written + 1)) / (edits.length + 1)) {
      block = paragraph("", run("", edits[written++]!.before));
    } else if (index % 40 === 0) block = heading(random, index);
    else if (index % 23 === 0) block = table(random);
    else block = bodyParagraph(random, index);
    blocks.push(block);
    length += block.length;
  }
  return createPackage(`${blocks.join("")}${section}`);
}

const section =
  '<w:sectPr w:rsidR="00A77B3E"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>';

const runLooks = [
  "",
  "",
  '<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB"/></w:rPr>',
  "<w:rPr><w:b/><w:bCs/></w:rPr>",
  '<w:rPr><w:i/><w:iCs/><w:color w:val="1F3864"/></w:rPr>',
];

function bodyParagraph(random: () => number, index: number): string {
  const count = 2 + Math.floor(random() * 4);
  const runs = Array.from({ length: count }, () => {
    const look = runLooks[Math.floor(random() * runLooks.length)]!;
    return run(look, `${text(random, 6 + Math.floor(random() * 14))} `);
  });
  if (index % 17 === 0)
    runs.push(
      `<w:hyperlink r:id="rId2" w:history="1">${run('<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>', "see the annex")}</w:hyperlink>`,
    );
  if (index % 19 === 0)
    runs.unshift(
      `<w:bookmarkStart w:id="${index}" w:name="_Ref${index}"/>`,
      `<w:bookmarkEnd w:id="${index}"/>`,
    );
  if (index % 29 === 0) runs.push(pageField);
  const isList = index % 5 === 0;
  const properties = isList
    ? '<w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:jc w:val="both"/></w:pPr>'
    : '<w:pPr><w:spacing w:before="120" w:after="120"/><w:jc w:val="both"/></w:pPr>';
  return paragraph(properties, runs.join(""), index);
}

const pageField =
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF _Ref19 \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';

function heading(random: () => number, index: number): string {
  return paragraph(
    `<w:pPr><w:pStyle w:val="Heading${1 + (index % 3)}"/></w:pPr>`,
    run("", text(random, 4)),
    index,
  );
}

function table(random: () => number): string {
  const row = (): string =>
    `<w:tr w:rsidR="00A77B3E">${Array.from(
      { length: 4 },
      () =>
        `<w:tc><w:tcPr><w:tcW w:w="2265" w:type="dxa"/></w:tcPr>${paragraph("", run("", text(random, 3)))}</w:tc>`,
    ).join("")}</w:tr>`;
  return (
    '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>' +
    `<w:tblGrid>${'<w:gridCol w:w="2265"/>'.repeat(4)}</w:tblGrid>${Array.from({ length: 6 }, row).join("")}</w:tbl>`
  );
}

function paragraph(properties: string, content: string, index?: number): string {
  const ids =
    index === undefined
      ? 'w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"'
      : `w14:paraId="${(0x10000000 + index).toString(16).toUpperCase()}" w14:textId="77777777" w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E" w:rsidP="00B21C4D"`;
  return `<w:p ${ids}>${properties}${content}</w:p>`;
}

function run(look: string, content: string): string {
  return `<w:r w:rsidRPr="00C51D0A">${look}<w:t xml:space="preserve">${content}</w:t></w:r>`;
}

function text(random: () => number, count: number): string {
  return Array.from({ length: count }, () => words[Math.floor(random() * words.length)]!).join(" ");
}

import { wordFile } from "../../src/files/docx/word.fixture.ts";
import { randomFrom } from "../corpus/draw-edit.ts";

/** Draws from a seed. */
export type Draw = {
  readonly below: (count: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly chance: (probability: number) => boolean;
};

export function drawFrom(seed: number): Draw {
  const random = randomFrom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  return { below, pick: (items) => items[below(items.length)]!, chance: (each) => random() < each };
}

const subjects = ["The supplier", "The customer", "Each party", "The agent", "Our team", "The committee"];
const verbs = ["delivers", "pays for", "checks", "returns", "reports on", "approves", "shall inspect"];
const objects = [
  "the goods",
  "all parts of the order",
  "the annual report",
  "the “Services” listed in annex B",
  "the invoice",
  "the goods and the invoice",
  "goods of the first class",
];
const times = [
  "within 30 days",
  "by the end of the month",
  "no later than 5 p.m.",
  "before the first of May",
  "within 30 working days",
  "without delay",
];
const tails = [
  "unless both parties agree otherwise",
  "and keeps a copy of it",
  "at a price of 1,250.00 EUR",
  "where the law allows it",
  "as the other party’s order says",
  "and the goods are paid",
];

/** A made-up sentence; few words are used often, so that the same ones come again and again. */
export function sentence(draw: Draw): string {
  const tail = draw.chance(0.6) ? `, ${draw.pick(tails)}` : "";
  return `${draw.pick(subjects)} ${draw.pick(verbs)} ${draw.pick(objects)} ${draw.pick(times)}${tail}.`;
}

/** A Word file with headings, formatted paragraphs, lists, links and tables. */
export function randomDocument(seed: number): Uint8Array {
  const draw = drawFrom(seed);
  const blocks = Array.from({ length: 6 + draw.below(10) }, (_, index) => block(draw, index));
  return wordFile(blocks.join(""), { styles, numbering, links: { rId77: "https://example.org/terms" } });
}

function block(draw: Draw, index: number): string {
  const kind = draw.below(10);
  if (index === 0 || kind === 0) return paragraph(draw, draw.pick(headings), heading);
  if (kind === 1) return table(draw);
  if (kind === 2) return [1, 2, 3].map(() => paragraph(draw, sentence(draw), list)).join("");
  const count = 1 + draw.below(4);
  return paragraph(draw, Array.from({ length: count }, () => sentence(draw)).join(" "));
}

const headings = ["Delivery of the goods", "Payment and invoices", "Term of this agreement", "General rules"];
const heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>';
const list = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>';
const styles =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
  '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>';
const numbering =
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';

let lastParaId = 0x1000;

function paragraph(draw: Draw, text: string, properties = ""): string {
  lastParaId += 7;
  const id = lastParaId.toString(16).toUpperCase().padStart(8, "0");
  return `<w:p w14:paraId="${id}" w:rsidR="00AB12CD">${properties}${runs(draw, text)}</w:p>`;
}

/** The text in runs of one to eight words, some bold, one perhaps a link. */
function runs(draw: Draw, text: string): string {
  const words = text.match(/\S+\s*/g) ?? [];
  let xml = "";
  for (let at = 0; at < words.length; ) {
    const take = 1 + draw.below(8);
    const piece = words
      .slice(at, at + take)
      .join("")
      .replaceAll("&", "&amp;");
    const look = draw.chance(0.2) ? "<w:rPr><w:b/></w:rPr>" : "";
    const run = `<w:r>${look}<w:t xml:space="preserve">${piece}</w:t></w:r>`;
    xml += draw.chance(0.06) ? `<w:hyperlink r:id="rId77">${run}</w:hyperlink>` : run;
    at += take;
  }
  return xml;
}

function table(draw: Draw): string {
  const cell = (text: string): string =>
    `<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>${paragraph(draw, text)}</w:tc>`;
  const row = (): string => {
    const cells = [draw.pick(objects), draw.pick(times), String(100 * draw.below(20))];
    return `<w:tr>${cells.map(cell).join("")}</w:tr>`;
  };
  const grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>';
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>${grid}${row()}${row()}${row()}</w:tbl>${paragraph(draw, sentence(draw))}`;
}

import { openFile, savePackage, settleChanges, type WordDocument } from "../../src/files/index.ts";
import { encodePart } from "../../src/files/opc/part-text.ts";
import { applySplices, type Splice } from "../../src/files/xml/splice.ts";
import { childNamed, childrenOf, descendantsNamed, nameOf, outerXml } from "../../src/files/xml/xml-tree.ts";
import { randomFrom } from "./draw-edit.ts";

type Tree = WordDocument["stories"][number]["tree"];

/** Makes one edit: a splice of the body, or undefined where the document offers no place for it. */
type DrawEdit = (draw: Draw) => Splice | undefined;

type Draw = {
  readonly tree: Tree;
  readonly random: () => number;
  /** One of the elements, or -1. */
  readonly pick: (elements: readonly number[]) => number;
  /** All elements of that name in the body, text boxes left out. */
  readonly inBody: (name: string) => readonly number[];
};

/** The document with a handful of edits in its body, drawn by seed. */
export function randomVersion(document: WordDocument, seed: number): WordDocument {
  const random = randomFrom(seed);
  const settled = openFile(settleChanges(document, { action: "accept" }));
  const story = settled.stories[0]!;
  const { tree } = story;
  const draw: Draw = {
    tree,
    random,
    pick: (elements) => elements[Math.floor(random() * elements.length)] ?? -1,
    inBody: (name) =>
      descendantsNamed(tree, 0, name).filter((element) => !isInside(tree, element, "w:txbxContent")),
  };
  const splices: Splice[] = [];
  for (let count = 0; count < 6; count++) {
    const made = drawnEdits[Math.floor(random() * drawnEdits.length)]!(draw);
    if (made === undefined || splices.some((each) => made.start < each.end && each.start < made.end))
      continue;
    splices.push(made);
  }
  if (splices.length === 0) return settled;
  const text = applySplices(tree.source, splices);
  return openFile(
    savePackage(settled.package, new Map([[story.name, encodePart({ text, encoding: story.encoding })]])),
  );
}

const drawnEdits: readonly DrawEdit[] = [
  changeWord,
  dropWord,
  makeBold,
  dropParagraph,
  repeatParagraph,
  dropOrRepeatRow,
  changeWrapped,
  splitParagraph,
  joinParagraphs,
  dropOrRepeatColumn,
];

function changeWord(draw: Draw): Splice | undefined {
  return rewritten(draw, pickText(draw), (xml) => xml.replace(firstWord, ">$1changed"));
}

function dropWord(draw: Draw): Splice | undefined {
  return rewritten(draw, pickText(draw), (xml) => xml.replace(firstWord, ">$1"));
}

const firstWord = />([^<]*?)\w{3,}/;

function pickText({ tree, pick, inBody }: Draw): number {
  return pick(inBody("w:t").filter((each) => isInside(tree, each, "w:p") && hasWord(tree, each)));
}

function hasWord(tree: Tree, text: number): boolean {
  return />[^&]*\w{3}[^&]*$/.test(outerXml(tree, text));
}

function makeBold(draw: Draw): Splice | undefined {
  const { tree, pick, inBody } = draw;
  const run = pick(inBody("w:r").filter((each) => nameOf(tree, each + 1) === "w:t"));
  const prefix = run < 0 ? "" : prefixOf(tree, run);
  return rewritten(draw, run, (xml) =>
    xml.replace(/^(<[^>]*>)/, `$1<${prefix}rPr><${prefix}b/></${prefix}rPr>`),
  );
}

function dropParagraph(draw: Draw): Splice | undefined {
  return rewritten(draw, draw.pick(plainParagraphs(draw)), () => "");
}

function repeatParagraph(draw: Draw): Splice | undefined {
  return rewritten(
    draw,
    draw.pick(plainParagraphs(draw)),
    (xml) => xml + withoutIds(xml).replace(/(\w{3})</g, "$1 again<"),
  );
}

function dropOrRepeatRow(draw: Draw): Splice | undefined {
  const { tree, pick, inBody, random } = draw;
  const row = pick(
    inBody("w:tr").filter(
      (each) => childrenOf(tree, tree.parent[each]!).filter((row) => nameOf(tree, row) === "w:tr").length > 1,
    ),
  );
  return rewritten(draw, row, (xml) => (random() < 0.5 ? "" : xml + xml));
}

/** A word inside a hyperlink, a content control or a text box, in both copies of the latter. */
function changeWrapped(draw: Draw): Splice | undefined {
  const { tree, pick } = draw;
  const wrappers = new Set(["w:hyperlink", "w:sdt", "mc:AlternateContent"]);
  const text = pick(
    descendantsNamed(tree, 0, "w:t").filter((each) => {
      const wrapper = wrapperOf(tree, each, wrappers);
      return wrapper >= 0 && hasWord(tree, each);
    }),
  );
  if (text < 0) return undefined;
  const old = outerXml(tree, text);
  return rewritten(draw, wrapperOf(tree, text, wrappers), (xml) =>
    xml.replaceAll(old, old.replace(firstWord, ">$1changed")),
  );
}

function wrapperOf(tree: Tree, element: number, names: ReadonlySet<string>): number {
  let found = -1;
  for (let at = tree.parent[element]!; at >= 0; at = tree.parent[at]!)
    if (names.has(nameOf(tree, at))) found = at;
  return found;
}

function splitParagraph(draw: Draw): Splice | undefined {
  const { tree, pick } = draw;
  const paragraph = pick(
    plainParagraphs(draw).filter((each) => childrenOf(tree, each).some((run) => spaceIn(tree, run) > 0)),
  );
  if (paragraph < 0) return undefined;
  const run = pick(childrenOf(tree, paragraph).filter((each) => spaceIn(tree, each) > 0));
  const at = spaceIn(tree, run) - tree.start[paragraph]!;
  const prefix = prefixOf(tree, paragraph);
  const source = outerXml(tree, paragraph);
  const own = childNamed(tree, paragraph, "w:pPr");
  const format = childNamed(tree, run, "w:rPr");
  const head = `<${prefix}p>${own < 0 ? "" : outerXml(tree, own)}<${prefix}r>${format < 0 ? "" : outerXml(tree, format)}`;
  const tail = `</${prefix}t></${prefix}r></${prefix}p>`;
  const text = `${source.slice(0, at)}${tail}${withoutIds(head)}<${prefix}t xml:space="preserve">${source.slice(at)}`;
  return { start: tree.start[paragraph]!, end: tree.end[paragraph]!, text };
}

/** Where in the source a run's text has a space with words around it; -1 for none. */
function spaceIn(tree: Tree, run: number): number {
  if (nameOf(tree, run) !== "w:r") return -1;
  const text = childNamed(tree, run, "w:t");
  if (text < 0) return -1;
  const at = tree.source
    .slice(tree.openEnd[text]!, tree.closeStart[text]!)
    .search(/(?<=\w{4}[.,;]?) (?=\w{4})/);
  return at < 0 ? -1 : tree.openEnd[text]! + at;
}

function joinParagraphs(draw: Draw): Splice | undefined {
  const { tree, pick } = draw;
  const plain = new Set(plainParagraphs(draw));
  const first = pick(
    [...plain].filter(
      (each) => plain.has(tree.next[each]!) && hasText(tree, each) && hasText(tree, tree.next[each]!),
    ),
  );
  if (first < 0) return undefined;
  const second = tree.next[first]!;
  const own = childNamed(tree, second, "w:pPr");
  const rest = tree.source.slice(own < 0 ? tree.openEnd[second]! : tree.end[own]!, tree.end[second]!);
  const text = tree.source.slice(tree.start[first]!, tree.closeStart[first]!) + rest;
  return { start: tree.start[first]!, end: tree.end[second]!, text };
}

function hasText(tree: Tree, paragraph: number): boolean {
  return descendantsNamed(tree, paragraph, "w:t").some((text) => hasWord(tree, text));
}

function dropOrRepeatColumn(draw: Draw): Splice | undefined {
  const { tree, pick, inBody, random } = draw;
  const table = pick(inBody("w:tbl").filter((each) => columnsOf(tree, each) > 1));
  if (table < 0) return undefined;
  const column = Math.floor(random() * columnsOf(tree, table));
  const isDropped = random() < 0.5;
  const offset = tree.start[table]!;
  const cells = [childNamed(tree, table, "w:tblGrid"), ...rowsOf(tree, table)].map(
    (each) => cellsOf(tree, each)[column]!,
  );
  const splices = cells.map((cell) => ({
    start: tree.start[cell]! - offset,
    end: tree.end[cell]! - offset,
    text: isDropped
      ? ""
      : outerXml(tree, cell) + withoutIds(outerXml(tree, cell)).replace(/(\w{3})</g, "$1 again<"),
  }));
  return {
    start: offset,
    end: tree.end[table]!,
    text: applySplices(outerXml(tree, table), splices),
  };
}

/** The number of columns of a table whose every row has a cell in each and none spans; else 0. */
function columnsOf(tree: Tree, table: number): number {
  if (
    /gridSpan|vMerge|gridBefore|gridAfter|<\w+:tbl\b.*<\w+:tbl\b|sdt|bookmark|vml/.test(outerXml(tree, table))
  )
    return 0;
  const grid = childNamed(tree, table, "w:tblGrid");
  if (grid < 0) return 0;
  const count = childrenOf(tree, grid).length;
  return rowsOf(tree, table).every((row) => cellsOf(tree, row).length === count) ? count : 0;
}

function rowsOf(tree: Tree, table: number): number[] {
  return childrenOf(tree, table).filter((each) => nameOf(tree, each) === "w:tr");
}

function cellsOf(tree: Tree, row: number): number[] {
  return childrenOf(tree, row).filter((each) => /^w:(tc|gridCol)$/.test(nameOf(tree, each)));
}

/** Paragraphs of the body without fields and section breaks that another paragraph follows. */
function plainParagraphs({ tree, inBody }: Draw): number[] {
  return inBody("w:p").filter(
    (each) =>
      nameOf(tree, tree.parent[each]!) === "w:body" &&
      !/sectPr|fldChar|instrText/.test(outerXml(tree, each)) &&
      nextIsParagraph(tree, each),
  );
}

function nextIsParagraph(tree: Tree, element: number): boolean {
  const next = tree.next[element]!;
  return next < tree.next[tree.parent[element]!]! && nameOf(tree, next) === "w:p";
}

function rewritten({ tree }: Draw, element: number, rewrite: (xml: string) => string): Splice | undefined {
  if (element < 0) return undefined;
  return { start: tree.start[element]!, end: tree.end[element]!, text: rewrite(outerXml(tree, element)) };
}

function withoutIds(xml: string): string {
  return xml.replace(/\s[\w]+:(paraId|textId)="[^"]*"/g, "");
}

function prefixOf(tree: Tree, element: number): string {
  return tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!).replace(/[^:]*$/, "");
}

function isInside(tree: Tree, element: number, name: string): boolean {
  for (let at = tree.parent[element]!; at >= 0; at = tree.parent[at]!)
    if (nameOf(tree, at) === name) return true;
  return false;
}

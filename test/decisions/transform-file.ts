import { openFile, savePackage } from "../../src/files/index.ts";
import { scanXml, type XmlTree } from "../../src/files/xml/scan-xml.ts";
import { applySplices, type Splice } from "../../src/files/xml/splice.ts";
import {
  childrenOf,
  descend,
  descendantsNamed,
  innerXml,
  nameOf,
  outerXml,
  textOf,
} from "../../src/files/xml/xml-tree.ts";
import type { Draw } from "./random-document.ts";

/** Makes another body of a body. */
export type Transform = (tree: XmlTree, draw: Draw) => string;

/** Gives the body's XML to `change` and saves what it makes of it; files in other encodings stay as they are. */
export function transformBody(bytes: Uint8Array, change: Transform, draw: Draw): Uint8Array {
  const document = openFile(bytes);
  const body = document.stories[0]!;
  if (body.encoding !== "utf-8") return bytes;
  const text = change(body.tree, draw);
  if (text === body.tree.source) return bytes;
  scanXml(text);
  return savePackage(document.package, new Map([[body.name, new TextEncoder().encode(text)]]));
}

/** What other programs do to a file on a mere save. */
export const resaves: readonly Transform[] = [
  // All revision ids anew, from 0.
  ({ source }) => {
    let id = 0;
    return source.replace(
      /(<(?:[\w-]+:)?(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\b[^>]*?\s[\w-]+:id=")[^"]*"/g,
      (_, start) => `${start}${id++}"`,
    );
  },
  ({ source }) => source.replace(/\s[\w-]+:(?:paraId|textId|rsid\w*)="[^"]*"/g, ""),
  splitRuns,
  // A save or a spelling check puts markers between runs.
  ({ source }) =>
    source.replace(/<w:r>/g, (run, at: number) =>
      at % 3 === 0 ? `<w:proofErr w:type="spellStart"/>${run}` : run,
    ),
];

/** Every run of one text of some length becomes two. */
function splitRuns(tree: XmlTree): string {
  const splices: Splice[] = [];
  for (const run of descendantsNamed(tree, 0, "w:r")) {
    const texts = childrenOf(tree, run).filter((child) => nameOf(tree, child) !== "w:rPr");
    const [only] = texts;
    if (texts.length !== 1 || only === undefined || nameOf(tree, only) !== "w:t") continue;
    const source = innerXml(tree, only);
    if (/[&<]/.test(source) || textOf(tree, only).length < 6) continue;
    const cut = Math.floor(source.length / 2);
    const properties = descend(tree, run, "w:rPr");
    const look = properties < 0 ? "" : outerXml(tree, properties);
    const open = tree.source.slice(tree.start[run]!, tree.openEnd[run]!);
    const tag = tree.source.slice(tree.start[only]! + 1, tree.nameEnd[only]!);
    const name = tree.source.slice(tree.start[run]! + 1, tree.nameEnd[run]!);
    const piece = (text: string): string => `<${tag} xml:space="preserve">${text}</${tag}>`;
    splices.push({
      start: tree.start[run]!,
      end: tree.end[run]!,
      text: `${open}${look}${piece(source.slice(0, cut))}</${name}>${open}${look}${piece(source.slice(cut))}</${name}>`,
    });
  }
  return applySplices(tree.source, splices);
}

/** What people do to paragraphs, with all the pending markup in them. */
export const moves: readonly Transform[] = [
  moveParagraph,
  splitParagraph,
  mergeParagraphs,
  autocorrect,
  addRow,
  trailingSpaces,
];

/** Paragraphs directly in the body that can be moved about. */
export function bodyParagraphs(tree: XmlTree): number[] {
  const body = descend(tree, 0, "w:body");
  if (body < 0) return [];
  return childrenOf(tree, body).filter((child) => {
    const xml = outerXml(tree, child);
    return (
      nameOf(tree, child) === "w:p" &&
      !/<(?:[\w-]+:)?(?:sectPr|fldChar|drawing|pict|AlternateContent|moveFrom|moveTo|commentRange\w+|bookmark\w+)\b/.test(
        xml,
      )
    );
  });
}

function moveParagraph(tree: XmlTree, draw: Draw): string {
  // One whose end is itself a suggestion belongs to its neighbours.
  const movable = bodyParagraphs(tree).filter(
    (each) => !hasMarkChange(tree, each) && !isAfterMarkChange(tree, each),
  );
  if (movable.length < 3) return tree.source;
  const from = draw.pick(movable);
  const to = draw.pick(movable.filter((each) => each !== from));
  return applySplices(tree.source, [
    { start: tree.start[from]!, end: tree.end[from]!, text: "" },
    { start: tree.start[to]!, end: tree.start[to]!, text: outerXml(tree, from) },
  ]);
}

export function hasMarkChange(tree: XmlTree, paragraph: number): boolean {
  const properties = descend(tree, paragraph, "w:pPr", "w:rPr");
  return (
    properties >= 0 && childrenOf(tree, properties).some((child) => /^w:(ins|del)$/.test(nameOf(tree, child)))
  );
}

export function isAfterMarkChange(tree: XmlTree, paragraph: number): boolean {
  const siblings = childrenOf(tree, tree.parent[paragraph]!);
  const before = siblings[siblings.indexOf(paragraph) - 1];
  const after = siblings[siblings.indexOf(paragraph) + 1];
  return [before, after].some(
    (each) => each !== undefined && nameOf(tree, each) === "w:p" && hasMarkChange(tree, each),
  );
}

/** Return is pressed between two runs, after a space. */
function splitParagraph(tree: XmlTree, draw: Draw): string {
  const places = bodyParagraphs(tree).flatMap((paragraph) => {
    if (hasMarkChange(tree, paragraph)) return [];
    const children = childrenOf(tree, paragraph);
    return children.flatMap((child, index) => {
      const next = children[index + 1];
      const isRun = next !== undefined && nameOf(tree, child) === "w:r" && nameOf(tree, next) === "w:r";
      return isRun && / <\/(?:[\w-]+:)?t>/.test(outerXml(tree, child))
        ? [{ paragraph, at: tree.end[child]! }]
        : [];
    });
  });
  if (places.length === 0) return tree.source;
  const { paragraph, at } = draw.pick(places);
  const properties = descend(tree, paragraph, "w:pPr");
  const look = properties < 0 ? "" : outerXml(tree, properties);
  const name = tree.source.slice(tree.start[paragraph]! + 1, tree.nameEnd[paragraph]!);
  return applySplices(tree.source, [{ start: at, end: at, text: `</${name}><${name}>${look}` }]);
}

function mergeParagraphs(tree: XmlTree, draw: Draw): string {
  const all = bodyParagraphs(tree).filter(
    (each) => !hasMarkChange(tree, each) && descend(tree, each, "w:pPr", "w:pPrChange") < 0,
  );
  const siblings = childrenOf(tree, descend(tree, 0, "w:body"));
  const pairs = all.flatMap((each) => {
    const next = siblings[siblings.indexOf(each) + 1];
    return next !== undefined && all.includes(next) && tree.openEnd[each]! < tree.closeStart[each]!
      ? [[each, next] as const]
      : [];
  });
  if (pairs.length === 0) return tree.source;
  const [one, other] = draw.pick(pairs);
  const properties = descend(tree, other, "w:pPr");
  const from = properties < 0 ? tree.openEnd[other]! : tree.end[properties]!;
  const content = tree.source.slice(from, tree.closeStart[other]!);
  if (tree.closeStart[other]! === tree.end[other]!) return tree.source;
  return applySplices(tree.source, [
    {
      start: tree.closeStart[one]!,
      end: tree.closeStart[one]!,
      text: `<w:r><w:t xml:space="preserve"> </w:t></w:r>${content}`,
    },
    { start: tree.start[other]!, end: tree.end[other]!, text: "" },
  ]);
}

/** Typographic quotes all over the text, as a program's autocorrection leaves them. */
function autocorrect({ source }: XmlTree): string {
  return source.replace(
    /(<w:t\b[^>]*>)([^<]*)/g,
    (_, open, text: string) => open + text.replace(/[“”]/g, "&quot;").replace(/’/g, "'"),
  );
}

function addRow(tree: XmlTree, draw: Draw): string {
  const rows = descendantsNamed(tree, 0, "w:tr").filter(
    (row) =>
      !/<w:(ins|del|cellIns|cellDel|rPrChange|pPrChange|vMerge|fldChar|bookmark\w+)\b/.test(
        outerXml(tree, row),
      ),
  );
  if (rows.length === 0) return tree.source;
  const row = draw.pick(rows);
  const xml = outerXml(tree, row)
    .replace(/(<w:t\b[^>]*>)[^<]*/g, "$1new entry")
    .replace(/\sw14:(paraId|textId)="[^"]*"/g, "");
  return applySplices(tree.source, [{ start: tree.end[row]!, end: tree.end[row]!, text: xml }]);
}

function trailingSpaces(tree: XmlTree, draw: Draw): string {
  const splices = bodyParagraphs(tree).flatMap((paragraph) => {
    if (draw.chance(0.6) || tree.closeStart[paragraph]! === tree.end[paragraph]!) return [];
    const at = tree.closeStart[paragraph]!;
    return [{ start: at, end: at, text: '<w:r><w:t xml:space="preserve"> </w:t></w:r>' }];
  });
  return applySplices(tree.source, splices);
}

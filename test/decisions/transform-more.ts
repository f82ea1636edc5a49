import type { XmlTree } from "../../src/files/xml/scan-xml.ts";
import { applySplices } from "../../src/files/xml/splice.ts";
import { childNamed, childrenOf, descendantsNamed, nameOf, outerXml } from "../../src/files/xml/xml-tree.ts";
import type { Draw } from "./random-document.ts";
import { bodyParagraphs, hasMarkChange, isAfterMarkChange, moves, type Transform } from "./transform-file.ts";

/** What people do to paragraphs besides. */
export const moreMoves: readonly Transform[] = [...moves, moveSection, repeatParagraph, formatRun, deleteRow];

/** What a program does to a whole file when it saves it at the end; after these nobody can tell suggestions by seconds. */
export const lastSaves: readonly { readonly name: string; readonly change: Transform }[] = [
  // Word keeps minutes for what it has read itself.
  {
    name: "seconds dropped",
    change: ({ source }) => source.replace(/(:date="\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d/g, "$1:00"),
  },
  { name: "runs merged", change: mergeRuns },
  { name: "page breaks rendered", change: renderBreaks },
  { name: "typography", change: typography },
];

/** "Remove personal information from this file on save". */
export function withoutNames({ source }: XmlTree): string {
  return source.replace(/(\s[\w]+:author=")[^"]*"/g, '$1Author"').replace(/\s[\w]+:date="[^"]*"/g, "");
}

const revisions = /<(?:[\w-]+:)?(?:ins|del|cellIns|cellDel|rPrChange|pPrChange|moveFrom|moveTo)\b/;

function isPlain(tree: XmlTree, index: number): boolean {
  return !revisions.test(outerXml(tree, index));
}

/** Up to three paragraphs that follow each other. */
function moveSection(tree: XmlTree, draw: Draw): string {
  const movable = bodyParagraphs(tree).filter(
    (each) => !hasMarkChange(tree, each) && !isAfterMarkChange(tree, each),
  );
  if (movable.length < 6) return tree.source;
  const at = draw.below(movable.length - 3);
  const [first, ...rest] = movable.slice(at, at + 3);
  const section = [first!];
  for (const next of rest)
    if (/^\s*$/.test(tree.source.slice(tree.end[section.at(-1)!]!, tree.start[next]!))) section.push(next);
    else break;
  const target = draw.pick(movable.filter((each) => !section.includes(each)));
  const [start, end] = [tree.start[section[0]!]!, tree.end[section.at(-1)!]!];
  return applySplices(tree.source, [
    { start, end, text: "" },
    { start: tree.start[target]!, end: tree.start[target]!, text: tree.source.slice(start, end) },
  ]);
}

/** A paragraph without suggestions is copied and pasted somewhere else. */
function repeatParagraph(tree: XmlTree, draw: Draw): string {
  const paragraphs = bodyParagraphs(tree);
  const plain = paragraphs.filter((each) => isPlain(tree, each) && /<w:t\b/.test(outerXml(tree, each)));
  const targets = paragraphs.filter((each) => !hasMarkChange(tree, each) && !isAfterMarkChange(tree, each));
  if (plain.length === 0 || targets.length === 0) return tree.source;
  const copy = outerXml(tree, draw.pick(plain)).replace(/\sw14:(paraId|textId)="[^"]*"/g, "");
  const at = tree.start[draw.pick(targets)]!;
  return applySplices(tree.source, [{ start: at, end: at, text: copy }]);
}

/** Bold for a run that has no formatting of its own. */
function formatRun(tree: XmlTree, draw: Draw): string {
  const runs = descendantsNamed(tree, 0, "w:r").filter(
    (run) => childNamed(tree, run, "w:rPr") < 0 && childNamed(tree, run, "w:t") >= 0,
  );
  if (runs.length === 0) return tree.source;
  const at = tree.openEnd[draw.pick(runs)]!;
  return applySplices(tree.source, [{ start: at, end: at, text: "<w:rPr><w:b/></w:rPr>" }]);
}

function deleteRow(tree: XmlTree, draw: Draw): string {
  const rows = descendantsNamed(tree, 0, "w:tr").filter((row) => {
    const rest = childrenOf(tree, tree.parent[row]!).filter((each) => nameOf(tree, each) === "w:tr");
    return (
      rest.length > 2 &&
      isPlain(tree, row) &&
      !/<w:(vMerge|fldChar|bookmark\w+|sectPr)\b/.test(outerXml(tree, row))
    );
  });
  if (rows.length === 0) return tree.source;
  const row = draw.pick(rows);
  return applySplices(tree.source, [{ start: tree.start[row]!, end: tree.end[row]!, text: "" }]);
}

/** Neighbouring runs of the same formatting become one. */
function mergeRuns({ source }: XmlTree): string {
  const joint = /<\/w:t><\/w:r><w:r>((?:<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?)<w:t xml:space="preserve">/g;
  return source.replace(joint, (found, properties: string, at: number) => {
    const before = source.slice(0, at);
    const open = before.lastIndexOf("<w:r>");
    const own = /^<w:r>((?:<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?)<w:t xml:space="preserve">[^<]*$/.exec(
      source.slice(open, at),
    );
    return own !== null && own[1] === properties ? "" : found;
  });
}

function renderBreaks({ source }: XmlTree): string {
  return source.replace(/<w:t\b/g, (open, at: number) =>
    at % 11 === 0 ? `<w:lastRenderedPageBreak/>${open}` : open,
  );
}

/** Curly quotes, ellipses, hard spaces before units, single spaces: what autocorrection and tidying leave. */
function typography({ source }: XmlTree): string {
  return source.replace(/(<w:(?:t|delText)\b[^>]*>)([^<]*)/g, (_, open: string, text: string) => {
    const tidy = text
      .replace(/&quot;([^&]*)&quot;/g, "“$1”")
      .replace(/(\w)'(\w)/g, "$1’$2")
      .replace(/\.\.\./g, "…")
      .replace(/(\d) (days|EUR|p\.m\.|%)/g, "$1\u00a0$2")
      .replace(/ {2,}/g, " ");
    return open + tidy;
  });
}

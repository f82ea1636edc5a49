import { addPart, freePartName, read, relativeTarget } from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { append, declareType, edit, partName, relate, type Workbench } from "../edit/part-workbench.ts";
import { createLinks, type LinkWriter } from "./create-links.ts";
import {
  type ParagraphLook,
  paragraphLook,
  paragraphProperties,
  type RunLook,
  runProperties,
} from "./create-look.ts";
import { declareOnRoot } from "./create-root.ts";
import type { StyleSheet } from "./create-style-sheet.ts";

/** Gathers the footnotes of new text. */
export type NoteWriter = {
  /** Keeps a note whose text is these runs for `write`, and gives its `w:id`. */
  readonly add: (runs: string) => string;
  /** Relationships of the footnotes part. */
  readonly links: LinkWriter;
  /** Formatting of a note's text and of the mark in the text. */
  readonly textLook: RunLook;
  readonly markLook: RunLook;
  /** What was gathered: the paragraphs of each note, as they will stand in the part. */
  readonly added: readonly { readonly id: string; readonly xml: string }[];
  /** Writes what was gathered into the footnotes part. `change` may mark each note's paragraphs first. */
  readonly write: (change?: (xml: string) => string) => void;
};

const notesType = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml";

/** Footnotes for a document, behind those it has (17.11). The part is made with its separators when it is missing. */
export function createNotes(bench: Workbench, sheet: StyleSheet): NoteWriter {
  const { isStrict } = bench.document;
  const added: { id: string; xml: string }[] = [];
  const paragraph: ParagraphLook = paragraphLook(sheet, "footnote text");
  const markStyle = sheet.find("character", "footnote reference");
  const textLook: RunLook = paragraph.run ?? {};
  const markLook: RunLook = markStyle === undefined ? { superscript: true } : { styleId: markStyle };
  let part: string | undefined;
  let last = 0;
  const ensure = (): string => {
    if (part !== undefined) return part;
    part = partName(bench, "footnotes") ?? makePart(bench);
    const tree = scanXml(read(bench, part).text, bench.package.limits.depth);
    last = Math.max(0, ...childrenOf(tree, 0).map((each) => Number(attribute(tree, each, "w:id")) || 0));
    return part;
  };
  return {
    added,
    textLook,
    markLook,
    links: createLinks(bench, ensure),
    add: (runs) => {
      ensure();
      const id = String(++last);
      const mark = `<w:r>${runProperties({ ...textLook, ...markLook })}<w:footnoteRef/></w:r>`;
      const space = `<w:r>${runProperties(textLook)}<w:t xml:space="preserve"> </w:t></w:r>`;
      const xml = `<w:p>${paragraphProperties(paragraph, isStrict ? "start" : "left")}${mark}${space}${runs}</w:p>`;
      added.push({ id, xml });
      return id;
    },
    write: (change = (xml) => xml) => {
      if (part === undefined) return;
      const notes = added.map(({ id, xml }) => `<w:footnote w:id="${id}">${change(xml)}</w:footnote>`);
      edit(bench, part, (tree) => [
        ...declareOnRoot(tree, ["w", "r"], isStrict),
        ...append(tree, separators(tree) + notes.join("")),
      ]);
      nameSeparators(bench, part);
    },
  };
}

function makePart(bench: Workbench): string {
  const { mainPart, isStrict } = bench.document;
  const folder = mainPart.slice(0, mainPart.lastIndexOf("/"));
  const plain = `${folder}/footnotes.xml`;
  const name = bench.package.entries.has(plain.toLowerCase())
    ? freePartName(bench, `${folder}/footnotes#.xml`, mainPart)
    : plain;
  addPart(
    bench,
    name,
    `<w:footnotes xmlns:w="${namespaceUri("w", isStrict)}" xmlns:r="${namespaceUri("r", isStrict)}"></w:footnotes>`,
  );
  const target = relativeTarget(mainPart, name);
  relate(bench, mainPart, { type: `${namespaceUri("r", isStrict)}/footnotes`, target });
  declareType(bench, name, notesType);
  return name;
}

/** The line above notes and the one above a note that goes on from the page before; Word wants both (17.11.23). */
const separatorKinds = [
  ["separator", "-1", "w:separator"],
  ["continuationSeparator", "0", "w:continuationSeparator"],
] as const;

function separators(tree: XmlTree): string {
  const notes = childrenOf(tree, 0);
  const has = (name: string, value: string): boolean =>
    notes.some((each) => attribute(tree, each, name) === value);
  const spacing = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>';
  return separatorKinds
    .filter(([type, id]) => !has("w:type", type) && !has("w:id", id))
    .map(
      ([type, id, element]) =>
        `<w:footnote w:type="${type}" w:id="${id}"><w:p>${spacing}<w:r><${element}/></w:r></w:p></w:footnote>`,
    )
    .join("");
}

/** What stands behind `w:footnotePr` in the settings (17.15.1.78); extensions come last as well. */
const afterNotes =
  /^(w:(endnotePr|compat|docVars|rsids|attachedSchema|themeFontLang|clrSchemeMapping|doNotIncludeSubdocsInStats|doNotAutoCompressPictures|forceUpgrade|captions|readModeInkLockDown|smartTagType|shapeDefaults|doNotEmbedSmartTags|decimalSymbol|listSeparator)|m:mathPr|w14:.*|w15:.*|\{.*)$/;

/** Tells the settings which notes are the separators (17.11.9), when there are settings and they don't say so yet. */
function nameSeparators(bench: Workbench, notesPart: string): void {
  const settings = partName(bench, "settings");
  if (settings === undefined) return;
  const notes = scanXml(read(bench, notesPart).text, bench.package.limits.depth);
  const ids = childrenOf(notes, 0)
    .filter((each) => /^(separator|continuationSeparator)$/.test(attribute(notes, each, "w:type") ?? ""))
    .map((each) => attribute(notes, each, "w:id") ?? "");
  const tree = scanXml(read(bench, settings).text, bench.package.limits.depth);
  const properties = childNamed(tree, 0, "w:footnotePr");
  if (properties >= 0 && childNamed(tree, properties, "w:footnote") >= 0) return;
  const rows = ids.map((id) => `<w:footnote w:id="${id}"/>`).join("");
  edit(bench, settings, () => {
    const declared = declareOnRoot(tree, ["w"], bench.document.isStrict);
    if (properties >= 0) return [...declared, ...append(tree, rows, properties)];
    const xml = `<w:footnotePr>${rows}</w:footnotePr>`;
    const next = childrenOf(tree, 0).find((each) => afterNotes.test(nameOf(tree, each)));
    if (next === undefined) return [...declared, ...append(tree, xml)];
    return [...declared, { start: tree.start[next]!, end: tree.start[next]!, text: xml }];
  });
}

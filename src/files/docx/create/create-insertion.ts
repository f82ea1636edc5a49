import { FileDamagedError } from "../../../errors.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import {
  attribute,
  childNamed,
  childrenOf,
  descend,
  descendantsNamed,
  isSelfClosing,
  nameOf,
  outerXml,
} from "../../xml/xml-tree.ts";
import { ownTexts, paragraphText } from "./create-placeholders.ts";

/** Where new blocks go: source offsets that they replace, and what must stand around them. */
export type Insertion = {
  /** What marks the place: `body` when all of it is replaced, `end` when the blocks go behind all of it. */
  readonly place: "control" | "bookmark" | "placeholder" | "body" | "end";
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
  /** Other changes that the place asks for. */
  readonly splices: readonly Splice[];
  /** The `w:sectPr` that lays out the new blocks, -1 when the document has none. */
  readonly section: number;
};

const mark = { tag: "tandem-content", bookmark: "tandem_content", text: "{{content}}" } as const;

/**
 * Finds the place for new content: a content control tagged `tandem-content`, a bookmark `tandem_content`,
 * a paragraph `{{content}}`, or else everything in the body but its last section properties; with `keepsBody` the end
 * of the body instead.
 */
export function findInsertion(
  tree: XmlTree,
  { keepsBody = false }: { readonly keepsBody?: boolean } = {},
): Insertion {
  const marked = inControl(tree) ?? atBookmark(tree) ?? atPlaceholder(tree);
  if (marked !== undefined) return marked;
  const { splices, ...body } = wholeBody(tree);
  return keepsBody && body.before === ""
    ? { ...body, place: "end", start: body.end, splices: [] }
    : { ...body, splices };
}

function inControl(tree: XmlTree): Insertion | undefined {
  for (const control of descendantsNamed(tree, 0, "w:sdt")) {
    const tag = descend(tree, control, "w:sdtPr", "w:tag");
    if (tag < 0 || attribute(tree, tag, "w:val")?.toLowerCase() !== mark.tag || !holdsBlocks(tree, control))
      continue;
    const properties = childNamed(tree, control, "w:sdtPr");
    const content = childNamed(tree, control, "w:sdtContent");
    const kinds = childrenOf(tree, properties);
    const isPlain = kinds.some((each) =>
      /^(w:(text|date|comboBox|dropDownList|picture|equation|citation|docPartList)|w14:checkbox)$/.test(
        nameOf(tree, each),
      ),
    );
    if (isPlain || content < 0) return replacing(tree, tree.start[control]!, tree.end[control]!, "control");
    // Placeholder state would grey the new text and drop it on the first key; a binding would overwrite it.
    const splices = kinds
      .filter((each) => /^(w:(showingPlcHdr|dataBinding)|w15:dataBinding)$/.test(nameOf(tree, each)))
      .map((each) => ({ start: tree.start[each]!, end: tree.end[each]!, text: "" }));
    return { ...inside(tree, content), place: "control", splices };
  }
  return undefined;
}

/** True for a control that stands where paragraphs stand: not inside a line, around a row or in a text box. */
function holdsBlocks(tree: XmlTree, control: number): boolean {
  return (
    ["w:body", "w:tc", "w:sdtContent"].includes(nameOf(tree, tree.parent[control]!)) &&
    !isInParagraph(tree, control)
  );
}

function isInParagraph(tree: XmlTree, element: number): boolean {
  return enclosingParagraph(tree, element) >= 0;
}

function enclosingParagraph(tree: XmlTree, element: number): number {
  let at = tree.parent[element]!;
  while (at >= 0 && nameOf(tree, at) !== "w:p") at = tree.parent[at]!;
  return at;
}

function atBookmark(tree: XmlTree): Insertion | undefined {
  const start = descendantsNamed(tree, 0, "w:bookmarkStart").find(
    (each) => attribute(tree, each, "w:name")?.toLowerCase() === mark.bookmark,
  );
  if (start === undefined) return undefined;
  const id = attribute(tree, start, "w:id");
  const end = descendantsNamed(tree, 0, "w:bookmarkEnd").find((each) => attribute(tree, each, "w:id") === id);
  const first = blockOf(tree, start);
  const last = end === undefined ? first : blockOf(tree, end);
  if (isInParagraph(tree, first)) return undefined;
  const isOnePlace = first === last || tree.parent[last] !== tree.parent[first];
  if (isOnePlace) {
    const outside = first === start ? "" : textOutside(tree, first, start, end ?? start);
    return outside === ""
      ? replacing(tree, tree.start[first]!, tree.end[first]!, "bookmark")
      : replacing(tree, tree.end[first]!, tree.end[first]!, "bookmark");
  }
  const keepsFirst = first !== start && textBefore(tree, first, tree.start[start]!) !== "";
  // Word puts the end of a bookmark over whole paragraphs at the beginning of the next one.
  const keepsLast = last === end || textBefore(tree, last, tree.start[end!]!) === "";
  return replacing(
    tree,
    keepsFirst ? tree.end[first]! : tree.start[first]!,
    keepsLast ? tree.start[last]! : tree.end[last]!,
    "bookmark",
  );
}

function blockOf(tree: XmlTree, element: number): number {
  const paragraph = enclosingParagraph(tree, element);
  return paragraph < 0 ? element : paragraph;
}

function textBefore(tree: XmlTree, paragraph: number, offset: number): string {
  const before = ownTexts(tree, paragraph).filter((each) => tree.start[each]! < offset);
  return paragraphText(tree, before).trim();
}

function textOutside(tree: XmlTree, paragraph: number, start: number, end: number): string {
  const [from, to] = [tree.start[start]!, tree.start[end]!];
  const outside = ownTexts(tree, paragraph).filter(
    (each) => tree.start[each]! < from || tree.start[each]! > to,
  );
  return paragraphText(tree, outside).trim();
}

function atPlaceholder(tree: XmlTree): Insertion | undefined {
  const paragraph = descendantsNamed(tree, 0, "w:p").find(
    (each) =>
      !isInParagraph(tree, each) &&
      paragraphText(tree, ownTexts(tree, each)).replaceAll(/\s/g, "").toLowerCase() === mark.text,
  );
  return paragraph === undefined
    ? undefined
    : replacing(tree, tree.start[paragraph]!, tree.end[paragraph]!, "placeholder");
}

/** Replaces whole blocks; a section that ends in them goes on ending there, half of a marker pair stays. */
function replacing(tree: XmlTree, start: number, end: number, place: Insertion["place"]): Insertion {
  const sections = within(tree, start, end, "w:sectPr").filter(
    (each) => nameOf(tree, tree.parent[each]!) === "w:pPr",
  );
  const section = sections.at(-1);
  const ending = section === undefined ? "" : sectionParagraph(tree, section);
  const [opening, closing] = halfMarkers(tree, start, end);
  const next =
    section ?? descendantsNamed(tree, 0, "w:sectPr").find((each) => tree.start[each]! >= end) ?? -1;
  return { place, start, end, before: opening, after: closing + ending, splices: [], section: next };
}

/** Property elements are written with the paragraph's own prefix, which the part may have chosen freely. */
function sectionParagraph(tree: XmlTree, section: number): string {
  const properties = tree.parent[section]!;
  const paragraph = tree.parent[properties]!;
  const name = (element: number): string =>
    tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  return `<${name(paragraph)}><${name(properties)}>${outerXml(tree, section)}</${name(properties)}></${name(paragraph)}>`;
}

const markerName = /^w:(bookmark|permission|perm|commentRange|customXml\w+Range|move\w+Range)(Start|End)$/;

/** Range markers whose other half lies outside; without them the other half would dangle (17.13.6). */
function halfMarkers(tree: XmlTree, start: number, end: number): [opening: string, closing: string] {
  const halves = new Map<string, number[]>();
  for (let index = 0; index < tree.count; index++) {
    if (tree.start[index]! < start || tree.end[index]! > end) continue;
    const kind = markerName.exec(nameOf(tree, index))?.[1];
    if (kind === undefined) continue;
    const key = `${kind} ${attribute(tree, index, "w:id")}`;
    halves.set(key, [...(halves.get(key) ?? []), index]);
  }
  // The bookmark that marks the place is kept around the new content, so that it can be found again.
  const kept = [...halves.values()].filter((pair) => pair.length === 1 || isOurBookmark(tree, pair)).flat();
  const isStart = (each: number): boolean => nameOf(tree, each).endsWith("Start");
  const write = (each: number): string => outerXml(tree, each);
  return [
    kept.filter(isStart).map(write).join(""),
    kept
      .filter((each) => !isStart(each))
      .map(write)
      .join(""),
  ];
}

function isOurBookmark(tree: XmlTree, pair: readonly number[]): boolean {
  return pair.some((each) => attribute(tree, each, "w:name")?.toLowerCase() === mark.bookmark);
}

function wholeBody(tree: XmlTree): Insertion {
  const body = childNamed(tree, 0, "w:body");
  if (body < 0)
    throw new FileDamagedError("the template has no body", { hint: "Open it in Word and save it again." });
  const place = inside(tree, body);
  const last = childrenOf(tree, body).at(-1);
  if (last === undefined || nameOf(tree, last) !== "w:sectPr") return place;
  const end = tree.start[last]!;
  return { ...place, end, splices: inheritEdges(tree, last, place.start), section: last };
}

/** A section that names no header has that of the section before it (17.10.1), which is about to go. */
function inheritEdges(tree: XmlTree, section: number, from: number): Splice[] {
  const key = (each: number): string =>
    `${nameOf(tree, each)} ${attribute(tree, each, "w:type") ?? "default"}`;
  const references = (sectionElement: number): number[] =>
    childrenOf(tree, sectionElement).filter((each) =>
      /^w:(header|footer)Reference$/.test(nameOf(tree, each)),
    );
  const own = new Set(references(section).map(key));
  const inherited = new Map<string, string>();
  for (const earlier of within(tree, from, tree.start[section]!, "w:sectPr")) {
    for (const each of references(earlier))
      if (!own.has(key(each))) inherited.set(key(each), outerXml(tree, each));
  }
  if (inherited.size === 0 || isSelfClosing(tree, section)) return [];
  const at = tree.openEnd[section]!;
  return [{ start: at, end: at, text: [...inherited.values()].join("") }];
}

function within(tree: XmlTree, start: number, end: number, name: string): number[] {
  return descendantsNamed(tree, 0, name).filter(
    (each) => tree.start[each]! >= start && tree.end[each]! <= end,
  );
}

/** All that an element holds; one without an end tag gets it. */
function inside(tree: XmlTree, element: number): Insertion {
  const section =
    descendantsNamed(tree, 0, "w:sectPr").find((each) => tree.start[each]! >= tree.end[element]!) ?? -1;
  const [start, end] = [tree.openEnd[element]!, tree.closeStart[element]!];
  if (!isSelfClosing(tree, element))
    return { place: "body", start, end, before: "", after: "", splices: [], section };
  const name = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  const slash = tree.source.lastIndexOf("/", start);
  return { place: "body", start: slash, end, before: ">", after: `</${name}>`, splices: [], section };
}

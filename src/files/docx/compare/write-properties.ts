import { childNamed, childrenOf, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import { revisionAttributes } from "../edit/markup.ts";
import type { Comparison } from "./comparison.ts";
import { contentKey, type KeySource } from "./content-key.ts";

/** A paragraph's properties in three: its own, its mark's formatting, its section's set-up; as written for the result. */
export type ParagraphProperties = {
  readonly own: string;
  readonly mark: string;
  readonly section: string;
  /** Start tags of `w:pPr` and of the `w:rPr` in it, in the first document, where other programs note things. */
  readonly open?: string;
  readonly markOpen?: string;
  /** Keys of the first two, to compare. */
  readonly ownKey: string;
  readonly markKey: string;
};

const noProperties: ParagraphProperties = { own: "", mark: "", section: "", ownKey: "", markKey: "" };

/** The properties of a paragraph of either document. */
export function readProperties(
  comparison: Comparison,
  side: "before" | "after",
  paragraph: number,
): ParagraphProperties {
  const source = comparison[side];
  const { tree } = source;
  const properties = childNamed(tree, paragraph, "w:pPr");
  if (properties < 0) return noProperties;
  const xml = (element: number): string =>
    side === "before" ? outerXml(tree, element) : comparison.importer.xml(source, element, comparison.target);
  let own = "";
  let ownKey = "";
  let mark = "";
  let markKey = "";
  let section = "";
  let markOpen: string | undefined;
  const start = (element: number): string => openTag(tree, element).replace(/\s*\/>$/, ">");
  for (const child of childrenOf(tree, properties)) {
    const name = nameOf(tree, child);
    if (name === "w:sectPr") {
      if (side === "before") section = outerXml(tree, child);
    } else if (name === "w:rPr") {
      if (side === "before") markOpen = start(child);
      mark += childrenOf(tree, child).map(xml).join("");
      markKey += contentKey(source, child);
    } else {
      own += xml(child);
      ownKey += contentKey(source, child);
    }
  }
  const opens = side === "before" ? { open: start(properties), ...(markOpen && { markOpen }) } : {};
  return { own, mark, section, ownKey, markKey, ...opens };
}

export type PropertiesOptions = {
  readonly now: ParagraphProperties;
  /** What rejecting gives back; absent or the same for no change. */
  readonly old?: ParagraphProperties;
  /** Revision of the paragraph's mark. */
  readonly mark?: "w:ins" | "w:del";
  readonly section?: string;
};

/** `w:pPr` with the tracked change of formatting that leads from `old` to `now` (17.13.5.29, 17.13.5.30). */
export function writeProperties(comparison: Comparison, options: PropertiesOptions): string {
  const { markup, revision, counts } = comparison;
  const { now, old = now, mark, section = "" } = options;
  const isFormatted = old.ownKey !== now.ownKey;
  const isMarkFormatted = old.markKey !== now.markKey;
  const change = (name: string, inner: string, content: string): string =>
    markup.element(name, revisionAttributes(revision()), element(comparison, inner, content, true));
  const isNew = isFormatted || isMarkFormatted;
  if (isNew && old !== now) counts.formattingChanges++;
  const markRevision = mark === undefined ? "" : markup.element(mark, revisionAttributes(revision()));
  const markContent =
    markRevision + now.mark + (isMarkFormatted ? change("w:rPrChange", "w:rPr", old.mark) : "");
  const content =
    now.own +
    element(comparison, "w:rPr", markContent, false, old.markOpen) +
    section +
    (isFormatted ? change("w:pPrChange", "w:pPr", old.own) : "");
  return element(comparison, "w:pPr", content, false, old.open);
}

function element(
  { markup }: Comparison,
  name: string,
  content: string,
  isKept = false,
  open?: string,
): string {
  if (content === "" && !isKept) return "";
  return open === undefined ? markup.element(name, {}, content) : `${open}${content}</${markup.name(name)}>`;
}

/**
 * Splices for a property element whose change Word tracks by a `…Change` child at its end: `w:tblPr`, `w:tblGrid`,
 * `w:trPr`, `w:tcPr`, `w:sectPr`. Returns the new element, or undefined when both are the same.
 */
export function changedProperties(
  comparison: Comparison,
  name: "w:tblPr" | "w:tblGrid" | "w:trPr" | "w:tcPr" | "w:sectPr" | "w:tblPrEx",
  before: number,
  after: number,
): string | undefined {
  const keyOf = (source: KeySource, element: number): string => {
    if (element < 0) return "";
    const { tree } = source;
    return childrenOf(tree, element)
      .filter((child) => !isReference(nameOf(tree, child)))
      .map((child) => contentKey(source, child))
      .join("");
  };
  if (keyOf(comparison.before, before) === keyOf(comparison.after, after)) return undefined;
  const { markup, revision, counts } = comparison;
  comparison.nextChange();
  counts.formattingChanges++;
  const old = comparison.before.tree;
  const fresh = comparison.after.tree;
  const children = (element: number, tree: KeySource["tree"], xml: (child: number) => string): string =>
    element < 0
      ? ""
      : childrenOf(tree, element)
          .filter((child) => !isReference(nameOf(tree, child)))
          .map(xml)
          .join("");
  const was = children(before, old, (child) => outerXml(old, child));
  const now = children(after, fresh, (child) =>
    comparison.importer.xml(comparison.after, child, comparison.target),
  );
  const references =
    before < 0
      ? ""
      : childrenOf(old, before)
          .filter((child) => isReference(nameOf(old, child)))
          .map((child) => outerXml(old, child))
          .join("");
  // A change of the grid has no author (17.13.5.33).
  const { "w:id": id = "", ...who } = revisionAttributes(revision());
  const attributes = name === "w:tblGrid" ? { "w:id": id } : { "w:id": id, ...who };
  const change = markup.element(`${name}Change`, attributes, markup.element(name, {}, was));
  if (before < 0) return markup.element(name, {}, now + change);
  const open = openTag(old, before).replace(/\s*\/>$/, ">");
  return `${open}${references}${now}${change}</${old.source.slice(old.start[before]! + 1, old.nameEnd[before]!)}>`;
}

/** Headers and footers are compared for themselves; a section keeps its own. */
function isReference(name: string): boolean {
  return name === "w:headerReference" || name === "w:footerReference";
}

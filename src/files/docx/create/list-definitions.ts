import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, nameOf, outerXml } from "../../xml/xml-tree.ts";
import { childValue } from "../read/child-value.ts";
import { headingLevelOf, numberOf } from "../read/styles.ts";
import type { StyleSheet } from "./create-style-sheet.ts";

/** A numbering instance (`w:num`): its definition and what it changes in it, as source. */
export type NumberingInstance = { readonly abstractId: string; readonly overrides: readonly string[] };

/** An abstract definition of lists (17.9.1). */
export type ListDefinition = {
  /** Levels that it describes; undefined when it takes them from a style. */
  readonly levels: ReadonlySet<number> | undefined;
  /** Number format and text of the first level: `decimal` and `%1.`. */
  readonly format: string;
  readonly text: string;
  /** Styles that its levels belong to, whether the document has them or not. */
  readonly styleIds: readonly string[];
  /** By level, in twips. */
  readonly indents: ReadonlyMap<number, number>;
};

/** What a numbering part holds. */
export type Numbering = {
  readonly tree: XmlTree | undefined;
  readonly instances: ReadonlyMap<string, NumberingInstance>;
  readonly definitions: ReadonlyMap<string, ListDefinition>;
};

/** Reads a numbering part; without one there is no definition. */
export function readNumbering(source: string | undefined): Numbering {
  const tree = source === undefined ? undefined : scanXml(source);
  const instances = new Map<string, NumberingInstance>();
  const definitions = new Map<string, ListDefinition>();
  for (const element of tree === undefined ? [] : childrenOf(tree, 0)) {
    if (nameOf(tree!, element) === "w:num") {
      const overrides = childrenOf(tree!, element).filter((each) => nameOf(tree!, each) === "w:lvlOverride");
      instances.set(attribute(tree!, element, "w:numId") ?? "", {
        abstractId: childValue(tree!, element, "w:abstractNumId") ?? "",
        overrides: overrides.map((each) => outerXml(tree!, each)),
      });
    } else if (nameOf(tree!, element) === "w:abstractNum") {
      definitions.set(attribute(tree!, element, "w:abstractNumId") ?? "", readDefinition(tree!, element));
    }
  }
  return { tree, instances, definitions };
}

function readDefinition(tree: XmlTree, element: number): ListDefinition {
  const levels = childrenOf(tree, element).filter((each) => nameOf(tree, each) === "w:lvl");
  const levelOf = (each: number): number => numberOf(attribute(tree, each, "w:ilvl")) ?? 0;
  const first = levels.find((each) => levelOf(each) === 0);
  const indents = new Map<number, number>();
  for (const level of levels) {
    const indent = descend(tree, level, "w:pPr", "w:ind");
    if (indent < 0) continue;
    const left = numberOf(attribute(tree, indent, "w:left") ?? attribute(tree, indent, "w:start"));
    if (left !== undefined) indents.set(levelOf(level), left);
  }
  const isLinked = childNamed(tree, element, "w:numStyleLink") >= 0;
  return {
    levels: isLinked ? undefined : new Set(levels.map(levelOf)),
    format: first === undefined ? "" : (childValue(tree, first, "w:numFmt") ?? "decimal"),
    text: first === undefined ? "" : (childValue(tree, first, "w:lvlText") ?? ""),
    styleIds: levels.flatMap((each) => childValue(tree, each, "w:pStyle") ?? []),
    indents,
  };
}

/** True for a definition whose first level is a bullet, or a plain number: not `Chapter 1` nor `§ 1`. */
function isOfKind({ format, text }: ListDefinition, ordered: boolean): boolean {
  return ordered ? format === "decimal" && /^\(?%1[.):]?$/.test(text.trim()) : format === "bullet";
}

const otherPurpose =
  /head|title|caption|toc|chapter|appendix|annex|section|article|clause|note|überschrift|titre|título|titolo|kop\b/i;

/**
 * The name of a paragraph style that the house has made for list items of that kind, recognised by its numbering.
 * Headings are numbered too, and so is what counts along with them.
 */
export function houseListStyle(
  { paragraphStyles }: StyleSheet,
  { instances, definitions }: Numbering,
  ordered: boolean,
): string | undefined {
  const abstractOf = (numberingId: string | undefined): string | undefined =>
    numberingId === undefined ? undefined : instances.get(numberingId)?.abstractId;
  const isHeading = (id: string): boolean => headingLevelOf(paragraphStyles, id) !== undefined;
  const ofHeadings = new Set(
    [...paragraphStyles.values()].flatMap(({ id, numberingId }) =>
      isHeading(id) ? (abstractOf(numberingId) ?? []) : [],
    ),
  );
  const found = [...paragraphStyles.values()].find((style) => {
    if ((style.numberingLevel ?? 0) !== 0 || style.isDefault) return false;
    if (isHeading(style.id) || otherPurpose.test(style.name)) return false;
    const abstractId = abstractOf(style.numberingId);
    const definition = abstractId === undefined ? undefined : definitions.get(abstractId);
    return definition !== undefined && !ofHeadings.has(abstractId!) && isOfKind(definition, ordered);
  });
  return found?.name;
}

/**
 * A definition for lists of that kind that belongs to no style of the document: one of nine levels, else the one that
 * stands least far in.
 */
export function freeDefinition(
  { paragraphStyles }: StyleSheet,
  { definitions }: Numbering,
  ordered: boolean,
): string | undefined {
  const found = [...definitions].filter(
    ([, each]) =>
      each.levels?.has(0) === true &&
      isOfKind(each, ordered) &&
      !each.styleIds.some((id) => paragraphStyles.has(id)),
  );
  const indentOf = ([, { indents }]: (typeof found)[number]): number => indents.get(0) ?? 0;
  const nearest = found.toSorted((a, b) => indentOf(a) - indentOf(b))[0];
  return (found.find(([, { levels }]) => levels!.size === 9) ?? nearest)?.[0];
}

import type { XmlTree } from "../xml/scan-xml.ts";
import type { Splice } from "../xml/splice.ts";
import { escapeAttribute, isXmlText } from "../xml/xml-text.ts";
import { attribute, attributesOf, childrenOf } from "../xml/xml-tree.ts";
import { drawingAncestor, drawingElements, localName } from "./drawing-text-names.ts";
import type { TextUnit } from "./types.ts";
import { hasLetters, plainUnit, type UnitSite } from "./unit-site.ts";

/** Splices that give an element an attribute, or that one another value; none where it has that value. */
export function attributeSplices(tree: XmlTree, element: number, name: string, value: string): Splice[] {
  const old = attributesOf(tree, element).find((each) => each.name === name);
  const text = `${name}="${escapeAttribute(value)}"`;
  if (old === undefined) {
    const at = tree.nameEnd[element]!;
    return [{ start: at, end: at, text: ` ${text}` }];
  }
  if (old.value === value) return [];
  // The name stays as the file writes it, with whatever prefix.
  const written = tree.source.slice(old.start, old.end);
  const qualified = /^[^\s=]+/.exec(written)![0];
  return [{ start: old.start, end: old.end, text: `${qualified}="${escapeAttribute(value)}"` }];
}

export const unwritable = "the translation holds a character that the file can't store";

/** An attribute that people read, as a unit; undefined when it has nothing to translate. */
export function attributeSite(
  tree: XmlTree,
  at: { readonly part: string; readonly element: number; readonly name: string },
  unit: Pick<TextUnit, "kind" | "place"> & Partial<TextUnit>,
): UnitSite | undefined {
  const text = attribute(tree, at.element, at.name) ?? "";
  if (!hasLetters(text)) return undefined;
  return {
    unit: plainUnit({ ...unit, id: `${at.part}#${at.element}@${at.name}`, text }),
    part: at.part,
    write: (target) =>
      isXmlText(target.text)
        ? { kind: "written", splices: attributeSplices(tree, at.element, at.name, target.text) }
        : { kind: "refused", reason: unwritable },
  };
}

/** What Office puts as the description of a picture whose author gave none: the name of its file. */
const fileName = /^\S*[^\s.]\.(?:png|jpe?g|jpe|jfif|gif|bmp|dib|tiff?|emf|wmf|svg|webp|ico|pict?|pcx)$/i;

/**
 * Descriptions and titles of pictures and shapes (`descr`, `title` of `cNvPr` and `docPr`), for those who can't see them,
 * and the tips of their links.
 * Those of hidden shapes are left out unless `hidden`.
 */
export function alternativeTextSites(
  tree: XmlTree,
  part: string,
  place: string,
  options: { readonly within?: number; readonly hidden?: boolean; readonly names?: readonly string[] } = {},
): UnitSite[] {
  const names = options.names ?? ["p:cNvPr", "xdr:cNvPr", "cdr:cNvPr", "pic:cNvPr", "wp:docPr"];
  const sites: UnitSite[] = [];
  for (const element of drawingElements(tree, options.within ?? 0, ...names)) {
    if (!options.hidden && isOn(attribute(tree, element, "hidden"))) continue;
    for (const name of ["title", "descr"]) {
      if (fileName.test((attribute(tree, element, name) ?? "").trim())) continue;
      const unit = { kind: "alternative-text", place } as const;
      const site = attributeSite(tree, { part, element, name }, unit);
      if (site !== undefined) sites.push(withSameText(tree, element, site, sites));
    }
    for (const link of childrenOf(tree, element)) {
      if (!/^hlink(?:Click|Hover)$/.test(localName(tree, link))) continue;
      const unit = { kind: "alternative-text", place: `${place}, tip of a link` } as const;
      const site = attributeSite(tree, { part, element: link, name: "tooltip" }, unit);
      if (site !== undefined) sites.push(withSameText(tree, element, site, sites));
    }
  }
  return sites;
}

/** What stands in a fallback of a newer element says the same as that element. */
function withSameText(
  tree: XmlTree,
  element: number,
  site: UnitSite,
  earlier: readonly UnitSite[],
): UnitSite {
  if (!isInFallback(tree, element)) return site;
  const twin = earlier.find(
    ({ unit }) => unit.text === site.unit.text && unit.sameAs === undefined && unit.kind === site.unit.kind,
  );
  return twin === undefined ? site : { ...site, unit: { ...site.unit, sameAs: twin.unit.id } };
}

export function isInFallback(tree: XmlTree, element: number): boolean {
  const around = drawingAncestor(tree, element, "mc:Fallback");
  return around >= 0 && localName(tree, tree.parent[around]!) === "AlternateContent";
}

export function isOn(value: string | undefined): boolean {
  return value === "1" || value === "true" || value === "on";
}

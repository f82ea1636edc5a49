import type { CodedTarget } from "../../units/types.ts";
import type { UnitSite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeText } from "../../xml/xml-text.ts";
import {
  ancestorNamed,
  attribute,
  childNamed,
  descend,
  descendantsNamed,
  isSelfClosing,
} from "../../xml/xml-tree.ts";
import { shownText } from "./read-tokens.ts";

/** The text of a document's property by its name (`title`). */
export type PropertyTexts = ReadonlyMap<string, string>;

const coreProperty =
  /coreProperties(?:\[1\])?\/(?:\w+:)?(title|subject|description|keywords|category)(?:\[1\])?$/;

/** The property of the document that a content control shows just as it is, when there is one (17.5.2.6). */
export function shownProperty(tree: XmlTree, sdt: number, texts: PropertyTexts): string | undefined {
  const binding = descend(tree, sdt, "w:sdtPr", "w:dataBinding");
  const name = binding < 0 ? undefined : coreProperty.exec(attribute(tree, binding, "w:xpath") ?? "")?.[1];
  const content = childNamed(tree, sdt, "w:sdtContent");
  const text = name === undefined ? undefined : texts.get(name);
  return text !== undefined && content >= 0 && shownText(tree, content).trim() === text.trim()
    ? name
    : undefined;
}

/** True for a paragraph of a control that shows a property: it gets that one's target. */
export function isPropertyShown(tree: XmlTree, paragraph: number, texts: PropertyTexts): boolean {
  for (let sdt = ancestorNamed(tree, paragraph, "w:sdt"); sdt >= 0; sdt = ancestorNamed(tree, sdt, "w:sdt"))
    if (shownProperty(tree, sdt, texts) !== undefined) return true;
  return false;
}

/** The properties among these units, as they are. */
export function propertyTexts(properties: readonly UnitSite[]): PropertyTexts {
  return new Map(properties.map(({ unit }) => [nameOfProperty(unit.place), unit.text]));
}

/** The properties that get another text. */
export function changedProperties(
  properties: readonly UnitSite[],
  targets: ReadonlyMap<string, CodedTarget>,
): PropertyTexts {
  return new Map(
    properties.flatMap(({ unit }) => {
      const text = targets.get(unit.id)?.text;
      return text === undefined || text === unit.text ? [] : [[nameOfProperty(unit.place), text] as const];
    }),
  );
}

/** `document title` is `title`. */
function nameOfProperty(place: string): string {
  return place.slice(place.lastIndexOf(" ") + 1);
}

/** Splices that make controls show the new texts of the properties they are bound to, as Word does when it opens the file. */
export function boundSplices(tree: XmlTree, texts: PropertyTexts, changed: PropertyTexts): Splice[] {
  if (changed.size === 0 || !tree.names.includes("w:dataBinding")) return [];
  return descendantsNamed(tree, 0, "w:sdt").flatMap((sdt) => {
    const name = shownProperty(tree, sdt, texts);
    const text = name === undefined ? undefined : changed.get(name);
    if (text === undefined || isPropertyShown(tree, sdt, texts)) return [];
    const pieces = descendantsNamed(tree, sdt, "w:t").filter(
      (piece) => !isSelfClosing(tree, piece) && ancestorNamed(tree, piece, "w:txbxContent") < sdt,
    );
    return pieces.map((piece, index) => ({
      start: tree.openEnd[piece]!,
      end: tree.closeStart[piece]!,
      text: index === 0 ? escapeText(text.replace(/\s+/g, " ").trim()) : "",
    }));
  });
}

import { attributeSite } from "../../units/attribute-units.ts";
import type { TextUnit } from "../../units/types.ts";
import type { UnitSite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, nameOf } from "../../xml/xml-tree.ts";

type Readable = {
  readonly attributes: readonly string[];
  readonly kind: TextUnit["kind"];
  readonly place: string;
};

const picture: Readable = { attributes: ["title", "descr"], kind: "alternative-text", place: "picture" };

/** Attributes that people read, by element. */
const readable: ReadonlyMap<string, Readable> = new Map([
  ["w:hyperlink", { attributes: ["w:tooltip"], kind: "alternative-text", place: "tip of a link" }],
  ["w:tblCaption", { attributes: ["w:val"], kind: "alternative-text", place: "title of a table" }],
  ["w:tblDescription", { attributes: ["w:val"], kind: "alternative-text", place: "description of a table" }],
  ["w:helpText", { attributes: ["w:val"], kind: "alternative-text", place: "help of a form field" }],
  ["w:statusText", { attributes: ["w:val"], kind: "alternative-text", place: "help of a form field" }],
  ["v:textpath", { attributes: ["string"], kind: "paragraph", place: "text drawn as a picture" }],
]);

/** What Office puts as the description of a picture whose author gave none: the name of its file, or its path. */
const fileName =
  /^(?:\S*[^\s.]|[a-z]:\\.*|https?:\S*|\\\\.*)\.(?:png|jpe?g|jpe|gif|bmp|tiff?|emf|wmf|svg|webp|pict?)$/i;

/** Alternative texts, tips of links, help texts and the text of WordArt that one part's XML holds as attributes. */
export function attributeSites(tree: XmlTree, part: string): UnitSite[] {
  const byName = tree.names.map(readableOf);
  const sites: UnitSite[] = [];
  const first = new Map<string, string>();
  for (let element = 0; element < tree.count; element++) {
    const found = byName[tree.name[element]!];
    if (found === undefined || isAutomatic(tree, element)) continue;
    for (const name of found.attributes) {
      if (fileName.test((attribute(tree, element, name) ?? "").trim())) continue;
      const site = attributeSite(tree, { part, element, name }, found);
      if (site === undefined) continue;
      // The frame of a picture, the picture and its fallback say the same thing of one object.
      const key = `${objectAround(tree, element)} ${site.unit.text}`;
      const twin = first.get(key);
      if (twin === undefined) first.set(key, site.unit.id);
      sites.push(twin === undefined ? site : { ...site, unit: { ...site.unit, sameAs: twin } });
    }
  }
  return sites;
}

function readableOf(name: string): Readable | undefined {
  const known = readable.get(name);
  if (known !== undefined) return known;
  const local = name.slice(Math.max(name.lastIndexOf(":"), name.lastIndexOf("}")) + 1);
  if (local === "docPr" || local === "cNvPr") return picture;
  if (/^(hlinkClick|hlinkHover)$/.test(local))
    return { attributes: ["tooltip"], kind: "alternative-text", place: "tip of a link" };
  if (/^v:(shape|rect|oval|roundrect|line|polyline|curve|arc|image|group)$/.test(name))
    return { attributes: ["alt", "title"], kind: "alternative-text", place: "picture" };
  return undefined;
}

/** Help of a form field that comes from a list of texts, not from here (17.16.16). */
function isAutomatic(tree: XmlTree, element: number): boolean {
  const name = nameOf(tree, element);
  if (name !== "w:helpText" && name !== "w:statusText") return false;
  return attribute(tree, element, "w:type") === "autoText";
}

/** The run that holds the object, or the element itself. */
function objectAround(tree: XmlTree, element: number): number {
  let found = element;
  for (let at = element; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:r") return at;
    if (name === "w:txbxContent" || name === "w:p") break;
    if (name === "mc:AlternateContent" || name === "w:drawing") found = at;
  }
  return found;
}

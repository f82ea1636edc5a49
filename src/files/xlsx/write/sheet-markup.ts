import { namespaceUri, prefixFor } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";

/** Attributes in the order given; those without a value are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Writes elements of SpreadsheetML in the prefix of one place: `element("c", …)` may become `x:c`. */
export type SheetMarkup = {
  /** Without content the element closes itself. */
  readonly element: (local: string, attributes?: Attributes, content?: string) => string;
  readonly name: (local: string) => string;
  /** The same with a relationship's id, whose prefix is declared where nobody did. */
  readonly withRelationship: (local: string, id: string) => string;
};

/** Attribute source: a space before each. */
export function attributesXml(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeAttribute(String(value))}"`))
    .join("");
}

/** An element by its full name. */
export function elementXml(name: string, attributes: Attributes = {}, content = ""): string {
  const open = `<${name}${attributesXml(attributes)}`;
  return content === "" ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** Markup in the prefix that `element` of the tree has. */
export function sheetMarkup(tree: XmlTree, element = 0): SheetMarkup {
  const own = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  const prefix = own.includes(":") ? own.slice(0, own.indexOf(":") + 1) : "";
  const scope = tree.scopes[tree.scope[element]!]!;
  const isStrict = (scope.get(prefix.slice(0, -1)) ?? "").includes("purl.oclc.org");
  const name = (local: string): string => prefix + local;
  const known = prefixFor(scope, "r", false);
  return {
    name,
    element: (local, attributes, content) => elementXml(name(local), attributes, content),
    withRelationship: (local, id) =>
      known === undefined
        ? elementXml(name(local), { "xmlns:r": namespaceUri("r", isStrict), "r:id": id })
        : elementXml(name(local), { [`${known}:id`]: id }),
  };
}

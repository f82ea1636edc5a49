import { namespaceUri, prefixFor } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { escapeAttribute, escapeText } from "../../xml/xml-text.ts";
import type { Revision } from "../types.ts";

/** Writes WordprocessingML in the prefixes of one part, whatever they are. Names are given canonically (`w:ins`). */
export type Markup = {
  /** An element; self-closing without content. */
  readonly element: (name: string, attributes?: Readonly<Record<string, string>>, content?: string) => string;
  /** A run with that `w:rPr` source holding the text; tabs and line breaks become `w:tab` and `w:br`. */
  readonly run: (properties: string, text: string) => string;
  /** `w:t` or `w:delText` holding the text. */
  readonly text: (name: "w:t" | "w:delText", text: string, preserve?: boolean) => string;
  /** The part's own name for a canonical element name. */
  readonly name: (canonical: string) => string;
};

export function createMarkup(tree: XmlTree): Markup {
  const scope = tree.scopes[tree.scope[0]!]!;
  const elementPrefix = prefixFor(scope, "w", true) ?? "";
  const attributePrefix = prefixFor(scope, "w", false);
  // A part that uses only the default namespace has no prefix for attributes: declare one where it is needed.
  const ownPrefix = attributePrefix ?? unusedPrefix(scope);
  const uri = scope.get(elementPrefix) ?? namespaceUri("w");
  const declaration = attributePrefix === undefined ? ` xmlns:${ownPrefix}="${uri}"` : "";

  const name = (canonical: string): string => {
    if (!canonical.startsWith("w:")) return canonical;
    return elementPrefix === "" ? canonical.slice(2) : `${elementPrefix}:${canonical.slice(2)}`;
  };
  const element: Markup["element"] = (canonical, attributes = {}, content = "") => {
    const pairs = Object.entries(attributes);
    const written = pairs.map(([key, value]) => {
      const own = key.startsWith("w:") ? `${ownPrefix}:${key.slice(2)}` : key;
      return ` ${own}="${escapeAttribute(value)}"`;
    });
    const needsDeclaration = pairs.some(([key]) => key.startsWith("w:")) ? declaration : "";
    const open = `<${name(canonical)}${needsDeclaration}${written.join("")}`;
    return content === "" ? `${open}/>` : `${open}>${content}</${name(canonical)}>`;
  };
  const text: Markup["text"] = (canonical, value, preserve = true) =>
    element(canonical, preserve ? { "xml:space": "preserve" } : {}, escapeText(value));
  const run: Markup["run"] = (properties, value) => {
    const content = value
      .split(/([\t\n])/)
      .filter((piece) => piece !== "")
      .map((piece) =>
        piece === "\t" ? element("w:tab") : piece === "\n" ? element("w:br") : text("w:t", piece),
      );
    return element("w:r", {}, properties + content.join(""));
  };
  return { element, run, text, name };
}

/** The attributes of a revision or comment element, in schema order. */
export function revisionAttributes(revision: Revision): Record<string, string> {
  const { id, author, date } = revision;
  return { "w:id": id, "w:author": author, ...(date !== undefined && { "w:date": date }) };
}

function unusedPrefix(scope: ReadonlyMap<string, string>): string {
  let prefix = "w";
  while (scope.has(prefix)) prefix += "w";
  return prefix;
}

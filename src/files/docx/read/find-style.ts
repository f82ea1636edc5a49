import { attribute, descend, descendantsNamed } from "../../xml/xml-tree.ts";
import type { Refusal, WordDocument } from "../types.ts";
import { relatedTree } from "./styles.ts";

export type NamedStyle = { readonly id: string; readonly name: string; readonly isDefault: boolean };

/** The document's styles of one type (17.7.4.17), in the file's order. */
export function stylesOf(document: WordDocument, type: "paragraph" | "character" | "table"): NamedStyle[] {
  const tree = relatedTree(document, "styles");
  if (tree === undefined) return [];
  return descendantsNamed(tree, 0, "w:style")
    .filter((style) => attribute(tree, style, "w:type") === type)
    .map((style) => {
      const id = attribute(tree, style, "w:styleId") ?? "";
      const name = descend(tree, style, "w:name");
      return {
        id,
        name: (name < 0 ? undefined : attribute(tree, name, "w:val")) ?? id,
        isDefault: /^(1|true|on)$/.test(attribute(tree, style, "w:default") ?? ""),
      };
    });
}

/** The style with that name or id, upper and lower case alike; else a refusal that lists what the document has. */
export function findStyle(
  document: WordDocument,
  type: "paragraph" | "character" | "table",
  wanted: string,
): NamedStyle | Omit<Refusal, "id"> {
  const styles = stylesOf(document, type);
  const key = wanted.trim().toLowerCase();
  const found =
    styles.find(({ name }) => name.toLowerCase() === key) ??
    styles.find(({ id }) => id.toLowerCase() === key);
  if (found !== undefined) return found;
  const names = styles.map(({ name }) => name);
  const list =
    names.length === 0 ? `The document has no ${type} styles.` : `It has: ${names.slice(0, 40).join(", ")}.`;
  return { code: "not-found", reason: `the document has no ${type} style "${wanted}"`, fix: list };
}

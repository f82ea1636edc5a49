import { isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { attribute, childNamed, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { comments } from "../read/comments.ts";
import { relatedTree } from "../read/styles.ts";
import type { WordDocument } from "../types.ts";
import type { DiffRefusal } from "./comparison.ts";
import { contentKey } from "./content-key.ts";
import { styleNames } from "./key-context.ts";

/** Tells what differs beside the text: new bookmarks and comments, styles that look otherwise, another theme. */
export function reportUntracked(before: WordDocument, after: WordDocument, refused: DiffRefusal[]): void {
  const part = after.mainPart;
  const bookmarks = missing(bookmarkNames(before), bookmarkNames(after));
  if (bookmarks.length > 0)
    refused.push({
      code: "bookmark",
      reason: `${named(bookmarks)}: new bookmarks have no tracked form and are left out`,
      part,
    });
  const remarks = missing(commentTexts(before), commentTexts(after));
  if (remarks.length > 0)
    refused.push({
      code: "comment",
      reason: `${remarks.length} comments of the second version are left out: comments are not tracked`,
      part,
    });
  const styles = changedStyles(before, after);
  if (styles.length > 0)
    refused.push({
      code: "definition",
      reason: `${named(styles)}: styles that look otherwise in the second version keep the first's look`,
      part,
    });
  if (themeOf(before) !== themeOf(after))
    refused.push({ code: "other-part", reason: "the theme differs: the first version's stays", part });
}

function missing(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  return [...new Set(after)].filter((each) => !known.has(each));
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** Word sets `_GoBack` at every save. */
function bookmarkNames(document: WordDocument): string[] {
  return document.stories.flatMap(({ tree }) =>
    descendantsNamed(tree, 0, "w:bookmarkStart").flatMap((each) => {
      const name = attribute(tree, each, "w:name");
      return name === undefined || name === "_GoBack" ? [] : [name];
    }),
  );
}

function commentTexts(document: WordDocument): string[] {
  return comments(document).map(({ author, text, date }) => JSON.stringify([author, text, date]));
}

/** The look of each style by name: what a style is based on is compared for itself. */
function stylesOf(document: WordDocument): Map<string, string> {
  const found = new Map<string, string>();
  const tree = relatedTree(document, "styles");
  if (tree === undefined) return found;
  const names = styleNames(document);
  const context = { style: (id: string) => names.get(id) ?? id, list: () => "", relation: () => "" };
  const source = { tree, part: "", context };
  for (const style of childrenOf(tree, 0)) {
    const name = nameOf(tree, style);
    if (name === "w:docDefaults") found.set("document defaults", contentKey(source, style));
    if (name !== "w:style") continue;
    const label = childNamed(tree, style, "w:name");
    const look = ["w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"].map((each) => {
      const child = childNamed(tree, style, each);
      return child < 0 ? "" : contentKey(source, child);
    });
    found.set(label < 0 ? "" : (attribute(tree, label, "w:val") ?? ""), look.join("|"));
  }
  return found;
}

function changedStyles(before: WordDocument, after: WordDocument): string[] {
  const old = stylesOf(before);
  return [...stylesOf(after)].flatMap(([name, look]) => {
    const own = old.get(name);
    return own === undefined || own === look ? [] : [name];
  });
}

function themeOf(document: WordDocument): string {
  const theme = relationshipsOf(document.package, document.mainPart).find((each) =>
    isRelationshipType(each, "theme"),
  );
  const entry = theme === undefined ? undefined : document.package.entries.get(theme.target.toLowerCase());
  if (entry === undefined) return "";
  return `${entry.crc}:${readPart(document.package, theme!.target).length}`;
}

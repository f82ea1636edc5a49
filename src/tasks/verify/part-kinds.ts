import type { WordDocument } from "../../files/index.ts";
import { relationshipsOf } from "../../files/opc/opc-package.ts";

/** What the main part relates a part to, by part name in lower case: `styles`, `comments`, `image`. */
export function relatedWords(...documents: readonly WordDocument[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const document of documents) {
    for (const { type, target, isExternal } of relationshipsOf(document.package, document.mainPart)) {
      if (!isExternal) words.set(target.toLowerCase(), type.slice(type.lastIndexOf("/") + 1));
    }
  }
  return words;
}

/** The parts that hold comments and who wrote them. */
export const commentWords: ReadonlySet<string> = new Set([
  "comments",
  "commentsExtended",
  "commentsIds",
  "commentsExtensible",
  "people",
]);

/** Relationships that an edit may add: what they lead to shows only where new content refers to it, or nowhere. */
export const inertWords: ReadonlySet<string> = new Set([
  ...commentWords,
  "image",
  "hyperlink",
  "chart",
  "chartUserShapes",
  "package",
  "diagramData",
  "diagramLayout",
  "diagramQuickStyle",
  "diagramColors",
  "diagramDrawing",
  "footnotes",
  "endnotes",
  "numbering",
  "styles",
  "customXml",
  "customXmlProps",
]);

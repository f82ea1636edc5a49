import { RoundTripError } from "../../../errors.ts";
import { openPackage } from "../../opc/opc-package.ts";
import { encodeParts } from "../../opc/part-bench.ts";
import { savePackage } from "../../opc/save-package.ts";
import { verifyPackage } from "../../opc/verify-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, attributesOf, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { openWord } from "../open-word.ts";
import { comments } from "../read/comments.ts";
import { paragraphText } from "../read/paragraph-text.ts";
import type { WordDocument } from "../types.ts";
import { createBench, edit, partName, type Workbench } from "./part-workbench.ts";

/**
 * The file without the comments of these `w:id`s: their ranges, references, texts, threads and lasting ids
 * (ECMA-376-1, 17.13.4; MS-DOCX 2.5). An answer to one of them stays, as a comment of its own. Comments aren't tracked,
 * so nobody can refuse this: it is for comments of our own making.
 */
export function removeComments(document: WordDocument, ids: ReadonlySet<string>): Uint8Array {
  const bench = createBench(document);
  for (const { name, kind } of document.stories)
    if (kind !== "comments") drop(bench, name, (tree) => anchors(tree, ids));
  dropComments(bench, ids);
  const encoded = encodeParts(bench.replaced);
  const bytes = savePackage(document.package, encoded);
  verifyPackage(document.package, bytes, encoded, new Map());
  verifyRemoval(document, openWord(openPackage(bytes)), ids);
  return bytes;
}

/** Takes comments out of the comment parts on the bench; their marks in the text are the caller's. */
export function dropComments(bench: Workbench, ids: ReadonlySet<string>): void {
  const paraIds = removeTexts(bench, ids);
  const durableIds = removeEntries(bench, "commentsIds", "paraId", paraIds);
  removeEntries(bench, "commentsExtended", "paraId", paraIds);
  removeEntries(bench, "commentsExtensible", "durableId", durableIds);
}

/** What is left reads as before, but for the comments. Throws `RoundTripError`. */
function verifyRemoval(before: WordDocument, after: WordDocument, ids: ReadonlySet<string>): void {
  const shown = (document: WordDocument): string =>
    JSON.stringify([
      document.paragraphs
        .filter(({ story }) => !(story.kind === "comment" && ids.has(story.id)))
        .map((paragraph) => paragraphText(paragraph, "markup")),
      comments(document).flatMap(({ id }) => (ids.has(id) ? [] : [id])),
    ]);
  if (shown(before) !== shown(after) || comments(after).some(({ id }) => ids.has(id)))
    throw new RoundTripError("more or less than the comments would be removed; nothing was written", {
      hint: "This is a fault of Tandem's. Please report it with the file if you can share it.",
    });
}

function drop(bench: Workbench, name: string, find: (tree: XmlTree) => readonly Splice[]): void {
  let count = 0;
  edit(bench, name, (tree) => {
    const splices = find(tree);
    count = splices.length;
    return splices;
  });
  // A part in which nothing was found is copied as it is.
  if (count === 0) bench.replaced.delete(name);
}

/** Removes a story's range markers and references. */
function anchors(tree: XmlTree, ids: ReadonlySet<string>): Splice[] {
  const found = ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"].flatMap((name) =>
    descendantsNamed(tree, 0, name),
  );
  return found
    .filter((element) => ids.has(attribute(tree, element, "w:id") ?? ""))
    .map((element) => removal(tree, emptiedBy(tree, element)));
}

/** The run that holds nothing but this reference, and the insertion that holds nothing but the run. */
function emptiedBy(tree: XmlTree, element: number): number {
  let at = element;
  for (;;) {
    const parent = tree.parent[at]!;
    const isAlone = childrenOf(tree, parent).every(
      (child) => child === at || nameOf(tree, child) === "w:rPr",
    );
    if (!isAlone || !/^w:(r|ins|del)$/.test(nameOf(tree, parent))) return at;
    at = parent;
  }
}

function removal(tree: XmlTree, element: number): Splice {
  return { start: tree.start[element]!, end: tree.end[element]!, text: "" };
}

/** Removes the comments themselves; gives the paragraph ids by which the other parts know them. */
function removeTexts(bench: Workbench, ids: ReadonlySet<string>): Set<string> {
  const paraIds = new Set<string>();
  const name = partName(bench, "comments");
  if (name === undefined) return paraIds;
  drop(bench, name, (tree) =>
    childrenOf(tree, 0).flatMap((comment) => {
      if (!ids.has(attribute(tree, comment, "w:id") ?? "")) return [];
      const last = descendantsNamed(tree, comment, "w:p").at(-1);
      const paraId = last === undefined ? undefined : attribute(tree, last, "w14:paraId");
      if (paraId !== undefined) paraIds.add(paraId.toUpperCase());
      return [removal(tree, comment)];
    }),
  );
  return paraIds;
}

/** Removes the entries whose attribute `key` is one of these, and answers' mention of them; gives lasting ids. */
function removeEntries(
  bench: Workbench,
  word: "commentsIds" | "commentsExtended" | "commentsExtensible",
  key: "paraId" | "durableId",
  values: ReadonlySet<string>,
): Set<string> {
  const durableIds = new Set<string>();
  const name = partName(bench, word);
  if (name === undefined || values.size === 0) return durableIds;
  drop(bench, name, (tree) =>
    childrenOf(tree, 0).flatMap((entry): Splice[] => {
      const attributes = attributesOf(tree, entry);
      const value = (local: string): string | undefined =>
        attributes.find((each) => each.name.replace(/^.*[:}]/, "") === local)?.value.toUpperCase();
      if (values.has(value(key) ?? "")) {
        const durableId = value("durableId");
        if (durableId !== undefined) durableIds.add(durableId);
        return [removal(tree, entry)];
      }
      const parent = attributes.find((each) => each.name === "w15:paraIdParent");
      if (parent === undefined || !values.has(parent.value.toUpperCase())) return [];
      return [{ start: parent.start, end: parent.end, text: "" }];
    }),
  );
  return durableIds;
}

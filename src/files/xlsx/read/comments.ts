import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, descendantsNamed, textOf } from "../../xml/xml-tree.ts";
import { parseAddress } from "../address.ts";
import type { CellComment, Sheet, Workbook } from "../types.ts";
import { decodeEscapes } from "./escapes.ts";
import { richText } from "./shared-strings.ts";
import { partTree } from "./workbook-part.ts";

/**
 * The comments of a sheet. Where a cell has a threaded conversation, the note that Excel keeps beside it for older
 * versions is left out.
 */
export function readComments(workbook: Workbook, sheet: Sheet): CellComment[] {
  if (sheet.part === undefined) return [];
  const relationships = relationshipsOf(workbook.package, sheet.part);
  const trees = (word: string): XmlTree[] =>
    relationships
      .filter((each) => isRelationshipType(each, word))
      .flatMap((each) => partTree(workbook.package, each.target) ?? []);
  const people = new Map(
    relationshipsOf(workbook.package, workbook.mainPart)
      .filter((each) => isRelationshipType(each, "person"))
      .flatMap((each) => readPeople(partTree(workbook.package, each.target))),
  );
  const threaded = trees("threadedComment").flatMap((tree) => readThreads(tree, sheet.name, people));
  const taken = new Set(threaded.map(({ row, column }) => `${row},${column}`));
  const notes = trees("comments")
    .flatMap((tree) => readNotes(tree, sheet.name))
    .filter(({ row, column }) => !taken.has(`${row},${column}`));
  return [...threaded, ...notes].sort((a, b) => a.row - b.row || a.column - b.column);
}

function readPeople(tree: XmlTree | undefined): [id: string, name: string][] {
  if (tree === undefined) return [];
  return descendantsNamed(tree, 0, "x18tc:person").map((person) => [
    attribute(tree, person, "id") ?? "",
    attribute(tree, person, "displayName") ?? "",
  ]);
}

function readThreads(tree: XmlTree, sheet: string, people: ReadonlyMap<string, string>): CellComment[] {
  return descendantsNamed(tree, 0, "x18tc:threadedComment").flatMap((index) => {
    const cell = parseAddress(attribute(tree, index, "ref") ?? "");
    if (cell === undefined) return [];
    const text = childNamed(tree, index, "x18tc:text");
    const date = attribute(tree, index, "dT");
    return [
      {
        sheet,
        ...cell,
        author: people.get(attribute(tree, index, "personId") ?? "") ?? "",
        text: text < 0 ? "" : decodeEscapes(textOf(tree, text)),
        ...(date === undefined ? {} : { date }),
        isThreaded: true,
        isReply: attribute(tree, index, "parentId") !== undefined,
      },
    ];
  });
}

function readNotes(tree: XmlTree, sheet: string): CellComment[] {
  const authors = descendantsNamed(tree, 0, "x:author").map((author) => textOf(tree, author));
  return descendantsNamed(tree, 0, "x:comment").flatMap((index) => {
    const cell = parseAddress(attribute(tree, index, "ref") ?? "");
    if (cell === undefined) return [];
    const text = childNamed(tree, index, "x:text");
    return [
      {
        sheet,
        ...cell,
        author: authors[Number(attribute(tree, index, "authorId"))] ?? "",
        text: text < 0 ? "" : decodeEscapes(richText(tree, text)),
        isThreaded: false,
        isReply: false,
      },
    ];
  });
}

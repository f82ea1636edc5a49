import { hasPart, isRelationshipType } from "../../opc/opc-package.ts";
import {
  addPart,
  append,
  benchRelationships,
  declareType,
  edit,
  freePartName,
  qualified,
  read,
  relate,
  relativeTarget,
} from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeText } from "../../xml/xml-text.ts";
import { attribute, childNamed, childrenOf, descendantsNamed, textOf } from "../../xml/xml-tree.ts";
import { encodeEscapes } from "../read/escapes.ts";
import type { SheetDraft, WorkbookDraft } from "./draft.ts";
import { guidOf } from "./guid.ts";
import { elementXml, sheetMarkup } from "./sheet-markup.ts";

/** The parts that hold comments: notes, conversations, and who took part in them (18.7; MS-XLSX 2.1.77, 2.1.78). */
type CommentPart = {
  readonly word: string;
  readonly pattern: string;
  readonly contentType: string;
  readonly relationship: (strict: boolean) => string;
  readonly root: (strict: boolean) => string;
};

const threads = namespaceUri("x18tc");
const threadsRoot = (name: string, strict: boolean): string =>
  elementXml(name, { xmlns: threads, "xmlns:x": namespaceUri("x", strict) });

const notesPart: CommentPart = {
  word: "comments",
  pattern: "/comments#.xml",
  contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
  relationship: (strict) => `${namespaceUri("r", strict)}/comments`,
  root: (strict) =>
    `<comments xmlns="${namespaceUri("x", strict)}"><authors></authors><commentList></commentList></comments>`,
};

const threadsPart: CommentPart = {
  word: "threadedComment",
  pattern: "/threadedComments/threadedComment#.xml",
  contentType: "application/vnd.ms-excel.threadedcomments+xml",
  relationship: () => "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
  root: (strict) => threadsRoot("ThreadedComments", strict),
};

const personsPart: CommentPart = {
  word: "person",
  pattern: "/persons/person#.xml",
  contentType: "application/vnd.ms-excel.person+xml",
  relationship: () => "http://schemas.microsoft.com/office/2017/10/relationships/person",
  root: (strict) => threadsRoot("personList", strict),
};

function existing({ bench }: WorkbookDraft, source: string, { word }: CommentPart): string | undefined {
  return benchRelationships(bench, source).find(
    (each) =>
      isRelationshipType(each, word) && (hasPart(bench.package, each.target) || bench.added.has(each.target)),
  )?.target;
}

function ensure(draft: WorkbookDraft, source: string, shape: CommentPart): string {
  const found = existing(draft, source, shape);
  if (found !== undefined) return found;
  const { workbook, bench } = draft;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/"));
  const part = freePartName(bench, folder + shape.pattern, source);
  addPart(bench, part, shape.root(workbook.isStrict));
  declareType(bench, part, shape.contentType);
  relate(bench, source, {
    type: shape.relationship(workbook.isStrict),
    target: relativeTarget(source, part),
  });
  return part;
}

/** Addresses of cells that have a note. */
export function notesOf(draft: WorkbookDraft, sheet: SheetDraft): string[] {
  const part = existing(draft, sheet.part, notesPart);
  if (part === undefined) return [];
  const tree = scanXml(read(draft.bench, part).text);
  return descendantsNamed(tree, 0, "x:comment").map((each) => attribute(tree, each, "ref") ?? "");
}

type Thread = { readonly ref: string; readonly id: string; readonly parent: string | undefined };

export function threadsOf(draft: WorkbookDraft, sheet: SheetDraft): Thread[] {
  const part = existing(draft, sheet.part, threadsPart);
  if (part === undefined) return [];
  const tree = scanXml(read(draft.bench, part).text);
  return descendantsNamed(tree, 0, "x18tc:threadedComment").map((each) => ({
    ref: attribute(tree, each, "ref") ?? "",
    id: attribute(tree, each, "id") ?? "",
    parent: attribute(tree, each, "parentId"),
  }));
}

export type NewNote = { readonly address: string; readonly text: string; readonly author: string };

/** Adds a note; its author is listed when he or she is not yet (18.7.3). */
export function appendNote(draft: WorkbookDraft, sheet: SheetDraft, note: NewNote): void {
  const part = ensure(draft, sheet.part, notesPart);
  edit(draft.bench, part, (tree) => {
    const { element } = sheetMarkup(tree);
    const authors = childNamed(tree, 0, "x:authors");
    const list = childNamed(tree, 0, "x:commentList");
    const names = authors < 0 ? [] : childrenOf(tree, authors).map((each) => textOf(tree, each));
    const known = names.indexOf(note.author);
    const text = element("t", { "xml:space": "preserve" }, escapeText(encodeEscapes(note.text)));
    const comment = element(
      "comment",
      { ref: note.address, authorId: known < 0 ? names.length : known },
      element("text", {}, element("r", {}, text)),
    );
    const author = element("author", {}, escapeText(note.author));
    return [
      ...(known >= 0 ? [] : appendIn(tree, authors, element("authors", {}, author), author)),
      ...appendIn(tree, list, element("commentList", {}, comment), comment),
    ];
  });
}

function appendIn(tree: XmlTree, list: number, whole: string, item: string): Splice[] {
  return list < 0 ? append(tree, whole) : append(tree, item, list);
}

/** What older versions of Excel show, in the words that Excel writes. */
const fallback =
  "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it will get removed if the file is opened in a newer version of Excel. Learn more: https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    ";

/** Begins a conversation, with the note that stands for it where conversations are not known. */
export function appendThread(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  { address, text }: { address: string; text: string },
): void {
  const id = addThreaded(draft, sheet, { address, text });
  appendNote(draft, sheet, { address, text: fallback + text, author: `tc=${id}` });
}

/** Answers in a conversation; the note that stands for it gets the answer as well. */
export function appendReply(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  reply: { readonly address: string; readonly text: string; readonly parent: string },
): void {
  addThreaded(draft, sheet, reply);
  const part = existing(draft, sheet.part, notesPart);
  if (part === undefined) return;
  edit(draft.bench, part, (tree) => {
    const note = descendantsNamed(tree, 0, "x:comment").find(
      (each) => attribute(tree, each, "ref") === reply.address,
    );
    const last = note === undefined ? undefined : descendantsNamed(tree, note, "x:t").at(-1);
    if (last === undefined) return [];
    return append(tree, escapeText(encodeEscapes(`\nReply:\n    ${reply.text}`)), last);
  });
}

function addThreaded(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  comment: { readonly address: string; readonly text: string; readonly parent?: string },
): string {
  const part = ensure(draft, sheet.part, threadsPart);
  const person = personId(draft);
  const { author, date } = draft.options;
  const before = threadsOf(draft, sheet).length;
  const id = guidOf([part, comment.address, author, date, comment.text, before].join("\n"));
  edit(draft.bench, part, (tree) => {
    const attributes = {
      ref: comment.address,
      // UTC without its letter, to a hundredth of a second, as Excel writes it.
      dT: new Date(date).toISOString().slice(0, 22),
      personId: person,
      id,
      parentId: comment.parent,
    };
    const text = elementXml(qualified(tree, "text"), {}, escapeText(encodeEscapes(comment.text)));
    return append(tree, elementXml(qualified(tree, "threadedComment"), attributes, text));
  });
  return id;
}

/** The author's entry in the workbook's list of people; found by name where it came from no account. */
function personId(draft: WorkbookDraft): string {
  const { author } = draft.options;
  const part = ensure(draft, draft.workbook.mainPart, personsPart);
  const tree = scanXml(read(draft.bench, part).text);
  const known = descendantsNamed(tree, 0, "x18tc:person").find(
    (each) =>
      attribute(tree, each, "displayName") === author && attribute(tree, each, "providerId") === "None",
  );
  if (known !== undefined) return attribute(tree, known, "id") ?? "";
  const id = guidOf(`person\n${author}`);
  const attributes = { displayName: author, id, userId: author, providerId: "None" };
  edit(draft.bench, part, (persons) => append(persons, elementXml(qualified(persons, "person"), attributes)));
  return id;
}

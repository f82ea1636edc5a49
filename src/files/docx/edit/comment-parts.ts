import { namespaceUri } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";
import { createMarkup } from "./markup.ts";
import { append, edit, ensurePart, partName, qualified, read, type Workbench } from "./part-workbench.ts";

const w14 = namespaceUri("w14");

/** A comment to add, or to answer another one with. */
export type NewComment = {
  readonly id: string;
  readonly author: string;
  readonly date: string;
  readonly text: string;
  /** `w:id` of the comment it answers. */
  readonly replyTo?: string;
};

/** Writes new comments and changes of state into the comment parts, making those that are missing. */
export function writeComments(
  bench: Workbench,
  comments: readonly NewComment[],
  resolved: ReadonlyMap<string, boolean>,
): void {
  if (comments.length === 0 && resolved.size === 0) return;
  const needed = new Set([...comments.flatMap((each) => each.replyTo ?? []), ...resolved.keys()]);
  const paraIds = giveParaIds(bench, needed);
  addComments(bench, comments, paraIds);
  addThreads(bench, comments, resolved, paraIds);
  addDurableIds(bench, comments, paraIds);
  addPeople(bench, comments);
}

/** `w14:paraId` by comment id, of every comment that is there; those in `needed` get one when they lack it. */
function giveParaIds(bench: Workbench, needed: ReadonlySet<string>): Map<string, string> {
  const ids = new Map<string, string>();
  const name = partName(bench, "comments");
  if (name === undefined) return ids;
  const before = bench.replaced.get(name);
  const original = read(bench, name).text;
  edit(bench, name, (tree) => {
    const splices: Splice[] = [];
    const used = usedParaIds(tree);
    for (const comment of childrenOf(tree, 0)) {
      if (nameOf(tree, comment) !== "w:comment") continue;
      const id = attribute(tree, comment, "w:id") ?? "";
      const last = descendantsNamed(tree, comment, "w:p").at(-1);
      if (last === undefined) continue;
      let paraId = attribute(tree, last, "w14:paraId");
      if (paraId === undefined && needed.has(id)) {
        paraId = newParaId(used, `${id}`);
        const at = tree.nameEnd[last]!;
        splices.push({ start: at, end: at, text: ` xmlns:w14="${w14}" w14:paraId="${paraId}"` });
      }
      if (paraId !== undefined) ids.set(id, paraId);
    }
    return splices;
  });
  if (before === undefined && read(bench, name).text === original) bench.replaced.delete(name);
  return ids;
}

function usedParaIds(tree: XmlTree): Set<string> {
  return new Set(
    descendantsNamed(tree, 0, "w:p").map((element) => attribute(tree, element, "w14:paraId") ?? ""),
  );
}

/** Above 0 and below 0x80000000 (MS-DOCX 2.6.2.3); the same input gives the same id. */
function newParaId(used: Set<string>, seed: string): string {
  let value = 0x2d5a;
  for (const character of seed) value = (Math.imul(value, 31) + character.charCodeAt(0)) & 0x7fffffff;
  let id: string;
  do {
    value = ((value + 0x3d4d51) & 0x7ffffffe) + 1;
    id = value.toString(16).toUpperCase().padStart(8, "0");
  } while (used.has(id) || value >= 0x7fffffff);
  used.add(id);
  return id;
}

function addComments(bench: Workbench, comments: readonly NewComment[], paraIds: Map<string, string>): void {
  if (comments.length === 0) return;
  const name = ensurePart(bench, "comments");
  edit(bench, name, (tree) => {
    const used = new Set([...usedParaIds(tree), ...documentParaIds(bench.document)]);
    const xml = comments.map((comment) => {
      const paraId = newParaId(used, comment.id + comment.text);
      paraIds.set(comment.id, paraId);
      return commentXml(tree, comment, paraId);
    });
    return append(tree, xml.join(""));
  });
}

function documentParaIds(document: WordDocument): string[] {
  return document.stories.flatMap(({ tree }) =>
    [...tree.source.matchAll(/:paraId="([0-9A-Fa-f]{8})"/g)].map((match) => match[1]!.toUpperCase()),
  );
}

function commentXml(tree: XmlTree, comment: NewComment, paraId: string): string {
  const markup = createMarkup(tree);
  const lines = comment.text.split(/\r?\n/);
  const hasPrefix = [...tree.scopes[tree.scope[0]!]!].some(
    ([prefix, uri]) => prefix === "w14" && uri === w14,
  );
  const paragraphs = lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    const ids = isLast
      ? { ...(!hasPrefix && { "xmlns:w14": w14 }), "w14:paraId": paraId, "w14:textId": "77777777" }
      : {};
    const reference = index === 0 ? markup.element("w:r", {}, markup.element("w:annotationRef")) : "";
    return markup.element("w:p", ids, reference + (line === "" ? "" : markup.run("", line)));
  });
  const attributes = {
    "w:id": comment.id,
    "w:author": comment.author,
    "w:date": comment.date,
    "w:initials": initials(comment.author),
  };
  return markup.element("w:comment", attributes, paragraphs.join(""));
}

function initials(author: string): string {
  const letters = author
    .split(/\s+/)
    .map((word) => [...word][0] ?? "")
    .join("");
  return letters.slice(0, 3).toUpperCase() || "?";
}

function addThreads(
  bench: Workbench,
  comments: readonly NewComment[],
  resolved: ReadonlyMap<string, boolean>,
  paraIds: ReadonlyMap<string, string>,
): void {
  const name = ensurePart(bench, "commentsExtended");
  edit(bench, name, (tree) => {
    const prefix = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!).replace(/:?commentsEx$/, "");
    const own = prefix === "" ? "w15" : prefix;
    const known = new Map(
      childrenOf(tree, 0).map((child) => [attribute(tree, child, "w15:paraId"), child] as const),
    );
    const splices: Splice[] = [];
    let added = "";
    const entry = (paraId: string, parent: string | undefined, done: boolean): string =>
      `<${prefix === "" ? "" : `${prefix}:`}commentEx ${own}:paraId="${paraId}"${parent === undefined ? "" : ` ${own}:paraIdParent="${parent}"`} ${own}:done="${done ? 1 : 0}"/>`;
    const threads = new Set(comments.flatMap((each) => each.replyTo ?? []));
    for (const [id, paraId] of paraIds) {
      const comment = comments.find((each) => each.id === id);
      const parent = comment?.replyTo === undefined ? undefined : paraIds.get(comment.replyTo);
      const state = resolved.get(id);
      const existing = known.get(paraId);
      if (existing === undefined && (comment !== undefined || state !== undefined || threads.has(id))) {
        added += entry(paraId, parent, state ?? false);
      } else if (existing !== undefined && state !== undefined) {
        splices.push({
          start: tree.start[existing]!,
          end: tree.end[existing]!,
          text: entry(paraId, attribute(tree, existing, "w15:paraIdParent"), state),
        });
      }
    }
    return [...splices, ...(added === "" ? [] : append(tree, added))];
  });
}

function addDurableIds(
  bench: Workbench,
  comments: readonly NewComment[],
  paraIds: ReadonlyMap<string, string>,
): void {
  if (comments.length === 0) return;
  const name = ensurePart(bench, "commentsIds");
  edit(bench, name, (tree) => {
    const prefix =
      tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!).replace(/:?commentsIds$/, "") || "w16cid";
    const used = new Set(
      childrenOf(tree, 0).map((child) => attribute(tree, child, "w16cid:durableId") ?? ""),
    );
    const xml = comments.map(({ id }) => {
      const durableId = newParaId(used, `durable ${id}`);
      return `<${qualified(tree, "commentId")} ${prefix}:paraId="${paraIds.get(id)}" ${prefix}:durableId="${durableId}"/>`;
    });
    return append(tree, xml.join(""));
  });
}

function addPeople(bench: Workbench, comments: readonly NewComment[]): void {
  const authors = new Set(comments.map((comment) => comment.author));
  if (authors.size === 0) return;
  const name = ensurePart(bench, "people");
  edit(bench, name, (tree) => {
    for (const child of childrenOf(tree, 0)) authors.delete(attribute(tree, child, "w15:author") ?? "");
    const prefix = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!).replace(/:?people$/, "") || "w15";
    const xml = [...authors].map((author) => {
      const value = escapeAttribute(author);
      const presence = `<${qualified(tree, "presenceInfo")} ${prefix}:providerId="None" ${prefix}:userId="${value}"/>`;
      return `<${qualified(tree, "person")} ${prefix}:author="${value}">${presence}</${qualified(tree, "person")}>`;
    });
    return xml.length === 0 ? [] : append(tree, xml.join(""));
  });
}

import { contentTypeOf, isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { attribute, attributesOf, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { append } from "../edit/part-workbench.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { compareFlow } from "./compare-flow.ts";
import type { Comparison } from "./comparison.ts";
import { attributeSplice } from "./import-definitions.ts";
import { markSubtree } from "./mark-subtree.ts";
import { addTextPart, editPart, type PackageBench } from "./package-bench.ts";

export type NoteKind = "footnote" | "endnote";

/** Notes of one kind: which of the two documents' notes are the same, and which come over. Ids are `w:id`s. */
export type NotePlan = {
  readonly kind: NoteKind;
  /** Id in the second document by id in the first. */
  readonly pairs: Map<string, string>;
  /** Id in the result by id in the second document. */
  readonly imported: Map<string, string>;
};

export function notesStory(document: WordDocument, kind: NoteKind): StoryPart | undefined {
  return document.stories.find((story) => story.kind === `${kind}s`);
}

/** The note with that id, or -1. */
export function noteElement(tree: XmlTree, kind: NoteKind, id: string): number {
  return (
    childrenOf(tree, 0).find(
      (each) => nameOf(tree, each) === `w:${kind}` && attribute(tree, each, "w:id") === id,
    ) ?? -1
  );
}

/** Gives the note of the second document an id in the first's part, made when there is none; undefined without a note. */
export function importNoteId(
  bench: PackageBench,
  after: WordDocument,
  plan: NotePlan,
  id: string,
): string | undefined {
  const known = plan.imported.get(id);
  if (known !== undefined) return known;
  const fresh = notesStory(after, plan.kind);
  if (fresh === undefined || noteElement(fresh.tree, plan.kind, id) < 0) return undefined;
  const tree = notesStory(bench.texts.document, plan.kind)?.tree ?? fresh.tree;
  let highest = 0;
  for (const note of childrenOf(tree, 0)) {
    const value = Number.parseInt(attribute(tree, note, "w:id") ?? "", 10);
    if (value > highest) highest = value;
  }
  const own = String(highest + 1 + plan.imported.size);
  plan.imported.set(id, own);
  return own;
}

/** Splices for the notes that both documents have. */
export function compareNotes(comparison: Comparison, plan: NotePlan): Splice[] {
  const splices: Splice[] = [];
  for (const [old, fresh] of plan.pairs) {
    const before = noteElement(comparison.before.tree, plan.kind, old);
    const after = noteElement(comparison.after.tree, plan.kind, fresh);
    if (before >= 0 && after >= 0) splices.push(...compareFlow(comparison, before, after));
  }
  return splices;
}

/** The source of the imported notes, their text marked as inserted. Their last mark can't be. */
export function importedNotes(comparison: Comparison, plan: NotePlan): string {
  let xml = "";
  // An imported note may refer to nothing else, but lists and links in it come over with it.
  for (const [id, own] of plan.imported) {
    const note = noteElement(comparison.after.tree, plan.kind, id);
    const source = comparison.importer.xml(comparison.after, note, comparison.target);
    const tree = scanXml(source, 256, comparison.target.scope);
    comparison.nextChange();
    const marked = markSubtree(tree, 0, {
      markup: createMarkup(tree),
      kind: "w:ins",
      revision: comparison.revision,
      marksParagraphs: false,
    });
    const idAttribute = attributesOf(tree, 0).find((each) => each.name === "w:id")!;
    xml += applySplices(source, [attributeSplice(tree, idAttribute, own), ...marked]);
  }
  return xml;
}

/**
 * A notes part for a document that has none: the second's without its notes but the separators, which Word needs
 * (17.11.3). Returns its name and tree.
 */
export function addNotesPart(
  bench: PackageBench,
  after: WordDocument,
  kind: NoteKind,
): { name: string; tree: XmlTree } {
  const story = notesStory(after, kind)!;
  const { tree } = story;
  const notes = childrenOf(tree, 0).filter(
    (each) =>
      nameOf(tree, each) === `w:${kind}` && (attribute(tree, each, "w:type") ?? "normal") === "normal",
  );
  const text = applySplices(
    tree.source,
    notes.map((each) => ({ start: tree.start[each]!, end: tree.end[each]!, text: "" })),
  ).replace(/^\ufeff/, "");
  const relationship = relationshipsOf(after.package, after.mainPart).find((each) =>
    isRelationshipType(each, `${kind}s`),
  );
  const name = addTextPart(bench, {
    name: story.name,
    text,
    type: contentTypeOf(after.package, story.name) ?? "",
    relationship: relationship?.type ?? "",
  });
  return { name, tree: scanXml(text) };
}

export function appendToPart(bench: PackageBench, name: string, xml: string): void {
  editPart(bench.texts, name, (tree) => append(tree, xml));
}

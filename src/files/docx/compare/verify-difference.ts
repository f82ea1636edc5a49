import { RoundTripError } from "../../../errors.ts";
import { openPackage } from "../../opc/opc-package.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import { rootScope } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";
import { canonicalChildren } from "../edit/canonical-xml.ts";
import { openWord } from "../open-word.ts";
import { lintTree, newFindings } from "../revisions/lint-tracked-changes.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { type NotePlan, noteElement } from "./compare-notes.ts";
import type { DiffRefusal } from "./comparison.ts";
import { contentKey, type KeyContext } from "./content-key.ts";
import { createKeyContext } from "./key-context.ts";

/** Two stories that were compared; of notes, only those that belong together. */
export type StoryPair = { readonly before: StoryPart; readonly after: StoryPart; readonly notes?: NotePlan };

export type Difference = {
  readonly before: WordDocument;
  readonly after: WordDocument;
  readonly pairs: readonly StoryPair[];
  readonly bytes: Uint8Array;
  /** What the second document's names stand for. */
  readonly context: KeyContext;
  readonly refused: readonly DiffRefusal[];
};

/** Refusals that leave the accepted document another than the second. */
const structural: ReadonlySet<DiffRefusal["code"]> = new Set([
  "section-break",
  "note",
  "content-control",
  "last-paragraph",
  "unsupported-block",
]);

/**
 * Checks a written difference by reading it again: well formed, no shape that Word refuses, rejecting all gives the
 * first document and accepting all the second. Throws `RoundTripError`.
 */
export function verifyDifference(difference: Difference): void {
  const { before, pairs, bytes } = difference;
  const { limits, codec } = before.package;
  const open = (file: Uint8Array): WordDocument => openWord(openPackage(file, { limits, codec }));
  const result = open(bytes);
  const rejected = open(settleChanges(result, { action: "reject" }));
  const accepted = open(settleChanges(result, { action: "accept" }));
  const context = createKeyContext(accepted, (id) => `#${id}`);
  for (const pair of pairs) {
    const { name } = pair.before;
    const written = storyNamed(result, name);
    if (written.tree.source === pair.before.tree.source) continue;
    checkShapes(pair.before, written);
    checkRejected(pair, storyNamed(rejected, name).tree);
    checkAccepted(difference, pair, storyNamed(accepted, name).tree, context);
  }
}

function storyNamed(document: WordDocument, name: string): StoryPart {
  const story = document.stories.find((each) => each.name === name);
  if (story === undefined) throw failure(name, "that the part is missing");
  return story;
}

function failure(part: string, what: string): RoundTripError {
  return new RoundTripError(`the check of ${part} found ${what}; nothing was written`, {
    hint: "This is a fault of Tandem's. Please report it with the files if you can share them.",
  });
}

function checkShapes(before: StoryPart, written: StoryPart): void {
  const { tree } = written;
  assertWellFormed(tree.source.slice(tree.start[0]!, tree.end[0]!), rootScope);
  const fresh = newFindings(lintTree(before.tree), lintTree(tree));
  if (fresh.length > 0) throw failure(before.name, `a shape that Word refuses (${fresh[0]!.message})`);
}

function checkRejected({ before, notes }: StoryPair, rejected: XmlTree): void {
  const added = new Set(notes?.imported.values() ?? []);
  const canonical = (tree: XmlTree): string =>
    canonicalChildren(tree, 0, (element) => {
      const name = nameOf(tree, element);
      if (name === "w:lastRenderedPageBreak") return true;
      return (
        (name === "w:footnote" || name === "w:endnote") && added.has(attribute(tree, element, "w:id") ?? "")
      );
    });
  if (canonical(rejected) !== canonical(before.tree))
    throw failure(before.name, "that refusing all changes would not give back the first version");
}

function checkAccepted(
  difference: Difference,
  pair: StoryPair,
  accepted: XmlTree,
  context: KeyContext,
): void {
  const isWhole = !difference.refused.some(({ code }) => structural.has(code));
  for (const [own, other] of containers(pair, accepted)) {
    const found = contentKey({ tree: accepted, part: pair.before.name, context }, own);
    const { tree } = pair.after;
    const wanted = contentKey({ tree, part: pair.after.name, context: difference.context }, other);
    if (inner(found) === inner(wanted)) continue;
    if (isWhole || !isPartOf(textsOf(accepted, own), textsOf(tree, other), difference.refused))
      throw failure(pair.before.name, "that accepting all changes would not give the second version");
  }
}

/** What is compared: the body, the whole header, or each note that belongs to one of the second document. */
function containers({ before, after, notes }: StoryPair, accepted: XmlTree): (readonly [number, number])[] {
  if (notes === undefined) {
    if (before.kind !== "body") return [[0, 0]];
    return [[childNamed(accepted, 0, "w:body"), childNamed(after.tree, 0, "w:body")]];
  }
  const pairs = [...notes.pairs, ...[...notes.imported].map(([id, own]) => [own, id] as const)];
  return pairs.map(([own, other]) => [
    noteElement(accepted, notes.kind, own),
    noteElement(after.tree, notes.kind, other),
  ]);
}

/** A key without the container's own tag: a note's id is another in the two documents. */
function inner(key: string): string {
  return key.slice(key.indexOf(">") + 1);
}

function textsOf(tree: XmlTree, element: number): string[] {
  return descendantsNamed(tree, element, "w:p")
    .map((paragraph) =>
      descendantsNamed(tree, paragraph, "w:t")
        .map((text) => textOf(tree, text))
        .join(""),
    )
    .filter((text) => text.trim() !== "");
}

/** Where something was refused, the rest of the second's text must still be there, in order. */
function isPartOf(
  found: readonly string[],
  wanted: readonly string[],
  refused: readonly DiffRefusal[],
): boolean {
  if (refused.some(({ code }) => code === "unsupported-block")) return true;
  let at = 0;
  for (const text of wanted) if (text === found[at]) at++;
  return at === found.length;
}

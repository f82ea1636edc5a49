import type { Splice } from "../../xml/splice.ts";
import { childNamed, descendantsNamed, isSelfClosing, nameOf } from "../../xml/xml-tree.ts";
import { compareTable } from "./compare-table.ts";
import type { Comparison } from "./comparison.ts";
import { markSubtree } from "./mark-subtree.ts";
import { planFlow, type Step } from "./plan-flow.ts";
import { type Block, readBlocks } from "./read-blocks.ts";
import {
  countText,
  insertedXml,
  writeEmptied,
  writeGrown,
  writePair,
  writeRecut,
} from "./write-paragraph.ts";

/**
 * Splices in the first document's story that make one of its flows (body, cell, note, header, content control) the
 * second's by tracked changes. Blocks that are the same are not touched.
 */
export function compareFlow(comparison: Comparison, before: number, after: number): Splice[] {
  const { tree } = comparison.before;
  if (isSelfClosing(tree, before)) return [];
  const steps = planFlow(readBlocks(comparison.before, before), readBlocks(comparison.after, after));
  return writeSteps(comparison, steps, contentStart(comparison, before));
}

function writeSteps(comparison: Comparison, steps: readonly Step[], start: number): Splice[] {
  let place = start;
  const splices: Splice[] = [];
  for (const step of steps) {
    const made = writeStep(comparison, step, place);
    splices.push(...made.splices);
    place = made.place;
  }
  return splices;
}

/** Where the flow's content begins: after the properties that come first. */
function contentStart({ before: { tree } }: Comparison, container: number): number {
  const properties = childNamed(tree, container, "w:tcPr");
  return properties < 0 ? tree.openEnd[container]! : tree.end[properties]!;
}

type Written = { readonly splices: readonly Splice[]; readonly place: number };

function writeStep(comparison: Comparison, step: Step, place: number): Written {
  const { tree } = comparison.before;
  const { counts } = comparison;
  switch (step.kind) {
    case "keep":
      return {
        splices: keepBlock(comparison, step.before, step.after),
        place: endOf(comparison, step.before),
      };
    case "recut":
      return recutBlocks(comparison, step.before, step.after);
    case "delete":
      return { splices: deleteBlock(comparison, step.before), place: endOf(comparison, step.before) };
    case "insert":
      return { splices: at(place, insertBlock(comparison, step.after)), place };
    case "drop":
      comparison.refuse({
        code: "last-paragraph",
        reason: "no paragraph can be added as a tracked change after the last block here",
        part: comparison.after.part,
      });
      return { splices: [], place };
    case "unwrapped":
      comparison.refuse({
        code: "content-control",
        reason: "a new content control at the end is left out; its content is there",
        part: comparison.after.part,
      });
      return { splices: [], place };
    case "grown":
      counts.insertedParagraphs++;
      return { splices: at(place, writeGrown(comparison, step.before, step.after)), place };
    case "empty":
      comparison.refuse({
        code: "last-paragraph",
        reason:
          "the mark of a last paragraph, or of one that ends a section, can't be deleted: it stays, empty",
        part: comparison.before.part,
      });
      return {
        splices: [replaced(comparison, step.before, writeEmptied(comparison, step.before))],
        place: tree.end[step.before]!,
      };
    case "empty-control": {
      const start = tree.start[step.before.elements[0]!]!;
      const steps = planFlow(step.before.inner(), []);
      return { splices: writeSteps(comparison, steps, start), place: endOf(comparison, step.before) };
    }
    case "shrunk":
      counts.deletedParagraphs++;
      return {
        splices: [replaced(comparison, step.before, writeEmptied(comparison, step.before, step.after))],
        place: tree.end[step.before]!,
      };
    case "replace":
    case "grow":
    case "shrink":
      if (step.kind === "replace") counts.editedParagraphs++;
      return {
        splices: [replaced(comparison, step.before, writePair(comparison, step))],
        place: tree.end[step.before]!,
      };
    default:
      return step satisfies never;
  }
}

/** Paragraphs that were split or joined, from the first one's start to the last one's end. */
function recutBlocks(comparison: Comparison, before: readonly Block[], after: readonly Block[]): Written {
  const { tree } = comparison.before;
  const [old, fresh] = [before, after].map((blocks) => blocks.map((block) => block.elements[0]!));
  comparison.counts.editedParagraphs += Math.max(before.length, after.length);
  const start = tree.start[old![0]!]!;
  const end = tree.end[old!.at(-1)!]!;
  const text = writeRecut(comparison, old!, fresh!);
  return { splices: [{ start, end, text }], place: end };
}

function at(place: number, text: string): Splice[] {
  return text === "" ? [] : [{ start: place, end: place, text }];
}

function endOf({ before: { tree } }: Comparison, block: Block): number {
  return tree.end[block.elements.at(-1)!]!;
}

function replaced({ before: { tree } }: Comparison, paragraph: number, text: string): Splice {
  return { start: tree.start[paragraph]!, end: tree.end[paragraph]!, text };
}

function keepBlock(comparison: Comparison, before: Block, after: Block): Splice[] {
  const [old, fresh] = [before.elements[0]!, after.elements[0]!];
  if (before.key === after.key) {
    for (const [index, element] of before.elements.entries())
      pairAllNotes(comparison, element, after.elements[index]!);
    return [];
  }
  switch (before.kind) {
    case "paragraph":
      comparison.counts.editedParagraphs++;
      return [replaced(comparison, old, writePair(comparison, { kind: "keep", before: old, after: fresh }))];
    case "table":
      return (
        compareTable(comparison, old, fresh) ?? [
          ...deleteBlock(comparison, before),
          ...at(endOf(comparison, before), insertBlock(comparison, after)),
        ]
      );
    case "control": {
      const [content, other] = [
        childNamed(comparison.before.tree, old, "w:sdtContent"),
        childNamed(comparison.after.tree, fresh, "w:sdtContent"),
      ];
      return content < 0 || other < 0 ? [] : compareFlow(comparison, content, other);
    }
    default:
      return [];
  }
}

/** Equal blocks hold the same note references in the same order. */
function pairAllNotes(comparison: Comparison, before: number, after: number): void {
  for (const name of ["w:footnoteReference", "w:endnoteReference"]) {
    const old = descendantsNamed(comparison.before.tree, before, name);
    const fresh = descendantsNamed(comparison.after.tree, after, name);
    if (old.length !== fresh.length) continue;
    for (const [index, reference] of old.entries()) comparison.pairNotes(reference, fresh[index]!);
  }
}

function deleteBlock(comparison: Comparison, block: Block): Splice[] {
  const { tree } = comparison.before;
  const element = block.elements[0]!;
  if (block.kind === "other") {
    refuseBlock(comparison, nameOf(tree, element), comparison.before.part);
    return [];
  }
  comparison.nextChange();
  if (block.hasSection) {
    comparison.refuse({
      code: "section-break",
      reason: "a section break can't be deleted as a tracked change: it stays",
      part: comparison.before.part,
    });
    return [replaced(comparison, element, writeEmptied(comparison, element))];
  }
  comparison.counts[block.kind === "paragraph" ? "deletedParagraphs" : "deletedRows"] += rowsIn(
    comparison.before.tree,
    element,
    block,
  );
  countText(comparison, "deletedCharacters", comparison.before.tree, element);
  return markSubtree(tree, element, {
    markup: comparison.markup,
    kind: "w:del",
    revision: comparison.revision,
    marksParagraphs: true,
  });
}

function insertBlock(comparison: Comparison, block: Block): string {
  const { tree, part } = comparison.after;
  const element = block.elements[0]!;
  if (block.kind === "other") {
    refuseBlock(comparison, nameOf(tree, element), part);
    return "";
  }
  if (block.hasSection) {
    comparison.refuse({
      code: "section-break",
      reason: "a new section break is left out: Word has no tracked form for its headers and page set-up",
      part,
    });
  }
  comparison.counts[block.kind === "paragraph" ? "insertedParagraphs" : "insertedRows"] += rowsIn(
    tree,
    element,
    block,
  );
  countText(comparison, "insertedCharacters", tree, element);
  return insertedXml(comparison, element);
}

function rowsIn(tree: Comparison["before"]["tree"], element: number, block: Block): number {
  return block.kind === "paragraph" ? 1 : descendantsNamed(tree, element, "w:tr").length;
}

function refuseBlock(comparison: Comparison, name: string, part: string): void {
  comparison.refuse({
    code: "unsupported-block",
    reason: `a ${name} between paragraphs has no tracked form: the first version's stays`,
    part,
  });
}

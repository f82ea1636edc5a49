import { alignBlocks, likeness, type Operation } from "./align-blocks.ts";
import type { Block } from "./read-blocks.ts";

/**
 * One step of a flow's result.
 * `recut`: paragraphs that were split or joined, cut by other marks.
 * `replace`: a paragraph whose text goes and another's comes, in one paragraph.
 * `grow`: the flow's last paragraph, its mark inserted, so that what follows can be refused;
 * `grown`: the second's last paragraph, on the mark that was there.
 * `shrink`: a paragraph whose mark is deleted, so that it takes over the last mark; `shrunk`: the paragraph that had it.
 * `empty`: a paragraph whose text goes while its mark can't.
 */
export type Step =
  | { readonly kind: "keep"; readonly before: Block; readonly after: Block }
  | { readonly kind: "recut"; readonly before: readonly Block[]; readonly after: readonly Block[] }
  | { readonly kind: "replace"; readonly before: number; readonly after: number }
  | { readonly kind: "delete"; readonly before: Block }
  | { readonly kind: "insert"; readonly after: Block }
  | { readonly kind: "grow"; readonly before: number; readonly after: number }
  | { readonly kind: "grown"; readonly before: number; readonly after: number }
  | { readonly kind: "shrink"; readonly before: number; readonly after: number }
  | { readonly kind: "shrunk"; readonly before: number; readonly after: number }
  | { readonly kind: "empty"; readonly before: number }
  | { readonly kind: "drop"; readonly after: Block }
  /** A content control at the very end: its content goes but for its last mark. */
  | { readonly kind: "empty-control"; readonly before: Block }
  /** The content control around the next blocks is left out. */
  | { readonly kind: "unwrapped" };

/**
 * Works out what becomes of a flow's blocks. The last paragraph mark of a body, cell, note or content control can't be
 * inserted or deleted (17.13.5.15 leaves it open; Word and LibreOffice do nothing), so the last paragraphs of both
 * share one mark, and the marks before it come and go instead.
 */
export function planFlow(before: readonly Block[], after: readonly Block[]): Step[] {
  return fixEnd(flattenGroups(alignBlocks(before, after)));
}

/** A group's blocks are deleted and inserted one by one; between the first and the last of a kept one they may change. */
function flattenGroups(operations: readonly Operation[]): Operation[] {
  return operations.flatMap((operation): Operation[] => {
    if (
      operation.kind === "keep" &&
      operation.before.kind === "group" &&
      operation.before.key !== operation.after.key
    )
      return keptGroup(operation.before.inner(), operation.after.inner());
    if (operation.kind === "delete" && operation.before.kind === "group")
      return ungroup(operation.before).map((before) => ({ kind: "delete", before }));
    if (operation.kind === "insert" && operation.after.kind === "group")
      return ungroup(operation.after).map((after) => ({ kind: "insert", after }));
    return [operation];
  });
}

function keptGroup(before: readonly Block[], after: readonly Block[]): Operation[] {
  return [
    { kind: "keep", before: before[0]!, after: after[0]! },
    ...alignBlocks(before.slice(1, -1), after.slice(1, -1)),
    { kind: "keep", before: before.at(-1)!, after: after.at(-1)! },
  ];
}

function ungroup(group: Block): Block[] {
  return group.elements.map((element, index) => ({
    ...group,
    kind: group.kinds[index]!,
    kinds: [],
    elements: [element],
  }));
}

function fixEnd(planned: readonly Operation[]): Step[] {
  const operations = withoutRecutAtEnd(planned);
  const last = operations.findLastIndex((each) => each.kind !== "insert");
  const end = operations[last];
  const added = operations.slice(last + 1).map((each) => (each as { after: Block }).after);
  const steps: Step[] = operations.slice(0, Math.max(last, 0));
  if (end?.kind === "recut") return [...steps, end];
  const paragraph = end === undefined || end.kind === "insert" ? undefined : lastParagraph(end.before);
  const tail = unwrapEnd(added, paragraph !== undefined);
  if (tail !== added) steps.push({ kind: "unwrapped" });
  if (end === undefined || end.kind === "insert") return dropParagraphs(steps, tail);
  if (paragraph === undefined) {
    const isControl = end.kind === "delete" && end.before.kind === "control";
    return dropParagraphs([...steps, isControl ? { kind: "empty-control", before: end.before } : end], tail);
  }
  const place = tail.findLastIndex((block) => block.kind === "paragraph");
  if (end.kind === "keep")
    return place < 0 ? [...steps, end, ...inserted(tail)] : growEnd(steps, end, tail, place);
  if (place < 0) return [...shrinkEnd(steps, end.before, paragraph), ...inserted(tail)];
  const partner = tail[place]!.elements[0]!;
  return [
    ...steps,
    ...inserted(tail.slice(0, place)),
    { kind: "replace", before: paragraph, after: partner },
    ...inserted(tail.slice(place + 1)),
  ];
}

/** Where the last mark changes hands, paragraphs that were split or joined come and go as others do. */
function withoutRecutAtEnd(operations: readonly Operation[]): readonly Operation[] {
  const last = operations.findLastIndex(({ kind }) => kind === "recut");
  const recut = operations[last];
  if (recut?.kind !== "recut" || last === operations.length - 1) return operations;
  const rest = operations.slice(last + 1);
  if (rest.some(({ kind }) => kind === "keep")) return operations;
  const pair = asPair(recut.before, recut.after);
  const keep = pair.findIndex(({ kind }) => kind === "keep");
  // As everywhere, what goes at one place stands before what comes.
  const end = [...pair.slice(keep + 1), ...rest];
  return [
    ...operations.slice(0, last),
    ...pair.slice(0, keep + 1),
    ...end.filter(({ kind }) => kind === "delete"),
    ...end.filter(({ kind }) => kind === "insert"),
  ];
}

/** The two that are most alike as a pair, the others deleted or inserted. */
function asPair(before: readonly Block[], after: readonly Block[]): Operation[] {
  let best = { old: 0, fresh: 0, score: -1 };
  for (const [old, one] of before.entries()) {
    for (const [fresh, two] of after.entries()) {
      const score = likeness(one, two);
      if (score > best.score) best = { old, fresh, score };
    }
  }
  const gone = (blocks: readonly Block[]): Operation[] =>
    blocks.map((block) => ({ kind: "delete", before: block }));
  const added = (blocks: readonly Block[]): Operation[] =>
    blocks.map((block) => ({ kind: "insert", after: block }));
  return [
    ...gone(before.slice(0, best.old)),
    ...added(after.slice(0, best.fresh)),
    { kind: "keep", before: before[best.old]!, after: after[best.fresh]! },
    ...gone(before.slice(best.old + 1)),
    ...added(after.slice(best.fresh + 1)),
  ];
}

/** The new blocks with the controls unwrapped that no paragraph follows; the same array when there is none. */
function unwrapEnd(added: readonly Block[], endsInParagraph: boolean): readonly Block[] {
  const place = endsInParagraph ? added.findLastIndex((block) => block.kind === "paragraph") : -1;
  const rest = added.slice(place + 1);
  if (rest.every((block) => block.kind !== "control")) return added;
  return [...added.slice(0, place + 1), ...rest.flatMap(unwrap)];
}

/** A content control at the very end would leave its last paragraph behind when it is refused, so its content comes without it. */
function unwrap(block: Block): readonly Block[] {
  if (block.kind === "group") return ungroup(block).flatMap(unwrap);
  return block.kind === "control" ? block.inner().flatMap(unwrap) : [block];
}

function lastParagraph(block: Block): number | undefined {
  if (block.kind === "paragraph") return block.elements[0];
  return block.kind === "group" && block.kinds.at(-1) === "paragraph" ? block.elements.at(-1) : undefined;
}

function inserted(blocks: readonly Block[]): Step[] {
  return blocks.map((after) => ({ kind: "insert", after }));
}

/** Where nothing but a table or nothing at all ends the flow, no paragraph can be added after it. */
function dropParagraphs(steps: readonly Step[], tail: readonly Block[]): Step[] {
  const added = tail.map((after): Step => ({ kind: after.kind === "paragraph" ? "drop" : "insert", after }));
  return [...steps, ...added];
}

function growEnd(
  steps: readonly Step[],
  end: Operation & { kind: "keep" },
  tail: readonly Block[],
  place: number,
): Step[] {
  const before = end.before.elements.at(-1)!;
  const partner = tail[place]!.elements[0]!;
  const rest = inserted(tail.slice(place + 1));
  const between = tail.slice(0, place);
  if (end.before.kind === "paragraph" && between.every((block) => block.kind === "paragraph")) {
    return [
      ...steps,
      { kind: "grow", before, after: end.after.elements[0]! },
      ...inserted(between),
      { kind: "grown", before, after: partner },
      ...rest,
    ];
  }
  if (end.before.kind !== "paragraph")
    return [...steps, end, ...tail.map((after): Step => ({ kind: "drop", after }))];
  return [
    ...steps,
    { kind: "insert", after: end.after },
    ...inserted(between),
    { kind: "replace", before, after: partner },
    ...rest,
  ];
}

/** The flow's last paragraph goes: the last one that is kept takes over its mark. */
function shrinkEnd(steps: readonly Step[], gone: Block, paragraph: number): Step[] {
  const at = steps.findLastIndex((each) => each.kind === "keep");
  const keep = steps[at];
  const between = steps.slice(at + 1);
  if (keep?.kind !== "keep" || keep.before.kind !== "paragraph" || keep.before.hasSection || gone.hasSection)
    return [...steps, { kind: "empty", before: paragraph }];
  const before = keep.before.elements[0]!;
  const after = keep.after.elements[0]!;
  if (
    between.every(
      (each) => each.kind === "delete" && each.before.kind === "paragraph" && !each.before.hasSection,
    )
  ) {
    return [
      ...steps.slice(0, at),
      { kind: "shrink", before, after },
      ...between,
      { kind: "shrunk", before: paragraph, after },
    ];
  }
  if (!between.every((each) => each.kind === "delete"))
    return [...steps, { kind: "empty", before: paragraph }];
  return [
    ...steps.slice(0, at),
    { kind: "delete", before: keep.before },
    ...between,
    { kind: "replace", before: paragraph, after },
  ];
}

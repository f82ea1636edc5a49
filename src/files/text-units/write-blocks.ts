import type { CodedTarget } from "../units/types.ts";
import { applySplices, type Splice } from "../xml/splice.ts";
import type { TextBlock } from "./text-block.ts";

/** A text with targets written, before it becomes bytes. */
export type WrittenText = {
  readonly text: string;
  readonly flagged: readonly { readonly unit: string; readonly reason: string }[];
  readonly refused: readonly { readonly unit: string; readonly reason: string }[];
};

/** Writes targets into blocks of which none holds another. */
export function writeBlocks(
  source: string,
  blocks: readonly TextBlock[],
  targets: ReadonlyMap<string, CodedTarget>,
): WrittenText {
  const splices: Splice[] = [];
  const flagged: { unit: string; reason: string }[] = [];
  for (const { unit, start, end, write } of blocks) {
    const target = targets.get(unit.id);
    if (target === undefined) continue;
    const written = write(target, (from, to) => source.slice(from, to));
    if (written.flagged !== undefined) flagged.push({ unit: unit.id, reason: written.flagged });
    splices.push({ start, end, text: written.text });
  }
  return { text: applySplices(source, splices), flagged, refused: [] };
}

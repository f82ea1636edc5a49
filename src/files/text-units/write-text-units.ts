import { TargetNotFoundError } from "../../errors.ts";
import type { CodedTarget, UnitTarget, WriteUnitsOptions, WrittenUnits } from "../units/types.ts";
import { isTranslatable, type ListTextOptions, textBlocks } from "./list-text-units.ts";
import { decodeTextFile, encodeTextFile } from "./text-file.ts";
import { isEcho, tidyTarget } from "./tidy-target.ts";
import { writeBlocks } from "./write-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

export type WriteTextOptions = WriteUnitsOptions & ListTextOptions;

/**
 * The file with targets in place of its units. Encoding, line ends and all that has no target, or one that says what the
 * source says, stay as they are. A unit whose target is empty or can't be held by the format is refused.
 */
export function writeTextUnits(
  bytes: Uint8Array,
  targets: readonly UnitTarget[],
  options: WriteTextOptions,
): WrittenUnits {
  const file = decodeTextFile(bytes);
  const blocks = textBlocks(file.text, options);
  const units = new Map(
    blocks.filter(({ unit }) => isTranslatable(unit, options)).map(({ unit }) => [unit.id, unit]),
  );
  const wanted = new Map<string, CodedTarget>();
  const empty: { unit: string; reason: string }[] = [];
  for (const target of targets) {
    const unit = units.get(target.unit);
    if (unit === undefined)
      throw new TargetNotFoundError(`the file has no unit ${target.unit}`, {
        hint: "Targets belong to the bytes that the units were listed from.",
      });
    if (isEcho(unit, target)) continue;
    const tidy = tidyTarget(target);
    if (tidy.text === "") empty.push({ unit: unit.id, reason: "the target is empty" });
    else wanted.set(unit.id, tidy);
  }
  const written =
    options.format === "md" ? writeMarkdown(file.text, wanted) : writeBlocks(file.text, blocks, wanted);
  const encoded = encodeTextFile(file, written.text);
  const first = [...wanted.keys()][0];
  const flagged =
    encoded.isOtherEncoding && first !== undefined
      ? [{ unit: first, reason: "the file is UTF-8 now: windows-1252 lacks letters of the translation" }]
      : [];
  return {
    bytes: wanted.size === 0 ? bytes.slice() : encoded.bytes,
    flagged: [...flagged, ...written.flagged],
    refused: [...empty, ...written.refused],
  };
}

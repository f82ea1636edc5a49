import type { ListUnitsOptions, TextUnit } from "../../units/types.ts";
import { readWordUnits, unitsOf } from "./word-units.ts";

/**
 * All that can be translated in a Word file: paragraphs of every part, text boxes, alternative texts, charts, diagrams,
 * properties. In reading order, part by part. Throws the errors of `openFile`.
 */
export function listWordUnits(bytes: Uint8Array, options: ListUnitsOptions = {}): readonly TextUnit[] {
  return unitsOf(readWordUnits(bytes, options));
}

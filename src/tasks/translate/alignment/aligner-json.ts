import type { EdgeMarks } from "./edge-marks.ts";
import { cellFor, emptyLexicon, numberOf } from "./lexicon.ts";
import { type Aligner, alignerOf } from "./train-aligner.ts";

/** An aligner as JSON keeps it. */
export type AlignerJson = {
  readonly version: 1;
  readonly sourceWords: readonly string[];
  readonly targetWords: readonly string[];
  /** Four numbers a cell: source word, target word (0 is "none"), counts forward and backward. */
  readonly cells: readonly number[];
  readonly edgeMarks: EdgeMarks;
  readonly sourceLength: number;
  readonly targetLength: number;
};

const tooRare = 0.005;

/** What an aligner has learned, as plain data; counts are rounded, those too small to matter are left out. */
export function alignerToJson(aligner: Aligner): AlignerJson {
  const { lexicon, forwardCounts, backwardCounts, edgeMarks, sourceLength, targetLength } = aligner;
  const cells: number[] = [];
  for (const [cell, source] of lexicon.cellSource.entries()) {
    const forward = forwardCounts[cell]!;
    const backward = backwardCounts[cell]!;
    if (forward < tooRare && backward < tooRare) continue;
    cells.push(source, lexicon.cellTarget[cell]!, rounded(forward), rounded(backward));
  }
  const { words: sourceWords } = lexicon.source;
  const { words: targetWords } = lexicon.target;
  return { version: 1, sourceWords, targetWords, cells, edgeMarks, sourceLength, targetLength };
}

/** The aligner that `alignerToJson` wrote. */
export function alignerFromJson(json: AlignerJson): Aligner {
  const lexicon = emptyLexicon();
  for (const word of json.sourceWords.slice(1)) numberOf(lexicon.source, word);
  for (const word of json.targetWords.slice(1)) numberOf(lexicon.target, word);
  const count = json.cells.length / 4;
  const forwardCounts = new Float64Array(count);
  const backwardCounts = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const cell = cellFor(lexicon, json.cells[4 * at]!, json.cells[4 * at + 1]!);
    forwardCounts[cell] = json.cells[4 * at + 2]!;
    backwardCounts[cell] = json.cells[4 * at + 3]!;
  }
  const { edgeMarks, sourceLength, targetLength } = json;
  return alignerOf({ lexicon, forwardCounts, backwardCounts, edgeMarks, sourceLength, targetLength });
}

function rounded(count: number): number {
  return Math.round(count * 1000) / 1000;
}

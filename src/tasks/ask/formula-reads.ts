import { type CellRange, parseRange } from "../../files/index.ts";

/** Cells that a formula reads. Columns without rows (`A:C`) are ranges of all rows. */
export type CellsRead = { readonly sheet: string; readonly range: CellRange };

const pieces = [
  `"(?:[^"]|"")*"`,
  String.raw`(?:(?:'(?<quoted>(?:[^']|'')+)'|(?<plain>[\p{L}_][\p{L}\p{N}_.]*))!)?(?<range>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\p{L}\p{N}_.(!])`,
  String.raw`(?<name>[\p{L}_][\p{L}\p{N}_.]*)(?=\()`,
  String.raw`(?:TRUE|FALSE)\b`,
  String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`,
  String.raw`[-+*/^&=<>(),%\s]`,
];
const token = new RegExp(pieces.join("|"), "uy");

/** Functions that read cells which their text doesn't show. */
const readsElsewhere = /^(INDIRECT|OFFSET)$/i;

/**
 * The ranges that a formula names, of the sheet it stands on where it names none. Undefined when it reads anything else:
 * defined names, tables by their names, other workbooks, several sheets at once.
 */
export function formulaReads(formula: string, ownSheet: string): readonly CellsRead[] | undefined {
  const found: CellsRead[] = [];
  for (let at = 0; at < formula.length; ) {
    token.lastIndex = at;
    const match = token.exec(formula);
    if (match === null) return undefined;
    const { quoted, plain, range: text, name } = match.groups!;
    if (name !== undefined && readsElsewhere.test(name)) return undefined;
    if (text !== undefined) {
      const range = parseRange(text);
      if (range === undefined) return undefined;
      found.push({ sheet: quoted?.replaceAll("''", "'") ?? plain ?? ownSheet, range });
    }
    at += match[0].length;
  }
  return found;
}

import type { CodedText } from "../../../files/units/types.ts";
import type { Repair } from "./repair.ts";
import type { AnswerPiece } from "./scan-answer.ts";

/**
 * Ids that the answer made up, by the ids that it lacks: an engine that counts anew keeps the order. Only where there are
 * as many of the one as of the other, spans and atoms apart.
 */
export function renumber(
  segment: CodedText,
  answer: readonly AnswerPiece[],
  repaired: Repair[],
): ReadonlyMap<string, string> {
  const spans = new Set(segment.spans.map(({ id }) => id));
  const atoms = new Set(segment.atoms.map(({ id }) => id));
  const used = new Set<string>();
  const unknown = { span: new Set<string>(), atom: new Set<string>() };
  for (const piece of answer) {
    if (piece.kind === "text" || piece.id === undefined) continue;
    used.add(piece.id);
    if (spans.has(piece.id) || atoms.has(piece.id)) continue;
    const isAtom = piece.name === "x" || piece.name === "img" || piece.form === "alone";
    unknown[isAtom ? "atom" : "span"].add(piece.id);
  }
  const renumbered = new Map<string, string>();
  for (const [made, known] of [
    [unknown.span, spans],
    [unknown.atom, atoms],
  ] as const) {
    const lacking = [...known].filter((id) => !used.has(id));
    if (made.size !== lacking.length) continue;
    for (const [index, id] of [...made].entries()) {
      renumbered.set(id, lacking[index]!);
      repaired.push({ id, fault: "renumbered" });
    }
  }
  return renumbered;
}

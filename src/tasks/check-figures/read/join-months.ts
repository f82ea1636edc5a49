import type { Piece } from "./sentence-types.ts";
import type { Token } from "./tokens.ts";

const joints = /^(?:to|until|till|through|and|bis|und|a|et|y|e|ate|hasta)$/;

/**
 * `from January to May 2025` is one time. Where a sentence speaks of a change, the months are its two ends instead, and
 * stay apart.
 */
export function joinMonths(pieces: readonly Piece[], tokens: readonly Token[]): Piece[] {
  const isChange = pieces.some(
    (piece) =>
      (piece.kind === "concept" && /^(up|down|move|more|less|versus|than)$/.test(piece.concept)) ||
      (piece.kind === "figure" && /^(percent|points|multiple)$/.test(piece.figure.form)),
  );
  if (isChange) return [...pieces];
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const [lead, first, joint, last] = pieces.slice(at, at + 4);
    const period =
      lead?.kind === "concept" &&
      /^(from|of|between)$/.test(lead.concept) &&
      joint !== undefined &&
      joints.test(tokens[joint.from]!.plain)
        ? stretch(first, last)
        : undefined;
    if (period === undefined) joined.push(pieces[at]!);
    else {
      joined.push({ kind: "period", period, from: lead!.from, to: last!.to });
      at += 3;
    }
  }
  return joined;
}

type Period = Extract<Piece, { kind: "period" }>["period"];

/** From a month to one of the same year: `January` and `May 2025`. */
function stretch(one: Piece | undefined, two: Piece | undefined): Period | undefined {
  if (one?.kind !== "period" || two?.kind !== "period") return undefined;
  const [first, last] = [one.period, two.period];
  if (last.kind !== "days" || last.grain !== "month") return undefined;
  const year = last.from.slice(0, 4);
  if (first.kind === "days" && first.grain === "month" && first.from < last.from)
    return { kind: "days", grain: "half", from: first.from, to: last.to };
  if (first.kind !== "month-of-year" || first.months.length !== 1) return undefined;
  const from = `${year}-${String(first.months[0]).padStart(2, "0")}-01`;
  return from < last.from ? { kind: "days", grain: "half", from, to: last.to } : undefined;
}

import type { Piece } from "./sentence-types.ts";
import type { Token } from "./tokens.ts";

const joints = /^(?:out of|in|of|von|sur|de cada|em cada|de)$/;
const wholes: ReadonlySet<number> = new Set([3, 4, 5, 6, 8, 10]);

/** `four out of ten`, `one in four`, `vier von zehn` are one figure: a share. Other numbers in digits count something. */
export function joinParts(pieces: readonly Piece[], tokens: readonly Token[], paragraph: string): Piece[] {
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]!;
    const part = shareAt(pieces, at, tokens, paragraph);
    if (part === undefined) joined.push(piece);
    else {
      joined.push(part.piece);
      at = part.last;
    }
  }
  return joined;
}

const oneWord = /^(?:one|ein|eine|einer|eines|un|une|uno|una|um|uma)$/;

/** The figure at a place, also `one`, which is none elsewhere. */
function oneAt(piece: Piece, tokens: readonly Token[], paragraph: string): Piece | undefined {
  if (piece.kind === "figure") return piece;
  const { start, end, plain } = tokens[piece.from]!;
  if (piece.to !== piece.from + 1 || !oneWord.test(plain)) return undefined;
  const text = paragraph.slice(start, end);
  const written = { start, end, text, form: "number", value: 1, step: 1, roundedStep: 1 } as const;
  const figure = { ...written, bound: "exact", scale: 1, decimalMark: ".", groupMark: "" } as const;
  return { kind: "figure", figure, from: piece.from, to: piece.to };
}

function shareAt(
  pieces: readonly Piece[],
  at: number,
  tokens: readonly Token[],
  paragraph: string,
): { readonly piece: Piece; readonly last: number } | undefined {
  const one = oneAt(pieces[at]!, tokens, paragraph);
  const last = pieces.findIndex((each, index) => index > at && each.kind === "figure");
  const two = pieces[last];
  if (one?.kind !== "figure" || two?.kind !== "figure" || last > at + 3) return undefined;
  const [part, whole] = [one.figure, two.figure];
  const said = tokens
    .slice(one.to, two.from)
    .map(({ plain }) => plain)
    .join(" ");
  const isPlain = [part, whole].every(
    ({ form, currency, scale, value }) =>
      form === "number" && currency === undefined && scale === 1 && Number.isInteger(value),
  );
  const isWritten = part.digits === undefined && whole.digits === undefined;
  const isShare = wholes.has(whole.value) && part.value > 0 && part.value < whole.value;
  if (!isPlain || !isShare || !joints.test(said) || !(isWritten || whole.value === 10)) return undefined;
  // Of ten, one is the last place; of others the same as `a third`.
  const step = whole.value === 10 ? 10 : 5;
  const { digits: _, ...rest } = part;
  return {
    last,
    piece: {
      kind: "figure",
      from: one.from,
      to: two.to,
      figure: {
        ...rest,
        end: whole.end,
        text: paragraph.slice(part.start, whole.end),
        form: "fraction",
        value: (part.value / whole.value) * 100,
        step,
        roundedStep: step,
      },
    },
  };
}

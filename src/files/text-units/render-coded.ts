import { type Painted, type Piece, paint } from "../units/paint.ts";
import type { CodedTarget } from "../units/types.ts";
import type { CodedSource, SourceOf } from "./coded-source.ts";
import type { LineBreaks } from "./wrap-offsets.ts";

export type RenderOptions = {
  readonly slice: (start: number, end: number) => string;
  /** Text as the format writes it: `before` is what stands before it, `after` what follows. */
  readonly escape: (text: string, before: string, after: string) => string;
  readonly breaks?: LineBreaks;
  /** What a line break is written as. Defaults to `\n`. */
  readonly lineBreak?: string;
  /** Other marks for a span or an atom than those of the source. */
  readonly marksOf?: (id: string) => { readonly open: SourceOf; readonly close: SourceOf } | undefined;
  readonly atomOf?: (id: string) => SourceOf | undefined;
};

export type RenderedText = { readonly text: string; readonly painted: Painted };

/** The target with the codes of the source around its text. */
export function renderCoded(source: CodedSource, target: CodedTarget, options: RenderOptions): RenderedText {
  const painted = paint(source.coded, target);
  const tokens = withBreaks(tokensOf(source, painted.pieces, options), options);
  let text = "";
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    text += token.isMarkup ? token.text : options.escape(token.text, text, next?.text ?? "");
  });
  return { text, painted };
}

type Token = { readonly text: string; readonly isMarkup: boolean };

function tokensOf(source: CodedSource, pieces: readonly Piece[], options: RenderOptions): Token[] {
  const tokens: Token[] = [];
  const markup = (part: SourceOf): void => {
    const text = typeof part === "string" ? part : options.slice(part.start, part.end);
    if (text !== "") tokens.push({ text, isMarkup: true });
  };
  const marks = (id: string): { open: SourceOf; close: SourceOf } =>
    options.marksOf?.(id) ?? source.spans.get(id) ?? { open: "", close: "" };
  let open: readonly string[] = [];
  const goTo = (wanted: readonly string[]): void => {
    let common = 0;
    while (common < open.length && open[common] === wanted[common]) common++;
    for (const id of open.slice(common).reverse()) markup(marks(id).close);
    for (const id of wanted.slice(common)) markup(marks(id).open);
    open = wanted;
  };
  pieces.forEach((piece, index) => {
    goTo(piece.kind === "text" ? piece.spans : aroundAtom(pieces, index));
    if (piece.kind === "text") tokens.push({ text: piece.text, isMarkup: false });
    else markup(options.atomOf?.(piece.id) ?? source.atoms.get(piece.id)?.source ?? "");
  });
  goTo([]);
  return tokens;
}

/** The spans that an atom stands in: those named, and formatting that goes on behind it. */
function aroundAtom(pieces: readonly Piece[], index: number): readonly string[] {
  const own = pieces[index]!.spans;
  const before = pieces.slice(0, index).findLast(({ kind }) => kind === "text")?.spans ?? [];
  const after = pieces.slice(index).find(({ kind }) => kind === "text")?.spans ?? [];
  const all = before.filter((id) => after.includes(id) || own.includes(id));
  return own.every((id) => all.includes(id)) ? all : own;
}

/** The tokens with their line breaks, which are counted in characters of the target's text. */
function withBreaks(tokens: readonly Token[], { breaks, lineBreak = "\n" }: RenderOptions): Token[] {
  if (breaks === undefined || breaks.size === 0) return [...tokens];
  const out: Token[] = [];
  let at = 0;
  for (const token of tokens) {
    if (token.isMarkup) {
      out.push(token);
      continue;
    }
    let part = "";
    for (const character of token.text.split("")) {
      const kind = breaks.get(at++);
      if (kind !== undefined) {
        if (part !== "") out.push({ text: part, isMarkup: false });
        out.push({ text: lineBreak, isMarkup: true });
        part = "";
      }
      if (kind !== "replace") part += character;
    }
    if (part !== "") out.push({ text: part, isMarkup: false });
  }
  return out;
}

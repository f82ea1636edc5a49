import fc from "fast-check";
import type { AtomCode, CodedTarget, CodedText, SpanCode } from "../units/types.ts";

/** The target that says what the source says. */
export function echoOf({ text, spans, atoms }: CodedText): CodedTarget {
  return {
    text,
    spans: spans.map(({ id, start, end }) => ({ id, start, end })),
    atoms: atoms.map(({ id, offset }) => ({ id, offset })),
  };
}

type Tree = {
  readonly kind: SpanCode["kind"];
  readonly canCopy: boolean;
  readonly from: number;
  readonly to: number;
};

/** Coded texts with nested spans, atoms at any place and pairs of range marks, over the text fragments given. */
export function codedTexts(fragments: readonly string[]): fc.Arbitrary<CodedText> {
  const text = fc.array(fc.constantFrom(...fragments), { maxLength: 8 }).map((parts) => parts.join(""));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const span = fc.record({
    kind: fc.constantFrom<SpanCode["kind"]>("format", "link", "container"),
    canCopy: fc.boolean(),
    from: share,
    to: share,
  });
  const atom = fc.record({
    kind: fc.constantFrom<AtomCode["kind"]>("field", "note", "break", "tab", "picture", "mark", "object"),
    at: share,
    shows: fc.option(fc.constantFrom("3", "a < b & c", ""), { nil: undefined }),
    pairs: fc.boolean(),
  });
  return fc
    .record({ text, spans: fc.array(span, { maxLength: 4 }), atoms: fc.array(atom, { maxLength: 5 }) })
    .map(({ text, spans, atoms }) => build(text, spans, atoms));
}

type DrawnAtom = {
  readonly kind: AtomCode["kind"];
  readonly at: number;
  readonly shows: string | undefined;
  readonly pairs: boolean;
};

function build(text: string, drawn: readonly Tree[], drawnAtoms: readonly DrawnAtom[]): CodedText {
  const spans: Omit<SpanCode, "id">[] = [];
  for (const { kind, canCopy, from, to } of drawn) {
    const [start, end] = [from, to].map((share) => Math.round(share * text.length)).sort((a, b) => a - b) as [
      number,
      number,
    ];
    const fits = spans.every(
      (each) =>
        end <= each.start ||
        start >= each.end ||
        (start >= each.start && end <= each.end) ||
        (start <= each.start && end >= each.end),
    );
    if (start < end && fits) spans.push({ kind, canCopy, start, end });
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const atoms = drawnAtoms
    .map(({ at, ...rest }) => ({ ...rest, offset: Math.round(at * text.length) }))
    .sort((a, b) => a.offset - b.offset);
  return {
    text,
    spans: spans.map((span, index) => ({ id: String(index + 1), ...span })),
    atoms: withIds(atoms, spans.length + 1),
  };
}

function withIds(
  atoms: readonly (Omit<DrawnAtom, "at"> & { readonly offset: number })[],
  from: number,
): AtomCode[] {
  const out: AtomCode[] = [];
  let isOpen = false;
  atoms.forEach(({ kind, offset, shows, pairs }, index) => {
    const opens = pairs && !isOpen && index + 1 < atoms.length;
    isOpen = opens;
    out.push({
      id: String(from + index),
      kind,
      offset,
      ...(shows === undefined ? {} : { shows }),
      ...(opens ? { closedBy: String(from + index + 1) } : {}),
    });
  });
  return out;
}

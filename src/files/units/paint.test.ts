import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Painted, paint } from "./paint.ts";
import type { AtomCode, CodedTarget, CodedText, SpanCode } from "./types.ts";

const format = (id: string, start: number, end: number): SpanCode => ({
  id,
  kind: "format",
  start,
  end,
  canCopy: true,
});
const link = (id: string, start: number, end: number, canCopy = true): SpanCode => ({
  id,
  kind: "link",
  start,
  end,
  canCopy,
});
const atom = (id: string, offset: number, more: Partial<AtomCode> = {}): AtomCode => ({
  id,
  kind: "note",
  offset,
  ...more,
});

/** `bold[1](See) <2> it`: the pieces as a person can read them. */
function shown({ pieces }: Painted): string {
  return pieces
    .map((piece) =>
      piece.kind === "atom"
        ? `<${[...piece.spans, piece.id].join(" ")}>`
        : `${piece.spans.join(",")}(${piece.text})`,
    )
    .join("");
}

describe("paint", () => {
  const source: CodedText = {
    text: "See the bold link here",
    spans: [link("1", 8, 17), format("2", 8, 12)],
    atoms: [atom("3", 22)],
  };

  it("cuts the text where what stands over it changes", () => {
    const target = {
      text: "Ver o link a negrito",
      spans: [
        { id: "1", start: 6, end: 20 },
        { id: "2", start: 13, end: 20 },
      ],
      atoms: [{ id: "3", offset: 20 }],
    };
    expect(shown(paint(source, target))).toBe("(Ver o )1(link a )1,2(negrito)<3>");
  });

  it("keeps the source's pieces and flags them when a code is lost", () => {
    const painted = paint(source, { text: "Ver", spans: [], atoms: [] });
    expect(shown(painted)).toBe("(Ver)1,2()1()()<3>");
    expect(painted.flagged).toMatch(/covers no text/);
  });

  it("widens a link over the link's own container", () => {
    const nested: CodedText = {
      text: "ab cd",
      spans: [link("1", 0, 5), link("2", 3, 5, false)],
      atoms: [],
    };
    const target = {
      text: "cd ab",
      spans: [
        { id: "1", start: 3, end: 5 },
        { id: "2", start: 0, end: 2 },
      ],
      atoms: [],
    };
    expect(shown(paint(nested, target))).toBe("1,2(cd)( )1(ab)");
  });

  it("puts the halves of a pair in order", () => {
    const pair: CodedText = {
      text: "a b",
      spans: [],
      atoms: [atom("1", 0, { closedBy: "2", kind: "mark" }), atom("2", 3, { kind: "mark" })],
    };
    const target = {
      text: "b a",
      spans: [],
      atoms: [
        { id: "2", offset: 1 },
        { id: "1", offset: 3 },
      ],
    };
    expect(shown(paint(pair, target))).toBe("(b)<1>( a)<2>");
  });

  it("writes an atom inside the container that holds it", () => {
    const held: CodedText = {
      text: "go on",
      spans: [link("1", 3, 5, false)],
      atoms: [atom("2", 5, { within: "1" })],
    };
    const target = {
      text: "siga em",
      spans: [{ id: "1", start: 5, end: 7 }],
      atoms: [{ id: "2", offset: 2 }],
    };
    expect(shown(paint(held, target))).toBe("(siga )<1 2>1(em)");
  });

  it("holds its promises for every source and every target", () => {
    fc.assert(
      fc.property(sources, targets, (any, wild) => {
        const painted = paint(any, wild);
        const { pieces } = painted;
        expect(pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("")).toBe(wild.text);
        const atoms = pieces.filter(({ kind }) => kind === "atom").map((piece) => "id" in piece && piece.id);
        expect(atoms.toSorted()).toEqual(any.atoms.map(({ id }) => id).toSorted());
        for (const { id, closedBy } of any.atoms)
          if (closedBy) expect(atoms.indexOf(id)).toBeLessThan(atoms.indexOf(closedBy));
        for (const span of any.spans) {
          const runs = runsOf(pieces, span.id);
          expect(runs).toBeGreaterThan(0);
          if (!span.canCopy) expect(runs).toBe(1);
        }
        for (const { spans } of pieces) expect(isNested(any, spans)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

/** How many times a writer that opens and closes elements as the chains change would open this span. */
function runsOf(pieces: Painted["pieces"], id: string): number {
  const chains = pieces.map(({ spans }) => {
    const at = spans.indexOf(id);
    return at < 0 ? "" : spans.slice(0, at + 1).join(" ");
  });
  return chains.filter((chain, index) => chain !== "" && chain !== chains[index - 1]).length;
}

function isNested(source: CodedText, ids: readonly string[]): boolean {
  const spans = ids
    .map((id) => source.spans.find((span) => span.id === id)!)
    .filter(({ kind }) => kind !== "format");
  return spans.every(
    (span, index) =>
      index === 0 || (spans[index - 1]!.start <= span.start && span.end <= spans[index - 1]!.end),
  );
}

/** Random nesting: containers inside one another, formats as leaves that do not overlap. */
const sources: fc.Arbitrary<CodedText> = fc
  .record({
    length: fc.integer({ min: 4, max: 24 }),
    cuts: fc.array(fc.tuple(fc.nat(23), fc.nat(23), fc.boolean(), fc.boolean()), { maxLength: 5 }),
    formats: fc.array(fc.tuple(fc.nat(23), fc.integer({ min: 1, max: 4 })), { maxLength: 4 }),
    atoms: fc.array(fc.tuple(fc.nat(24), fc.boolean(), fc.boolean()), { maxLength: 5 }),
  })
  .map(({ length, cuts, formats, atoms }) => {
    const containers: SpanCode[] = [];
    for (const [from, to, canCopy] of cuts) {
      const [start, end] = [Math.min(from, to, length - 1), Math.min(Math.max(from, to) + 1, length)];
      const crosses = containers.some(
        (each) =>
          !(end <= each.start || each.end <= start) &&
          !(each.start <= start && end <= each.end) &&
          !(start < each.start && each.end < end),
      );
      const isSame = containers.some((each) => each.start === start && each.end === end);
      if (start < end && !crosses && !isSame) containers.push(link("", start, end, canCopy));
    }
    const leaves: SpanCode[] = [];
    for (const [start, size] of formats) {
      const end = Math.min(start + size, length);
      const isFree = leaves.every((each) => end <= each.start || each.end <= start);
      const isLeaf = containers.every(
        (each) => end <= each.start || each.end <= start || (each.start <= start && end <= each.end),
      );
      if (start < end && isFree && isLeaf) leaves.push(format("", start, end));
    }
    const ordered = [...containers, ...leaves].sort(
      (a, b) =>
        a.start - b.start || b.end - a.end || Number(a.kind === "format") - Number(b.kind === "format"),
    );
    const spans = ordered.map((span, index) => ({ ...span, id: String(index + 1) }));
    const places = atoms
      .map(([offset, isHeld, isPair]) => ({ offset: Math.min(offset, length), isHeld, isPair }))
      .sort((a, b) => a.offset - b.offset);
    const codes = places.map(({ offset, isHeld }, index): AtomCode => {
      const holder = spans.findLast(
        ({ kind, start, end, canCopy }) =>
          kind !== "format" && start < offset && offset < end && (isHeld || !canCopy),
      );
      return atom(`a${index}`, offset, holder ? { within: holder.id } : {});
    });
    const paired = codes.map((code, index) =>
      places[index]!.isPair && index + 1 < codes.length && !places[index - 1]?.isPair
        ? { ...code, closedBy: `a${index + 1}` }
        : code,
    );
    return { text: "x".repeat(length), spans, atoms: paired };
  });

const targets: fc.Arbitrary<CodedTarget> = fc.record({
  text: fc.string({ maxLength: 20 }),
  spans: fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 9 }).map(String),
      start: fc.integer({ min: -2, max: 22 }),
      end: fc.integer({ min: -2, max: 22 }),
    }),
    { maxLength: 10 },
  ),
  atoms: fc.array(
    fc.record({ id: fc.nat(6).map((n) => `a${n}`), offset: fc.integer({ min: -2, max: 22 }) }),
    { maxLength: 8 },
  ),
});

import { describe, expect, it } from "vitest";
import { paint } from "../../../files/units/paint.ts";
import type { AtomCode, CodedText, SpanCode } from "../../../files/units/types.ts";
import { trainAligner } from "../alignment/train-aligner.ts";
import { carryCodes } from "./carry-codes.ts";
import { drawAnswer, drawSegment, randomFrom } from "./draw-answers.fixture.ts";
import { findSame } from "./find-same.ts";
import { cutsOf } from "./text-edges.ts";

/** A segment from text in which `[…]` is formatting and `{kind}` an atom. */
function segmentOf(marked: string): CodedText {
  const spans: SpanCode[] = [];
  const atoms: AtomCode[] = [];
  let text = "";
  let id = 0;
  for (const piece of marked.split(/(\[|\]|\{\w+\})/)) {
    if (piece === "[")
      spans.push({ id: String(++id), kind: "format", start: text.length, end: 0, canCopy: true });
    else if (piece === "]") {
      const open = spans.findLastIndex(({ end }) => end === 0);
      spans[open] = { ...spans[open]!, end: text.length };
    } else if (piece.startsWith("{"))
      atoms.push({ id: String(++id), kind: piece.slice(1, -1) as AtomCode["kind"], offset: text.length });
    else text += piece;
  }
  return { text, spans, atoms };
}

function carried(marked: string, answer: string, options = {}): readonly [string, string] {
  const segment = segmentOf(marked);
  const { target, how } = carryCodes(segment, answer, "none", options);
  const marks = [
    ...target.spans.flatMap(({ start, end }) => [
      { at: start, mark: "[", rank: 2 },
      { at: end, mark: "]", rank: 0 },
    ]),
    ...target.atoms.map(({ id, offset }) => {
      const { kind } = segment.atoms.find((atom) => atom.id === id)!;
      return { at: offset, mark: `{${kind}}`, rank: 1 };
    }),
  ].sort((a, b) => b.at - a.at || b.rank - a.rank);
  let text = target.text;
  for (const { at, mark } of marks) text = text.slice(0, at) + mark + text.slice(at);
  return [text, how];
}

const pairs = [
  ["Open the file", "Öffnen Sie die Datei"],
  ["Close the file", "Schließen Sie die Datei"],
  ["Print the page", "Drucken Sie die Seite"],
  ["Open the page", "Öffnen Sie die Seite"],
  ["The red file", "Die rote Datei"],
  ["A red page", "Eine rote Seite"],
].map(([source, target]) => ({ source: source!, target: target! }));

describe("carryCodes", () => {
  it("has nothing to do for a segment without codes", () => {
    expect(carried("Hello there", "Hallo")).toEqual(["Hallo", "trimmed"]);
  });

  it("finds names, numbers and code that read the same, in their order", () => {
    expect(
      carried("Set [TIMEOUT] to [30] or [30]", "Setze [TIMEOUT] auf 30 oder 30".replace(/[[\]]/g, "")),
    ).toEqual(["Setze [TIMEOUT] auf [30] oder [30]", "restored"]);
  });

  it("doesn't take a short word of the other language for the same", () => {
    const { text, spans } = segmentOf("Let the plants [die] soon");
    expect(findSame(text, "Lass die Pflanzen bald sterben", spans, [])).toEqual([]);
  });

  it("goes by the span's own translation and by the glossary", () => {
    const own = { ownTranslations: new Map([["1", "guardar como"]]) };
    expect(carried("Click [Save as] now", "Haga clic ahora en Guardar como", own)[0]).toBe(
      "Haga clic ahora en [Guardar como]",
    );
    const glossary = [{ source: "save as", target: "Guardar como" }];
    expect(carried("Click [Save as] now", "Haga clic ahora en Guardar como", { glossary })).toEqual([
      "Haga clic ahora en [Guardar como]",
      "restored",
    ]);
  });

  it("follows the words where an aligner knows them", () => {
    const aligner = trainAligner(pairs);
    expect(carried("Open the red [file] or page", "Die Seite oder rote Datei öffnen", { aligner })).toEqual([
      "Die Seite oder rote [Datei] öffnen",
      "aligned",
    ]);
  });

  it("keeps a note on its word or full stop", () => {
    const aligner = trainAligner(pairs);
    expect(carried("The red file{note} is old.", "Die rote Datei ist alt.", { aligner })[0]).toBe(
      "Die rote Datei{note} ist alt.",
    );
    expect(
      carried("Open the file.{note} Print the page.", "Öffnen Sie die Datei. Drucken Sie die Seite.", {
        aligner,
      })[0],
    ).toBe("Öffnen Sie die Datei.{note} Drucken Sie die Seite.");
    expect(carried("The file.{note}", "Die Datei.")[0]).toBe("Die Datei.{note}");
  });

  it("opens a pair of marks before a word and closes it behind one", () => {
    const segment: CodedText = {
      text: "Open the red file now",
      spans: [],
      atoms: [
        { id: "1", kind: "mark", offset: 13, closedBy: "2" },
        { id: "2", kind: "mark", offset: 17 },
      ],
    };
    const { target } = carryCodes(segment, "Jetzt rote Datei öffnen", "none", {
      aligner: trainAligner(pairs),
    });
    expect(target.atoms).toEqual([
      { id: "1", offset: 11 },
      { id: "2", offset: 16 },
    ]);
  });

  it("puts a break back between the words, without the space that stood in for it", () => {
    const aligner = trainAligner(pairs);
    expect(
      carried("Open the file{break}Print the page", "Öffnen Sie die Datei Drucken Sie die Seite", {
        aligner,
      })[0],
    ).toBe("Öffnen Sie die Datei{break}Drucken Sie die Seite");
  });

  it("lays a span over everything when it was over everything", () => {
    expect(carried("[All of it]", "Das alles")).toEqual(["[Das alles]", "restored"]);
  });

  it("makes a target that can be painted out of the worst answers", () => {
    const hows = new Set<string>();
    for (let seed = 0; seed < 2000; seed++) {
      const random = randomFrom(seed);
      const segment = drawSegment(random);
      const tags = (["xml", "html", "none"] as const)[seed % 3]!;
      const answer = drawAnswer(random, tags, segment);
      const { target, how } = carryCodes(segment, answer, tags);
      hows.add(how);
      const { flagged, pieces } = paint(segment, target);
      const room = cutsOf(target.text).length - 1;
      if (room > 2 * segment.spans.length) expect(flagged, `${seed}: ${answer}`).toBeUndefined();
      expect(pieces.filter(({ kind }) => kind === "atom")).toHaveLength(segment.atoms.length);
      for (const { start, end } of target.spans) expect(start).toBeLessThan(end);
    }
    expect([...hows].sort()).toEqual(["aligned", "proportional", "restored", "tags", "trimmed"]);
  });
});

import { describe, expect, it } from "vitest";
import type { AtomCode, CodedText, SpanCode } from "../../../files/units/types.ts";
import { decode } from "./decode.ts";
import { drawSegment, randomFrom } from "./draw-answers.fixture.ts";
import { encodeFor } from "./encode-for.ts";

const bold = (id: string, start: number, end: number, canCopy = true): SpanCode => ({
  id,
  kind: "format",
  start,
  end,
  canCopy,
});
const note = (id: string, offset: number, more: Partial<AtomCode> = {}): AtomCode => ({
  id,
  kind: "note",
  offset,
  ...more,
});

/** `Wählen [1:Speichern]<2>`: the target as a person can read it. */
function shown(tags: "xml" | "html" | "none", segment: CodedText, answer: string): string {
  const { target } = decode(tags, segment, answer);
  const marks = [
    ...target.spans.flatMap(({ id, start, end }) => [
      { at: start, mark: `[${id}:`, rank: 2 },
      { at: end, mark: "]", rank: 0 },
    ]),
    ...target.atoms.map(({ id, offset }) => ({ at: offset, mark: `<${id}>`, rank: 1 })),
  ].sort((a, b) => b.at - a.at || b.rank - a.rank);
  let text = target.text;
  for (const { at, mark } of marks) text = text.slice(0, at) + mark + text.slice(at);
  return text;
}

// "Click Save & close now." with Save & close in bold and a note behind it.
const click: CodedText = {
  text: "Click Save & close now.",
  spans: [bold("1", 6, 18)],
  atoms: [note("2", 22)],
};

describe("encodeFor", () => {
  it("writes the tags of each encoding and escapes the text", () => {
    expect(encodeFor("xml", click).text).toBe("Click <g1>Save &amp; close</g1> now<x2/>.");
    expect(encodeFor("html", click).text).toBe(
      'Click <span id="g1">Save &amp; close</span> now<img id="x2"/>.',
    );
    expect(encodeFor("none", click).text).toBe("Click Save & close now.");
  });

  it("sends what a field shows where that makes the sentence read well", () => {
    const field = { text: "See  on page .", spans: [], atoms: [] };
    const atoms = [
      note("1", 4, { kind: "field", shows: "Table 5" }),
      note("2", 13, { kind: "field", shows: "12" }),
    ];
    expect(encodeFor("html", { ...field, atoms }).text).toContain('translate="no">Table 5</span> on page');
    expect(encodeFor("none", { ...field, atoms }).text).toBe("See  on page 12.");
  });

  it("sends a space for a tab or break between two words", () => {
    const broken = { text: "NameDate", spans: [], atoms: [note("1", 4, { kind: "break" })] };
    expect(encodeFor("none", broken).text).toBe("Name Date");
    expect(encodeFor("xml", broken).text).toBe("Name <x1/> Date");
    expect(shown("xml", broken, "Name <x1/> Datum")).toBe("Name<1>Datum");
  });

  it("puts an atom inside the span that holds it", () => {
    const held = {
      text: "ab",
      spans: [{ ...bold("1", 0, 2), kind: "link" as const }],
      atoms: [note("2", 2, { within: "1" })],
    };
    expect(encodeFor("xml", held).text).toBe("<g1>ab<x2/></g1>");
  });
});

describe("decode", () => {
  it.each([
    ["other case", "Clic <G1>Guardar y cerrar</G1> ya<X2/>."],
    ["spaces in tags", "Clic < g1 >Guardar y cerrar</ g1 > ya<x2 />."],
    ["ids as attributes", "Clic <g id='1'>Guardar y cerrar</g> ya<x id=\"2\" />."],
    ["escaped tags", "Clic &lt;g1&gt;Guardar y cerrar&lt;/g1&gt; ya&lt;x2/&gt;."],
    ["full-width brackets", "Clic ＜g1＞Guardar y cerrar＜/g1＞ ya＜x2/＞."],
    ["other numbers", "Clic <g5>Guardar y cerrar</g5> ya<x6/>."],
    ["an open and close tag for an atom", "Clic <g1>Guardar y cerrar</g1> ya<x2></x2>."],
    ["an opening tag instead of a closing one", "Clic <g1>Guardar y cerrar<g1> ya<x2/>."],
    ["tags of its own", "<p>Clic <g1><b>Guardar y cerrar</b></g1> ya<x2/>.</p>"],
    ["a doubled atom and a stray tag", "Clic <g1>Guardar y cerrar</g1></g1> ya<x2/>.<x2/></g7>"],
    ["spaces inside the span", "Clic<g1> Guardar y cerrar </g1>ya<x2/>."],
    ["spaces on both sides", "Clic <g1> Guardar y cerrar </g1> ya<x2/>."],
    ["a space before the note", "Clic <g1>Guardar y cerrar</g1> ya <x2/>."],
    ["eaten spaces", "Clic<g1>Guardar y cerrar</g1>ya<x2/>."],
    ["white space around", "\n Clic <g1>Guardar y cerrar</g1> ya<x2/>.  "],
  ])("reads an answer with %s", (_, answer) => {
    expect(shown("xml", click, answer)).toBe("Clic [1:Guardar y cerrar] ya<2>.");
  });

  it.each([
    ["attributes added", 'Clic <span id="g1" class="x">Guardar y cerrar</span> ya<img id="x2" alt="">.'],
    ["other quotes", "Clic <SPAN id=g1>Guardar y cerrar</SPAN> ya<img id='x2'>."],
    ["a split span", 'Clic <span id="g1">Guardar</span> <span id="g1">y cerrar</span> ya<img id="x2"/>.'],
    ["foreign elements", 'Clic <font><span id="g1">Guardar y cerrar</span></font> ya<img id="x2"/>.'],
  ])("reads HTML with %s", (_, answer) => {
    expect(shown("html", click, answer)).toBe("Clic [1:Guardar y cerrar] ya<2>.");
  });

  it("undoes escapes, once too many ones too, but keeps those of the source text", () => {
    expect(shown("xml", click, "R&amp;D <g1>a&amp;amp;b</g1> &#39;c&#x27;")).toBe("R&D [1:a&b] 'c'");
    const literal = { text: "Write &amp; for &", spans: [], atoms: [] };
    expect(shown("xml", literal, encodeFor("xml", literal).text)).toBe("Write &amp; for &");
    expect(shown("none", literal, "Écrivez &amp; pour &")).toBe("Écrivez &amp; pour &");
    expect(shown("none", click, "d&#39;accord")).toBe("d'accord");
  });

  it("keeps markup that the text itself holds, and sums that look like tags", () => {
    const code = { text: "Use <b> if a < b and c > d", spans: [], atoms: [] };
    expect(shown("xml", code, "Usa <b> si a < b y c > d")).toBe("Usa <b> si a < b y c > d");
    expect(shown("xml", code, encodeFor("xml", code).text)).toBe(code.text);
  });

  it("ends an unclosed span with its first word and keeps the longer part of one that can't be split", () => {
    expect(shown("xml", click, "Clic <g1>Guardar y cerrar ya<x2/>.")).toBe(
      "Clic [1:Guardar] y cerrar ya<2>.",
    );
    const whole = { ...click, spans: [bold("1", 6, 18, false)] };
    expect(shown("xml", whole, "<g1>Clic</g1> en <g1>Guardar</g1> ya<x2/>.")).toBe(
      "Clic en [1:Guardar] ya<2>.",
    );
    expect(shown("xml", click, "<g1>Clic</g1> para <g1>Guardar</g1> ya<x2/>.")).toBe(
      "[1:Clic] para [1:Guardar] ya<2>.",
    );
  });

  it("says what is missing and what was wrong", () => {
    const { missing, repaired } = decode("xml", click, "Clic <g1></g1>Guardar<x9/><x8/>.");
    expect(missing).toEqual(["1", "2"]);
    expect(repaired).toEqual([
      { id: "9", fault: "unknown" },
      { id: "8", fault: "unknown" },
      { id: "1", fault: "empty" },
    ]);
  });

  it("takes out what atoms show, wherever the engine left it", () => {
    const field = note("1", 4, { kind: "field", shows: "5" });
    const see: CodedText = { text: "See  and go.", spans: [], atoms: [field] };
    expect(shown("none", see, "Siehe 5 und geh.")).toBe("Siehe <1> und geh.");
    expect(shown("none", see, "Siehe 55 und geh.")).toBe("Siehe 55 und geh.");
    expect(shown("html", see, 'Siehe <span id="x1">5</span> und geh.')).toBe("Siehe <1> und geh.");
    expect(shown("html", see, 'Siehe 5 <span id="x1"></span>und geh.')).toBe("Siehe  <1>und geh.");
  });

  it("gives a tagged segment back as it was when the engine echoes it", () => {
    for (let seed = 0; seed < 1000; seed++) {
      const segment = drawSegment(randomFrom(seed));
      for (const tags of ["xml", "html"] as const) {
        const { target, missing } = decode(tags, segment, encodeFor(tags, segment).text);
        expect(missing).toEqual([]);
        expect(target.text).toBe(segment.text);
        expect(target.spans).toEqual(segment.spans.map(({ id, start, end }) => ({ id, start, end })));
        const places = new Map(target.atoms.map(({ id, offset }) => [id, offset]));
        for (const { id, offset } of segment.atoms) expect(places.get(id)).toBe(offset);
      }
    }
  });

  it("reads hostile answers in linear time", () => {
    const hostile = [
      "<".repeat(200_000),
      "<g1>".repeat(50_000),
      `${"<b>".repeat(50_000)}${"</i>".repeat(50_000)}`,
      `<g1${" ".repeat(200_000)}`,
      "&lt;g1 ".repeat(40_000),
      `${'<span id="x2">'.repeat(30_000)}${"a</span>".repeat(30_000)}`,
      "\u0301".repeat(100_000),
      "🇩🇪".repeat(30_000),
    ];
    const started = performance.now();
    for (const answer of hostile)
      for (const tags of ["xml", "html", "none"] as const) decode(tags, click, answer);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("decode, a span that the engine split", () => {
  it("is one again where only a short word came in between", () => {
    const segment = {
      text: "within five minutes",
      spans: [{ id: "1", kind: "format", start: 0, end: 19, canCopy: true }],
      atoms: [],
    } as const;
    const answer = '<span id="g1">dentro</span> de <span id="g1">cinco minutos</span>';
    expect(decode("html", segment, answer).target.spans).toEqual([{ id: "1", start: 0, end: 23 }]);
    const apart = '<span id="g1">dentro</span> daqueles <span id="g1">cinco minutos</span>';
    expect(decode("html", segment, apart).target.spans).toHaveLength(2);
  });
});

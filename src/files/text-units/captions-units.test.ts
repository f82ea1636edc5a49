import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextUnit, UnitTarget } from "../units/types.ts";
import { echoOf } from "../xliff/coded-text.fixture.ts";
import { listTextUnits } from "./list-text-units.ts";
import { writeTextUnits } from "./write-text-units.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (of: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(of);

function write(text: string, format: "srt" | "vtt", change: (unit: TextUnit) => Partial<UnitTarget>): string {
  const targets = listTextUnits(bytes(text), { format }).map((unit) => ({
    ...echoOf(unit),
    ...change(unit),
    unit: unit.id,
  }));
  return decode(writeTextUnits(bytes(text), targets, { format, language: "de" }).bytes);
}

const vtt = `WEBVTT - A talk

STYLE
::cue { color: red }

NOTE this stays

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ann Lee>We <i>really</i> mean it &amp; so
does <b>she</b>.</v>

00:05.000 --> 00:06.000
- Are you there?
- Yes.

00:07.000 --> 00:08.000
♪ 42 ♪

00:09.000 --> 00:10.000
<v Bob>No closing <00:09.500>tag
`;

const srt = `1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Hello</i>\r\nthere.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo < three & more\r\n`;

describe("caption units", () => {
  it("are cues with their tags as codes; times, notes and styles are none", () => {
    const units = listTextUnits(bytes(vtt), { format: "vtt" });
    expect(units.map(({ kind, place, text }) => [kind, place, text])).toEqual([
      ["cue", "cue at 00:00:01", "We really mean it & so does she."],
      ["cue", "cue at 00:05", "- Are you there?- Yes."],
      ["cue", "cue at 00:09", "No closing tag"],
    ]);
    expect(units[0]!.spans.map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ["container", 0, 32],
      ["format", 3, 9],
      ["format", 28, 31],
    ]);
    expect(units[1]!.atoms).toEqual([{ id: "1", kind: "break", offset: 16 }]);
  });

  it("change no byte when the targets say what the source says", () => {
    for (const text of [vtt, `\ufeff${vtt.replaceAll("\n", "\r\n")}`])
      expect(write(text, "vtt", () => ({}))).toBe(text);
    expect(write(srt, "srt", () => ({}))).toBe(srt);
  });

  it("are written in two lines of like length at most, with their tags", () => {
    const long = "Wir meinen es wirklich ganz und gar ernst & so <meint> es auch sie.";
    const written = write(vtt, "vtt", ({ id }) =>
      id === "#1"
        ? {
            text: long,
            spans: [
              { id: "1", start: 0, end: long.length },
              { id: "2", start: 14, end: 22 },
              { id: "3", start: 63, end: 66 },
            ],
          }
        : {},
    );
    expect(written).toBe(
      vtt.replace(
        /<v Ann[\s\S]*<\/v>/,
        "<v Ann Lee>Wir meinen es <i>wirklich</i> ganz und gar\nernst &amp; so &lt;meint&gt; es auch <b>sie</b>.</v>",
      ),
    );
  });

  it("are written in two lines of 16 East Asian characters", () => {
    const text = "这是一个很长的中文句子，它需要两行才能显示在屏幕上。";
    const written = write(srt, "srt", ({ id }) => (id === "#2" ? { text } : {}));
    expect(written).toContain("\r\n这是一个很长的中文句子，\r\n它需要两行才能显示在屏幕上。\r\n");
  });

  it("keep an end of line between speakers", () => {
    const text = "- Bist du da?- Ja.";
    expect(
      write(vtt, "vtt", ({ id }) => (id === "#2" ? { text, atoms: [{ id: "1", offset: 13 }] } : {})),
    ).toContain("\n- Bist du da?\n- Ja.\n");
  });

  it("hold any target as one cue's text", () => {
    const pieces = fc.constantFrom(
      "-->",
      "<i>",
      "</v>",
      "&amp;",
      "\n\n",
      "00:01.000 --> 00:02.000",
      "12",
      " ",
      "a",
      "é",
      "{\\an8}",
      "中文",
      "- ",
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 10 }),
        fc.constantFrom("srt" as const, "vtt" as const),
        (parts, format) => {
          const source = format === "srt" ? srt : vtt;
          const text = `x${parts.join("")}y`;
          const last = listTextUnits(bytes(source), { format }).at(-1)!;
          const target = {
            unit: last.id,
            text,
            spans: [],
            atoms: last.atoms.map(({ id }) => ({ id, offset: 0 })),
          };
          const written = writeTextUnits(bytes(source), [target], { format, language: "de" }).bytes;
          const again = listTextUnits(written, { format });
          const before = listTextUnits(bytes(source), { format });
          expect(again.map(({ place }) => place)).toEqual(before.map(({ place }) => place));
          expect(again.slice(0, -1)).toEqual(before.slice(0, -1));
          if (format === "vtt")
            expect(again.at(-1)!.text.replace(/\s+/g, "")).toBe(
              text.replaceAll("-->", "→").replace(/\s+/g, ""),
            );
        },
      ),
    );
  });

  it("answer any text with units and an echo of the same bytes", () => {
    const pieces = fc.constantFrom(
      "00:01.000 --> 00:02.000",
      "\n",
      "\r\n",
      "\n\n",
      "<v A>",
      "</v>",
      "<i>",
      "</i>",
      "<",
      "&",
      "text",
      "1",
      "NOTE x",
      "{\\b1}",
      " ",
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 20 }),
        fc.constantFrom("srt" as const, "vtt" as const),
        (parts, format) => {
          expect(write(parts.join(""), format, () => ({}))).toBe(parts.join(""));
          const upper = write(parts.join(""), format, ({ text }) => ({ text: text.toUpperCase() }));
          expect(upper.match(/-->/g)?.length).toBe(parts.join("").match(/-->/g)?.length);
        },
      ),
    );
  });
});

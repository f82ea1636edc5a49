import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadRequestError, FileDamagedError, TandemError } from "../../errors.ts";
import { readGlossary } from "./read-glossary.ts";
import type { GlossaryFormat } from "./types.ts";

const read = (text: string | Uint8Array, format: GlossaryFormat = "csv", source = "en", target = "de") =>
  readGlossary(text, { format, source, target });

describe("readGlossary of tables", () => {
  it("reads the usual columns in any order and writing", () => {
    const csv = `Note,SOURCE,Target,Forbidden,Case Sensitive
"a ""tool""",gear,Getriebe|Gang,Zahnrad; Rad,
,Tandem,Tandem,,yes
,open,,,
,bug,Fehler,no,
,,Haus,,
`;
    expect(read(csv)).toEqual({
      terms: [
        { source: "gear", targets: ["Getriebe", "Gang"], kind: "approved", note: 'a "tool"' },
        { source: "gear", targets: ["Zahnrad", "Rad"], kind: "forbidden", note: 'a "tool"' },
        { source: "Tandem", targets: [], kind: "keep", caseSensitive: true },
        { source: "bug", targets: ["Fehler"], kind: "approved" },
      ],
      skipped: [
        { line: 4, reason: "no target term" },
        { line: 6, reason: "no source term" },
      ],
    });
  });

  it("reads columns named by languages, in tags or names", () => {
    const tsv = "de-AT\tfr\tEnglish\tcomment\nJänner\tjanvier\tJanuary\tmonth\n";
    const january = { kind: "approved", note: "month" };
    expect(read(tsv, "tsv").terms).toEqual([{ source: "January", targets: ["Jänner"], ...january }]);
    expect(read(tsv, "tsv", "fr", "en-GB").terms).toEqual([
      { source: "janvier", targets: ["January"], ...january },
    ]);
    expect(() => read(tsv, "tsv", "en", "it")).toThrow(/no columns for en and it/);
  });

  it("reads two columns without a header, one column as words to keep, and kinds", () => {
    expect(read("house;Haus\ntree;Baum\n").terms.map(({ source, targets }) => [source, ...targets])).toEqual([
      ["house", "Haus"],
      ["tree", "Baum"],
    ]);
    expect(read("Tandem\nWordPress\n").terms.map(({ kind, source }) => [kind, source])).toEqual([
      ["keep", "Tandem"],
      ["keep", "WordPress"],
    ]);
    expect(
      read("source,target,status\na,b,forbidden\nc,d,preferred\ne,,do not translate\n").terms.map(
        ({ kind }) => kind,
      ),
    ).toEqual(["forbidden", "approved", "keep"]);
  });

  it("makes rows of one source one term, and reads other encodings and line ends", () => {
    const rows = "source\ttarget\r\nroof\tDach\r\nroof\tDachl\r\nroof\tDach\r\n";
    const terms = [{ source: "roof", targets: ["Dach", "Dachl"], kind: "approved" }];
    expect(read(rows, "tsv").terms).toEqual(terms);
    expect(read(new Uint8Array(Buffer.from(`\ufeff${rows}`, "utf16le")), "tsv").terms).toEqual(terms);
    expect(read(rows.replaceAll("\r\n", "\r"), "tsv").terms).toEqual(terms);
  });

  it("names the line of a quotation mark without partner, and skips sentences", () => {
    const open = `source,target\na,b\nc,"${"d,e\n".repeat(10_000)}f"\n`;
    expect(() => read(open)).toThrow(/line 3/);
    expect(read(`source,target\na,${"b".repeat(600)}\n`).skipped).toEqual([
      { line: 2, reason: "longer than a term is" },
    ]);
    expect(read("").terms).toEqual([]);
    expect(() => read("a,b,c\nd,e,f\n")).toThrow(BadRequestError);
  });

  it("gives back what was written, whatever the terms hold", () => {
    const word = fc.stringMatching(/^[a-zé"',\t\n\\.()-]{1,12}$/).map((text) => `t${text.trim()}`);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(word, word), { minLength: 2, maxLength: 8, selector: ([source]) => source }),
        (pairs) => {
          const kept = pairs.filter(([source, target]) => source !== target);
          const csv = `source,target\n${kept.map((pair) => pair.map(quoted).join(",")).join("\n")}\n`;
          const wanted = kept.map(([source, target]) => ({ source, targets: [target], kind: "approved" }));
          expect(read(csv).terms).toEqual(wanted);
        },
      ),
    );
  });
});

const martif = `<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c1"><descrip type="definition">a <hi>toothed</hi> wheel</descrip>
 <langSet xml:lang="en-US"><tig><term>gear</term></tig><tig><term>cog</term></tig></langSet>
 <langSet xml:lang="de"><ntig><termGrp><term>Rad</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
  <tig><term>Gang</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  <tig><term>Getriebe</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>Tandem &amp; Co</term></tig></langSet><langSet xml:lang="de"><tig><term>Tandem &amp; Co</term></tig></langSet></termEntry>
<termEntry id="c3"><langSet xml:lang="en"><tig><term>only</term></tig></langSet></termEntry>
</body></text></martif>`;

const tbx = `<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body><conceptEntry id="1"><basic:definition>to stop</basic:definition>
<langSec xml:lang="en"><termSec><term>cancel</term></termSec></langSec>
<langSec xml:lang="de-DE"><termSec><term>abbrechen</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>canceln</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>`;

describe("readGlossary of TBX", () => {
  it("reads martif with its statuses", () => {
    const note = "a toothed wheel";
    const targets = ["Getriebe", "Gang"];
    expect(read(martif, "tbx")).toEqual({
      terms: [
        { source: "gear", targets, kind: "approved", note },
        { source: "gear", targets: ["Rad"], kind: "forbidden", note },
        { source: "cog", targets, kind: "approved", note },
        { source: "cog", targets: ["Rad"], kind: "forbidden", note },
        { source: "Tandem & Co", targets: [], kind: "keep" },
      ],
      skipped: [{ line: 11, reason: "no term in de" }],
    });
  });

  it("reads tbx of 2019 in the style with elements", () => {
    expect(read(new TextEncoder().encode(tbx), "tbx").terms).toEqual([
      { source: "cancel", targets: ["abbrechen"], kind: "approved", note: "to stop" },
      { source: "cancel", targets: ["canceln"], kind: "forbidden", note: "to stop" },
    ]);
  });

  it("refuses other files and declarations, and names the line of damage", () => {
    expect(() => read("<html/>", "tbx")).toThrow(FileDamagedError);
    expect(() => read(martif.replace('SYSTEM "TBXcoreStructV02.dtd"', '[<!ENTITY a "b">]'), "tbx")).toThrow(
      /line 2/,
    );
    expect(() => read(martif.replace("</termEntry>", ""), "tbx")).toThrow(/line 1\d/);
    fc.assert(
      fc.property(
        fc.nat(martif.length),
        fc.nat(30),
        fc.constantFrom("", "<", "&", "</tig>"),
        (at, length, put) => {
          try {
            read(martif.slice(0, at) + put + martif.slice(at + length), "tbx");
          } catch (error) {
            if (!(error instanceof TandemError)) throw error;
          }
        },
      ),
    );
  });
});

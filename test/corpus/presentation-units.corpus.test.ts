import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { listPresentationUnits, writePresentationUnits } from "../../src/files/pptx/presentation-units.ts";
import type { TextUnit } from "../../src/files/units/types.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";
import {
  assertPart,
  changedEntries,
  echoTarget,
  elementCounts,
  newComplaints,
  partText,
  pseudoTarget,
} from "./units-pseudo.ts";

const files = corpusFiles(["pptx"], /\.(pptx|pptm|potx|ppsx)$/);
const everything = { comments: true, hidden: true };
/** Every how many files go to the validator, which takes a second and more each. */
const validateEvery = Number(process.env.TANDEM_VALIDATE_EVERY ?? 3);

function unitsOf({ bytes }: CorpusFile): readonly TextUnit[] | undefined {
  try {
    return listPresentationUnits(bytes, everything);
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

const withoutLanguage = (xml: string): string => xml.replace(/\s(?:lang|altLang)="[^"]*"/g, "");

/** Looks that some text has, as the attributes of its runs' properties. */
function looks(xml: string): string[] {
  const runs = xml.matchAll(/<a:r>\s*<a:rPr([^>]*?)\/?>(?:(?!<\/a:r>).)*<a:t>[^<]/gs);
  const invisible = /\s(?:lang|altLang|dirty|err|smtClean|smtId|bmk)="[^"]*"/g;
  return [...new Set(Array.from(runs, ([, attributes]) => attributes!.replace(invisible, "").trim()))].sort();
}

describe.skipIf(files.length === 0)("units of real presentations", () => {
  it("written as they are change nothing but language tags", () => {
    let count = 0;
    for (const file of files) {
      const units = unitsOf(file);
      if (units === undefined) continue;
      count += units.length;
      const written = writePresentationUnits(file.bytes, units.map(echoTarget), {
        language: "de-DE",
        ...everything,
      });
      expect([written.refused, written.flagged, written.overflowing], file.name).toEqual([[], [], []]);
      for (const entry of changedEntries(file.bytes, written.bytes))
        expect(withoutLanguage(partText(written.bytes, entry)), `${file.name} ${entry}`).toBe(
          withoutLanguage(partText(file.bytes, entry)),
        );
    }
    expect(count).toBeGreaterThan(1000);
  });

  it("take a pseudo translation: it is read back, and everything but text is still there", async () => {
    const tally = { units: 0, refused: 0, overflowing: 0, shrunk: 0 };
    const problems: string[] = [];
    // Runs may be cut and joined; all that they hold beside their look is counted.
    const textual =
      /^(?:\w+:)?(?:r|rPr|t|latin|ea|cs|sym|solidFill|noFill|ln|\w+Clr|lum\w+|alpha|tint|shade|effectLst|normAutofit|hlinkClick|snd|uFill\w*|uLn\w*|effect\w*|outerShdw|gradFill|gs\w*|lin|ext|extLst|sat\w+|highlight|innerShdw|reflection|glow|prstDash|round|bevel|miter|headEnd|tailEnd|creationId)$/;
    for (const [index, file] of files.entries()) {
      const units = unitsOf(file);
      if (units === undefined) continue;
      const targets = units.map(pseudoTarget);
      const written = writePresentationUnits(file.bytes, targets, { language: "de-DE", ...everything });
      expect(written.flagged, file.name).toEqual([]);
      tally.units += units.length;
      tally.refused += written.refused.length;
      tally.overflowing += written.overflowing.length;
      const refused = new Set(written.refused.map(({ unit }) => unit));
      const texts = new Map(targets.map(({ unit, text }) => [unit, text]));
      const expected = units.map(({ id, text, sameAs }) =>
        refused.has(id) ? text : texts.get(sameAs ?? id),
      );
      const after = listPresentationUnits(written.bytes, everything);
      expect(
        after.map(({ text }) => text),
        file.name,
      ).toEqual(expected);
      for (const entry of changedEntries(file.bytes, written.bytes)) {
        if (!/\.xml$/.test(entry)) continue;
        const [old, now] = [partText(file.bytes, entry), partText(written.bytes, entry)];
        assertPart(now);
        expect(elementCounts(now, textual), `${file.name} ${entry}`).toEqual(elementCounts(old, textual));
        const links = (xml: string): string[] =>
          [...new Set(xml.match(/hlinkClick[^>]*r:id="[^"]*"/g) ?? [])].sort();
        expect(links(now), `${file.name} ${entry}`).toEqual(links(old));
        expect(looks(now), `${file.name} ${entry}`).toEqual(expect.arrayContaining(looks(old)));
        tally.shrunk += (now.match(/fontScale/g) ?? []).length - (old.match(/fontScale/g) ?? []).length;
      }
      if (index % validateEvery === 0)
        problems.push(
          ...(await newComplaints(file.bytes, written.bytes, "pptx")).map((each) => `${file.name}: ${each}`),
        );
    }
    console.log("pseudo translation of presentations", tally);
    expect(problems).toEqual([]);
  });

  it("take a language written from right to left, with slides mirrored", async () => {
    const problems: string[] = [];
    for (const [index, file] of files.entries()) {
      const units = unitsOf(file);
      if (units === undefined) continue;
      const targets = units.map((unit) => ({ ...echoTarget(unit), text: `${unit.text}ا` }));
      const options = { language: "ar-SA", mirror: true, ...everything };
      const written = writePresentationUnits(file.bytes, targets, options);
      for (const entry of changedEntries(file.bytes, written.bytes))
        if (/\.xml$/.test(entry)) assertPart(partText(written.bytes, entry));
      if (index % validateEvery === 1)
        problems.push(
          ...(await newComplaints(file.bytes, written.bytes, "pptx")).map((each) => `${file.name}: ${each}`),
        );
    }
    expect(problems).toEqual([]);
  });
});

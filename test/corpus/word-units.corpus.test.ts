import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { listWordUnits } from "../../src/files/docx/units/list-word-units.ts";
import { writeWordUnits } from "../../src/files/docx/units/write-word-units.ts";
import { openFile } from "../../src/files/open-file.ts";
import type { TextUnit, WrittenUnits } from "../../src/files/units/types.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";
import { forEachParallel, kindOf, newProblems } from "./new-problems.ts";
import {
  differences,
  echoOf,
  elementCounts,
  openParts,
  pseudoOf,
  withoutLanguage,
} from "./word-units-check.ts";

const files = corpusFiles(["docx"], /\.(docx|docm|dotx|dotm)$/);
const listing = { comments: true } as const;

type Listed = CorpusFile & { readonly units: readonly TextUnit[] };

function listAll(): Listed[] {
  return files.flatMap((file) => {
    try {
      openFile(file.bytes);
    } catch (error) {
      if (error instanceof TandemError) return [];
      throw error;
    }
    return [{ ...file, units: listWordUnits(file.bytes, listing) }];
  });
}

const listed = listAll();

function pseudo({ bytes, units }: Listed, language: string): WrittenUnits {
  const firsts = units.filter(({ sameAs }) => sameAs === undefined);
  return writeWordUnits(
    bytes,
    firsts.map((unit, index) => pseudoOf(unit, index + 1)),
    { ...listing, language },
  );
}

/** What differs between the parts of two packages but languages. */
function otherDifferences(before: Uint8Array, after: Uint8Array): string[] {
  const [old, now] = [openParts(before), openParts(after)];
  return [...old].flatMap(([name, xml]) =>
    withoutLanguage(xml) === withoutLanguage(now.get(name) ?? "") ? [] : [name],
  );
}

describe.skipIf(files.length === 0)("units of real Word files", () => {
  it("lists something in most files", () => {
    const units = listed.flatMap((file) => file.units);
    const kinds = new Map<string, number>();
    for (const { kind } of units) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    console.log(`${listed.length} files, ${units.length} units`, Object.fromEntries(kinds));
    expect(listed.filter((file) => file.units.length > 0).length / listed.length).toBeGreaterThan(0.7);
  });

  it("has codes in order and inside their text", () => {
    const wrong = listed.flatMap(({ name, units }) =>
      units.filter((unit) => !isSound(unit)).map((unit) => `${name}: ${unit.id}`),
    );
    expect(wrong).toEqual([]);
  });

  it("changes nothing but languages when every target is its source", () => {
    const wrong = listed.flatMap(({ name, bytes, units }) => {
      const written = writeWordUnits(bytes, units.map(echoOf), { ...listing, language: "pt-PT" });
      return otherDifferences(bytes, written.bytes).map((part) => `${name}: ${part}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each(["fr", "ar", "ja"])("loses nothing when all of a file is written in %s", (language) => {
    const wrong = listed.flatMap((file) => checkPseudo(file, language));
    expect(wrong).toEqual([]);
  });

  it("brings no new complaint of the schema validator", async () => {
    const found: string[] = [];
    // Every third file: each takes a process of the validator.
    const some = listed.filter((_, index) => index % 3 === 0);
    await forEachParallel([...some.entries()], async ([index, file]) => {
      const { bytes } = pseudo(file, ["fr", "ar", "ja"][index % 3]!);
      const fresh = await newProblems(file.bytes, bytes, kindOf(file.name));
      found.push(...fresh.map((problem) => `${file.name}: ${problem}`));
    });
    expect(found).toEqual([]);
  });
});

function isSound({ text, spans, atoms }: TextUnit): boolean {
  const ids = [...spans, ...atoms].map(({ id }) => Number(id)).sort((a, b) => a - b);
  return (
    ids.every((id, index) => id === index + 1) &&
    spans.every(({ start, end }) => start >= 0 && start < end && end <= text.length) &&
    spans.every((a) =>
      spans.every(
        (b) =>
          a.end <= b.start ||
          b.end <= a.start ||
          (a.start <= b.start && b.end <= a.end) ||
          (b.start <= a.start && a.end <= b.end),
      ),
    ) &&
    atoms.every(
      ({ offset }, index) =>
        offset >= 0 && offset <= text.length && (index === 0 || atoms[index - 1]!.offset <= offset),
    )
  );
}

/** What a change of direction brings or takes away: three of the files are in Arabic or Hebrew. */
const ofDirection = /^(w:bidi|w:bidiVisual|w:pPr|a:pPr)\b/;

function checkPseudo(file: Listed, language: string): string[] {
  const { name, bytes, units } = file;
  const written = pseudo(file, language);
  openFile(written.bytes);
  const [old, now] = [openParts(bytes), openParts(written.bytes)];
  const lost = [...old].flatMap(([part, xml]) =>
    differences(elementCounts(xml), elementCounts(now.get(part) ?? ""))
      .filter((each) => !ofDirection.test(each))
      .map((each) => `${name}: ${part}: ${each}`),
  );
  const refused = new Set(written.refused.map(({ unit }) => unit));
  const expected = units
    .filter((unit) => !refused.has(unit.id))
    .map((unit) =>
      unit.sameAs === undefined || !refused.has(unit.sameAs) ? pseudoOf(unit, 1).text : unit.text,
    );
  const again = listWordUnits(written.bytes, listing).filter(
    (_, index) => units[index] !== undefined && !refused.has(units[index]!.id),
  );
  const texts = again.map(({ text }) => text);
  const different = expected.findIndex((text, index) => texts[index] !== text);
  const broken = written.refused.filter(({ reason }) => reason.startsWith("the paragraph"));
  return [
    ...lost,
    ...broken.map(({ unit, reason }) => `${name}: ${unit}: ${reason}`),
    ...(different < 0 && texts.length === expected.length
      ? []
      : [`${name}: read ${JSON.stringify(texts[different])} for ${JSON.stringify(expected[different])}`]),
  ];
}

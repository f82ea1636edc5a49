import { beforeAll, describe, expect, it } from "vitest";
import { decisions } from "../../src/feedback/index.ts";
import { openFile } from "../../src/files/index.ts";
import { corpusFiles } from "../corpus/corpus-files.ts";
import { hasOffice } from "./office-resave.ts";
import { confidenceTable, isWrongWay, outcomeTable, type Reading, shareTable } from "./outcome-table.ts";
import { randomDocument } from "./random-document.ts";
import { decide, disturb, issueRandom, type Return } from "./simulate-return.ts";
import { type OfficeCount, throughOffice } from "./through-office.ts";

const generated = 360;
const mostCorpusFiles = 140;
const mostBytes = 300_000;
const firstSeed = Number(process.env.TANDEM_SEED ?? 1000);

type Simulation = {
  readonly name: string;
  readonly isWide: boolean;
  readonly readings: Reading[];
  readonly notes: string[];
  returns: number;
  /** Files in which the suggestions could not be written at all. */
  unwritten: number;
  readonly office: OfficeCount;
};

function simulation(name: string, isWide: boolean): Simulation {
  const office = { saved: 0, damaged: 0, converted: 0, ledgersKept: 0 };
  return { name, isWide, readings: [], notes: [], returns: 0, unwritten: 0, office };
}

async function issuedFiles(of: Simulation): Promise<Return[]> {
  const files: Return[] = [];
  const add = async (name: string, bytes: Uint8Array, seed: number): Promise<void> => {
    try {
      const file = await issueRandom(name, bytes, seed, of.isWide);
      if (file !== undefined) files.push(file);
    } catch (error) {
      // Damaged and foreign files are in the corpus too; they can't be edited at all.
      if (name.startsWith("corpus")) return;
      of.unwritten++;
      of.notes.push(`${name} was not written: ${error}`);
    }
  };
  for (let index = 0; index < generated; index++) {
    const seed = firstSeed + 10 * index;
    await add(`made ${seed}`, randomDocument(seed), seed);
  }
  const corpus = corpusFiles(["docx"], /\.docx$/).filter(({ bytes }) => bytes.length < mostBytes);
  const step = Math.max(1, Math.floor(corpus.length / mostCorpusFiles));
  for (const [index, { name, bytes }] of corpus.entries())
    if (index % step === 0) await add(`corpus ${name}`, bytes, firstSeed + 7 * index);
  return files;
}

function read(file: Return, { readings, notes }: Simulation): void {
  for (const entry of decisions(openFile(file.bytes), file.ledger)) {
    const truth = file.truths.get(entry.id)!;
    const { id, kind, confidence, outcome: given } = entry;
    const { behaviour, outcome: wanted } = truth;
    readings.push({ file: file.name, id, kind, behaviour, wanted, given, confidence });
    const place = `${file.name} ${id} ${kind}`;
    if (truth.text !== undefined && given === "modified" && !entry.text?.includes(truth.text))
      notes.push(`${place}: the person's "${truth.text}" is not in "${entry.text}"`);
    if (wanted !== given)
      notes.push(
        `${place} [${behaviour}] wanted ${wanted}, given ${given} (${confidence}); ${file.history.join(", ")}`,
      );
  }
}

function print({ name, readings, notes, returns, unwritten, office }: Simulation): void {
  const { saved, damaged, converted, ledgersKept } = office;
  console.log(
    `\n=== ${name}: ${returns} returned files, ${readings.length} suggestions; ${unwritten} not written`,
  );
  console.log(
    `saved by LibreOffice in between: ${saved}; left out because it lost words or marks: ${damaged}`,
  );
  console.log(`ledgers that LibreOffice kept in the file: ${ledgersKept} of ${converted}`);
  console.log(`\n${outcomeTable(readings)}\n`);
  console.log(`${shareTable(readings, ({ kind }) => kind)}\n`);
  console.log(`${shareTable(readings, (each) => `${each.file.split(" ")[0]}: ${each.behaviour}`)}\n`);
  console.log(confidenceTable(readings));
  const right = readings.filter(({ wanted, given }) => wanted === given).length;
  const share = ((100 * right) / readings.length).toFixed(2);
  console.log(
    `\nright ${right} of ${readings.length} (${share} %), wrong way ${readings.filter(isWrongWay).length}\n`,
  );
  if (process.env.TANDEM_VERBOSE) console.log(notes.join("\n"));
}

describe.each([
  { of: simulation("words and paragraphs", false), least: 0.99 },
  { of: simulation("every kind, and all that people do", true), least: 0.985 },
])("round trips of random suggestions: $of.name", ({ of, least }) => {
  beforeAll(async () => {
    const issued = await issuedFiles(of);
    const disturbed = await throughOffice(issued.map(disturb), 0, of.office);
    const decided = await throughOffice(disturbed.map(decide), 1, of.office);
    of.returns = decided.length;
    for (const file of decided) read(file, of);
    print(of);
  }, 900_000);

  it("are at least 300, 40 of them through LibreOffice where it is installed", () => {
    expect(of.returns).toBeGreaterThanOrEqual(300);
    expect(of.office.saved).toBeGreaterThanOrEqual(hasOffice ? 40 : 0);
  });

  it("never read an acceptance as a rejection or the other way round", () => {
    expect(of.readings.filter(isWrongWay)).toEqual([]);
  });

  it(`are read right in ${100 * least} of 100 cases, unsure ones counted as wrong`, () => {
    const right = of.readings.filter(({ wanted, given }) => wanted === given).length;
    expect(right / of.readings.length).toBeGreaterThanOrEqual(least);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { decisions, findLedgers } from "../../src/feedback/index.ts";
import { openFile, trackedChanges } from "../../src/files/index.ts";
import { corpusFiles } from "../corpus/corpus-files.ts";
import { hasOffice, officeResave } from "./office-resave.ts";
import { isWrongWay, outcomeTable, type Reading, shareTable } from "./outcome-table.ts";
import { randomDocument } from "./random-document.ts";
import { decide, disturb, issueRandom, type Return } from "./simulate-return.ts";

const generated = 360;
const mostCorpusFiles = 140;
const mostBytes = 300_000;
const eachOffice = 5;
const firstSeed = Number(process.env.TANDEM_SEED ?? 1000);

const readings: Reading[] = [];
const notes: string[] = [];
let returns = 0;
let saved = 0;
let converted = 0;
let ledgersKept = 0;

async function issuedFiles(): Promise<Return[]> {
  const files: Return[] = [];
  for (let index = 0; index < generated; index++) {
    const seed = firstSeed + 10 * index;
    const file = await issueRandom(`made ${seed}`, randomDocument(seed), seed);
    if (file !== undefined) files.push(file);
  }
  const corpus = corpusFiles(["docx"], /\.docx$/).filter(({ bytes }) => bytes.length < mostBytes);
  const step = Math.max(1, Math.floor(corpus.length / mostCorpusFiles));
  for (const [index, { name, bytes }] of corpus.entries()) {
    if (index % step !== 0) continue;
    const file = await issueCorpusFile(name, bytes, firstSeed + 7 * index);
    if (file !== undefined) files.push(file);
  }
  return files;
}

/** Damaged and foreign files are in the corpus too; they can't be edited at all. */
async function issueCorpusFile(name: string, bytes: Uint8Array, seed: number): Promise<Return | undefined> {
  try {
    return await issueRandom(`corpus ${name}`, bytes, seed);
  } catch {
    return undefined;
  }
}

/** Every fifth file goes through LibreOffice. */
async function throughOffice(files: readonly Return[], phase: number): Promise<Return[]> {
  if (!hasOffice) return [...files];
  const isChosen = (index: number): boolean => index % (2 * eachOffice) === phase * eachOffice;
  const results = await officeResave(files.filter((_, index) => isChosen(index)).map(({ bytes }) => bytes));
  let next = 0;
  return files.map((file, index) => {
    if (!isChosen(index)) return file;
    const bytes = results[next++];
    if (bytes === undefined || !isSound(file, bytes, phase)) return file;
    saved++;
    return { ...file, bytes, history: [...file.history, `LibreOffice ${phase === 0 ? "before" : "after"}`] };
  });
}

/** Before the decisions every suggestion must still be marked in the file, or there is nothing to decide on. */
function isSound({ ledger }: Return, bytes: Uint8Array, phase: number): boolean {
  const document = openFile(bytes);
  converted++;
  if (findLedgers(document).length > 0) ledgersKept++;
  if (phase > 0) return true;
  const dates = new Set(trackedChanges(document).map(({ revision }) => Date.parse(revision.date ?? "")));
  return ledger.suggestions.every(({ date }) => dates.has(Date.parse(date)));
}

function read(file: Return): void {
  returns++;
  const entries = decisions(openFile(file.bytes), file.ledger);
  for (const entry of entries) {
    const truth = file.truths.get(entry.id)!;
    readings.push({
      file: file.name,
      id: entry.id,
      behaviour: truth.behaviour,
      wanted: truth.outcome,
      given: entry.outcome,
    });
    if (truth.text !== undefined && entry.outcome === "modified" && !entry.text?.includes(truth.text))
      notes.push(`${file.name} ${entry.id}: the person's "${truth.text}" is not in "${entry.text}"`);
    if (truth.outcome !== entry.outcome)
      notes.push(
        `${file.name} ${entry.id} ${entry.kind} [${truth.behaviour}] wanted ${truth.outcome}, given ${entry.outcome} (${entry.confidence}); ${file.history.join(", ")}`,
      );
  }
}

describe("round trips of random suggestions", () => {
  beforeAll(async () => {
    const issued = await issuedFiles();
    const disturbed = await throughOffice(issued.map(disturb), 0);
    const decided = await throughOffice(disturbed.map(decide), 1);
    for (const file of decided) read(file);
    console.log(
      `\n${returns} returned files, ${readings.length} suggestions, ${saved} saved by LibreOffice in between`,
    );
    console.log(`ledgers that LibreOffice kept in the file: ${ledgersKept} of ${converted}`);
    console.log(`\n${outcomeTable(readings)}\n`);
    console.log(shareTable(readings, (each) => `${each.file.split(" ")[0]}: ${each.behaviour}`));
    const right = readings.filter(({ wanted, given }) => wanted === given).length;
    console.log(
      `\nright ${right} of ${readings.length} (${((100 * right) / readings.length).toFixed(2)} %), wrong way ${readings.filter(isWrongWay).length}\n`,
    );
    if (process.env.TANDEM_VERBOSE) console.log(notes.join("\n"));
  }, 900_000);

  it("are at least 300, 40 of them through LibreOffice where it is installed", () => {
    expect(returns).toBeGreaterThanOrEqual(300);
    expect(saved).toBeGreaterThanOrEqual(hasOffice ? 40 : 0);
  });

  it("never read an acceptance as a rejection or the other way round", () => {
    expect(readings.filter(isWrongWay)).toEqual([]);
  });

  it("are read right in 99 of 100 cases, unsure ones counted as wrong", () => {
    const right = readings.filter(({ wanted, given }) => wanted === given).length;
    expect(right / readings.length).toBeGreaterThanOrEqual(0.99);
  });
});

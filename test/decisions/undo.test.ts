import { beforeAll, describe, expect, it } from "vitest";
import type { UndoEntry } from "../../src/feedback/index.ts";
import { corpusFiles } from "../corpus/corpus-files.ts";
import { validateOffice } from "../validate-office.ts";
import { hasOffice, officeResave } from "./office-resave.ts";
import { randomDocument } from "./random-document.ts";
import { disturb, issueRandom, type Return } from "./simulate-return.ts";
import { decideForUndo, isPlain, isWholeJob, lostWords, type Undone, undoDecided } from "./simulate-undo.ts";

const generated = Number(process.env.TANDEM_FILES ?? 200);
const mostCorpusFiles = 60;
const mostBytes = 200_000;
const eachOffice = 8;
const firstSeed = Number(process.env.TANDEM_SEED ?? 2000);

const cases: Undone[] = [];
const faults: string[] = [];
let saved = 0;

async function issuedFiles(): Promise<Return[]> {
  const files: Return[] = [];
  for (let index = 0; index < generated; index++) {
    const seed = firstSeed + 10 * index;
    // Every third with suggestions of all kinds.
    const isWide = index % 3 === 2;
    const name = `${isWide ? "wide" : "made"} ${seed}`;
    // What can't be suggested is not undone either.
    const file = await issueRandom(name, randomDocument(seed), seed, isWide).catch(() => undefined);
    if (file !== undefined) files.push(file);
  }
  const corpus = corpusFiles(["docx"], /\.docx$/).filter(({ bytes }) => bytes.length < mostBytes);
  const step = Math.max(1, Math.floor(corpus.length / mostCorpusFiles));
  for (const [index, { name, bytes }] of corpus.entries()) {
    if (index % step !== 0) continue;
    // Damaged and foreign files are in the corpus too; they can't be edited at all.
    const file = await issueRandom(`corpus ${name}`, bytes, firstSeed + 7 * index).catch(() => undefined);
    if (file !== undefined) files.push(file);
  }
  return files;
}

/** Every eighth file is saved by LibreOffice between the others' edits and the decisions. */
async function throughOffice(files: readonly Return[]): Promise<Return[]> {
  if (!hasOffice) return [...files];
  const isChosen = (index: number): boolean => index % eachOffice === 0;
  const results = await officeResave(files.filter((_, index) => isChosen(index)).map(({ bytes }) => bytes));
  return files.map((file, index) => {
    const bytes = isChosen(index) ? results[index / eachOffice] : undefined;
    if (bytes === undefined || !isWholeJob(file, bytes)) return file;
    saved++;
    return { ...file, bytes, history: [...file.history, "LibreOffice"] };
  });
}

function undo(file: Return): void {
  try {
    cases.push(undoDecided(decideForUndo(file), file.seed % 4 === 0 ? "direct" : "tracked"));
  } catch (error) {
    faults.push(`${file.name}: ${error instanceof Error ? error.stack : error}`);
  }
}

type Entry = { readonly undone: Undone; readonly entry: UndoEntry };

const isRight = ({ expected, actual }: Undone): boolean =>
  JSON.stringify(expected) === JSON.stringify(actual);
const deedOf = ({ undone, entry }: Entry): ReturnType<Undone["decided"]["deeds"]["get"]> =>
  undone.decided.deeds.get(entry.id);
const entries = (): Entry[] =>
  cases.flatMap((undone) => undone.result.entries.map((entry) => ({ undone, entry })));
/** Where one paragraph of a file is wrong, every suggestion in it counts as wrong. */
const settled = (): Entry[] => entries().filter(({ entry }) => entry.action !== "conflict");
const needless = (): Entry[] =>
  entries().filter((each) => each.entry.action === "conflict" && isPlain(deedOf(each)));
/** Somebody's own words that were taken for ours. */
const mistaken = (): Entry[] =>
  entries().filter((each) => /rejected|reversed/.test(each.entry.action) && !isPlain(deedOf(each)));

function report(): void {
  const all = entries();
  const count = (action: UndoEntry["action"]): number =>
    all.filter(({ entry }) => entry.action === action).length;
  const right = settled().filter(({ undone }) => isRight(undone)).length;
  const plain = all.filter((each) => isPlain(deedOf(each))).length;
  console.log(
    [
      "",
      `${cases.length} files undone, ${saved} of them saved by LibreOffice before; ${all.length} suggestions:`,
      `rejected ${count("rejected")}, reversed ${count("reversed")}, nothing to do ${count("nothing")}, conflicts ${count("conflict")}`,
      `conflicts though nobody reworded or halved it: ${needless().length} of ${plain}`,
      ...[...Map.groupBy(needless(), ({ entry }) => `${entry.outcome}: ${entry.reason}`)].map(
        ([reason, group]) => `  ${String(group.length).padStart(4)} ${reason}`,
      ),
      `text as it should be: ${right} of ${settled().length} that were no conflict (${((100 * right) / settled().length).toFixed(2)} %)`,
      `reworded by somebody and undone all the same: ${mistaken().length}`,
      `words lost: ${cases.flatMap(lostWords).length}`,
      `files in which a second undo found something: ${cases.filter(({ again }) => again.isChanged).length}`,
      "",
    ].join("\n"),
  );
  if (process.env.TANDEM_VERBOSE) console.log([...faults, ...cases.flatMap(notes)].join("\n"));
}

function notes(undone: Undone): string[] {
  const { decided, expected, actual, again, result } = undone;
  const head = `${decided.given.name} (${decided.given.history.join(", ")})`;
  const told = result.entries.map(
    ({ id, kind, outcome, action }) => `${id} ${kind} [${decided.deeds.get(id)}] ${outcome} ${action}`,
  );
  const differing = expected.flatMap((text, index) =>
    text === actual[index] ? [] : [`  wanted ${text}\n  got    ${actual[index]}`],
  );
  const second = again.entries
    .filter(({ action }) => action !== "nothing")
    .map(({ id, outcome, action }) => `${id} ${outcome} ${action}`);
  return [
    ...(isRight(undone)
      ? []
      : [
          `${head}: ${told.join("; ")}`,
          ...differing.slice(0, 2),
          `  paragraphs ${expected.length} ${actual.length}`,
        ]),
    ...(again.isChanged ? [`${head} again: ${second.join("; ")}`] : []),
  ];
}

describe("undoing random jobs in files that others have edited since", () => {
  beforeAll(async () => {
    const issued = await issuedFiles();
    for (const file of await throughOffice(issued.map(disturb))) undo(file);
    report();
  }, 900_000);

  it("ends with a file every time", () => {
    expect(faults).toEqual([]);
    expect(saved).toBeGreaterThanOrEqual(hasOffice ? 10 : 0);
  });

  it("leaves the text without ours and with everybody else's in 99 of 100 cases", () => {
    const right = settled().filter(({ undone }) => isRight(undone)).length;
    expect(right / settled().length).toBeGreaterThanOrEqual(0.99);
  });

  it("never undoes what somebody put in other words", () => {
    expect(mistaken()).toEqual([]);
  });

  it("gives up only where somebody did more than accept or refuse, in 98 of 100 cases", () => {
    const plain = entries().filter((each) => isPlain(deedOf(each))).length;
    expect(1 - needless().length / plain).toBeGreaterThanOrEqual(0.98);
  });

  it("writes nothing that the schema refuses", async () => {
    const made = cases.filter(({ decided }) => !decided.given.name.startsWith("corpus"));
    for (const { decided, result } of made.filter((_, index) => index % 20 === 0)) {
      const found = await validateOffice(result.bytes);
      if (found.length === 0) continue;
      const known = new Set((await validateOffice(decided.bytes)).map(({ description }) => description));
      expect(found.filter(({ description }) => !known.has(description))).toEqual([]);
    }
  });

  it("finds nothing more to do the second time, in 99 of 100 files", () => {
    const quiet = cases.filter(({ again }) => !again.isChanged).length;
    expect(quiet / cases.length).toBeGreaterThanOrEqual(0.99);
  });
});

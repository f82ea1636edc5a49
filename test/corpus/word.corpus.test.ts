import { describe, expect, it } from "vitest";
import { isSameBytes } from "../../src/apps/cli/compare-packages.ts";
import { TandemError } from "../../src/errors.ts";
import { openFile, savePackage, type WordDocument } from "../../src/files/index.ts";
import { validateOffice } from "../validate-office.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";
import { drawEdit } from "./draw-edit.ts";
import { forEachParallel, kindOf, newProblems } from "./new-problems.ts";
import { type Trial, tryComments, tryDeletion, tryInsertion, tryReplacement } from "./trial-edits.ts";

const seeds = [1, 2, 3, 4, 5];
const files = corpusFiles(["docx", "broken"], /\.(docx|docm|dotx|dotm)$/);

type Opened = CorpusFile & { readonly document: WordDocument; readonly trials: readonly Trial[] };
type Refused = CorpusFile & { readonly reason: string };
type Sweep = { readonly opened: readonly Opened[]; readonly refused: readonly Refused[] };

let swept: Sweep | undefined;

/** Every file opened and edited; made once, by the test that comes first. */
function sweep(): Sweep {
  if (swept !== undefined) return swept;
  const opened: Opened[] = [];
  const refused: Refused[] = [];
  for (const file of files) {
    try {
      const document = openFile(file.bytes);
      opened.push({ ...file, document, trials: trialsOf(document, file.bytes) });
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      refused.push({ ...file, reason: error.message });
    }
  }
  swept = { opened, refused };
  return swept;
}

function trialsOf(document: WordDocument, bytes: Uint8Array): Trial[] {
  const replacements = seeds.flatMap((seed) => {
    const edit = drawEdit(document, seed);
    return edit === undefined ? [] : [tryReplacement(document, bytes, edit)];
  });
  const others = [tryDeletion, tryInsertion, tryComments].map((trial) => trial(document, bytes, 1));
  return [...replacements, ...others.filter((each) => each.kind !== "none")];
}

function printTable({ opened, refused }: Sweep): void {
  const lines = [`opened ${opened.length} of ${files.length} Word files`];
  for (const { name, reason } of refused) lines.push(`  refused ${name}: ${reason}`);
  const kinds = new Set(opened.flatMap(({ trials }) => trials.map((trial) => trial.kind)));
  for (const kind of kinds) {
    const trials = opened.flatMap((each) => each.trials.filter((trial) => trial.kind === kind));
    const made = trials.filter((trial) => trial.refusal === undefined);
    const strict = made.filter((trial) => trial.failures.length === 0);
    lines.push(
      `${kind}: ${strict.length} strict of ${made.length} made, ${trials.length - made.length} refused`,
    );
    for (const [reason, count] of counted(trials.flatMap((trial) => trial.refusal ?? []))) {
      lines.push(`  refused ${count}: ${reason}`);
    }
  }
  for (const { name, trials } of opened) {
    for (const { kind, failures } of trials)
      for (const failure of failures) lines.push(`  FAILED ${kind} ${name}: ${failure}`);
  }
  console.log(lines.join("\n"));
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

describe.skipIf(files.length === 0)("real Word files", () => {
  it("prints what was opened, refused and edited", () => {
    printTable(sweep());
  });

  it("opens all but a fiftieth of the files that the Open XML SDK opens", async () => {
    const { opened, refused } = sweep();
    let valid = opened.length;
    for (const { name, bytes } of refused) {
      const problems = await validateOffice(bytes, kindOf(name));
      // A problem without an id says that the SDK could not open the file at all.
      if (problems.every(({ id }) => id !== "")) valid++;
      console.log(`refused ${name}; the SDK says: ${problems[0]?.description.slice(0, 200) ?? "nothing"}`);
    }
    expect(opened.length / valid).toBeGreaterThanOrEqual(0.98);
  });

  it("saves every opened file without a change to the same bytes", () => {
    const different = sweep().opened.filter(({ document, bytes }) => {
      return !isSameBytes(savePackage(document.package, new Map()), bytes);
    });
    expect(different.map(({ name }) => name)).toEqual([]);
  });

  it("makes every edit of unlocked text, and makes it strictly", () => {
    const failed = sweep().opened.flatMap(({ name, trials }) =>
      trials.flatMap(({ kind, failures, refusal }) => [
        ...failures.map((failure) => `${name}: ${kind}: ${failure}`),
        ...(kind === "replace" && refusal !== undefined ? [`${name}: ${kind} refused: ${refusal}`] : []),
      ]),
    );
    expect(failed).toEqual([]);
  });

  it("brings no new complaint of the schema validator", async () => {
    const found: string[] = [];
    const jobs = sweep().opened.flatMap((file, index) => {
      const made = file.trials.filter((trial) => trial.bytes !== undefined);
      const first = made.find((trial) => trial.kind === "replace");
      // The other kinds of edit on every fifth file: one process a file makes this the slow test.
      const others = index % 5 === 0 ? made.filter((trial) => trial.kind !== "replace") : [];
      return [...(first === undefined ? [] : [first]), ...others].map((trial) => ({ file, trial }));
    });
    await forEachParallel(jobs, async ({ file, trial }) => {
      const fresh = await newProblems(file.bytes, trial.bytes!, kindOf(file.name));
      found.push(...fresh.map((problem) => `${file.name}: ${trial.kind}: ${problem}`));
    });
    console.log(`validated ${jobs.length} edited files`);
    expect(found).toEqual([]);
  });
});

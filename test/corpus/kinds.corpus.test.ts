import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { openFile, type RefusalCode, type WordDocument } from "../../src/files/index.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";
import { forEachParallel, kindOf, newProblems } from "./new-problems.ts";
import type { Trial } from "./trial-edits.ts";
import { triedKinds, tryKind } from "./trial-kinds.ts";

const files = corpusFiles(["docx"], /\.(docx|docm|dotx|dotm)$/);
const seeds = [1, 2];
/** Saved files of each kind that the schema validator sees: one process each. */
const validatedOfKind = 8;

/** What a change at a random place may be refused with; any other code would say that the place was read wrongly. */
const allowed: ReadonlySet<RefusalCode | undefined> = new Set(["locked", "unsupported", "no-change"]);

/** The least share of places where a kind must be possible; joining needs a paragraph that follows. */
const leastMade: Readonly<Record<string, number>> = { split: 0.7, merge: 0.3 };
const leastOfAny = 0.8;

type Tried = Trial & { readonly file: CorpusFile };

let tried: readonly Tried[] | undefined;

/** Each kind at random places of every file; made once, by the test that comes first. */
function tryAll(): readonly Tried[] {
  tried ??= files.flatMap((file) => {
    const document = openOrSkip(file);
    if (document === undefined) return [];
    return triedKinds.flatMap((kind) =>
      seeds.flatMap((seed) => {
        const trial = tryKind(kind, document, file.bytes, seed);
        return trial === undefined ? [] : [{ ...trial, file }];
      }),
    );
  });
  return tried;
}

/** Damaged files are in the corpus too; another test counts those. */
function openOrSkip({ bytes }: CorpusFile): WordDocument | undefined {
  try {
    return openFile(bytes);
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

const ofKind = (kind: string): Tried[] => tryAll().filter((each) => each.kind === kind);
const isMade = ({ bytes, failures }: Trial): boolean => bytes !== undefined && failures.length === 0;

function summaryOf(kind: string): string {
  const trials = ofKind(kind);
  const refused = trials.filter(({ refusal }) => refusal !== undefined);
  const reasons = Map.groupBy(refused, ({ code, refusal }) => `${code}: ${refusal}`);
  return [
    `${kind}: ${trials.filter(isMade).length} made of ${trials.length}, ${refused.length} refused`,
    ...[...reasons].map(([reason, { length }]) => `  refused ${length}: ${reason}`),
  ].join("\n");
}

describe.skipIf(files.length === 0)("every kind of change at random places of real Word files", () => {
  it("prints what was made and refused", () => {
    console.log(triedKinds.map(summaryOf).join("\n"));
  });

  it("is saved and verified, or refused for a reason that the place gives", () => {
    const failed = tryAll().flatMap(({ kind, file, failures, refusal, code }) => [
      ...failures.map((failure) => `${file.name}: ${kind}: ${failure}`),
      ...(refusal !== undefined && !allowed.has(code) ? [`${file.name}: ${kind}: ${code}: ${refusal}`] : []),
    ]);
    expect(failed).toEqual([]);
  });

  it.each(triedKinds)("%s is possible at most places", (kind) => {
    const trials = ofKind(kind);
    expect(trials.filter(isMade).length / trials.length).toBeGreaterThan(leastMade[kind] ?? leastOfAny);
  });

  it("brings no new complaint of the schema validator", async () => {
    const chosen = triedKinds.flatMap((kind) => {
      const made = ofKind(kind).filter(isMade);
      const step = Math.max(1, Math.floor(made.length / validatedOfKind));
      return made.filter((_, index) => index % step === 0).slice(0, validatedOfKind);
    });
    const found: string[] = [];
    await forEachParallel(chosen, async ({ kind, file, bytes }) => {
      const fresh = await newProblems(file.bytes, bytes!, kindOf(file.name));
      found.push(...fresh.map((problem) => `${file.name}: ${kind}: ${problem}`));
    });
    console.log(`validated ${chosen.length} edited files`);
    expect(found).toEqual([]);
  });
});

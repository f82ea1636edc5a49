import type { SourceText } from "../../files/passages/passage.ts";
import { isQuestion } from "./rank/sentence-worth.ts";
import type { Draft, PassageReference, Sources } from "./types.ts";

/** Why a passage is not cited. */
export type LeftOutReason =
  | "not chosen for a section"
  | "chosen, but nothing of it was quoted"
  | "a question";

export type LeftOut = {
  /** Numbers of passages, both ends counted. */
  readonly from: number;
  readonly to: number;
  readonly reason: LeftOutReason;
};

export type SourceCoverage = {
  readonly source: string;
  /** Passages that can be cited; headings are not counted. */
  readonly passages: number;
  /** All of them were read; what could not be read is in `unread`. */
  readonly read: number;
  /** In the outline, for some section to choose from. */
  readonly offered: number;
  readonly cited: number;
  /** Of `passages`, 0 to 100. */
  readonly percent: number;
  readonly citedPassages: readonly number[];
  readonly leftOut: readonly LeftOut[];
  readonly unread: readonly string[];
};

export type WorkbookCoverage = {
  readonly workbook: string;
  readonly tables: number;
  /** Ranges that stand in the document as tables. */
  readonly shown: readonly string[];
  /** Names of figures taken from it. */
  readonly figures: readonly string[];
};

/** What of the sources the document rests on, and what not. */
export type Coverage = {
  readonly texts: readonly SourceCoverage[];
  readonly workbooks: readonly WorkbookCoverage[];
};

/** Counts for each source which passages were read, offered to sections and cited, and why the others were not. */
export function coverageOf({ outline, sections }: Draft, { texts, workbooks }: Sources): Coverage {
  const citations = sections
    .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "table" ? [] : block.sentences)))
    .flatMap((sentence) => sentence.citations);
  const uses = outline.sections.flatMap((section) => section.uses);
  return {
    texts: texts.map((text) => textCoverage(text, uses, citations)),
    workbooks: workbooks.map(({ name, tables }) => ({
      workbook: name,
      tables: tables.length,
      shown: sections.flatMap((section) =>
        section.tables.filter(({ workbook }) => workbook === name).map(({ range }) => range),
      ),
      figures: sections.flatMap((section) =>
        section.figures.filter(({ workbook }) => workbook === name).map((figure) => figure.name),
      ),
    })),
  };
}

function textCoverage(
  { name, passages, warnings }: SourceText,
  uses: readonly PassageReference[],
  citations: readonly PassageReference[],
): SourceCoverage {
  const numbersOf = (references: readonly PassageReference[]): ReadonlySet<number> =>
    new Set(references.filter(({ source }) => source === name).map(({ passage }) => passage));
  const [offered, cited] = [numbersOf(uses), numbersOf(citations)];
  const citable = passages.filter(({ kind }) => kind !== "heading");
  const citedPassages = citable.filter(({ number }) => cited.has(number)).map(({ number }) => number);
  const left = citable.flatMap(({ number, text }): LeftOut[] => {
    if (cited.has(number)) return [];
    return [{ from: number, to: number, reason: reasonFor(text, offered.has(number)) }];
  });
  return {
    source: name,
    passages: citable.length,
    read: citable.length,
    offered: citable.filter(({ number }) => offered.has(number)).length,
    cited: citedPassages.length,
    percent: citable.length === 0 ? 0 : Math.round((100 * citedPassages.length) / citable.length),
    citedPassages,
    leftOut: joinRuns(left),
    unread: warnings,
  };
}

function reasonFor(text: string, isOffered: boolean): LeftOutReason {
  if (isQuestion(text)) return "a question";
  return isOffered ? "chosen, but nothing of it was quoted" : "not chosen for a section";
}

function joinRuns(left: readonly LeftOut[]): LeftOut[] {
  const runs: LeftOut[] = [];
  for (const one of left) {
    const last = runs.at(-1);
    if (last !== undefined && last.reason === one.reason && one.from === last.to + 1)
      runs[runs.length - 1] = { ...last, to: one.to };
    else runs.push(one);
  }
  return runs;
}

/** A few lines for people: a line a source, and one for each reason why passages were left out. */
export function coverageText({ texts, workbooks }: Coverage): string {
  const lines = texts.flatMap(({ source, passages, offered, cited, percent, leftOut, unread }) => {
    const reasons = new Map<LeftOutReason, string[]>();
    for (const { from, to, reason } of leftOut)
      reasons.set(reason, [...(reasons.get(reason) ?? []), from === to ? String(from) : `${from}-${to}`]);
    return [
      `${source}: ${passages} passages read, ${offered} offered to sections, ${cited} cited (${percent} %)`,
      ...[...reasons].map(([reason, runs]) => `  ${reason}: ${shorten(runs)}`),
      ...unread.map((warning) => `  not read: ${warning}`),
    ];
  });
  const books = workbooks.map(({ workbook, tables, shown, figures }) => {
    const parts = [
      ...(shown.length === 0 ? [] : [`shown: ${shown.join(", ")}`]),
      ...(figures.length === 0 ? [] : [`figures: ${figures.join(", ")}`]),
    ];
    const count = tables === 1 ? "1 table" : `${tables} tables`;
    return `${workbook}: ${count} read, ${parts.length === 0 ? "none used" : parts.join("; ")}`;
  });
  return [...lines, ...books].map((line) => `${line}\n`).join("");
}

const mostShown = 12;

function shorten(runs: readonly string[]): string {
  const more = runs.length - mostShown;
  return more > 0 ? `${runs.slice(0, mostShown).join(", ")} and ${more} more` : runs.join(", ");
}

import type { Table } from "../../table.ts";
import { type Profile, profileTable } from "../ask/profile.ts";
import type { Period } from "../ask/question/periods.ts";
import { wideProfiles } from "../ask/wide-table.ts";
import { namesAbout, withoutAbout } from "./match/about.ts";
import { type Chunk, chunksOf } from "./match/chunks.ts";
import { elementsOf, isConcept, isNumber } from "./match/elements.ts";
import type { Evaluator } from "./match/evaluate.ts";
import { findNames, type Name } from "./match/find-names.ts";
import { inTurnVersions } from "./match/in-turn.ts";
import { judge } from "./match/judge.ts";
import { outOfVersions, type PartOf } from "./match/out-of.ts";
import { type TableTime, tableTime } from "./match/periods.ts";
import { rankFigure, rankReadings } from "./match/rank-readings.ts";
import type { Reading } from "./match/reading.ts";
import type { ReadingContext } from "./match/reading-work.ts";
import { readingsOf } from "./match/readings.ts";
import { type NamedValue, type Scope, scopesOf } from "./match/scope.ts";
import { type Language, languageOf } from "./read/language.ts";
import { readSentences } from "./read/read-sentence.ts";
import type { Sentence } from "./read/sentence-types.ts";
import type { Finding, WrittenFigure } from "./types.ts";

/** A paragraph to check, with the headings that it stands under. */
export type CheckedParagraph = {
  readonly id: string;
  readonly text: string;
  readonly headings: readonly string[];
  /** Of cells of tables: the words that stand around their text, and where it begins in what `id` names. */
  readonly cell?: { readonly before: string; readonly after: string; readonly offset: number };
};

/** A table with what its sheet says above and below it. */
export type TitledTable = {
  readonly table: Table;
  readonly region?: { readonly title: readonly string[]; readonly notes: readonly string[] };
};

type View = {
  readonly profile: Profile;
  readonly time: TableTime | undefined;
  readonly names: string;
  /** Plain names that the title, notes, sheet or file of the table says it is about. */
  readonly about: ReadonlySet<string>;
};

/** Finds the figures of paragraphs and says of each whether the tables bear it out. */
export async function checkParagraphs(
  paragraphs: readonly CheckedParagraph[],
  tables: readonly TitledTable[],
  evaluator: Evaluator,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const views = tables.flatMap(viewsOf);
  const fallback = languageOf(
    paragraphs
      .map(({ text }) => text)
      .join("\n")
      .slice(0, 20_000),
  );
  const findings: Finding[] = [];
  for (const paragraph of paragraphs) {
    signal?.throwIfAborted();
    const { cell } = paragraph;
    const found = await checkParagraph(
      cell === undefined ? paragraph : { ...paragraph, text: `${cell.before}${paragraph.text}${cell.after}` },
      views,
      evaluator,
      fallback,
    );
    findings.push(...(cell === undefined ? found : found.flatMap((each) => ofCell(each, paragraph))));
  }
  return findings;
}

/** A finding of a cell in its own places; nothing where no table speaks of it, as tables hold many other numbers. */
function ofCell(finding: Finding, { cell, text }: CheckedParagraph): Finding[] {
  const { place, digits, verdict } = finding;
  const shift = cell!.offset - cell!.before.length;
  const end = Math.min(place.end, cell!.before.length + text.length);
  if (verdict === "unsupported" || place.start < cell!.before.length) return [];
  const moved = digits && { start: digits.start + shift, end: digits.end + shift };
  return [
    {
      ...finding,
      figure: text.slice(place.start - cell!.before.length, end - cell!.before.length),
      place: { ...place, start: place.start + shift, end: end + shift },
      ...(moved && { digits: moved }),
    },
  ];
}

function viewsOf({ table, region }: TitledTable): View[] {
  const { sheet = "", file = "" } = table.source;
  const about = namesAbout([table.name, sheet, file], [...(region?.title ?? []), ...(region?.notes ?? [])]);
  return [profileTable(table), ...wideProfiles(table)].map((profile) => ({
    profile,
    time: tableTime(profile),
    names: `${table.name} ${sheet} ${file}`,
    about,
  }));
}

async function checkParagraph(
  { id, text, headings }: CheckedParagraph,
  views: readonly View[],
  evaluator: Evaluator,
  fallback: Language,
): Promise<Finding[]> {
  if (!/[\d%]|\p{L}{3}/u.test(text)) return [];
  const sentences = readSentences(text, languageOf(text, fallback));
  const before = headings.flatMap((heading) => readSentences(heading, languageOf(heading, fallback)));
  const findings: Finding[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const earlier = [...before, ...sentences.slice(0, index)];
    const asked = new Map<number, { figure: WrittenFigure; readings: Reading[]; isClaim: boolean }>();
    for (const figure of sentence.pieces.flatMap((piece) => (piece.kind === "figure" ? [piece.figure] : [])))
      asked.set(figure.start, { figure, readings: [], isClaim: false });
    const parts = views.flatMap((view) => addReadings(asked, sentence, earlier, view, text) ?? []);
    const own: Finding[] = [];
    for (const { figure, readings, isClaim } of [...asked.values()].sort(
      (a, b) => a.figure.start - b.figure.start,
    )) {
      const judged = await judge(figure, readings, evaluator);
      // Words that claim something are worth a line only where tables speak of it.
      if (isClaim && judged.verdict === "unsupported") continue;
      const place = { paragraph: id, start: figure.start, end: figure.end, sentence: sentence.text };
      own.push({ figure: figure.text, place, value: figure.value, ...judged });
    }
    findings.push(...own.map((finding) => withWhole(finding, own, parts)));
  }
  return findings;
}

/** A part of a number of rows is contradicted only where that number is known to be right. */
function withWhole(finding: Finding, all: readonly Finding[], parts: readonly PartOf[]): Finding {
  const own = parts.find(({ part, whole }) => [part, whole].includes(finding.place.start));
  if (own === undefined || finding.verdict !== "contradicted") return finding;
  const isKnown = all.some(({ place, verdict }) => place.start === own.whole && verdict === "confirmed");
  if (isKnown) return finding;
  const { shouldBe: _, digits: __, ...rest } = finding;
  return { ...rest, verdict: "unsupported", note: "not sure: it isn't known what this is a part of" };
}

type Asked = Map<number, { figure: WrittenFigure; readings: Reading[]; isClaim: boolean }>;

/** Adds what one table makes of each figure of a sentence; returns which of two is a part of the other. */
function addReadings(
  asked: Asked,
  sentence: Sentence,
  earlier: readonly Sentence[],
  view: View,
  text: string,
): PartOf | undefined {
  const names = findNames(sentence, view.profile);
  const said = earlier.flatMap(({ pieces }) =>
    pieces.flatMap((piece): Period[] => (piece.kind === "period" ? [piece.period] : [])),
  );
  const context: ReadingContext = { ...view, said };
  const known = names.length > 0 ? valuesBefore(earlier, view) : [];
  const all = withoutAbout(elementsOf(sentence, names), sentence.tokens, view.about);
  const parts = outOfVersions(all, sentence.tokens);
  for (const { elements, figure: only } of parts?.versions ?? inTurnVersions(all, sentence.tokens))
    addVersion({ asked, sentence, context, known, text, only }, chunksOf(elements));
  return parts?.pair;
}

type VersionWork = {
  readonly asked: Asked;
  readonly sentence: Sentence;
  readonly context: ReadingContext;
  readonly known: readonly NamedValue[];
  readonly text: string;
  /** The one figure that the version is for. */
  readonly only: number | undefined;
};

function addVersion(
  { asked, sentence, context, known, text, only }: VersionWork,
  chunks: readonly Chunk[],
): void {
  const add = (figure: WrittenFigure, readings: readonly Reading[], isClaim: boolean): void => {
    if (only !== undefined && figure.start !== only) return;
    const entry = asked.get(figure.start) ?? { figure, readings: [], isClaim };
    entry.readings.push(...readings);
    if (entry.readings.length > 0 || !isClaim) asked.set(figure.start, entry);
  };
  chunks.forEach((chunk, at) => {
    const scopes = scopesOf(chunks, at, sentence).flatMap((scope) => withValuesBefore(scope, known));
    chunk.elements.forEach((element, index) => {
      if (element.kind !== "figure") return;
      const where = {
        elements: chunk.elements,
        at: index,
        leading: chunk.leading,
        language: sentence.language,
      };
      add(
        element.figure,
        scopes.flatMap((scope) =>
          mark(readingsOf({ figure: element.figure, ...where }, scope.scope, context), scope.isOpen),
        ),
        false,
      );
    });
    const rank = rankFigure(chunk.elements, sentence.tokens, text);
    if (rank !== undefined)
      add(
        rank,
        scopes.flatMap((scope) => mark(rankReadings(chunk.elements, scope.scope, context), scope.isOpen)),
        true,
      );
    const direction = directionFigure(chunk, sentence, text);
    if (direction === undefined) return;
    const where = {
      elements: chunk.elements,
      at: direction.at,
      leading: chunk.leading,
      language: sentence.language,
    };
    add(
      direction.figure,
      scopes.flatMap((scope) =>
        mark(readingsOf({ figure: direction.figure, ...where }, scope.scope, context), scope.isOpen),
      ),
      true,
    );
  });
}

function mark(readings: readonly Reading[], isOpen: boolean): Reading[] {
  return readings.map((reading) => (isOpen ? { ...reading, isAlternative: true } : reading));
}

/** Values that headings and earlier sentences have named: what comes may still be about them. */
function valuesBefore(earlier: readonly Sentence[], { profile }: View): NamedValue[] {
  return earlier
    .slice(-4)
    .flatMap((sentence) => findNames(sentence, profile))
    .filter((name): name is Extract<Name, { kind: "value" }> => name.kind === "value" && !name.isLoose)
    .map(({ choices, isLoose }) => ({ choices, isLoose, at: -1, isBase: false }));
}

type OpenScope = { readonly scope: Scope; readonly isOpen: boolean };

function withValuesBefore(scope: Scope, known: readonly NamedValue[]): OpenScope[] {
  if (known.length === 0 || scope.concepts.has("total") || scope.values.length > 0)
    return [{ scope, isOpen: false }];
  return [
    { scope, isOpen: true },
    ...known.map((value) => ({ scope: { ...scope, values: [value] }, isOpen: true })),
  ];
}

/** `costs fell`, where no figure says by how much. */
function directionFigure(
  { elements }: Chunk,
  { tokens }: Sentence,
  text: string,
): { figure: WrittenFigure; at: number } | undefined {
  if (elements.some(isNumber)) return undefined;
  const at = elements.findIndex((each) => isConcept(each, "up", "down"));
  const element = elements[at];
  if (element === undefined) return undefined;
  const [start, end] = [tokens[element.from]!.start, tokens[element.to - 1]!.end];
  const figure: WrittenFigure = {
    start,
    end,
    text: text.slice(start, end),
    form: "direction",
    value: 1,
    step: 1,
    roundedStep: 1,
    bound: "exact",
    scale: 1,
    decimalMark: ".",
    groupMark: "",
  };
  return { figure, at };
}

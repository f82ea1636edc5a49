import { citeCells, type LoadedTable } from "../ask/cite-cells.ts";
import { adjustForTests } from "./statistics/false-discovery.ts";
import { alpha, type Candidate, type Finding } from "./types.ts";

/** How often a kind was seen already lowers how much another one of it is worth reading. */
const again = 0.72;

/**
 * The findings that hold after adjusting for all tests of the file, best first: impact times significance, each pattern
 * once, and not one kind only. `pValues` are those of every test, found or not.
 */
export function rankFindings(
  candidates: readonly Candidate[],
  pValues: readonly number[],
  loaded: readonly LoadedTable[],
): Finding[] {
  const adjust = adjusterOf(pValues);
  const holding = candidates.flatMap((candidate): Scored[] => {
    const adjustedP = candidate.p === undefined ? undefined : adjust(candidate.p);
    if (adjustedP !== undefined && adjustedP > alpha) return [];
    return [{ candidate, adjustedP, score: candidate.impact * (1 - (adjustedP ?? 0)) }];
  });
  return inTurn(onceEach(holding)).map(({ best, others }) => finish(best, others, loaded));
}

type Scored = {
  readonly candidate: Candidate;
  readonly adjustedP: number | undefined;
  readonly score: number;
};
type Pattern = { readonly best: Scored; readonly others: readonly Scored[] };

/** What says the same is one pattern, of which the strongest is told. */
function onceEach(holding: readonly Scored[]): Pattern[] {
  const patterns: { readonly best: Scored; readonly others: Scored[] }[] = [];
  for (const each of [...holding].sort((one, two) => two.score - one.score)) {
    const same = patterns.find(({ best }) => isSame(best.candidate, each.candidate));
    if (same === undefined) patterns.push({ best: each, others: [] });
    else same.others.push(each);
  }
  return patterns;
}

/** Also true for the same sentence about a copy of the table, and for measures that all go together. */
function isSame(one: Candidate, two: Candidate): boolean {
  if (one.statement.text === two.statement.text) return true;
  if (one.table !== two.table) return false;
  if (one.kind === "correlation" && two.kind === "correlation")
    return one.columns.some((column) => two.columns.includes(column));
  return one.pattern === two.pattern;
}

function adjusterOf(pValues: readonly number[]): (p: number) => number {
  const adjusted = adjustForTests(pValues);
  const byP = new Map(pValues.map((p, index) => [p, adjusted[index]!]));
  return (p) => byP.get(p) ?? 1;
}

/** Takes the best each time, the score of a kind that was taken before lowered. */
function inTurn(patterns: readonly Pattern[]): Pattern[] {
  const taken = new Map<string, number>();
  const left = [...patterns];
  const order: Pattern[] = [];
  const worth = ({ best }: Pattern): number => best.score * again ** (taken.get(best.candidate.kind) ?? 0);
  while (left.length > 0) {
    const next = left.reduce((one, two) => (worth(two) > worth(one) ? two : one));
    left.splice(left.indexOf(next), 1);
    order.push({ ...next, best: { ...next.best, score: worth(next) } });
    const { kind } = next.best.candidate;
    taken.set(kind, (taken.get(kind) ?? 0) + 1);
  }
  return order;
}

function finish(
  { candidate, adjustedP, score }: Scored,
  others: readonly Scored[],
  loaded: readonly LoadedTable[],
): Finding {
  const { pattern: _, cells, ...own } = candidate;
  return {
    ...own,
    ...(adjustedP !== undefined && { adjustedP }),
    score,
    cells: cells !== undefined && cells.length > 0 ? cells : wholeColumns(candidate, loaded),
    also: alsoIn(candidate, others),
  };
}

function alsoIn(candidate: Candidate, others: readonly Scored[]): string[] {
  const names = others.flatMap(({ candidate: each }) =>
    each.kind === "correlation" ? each.columns.slice(0, 2) : each.columns.slice(0, 1),
  );
  const own =
    candidate.kind === "correlation" ? candidate.columns.slice(0, 2) : candidate.columns.slice(0, 1);
  return [...new Set(names)].filter((name) => !own.includes(name)).slice(0, 4);
}

function wholeColumns({ table, columns }: Candidate, loaded: readonly LoadedTable[]): string[] {
  const own = loaded.find(({ description }) => description.name === table);
  if (own === undefined) return [];
  const names = own.description.columns
    .filter(({ header }) => columns.length === 0 || columns.includes(header))
    .map(({ name }) => name);
  return citeCells(
    { columns: [], rows: [], isTruncated: false, isCompensated: true, reads: [{ table, columns: names }] },
    loaded,
  );
}

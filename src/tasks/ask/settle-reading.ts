import type { Json } from "../../json.ts";
import type { Calculation } from "./plan.ts";
import type { QuestionReading } from "./read-question.ts";

/** What running a calculation gave. */
export type Rows = { readonly rows: readonly (readonly Json[])[] };

/** A reading with its result, and every reason why it may not be the answer; none where it can be given. */
export type SettledReading<Result extends Rows> = {
  readonly result: Result;
  readonly doubts: readonly string[];
};

/**
 * Runs a reading and looks at what comes out: an answer is sure only where something was found and where every other
 * way to take the question gives the same.
 */
export async function settleReading<Result extends Rows>(
  reading: QuestionReading,
  run: (calculation: Calculation) => Promise<Result>,
): Promise<SettledReading<Result>> {
  const result = await run(reading.calculation);
  const doubts = [...reading.doubts];
  if (isNothing(result.rows)) doubts.push("nothing in the table fits");
  for (const alternative of reading.alternatives) {
    const other = await run(alternative);
    if (!saySame(result.rows, other.rows))
      doubts.push("the question can be taken in two ways that give different answers");
  }
  return { result, doubts: [...new Set(doubts)] };
}

/** No rows, or rows whose every cell is empty or says that nothing is known. */
function isNothing(rows: Rows["rows"]): boolean {
  return rows.every((row) =>
    row.every((cell) => cell === null || /^\s*(n\/?a|none|-+|–|—|―|unknown|\?)?\s*$/i.test(String(cell))),
  );
}

/** Compares what the rows are about, not the numbers beside it. */
function saySame(one: Rows["rows"], two: Rows["rows"]): boolean {
  const names = (rows: Rows["rows"]): string => JSON.stringify(rows.map((row) => row[0]));
  return names(one) === names(two);
}

import type { Calculation } from "./plan.ts";
import type { Profile } from "./profile.ts";
import {
  doubtAggregates,
  doubtExceptions,
  doubtMissingTimes,
  doubtUnsaidSum,
} from "./question/doubt-plan.ts";
import { withElapsed } from "./question/elapsed-column.ts";
import { leaveOutTotals } from "./question/leave-out-totals.ts";
import { type OpenQuestionOptions, openQuestion } from "./question/open-question.ts";
import { addOnce, find, type Question, unreadWords } from "./question/question.ts";
import { readBeside, takeBeside } from "./question/read-beside.ts";
import { readChange, readRunning, takeTimePair } from "./question/read-change.ts";
import { readComparing, takeCompared } from "./question/read-comparing.ts";
import { readComparisons, readRowNumber } from "./question/read-comparisons.ts";
import { readCount } from "./question/read-count.ts";
import { readExtreme } from "./question/read-extreme.ts";
import { readGrouping, takeKeys } from "./question/read-grouping.ts";
import { readGroupCount, readHaving } from "./question/read-having.ts";
import { readLookup } from "./question/read-lookup.ts";
import { readDone, readMissing, readTruths } from "./question/read-marks.ts";
import { readMeasure } from "./question/read-measure.ts";
import { readPair, takeValuePair } from "./question/read-pair.ts";
import { readPosition } from "./question/read-position.ts";
import { readSeveral } from "./question/read-several.ts";
import { asksForShare, readShare } from "./question/read-share.ts";
import { readSpan, takeSpan } from "./question/read-span.ts";
import { readTimes } from "./question/read-times.ts";
import { readValues } from "./question/read-values.ts";
import type { Conditioned, Shape } from "./question/shape.ts";
import { idleWords } from "./question/words.ts";
import { wideProfiles } from "./wide-table.ts";

/** A question as a calculation, how much of it was understood, and what had to be taken for granted. */
export type QuestionReading = {
  readonly calculation: Calculation;
  /** 0 to 1: the share of the telling words that the calculation accounts for. */
  readonly coverage: number;
  /** What the answer should say with it. */
  readonly assumptions: readonly string[];
  /** Why the calculation may not be what was asked. An answer is only given where there is none. */
  readonly doubts: readonly string[];
  /** Other ways to take the question; where one of them gives another answer, neither is sure. */
  readonly alternatives: readonly Calculation[];
};

/**
 * Reads a question without a model: its words are matched against the table's columns and values, and its form
 * (how many, which … most, the change from … to …) against a few patterns. Undefined when no pattern fits. A reading
 * with doubts is a guess, to be shown as one.
 */
export function readQuestion(
  text: string,
  profile: Profile,
  options: OpenQuestionOptions = {},
): QuestionReading | undefined {
  const wide = profile.unpivot === undefined ? wideProfiles(profile.table) : [];
  const readings = [profile, ...wide].flatMap((each) => {
    const reading = readOver(text, each, options);
    return reading === undefined || ignoresWide(reading.calculation, each) ? [] : [reading];
  });
  return readings.sort((a, b) => a.doubts.length - b.doubts.length || b.coverage - a.coverage)[0];
}

/** True for plans that add up a whole wide table without a word of its rows or times: anything would be read so. */
function ignoresWide(calculation: Calculation, { unpivot }: Profile): boolean {
  if (unpivot === undefined || "op" in calculation) return false;
  const { where = [], groupBy = [], show = [] } = calculation;
  return (
    where.every(({ column }) => column === unpivot.value) &&
    groupBy.length === 0 &&
    !show.includes(unpivot.name)
  );
}

function readOver(text: string, profile: Profile, options: OpenQuestionOptions): QuestionReading | undefined {
  const question = withElapsed(openQuestion(text, profile, options));
  if (profile.isSeries === true && !namesSeries(question)) return undefined;
  const shape = readShape(question);
  if (shape === undefined) return undefined;
  const withoutTotals = (calculation: Calculation): Calculation =>
    "op" in calculation
      ? {
          ...calculation,
          left: leaveOutTotals(question, calculation.left),
          right: leaveOutTotals(question, calculation.right),
        }
      : leaveOutTotals(question, calculation);
  const calculation = withoutTotals(shape.calculation);
  doubtExceptions(question, calculation);
  doubtAggregates(question, calculation);
  doubtUnsaidSum(question, calculation);
  doubtMissingTimes(question, calculation);
  const unread = unreadWords(question);
  for (const word of unread) addOnce(question.doubts, `“${word}” was not understood`);
  const telling = question.tokens.filter(({ text: word }) => !idleWords.has(word)).length;
  return {
    calculation,
    coverage: telling === 0 ? 0 : 1 - unread.length / telling,
    assumptions: question.assumptions,
    doubts: question.doubts,
    alternatives: (shape.alternatives ?? []).map(withoutTotals),
  };
}

function namesSeries({ columns, profile }: Question): boolean {
  return columns.some((mention) =>
    mention.columns.some(({ column }) => column.name === profile.unpivot?.value),
  );
}

function readShape(question: Question): Shape | undefined {
  doubtTruthQuestions(question);
  // What sets two things against each other is taken first: afterwards every value and time is a condition.
  const span = takeSpan(question);
  const beside = takeBeside(question);
  const timePair = takeTimePair(question);
  const compared = timePair === undefined ? takeCompared(question) : undefined;
  const valuePair = (timePair ?? compared) === undefined ? takeValuePair(question) : undefined;
  const isShare = asksForShare(question);
  readMissing(question);
  readRowNumber(question);
  const comparisons = readComparisons(question);
  readTimes(question);
  readValues(question);
  const keys = isShare ? [] : takeKeysLast(question);
  readTruths(question);
  if (timePair === undefined) readDone(question);
  const conditioned: Conditioned = { question, comparisons };
  if (span !== undefined) return readSpan(conditioned, span);
  if (beside !== undefined) return readBeside(conditioned, beside);
  if (valuePair !== undefined) return readPair(conditioned, valuePair);
  if (compared !== undefined) return readComparing(conditioned, compared, keys);
  const special = isShare ? readShare(conditioned) : undefined;
  if (special !== undefined) return special;
  if (keys.length > 0) return readGrouping(conditioned, keys);
  return (
    readChange(conditioned, timePair) ??
    readRunning(conditioned) ??
    readGroupCount(conditioned) ??
    readHaving(conditioned) ??
    readSeveral(conditioned, []) ??
    readExtreme(conditioned) ??
    readPosition(conditioned) ??
    readCount(conditioned) ??
    readMeasure(conditioned) ??
    readLookup(conditioned)
  );
}

/** Keys of plain groupings; those of changes and running totals are left for their readers. */
function takeKeysLast(question: Question): ReturnType<typeof takeKeys> {
  const isSeries = find(
    question,
    /\b(?:change|changed|growth|grow|grew|increase|decrease|running total|cumulative|running sum)\b/,
  );
  return isSeries === undefined ? takeKeys(question) : [];
}

/** `is there …`, `did … win`: a yes or no, which no calculation gives. */
function doubtTruthQuestions(question: Question): void {
  const isAsked = /^(is|are|was|were|do|does|did|has|have|had|can|could|should|will)$/.test(
    question.tokens[0]?.text ?? "",
  );
  const open = find(question, /\b(?:what|which|who|when|where|how|whose)\b/);
  if (isAsked && open === undefined) addOnce(question.doubts, "it is a question to be answered by yes or no");
}

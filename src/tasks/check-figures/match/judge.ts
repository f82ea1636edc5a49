import type { Json } from "../../../json.ts";
import { describeCalculation } from "../../ask/describe-plan.ts";
import type { Plan } from "../../ask/plan.ts";
import type { Finding, WrittenFigure } from "../types.ts";
import { holds } from "./compare.ts";
import type { Evaluator } from "./evaluate.ts";
import { isSlip } from "./is-slip.ts";
import type { Reading } from "./reading.ts";
import { mayBeChange } from "./reading-doubts.ts";
import { showLike, writeLike } from "./write-like.ts";

/** What the workbooks say about a figure; the place is the caller's. */
export type Judgement = Omit<Finding, "figure" | "place" | "value">;

/** The note of figures that no table has words for. */
export const nothingSpeaks: string = "nothing in the workbooks speaks of it";

type Computed = {
  readonly reading: Reading;
  readonly value: number;
  readonly holds: boolean;
  readonly shown: string;
  readonly doubts: readonly string[];
};

/** How much a doubt weighs against a word more that is understood. */
const doubtWeight = 1.5;

/**
 * Computes every reading and compares. Confirmed by a reading whose words fit; contradicted only where all of the best
 * readings are without doubt and none holds.
 */
export async function judge(
  figure: WrittenFigure,
  readings: readonly Reading[],
  evaluator: Evaluator,
): Promise<Judgement> {
  if (readings.length === 0) return { verdict: "unsupported", cells: [], note: nothingSpeaks };
  const computed: Computed[] = [];
  for (const reading of readings) {
    const found = await compute(figure, reading, evaluator);
    if (found !== undefined) computed.push(found);
  }
  const best = bestOf(computed);
  const [first] = best;
  if (first === undefined)
    return { verdict: "unsupported", cells: [], note: "the workbooks have no rows for it" };
  const fit = best.find((each) => each.holds && isEnough(figure, each));
  if (fit !== undefined && best.some((each) => !each.holds && isRival(figure, each.reading, fit.reading)))
    return finish(figure, first, "unsupported", evaluator, "not sure: tables say different things of it");
  if (fit !== undefined) return finish(figure, fit, "confirmed", evaluator, howRead(fit, best));
  // Another table may understand more of the words, though not all.
  const isOwnTable = computed.every(
    ({ reading: { matched, profile } }) =>
      matched <= first.reading.matched || profile.table.name === first.reading.profile.table.name,
  );
  const isSure =
    isOwnTable && best.every(({ doubts, reading }) => doubts.length === 0 && !reading.isAlternative);
  if (isSure && best.every((each) => !each.holds)) return finish(figure, first, "contradicted", evaluator);
  const slip = slipOf(figure, best);
  if (slip !== undefined && isOwnTable && computed.every((each) => !each.holds))
    return finish(figure, slip, "contradicted", evaluator, "written almost as the value is");
  return finish(figure, first, "unsupported", evaluator, whyNot(best));
}

/** The reading whose value the figure is a slip of the pen of, where only unexplained words speak against it. */
function slipOf(figure: WrittenFigure, best: readonly Computed[]): Computed | undefined {
  const [first] = best;
  if (first === undefined || figure.digits === undefined) return undefined;
  const isClear = best.every(
    ({ doubts, reading, value }) =>
      reading.role !== "rank" &&
      !reading.isAlternative &&
      doubts.length === (reading.unreadDoubts ?? 0) &&
      isSlip(writeLike(figure, figure.value), writeLike(figure, value)),
  );
  return isClear ? first : undefined;
}

async function compute(
  figure: WrittenFigure,
  reading: Reading,
  evaluator: Evaluator,
): Promise<Computed | undefined> {
  if (reading.role === "rank") return computeRank(figure, reading, evaluator);
  const found = await evaluator.value(reading.calculation);
  if (found === undefined) return undefined;
  const signed = found * reading.factor;
  const value = reading.isUnsigned === true ? Math.abs(signed) : signed;
  const doubts = [...reading.doubts];
  if (reading.oneRow !== undefined && (await evaluator.value(reading.oneRow)) !== 1)
    doubts.push(`${reading.measure?.column.name} is averaged`);
  const fitted = await fitFor(figure, reading, value, evaluator);
  return {
    reading: fitted === undefined ? reading : { ...reading, isAlternative: true },
    value: fitted ?? value,
    holds: fitted !== undefined || holds(figure, value),
    shown: shownOf(figure, reading, fitted ?? value),
    doubts,
  };
}

/** Where a fall was said of what rose, the sign of the rise. */
function shownOf(figure: WrittenFigure, { factor, role }: Reading, value: number): string {
  const isTurned = factor < 0 && value < 0 && (role === "change" || role === "comparison");
  if (!isTurned) return showLike(figure, value);
  return `${figure.form === "direction" ? "" : "+"}${showLike(figure, -value)}`;
}

/** Sheets keep costs below zero, and thousands or millions without saying so; such a value is the same. */
async function fitFor(
  figure: WrittenFigure,
  { calculation, measure, profile, role }: Reading,
  value: number,
  evaluator: Evaluator,
): Promise<number | undefined> {
  if (holds(figure, value) || figure.form !== "number" || measure === undefined || role === "count")
    return undefined;
  const main = "op" in calculation ? calculation.left : calculation;
  const isStatement =
    profile.unpivot !== undefined &&
    (!("op" in calculation) || calculation.op === "difference") &&
    ((await evaluator.value(main)) ?? 0) < 0;
  const isUnsaid = measure.column.unit === undefined && (figure.scale > 1 || figure.currency !== undefined);
  const factors = [
    ...(isStatement ? [-1] : []),
    ...(isUnsaid ? [1e3, 1e6] : []),
    ...(isStatement && isUnsaid ? [-1e3, -1e6] : []),
  ];
  return factors.map((factor) => value * factor).find((each) => holds(figure, each));
}

/** The place of a group: equals share it. */
async function computeRank(
  figure: WrittenFigure,
  reading: Reading,
  evaluator: Evaluator,
): Promise<Computed | undefined> {
  const rows = (await evaluator.rows(reading.calculation as Plan)).filter(
    ([name, value]) => name !== null && value !== null,
  );
  const isOwn = ([name]: readonly Json[]): boolean => reading.group?.includes(String(name)) ?? false;
  const own = rows.find(isOwn);
  if (own === undefined || rows.length < 2) return undefined;
  const amount = Number(own[1]);
  const isFromBelow = figure.value < 0;
  const ahead = rows.filter(([, value]) =>
    isFromBelow ? Number(value) < amount : Number(value) > amount,
  ).length;
  const value = (ahead + 1) * (isFromBelow ? -1 : 1);
  const leader = rows.at(isFromBelow ? -1 : 0)!;
  const order = isFromBelow ? " from below" : "";
  return {
    reading,
    value,
    holds: value === figure.value,
    shown: `number ${ahead + 1} of ${rows.length}${order}; number 1 is ${String(leader[0])} with ${showLike({ ...figure, form: "number" }, Number(leader[1]))}`,
    doubts: reading.doubts,
  };
}

function bestOf(computed: readonly Computed[]): Computed[] {
  const score = ({ reading, doubts }: Computed): number => reading.matched - doubtWeight * doubts.length;
  const top = Math.max(...computed.map(score));
  return computed.filter((each) => score(each) === top);
}

/**
 * True where another table speaks of it as well, in more of the words themselves (`Umsatzerlöse` are no `Umsatz` of another
 * table), or where the number is so short that it may agree by chance.
 */
function isRival(figure: WrittenFigure, other: Reading, fit: Reading): boolean {
  if (other.profile.table.name === fit.profile.table.name) return false;
  return (other.alike ?? 0) < (fit.alike ?? 0) || (figure.digits !== undefined && digitsOf(figure) < 3);
}

/** Digits that say something: without zeros at either end. */
function digitsOf({ text }: WrittenFigure): number {
  return text.replace(/\D/g, "").replace(/^0+/, "").replace(/0+$/, "").length;
}

/** With words left that nothing explains, only a number of many digits is no chance; a change needs its direction. */
function isEnough(figure: WrittenFigure, { doubts, reading }: Computed): boolean {
  if (reading.isUnsigned === true && reading.isDistance !== true) return false;
  if (doubts.length === 0) return true;
  if (doubts.includes(mayBeChange)) return false;
  return figure.form !== "direction" && digitsOf(figure) >= 3 && reading.matched >= 2;
}

function howRead({ doubts, reading }: Computed, best: readonly Computed[]): string | undefined {
  const others = best.filter((each) => !each.holds).length;
  const several =
    reading.isAlternative || others > 0 ? [`read as ${describeCalculation(reading.calculation)}`] : [];
  const notes = [...several, ...doubts];
  return notes.length === 0 ? undefined : notes.join("; ");
}

function whyNot(best: readonly Computed[]): string {
  const [first] = best;
  if (first?.holds === true && first.reading.isUnsigned === true && first.reading.isDistance !== true)
    return "not sure: no known word says whether it went up or down";
  const doubts = [...new Set(best.flatMap((each) => each.doubts))];
  if (doubts.length > 0) return `not sure: ${doubts.slice(0, 2).join("; ")}`;
  const read = best
    .slice(0, 3)
    .map(({ reading, shown }) => `${describeCalculation(reading.calculation)}: ${shown}`);
  return `it may be read in ${best.length} ways, none of which gives this: ${first === undefined ? "" : read.join("; ")}`;
}

async function finish(
  figure: WrittenFigure,
  { reading, value, shown }: Computed,
  verdict: Finding["verdict"],
  evaluator: Evaluator,
  note?: string,
): Promise<Judgement> {
  const { query, cells, workbook } = await evaluator.source(reading.calculation);
  const isMendable =
    verdict === "contradicted" &&
    figure.digits !== undefined &&
    value >= 0 === figure.value >= 0 &&
    reading.role !== "rank";
  return {
    role: figure.form === "direction" ? "direction" : reading.role,
    verdict,
    computed: value,
    shown,
    cells,
    query,
    calculation: reading.calculation,
    computes: describeCalculation(reading.calculation),
    ...(workbook !== undefined && { workbook }),
    ...(note !== undefined && { note }),
    ...(isMendable && { shouldBe: writeLike(figure, value), digits: figure.digits }),
  };
}

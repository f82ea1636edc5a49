import type { Filter } from "../../ask/plan.ts";
import type { Period } from "../../ask/question/periods.ts";
import { wholeMonths } from "../../ask/question/periods.ts";
import { concretePeriods, type DaysPeriod, earlier, periodFilters, type TableTime } from "./periods.ts";
import type { BaseShift, Scope } from "./scope.ts";

/** The rows of a time, and of the one it is compared with. */
export type Times = {
  readonly main: readonly Filter[];
  readonly base?: readonly Filter[];
  readonly doubts: readonly string[];
  /** Others are as good. */
  readonly isAlternative: boolean;
};

export type TimeContext = {
  readonly time: TableTime | undefined;
  /** Names of the table, its sheet and its file, which may say a year. */
  readonly names: string;
  /** Times that headings and sentences before have named. */
  readonly said: readonly Period[];
};

type Meant = { readonly main?: Period; readonly base?: Period; readonly doubts: readonly string[] };

/** What times a scope may mean in a table; empty where the table can't tell them. */
export function timesOf(scope: Scope, isCompared: boolean, context: TimeContext, local?: Period): Times[] {
  const meant = meantPeriods(scope, isCompared, local);
  const { time } = context;
  if (time === undefined)
    return isCompared && meant.base === undefined && scope.shift === undefined
      ? []
      : withoutTime(meant, isCompared, context);
  if (meant.main === undefined) return withoutPeriod(scope, meant, isCompared, context, time);
  const years = context.said.flatMap((period) =>
    period.kind === "days" ? Number(period.from.slice(0, 4)) : [],
  );
  const baseYear = meant.base?.kind === "days" ? [Number(meant.base.from.slice(0, 4))] : [];
  const mains = concretePeriods(meant.main, time, [
    ...years,
    ...(meant.main.kind === "month-of-year" ? baseYear : []),
  ]);
  const found = mains.flatMap((main) => timesFor(main, scope, meant, isCompared, time));
  return mains.length > 1 ? found.map((each) => ({ ...each, isAlternative: true })) : found;
}

function withoutTime({ main }: Meant, isCompared: boolean, { names }: TimeContext): Times[] {
  if (isCompared) return [];
  if (main === undefined) return [{ main: [], doubts: [], isAlternative: false }];
  const year = main.kind === "days" ? main.from.slice(0, 4) : undefined;
  const isNamed = year !== undefined && main.kind === "days" && main.grain === "year" && names.includes(year);
  return [
    {
      main: [],
      doubts: isNamed ? [] : ["the table does not say when its rows are from"],
      isAlternative: false,
    },
  ];
}

/** Without a time all rows are meant, or those of a time that was said before. */
function withoutPeriod(
  scope: Scope,
  meant: Meant,
  isCompared: boolean,
  context: TimeContext,
  time: TableTime,
): Times[] {
  if (isCompared) return nextToBase(scope, meant, context, time);
  const all: Times = { main: [], doubts: meant.doubts, isAlternative: false };
  const said = context.said.flatMap((period) => {
    const found = periodFilters(period, time);
    return found === undefined ? [] : [{ main: found.filters, doubts: found.doubts, isAlternative: true }];
  });
  if (said.length === 0 || scope.concepts.has("total")) return [all];
  return [...said, { ...all, isAlternative: true }];
}

/** `Compared with 2024 …`: the year behind it, where the table ends with that. */
function nextToBase(scope: Scope, { base }: Meant, { said }: TimeContext, time: TableTime): Times[] {
  const last =
    time.form === "date" ? Number(time.to.slice(0, 4)) : time.form === "year" ? time.years[1] : undefined;
  const isYear = base?.kind === "days" && base.grain === "year";
  if (isYear && last === Number(base.from.slice(0, 4)) + 1)
    return timesFor(wholeMonths(last, 1, 12, "year"), scope, { base, doubts: [] }, true, time);
  return said.flatMap((period) =>
    timesFor(period, scope, { ...(base && { base }), doubts: ["the time was said before"] }, true, time).map(
      (each) => ({ ...each, isAlternative: true }),
    ),
  );
}

function timesFor(main: Period, scope: Scope, meant: Meant, isCompared: boolean, time: TableTime): Times[] {
  const own = periodFilters(main, time);
  if (own === undefined) return [];
  const doubts = [...meant.doubts, ...own.doubts];
  if (!isCompared) return [{ main: own.filters, doubts, isAlternative: false }];
  const bases = basesOf(main, scope, meant, time);
  return bases.flatMap((base): Times[] => {
    const other = periodFilters(base, time);
    if (other === undefined) return [];
    return [
      {
        main: own.filters,
        base: other.filters,
        doubts: [...doubts, ...other.doubts],
        isAlternative: bases.length > 1,
      },
    ];
  });
}

function basesOf(main: Period, { shift }: Scope, { base }: Meant, time: TableTime): Period[] {
  if (base !== undefined) {
    if (base.kind !== "month-of-year" || main.kind !== "days" || time.form !== "date") return [base];
    // `rose in March over February`: the last February before.
    const year = Number(main.from.slice(0, 4));
    const month = Number(main.from.slice(5, 7));
    const first = base.months[0]!;
    return [
      wholeMonths(
        first < month ? year : year - 1,
        first,
        base.months.at(-1)!,
        base.months.length > 1 ? "quarter" : "month",
      ),
    ];
  }
  if (main.kind === "month-of-year") return monthBefore(main.months, shift);
  if (main.kind !== "days") return [];
  if (shift !== undefined) return [earlier(main, shift)];
  if (main.grain === "year") return [earlier(main, "itself")];
  return [earlier(main, "itself"), earlier(main, "year")].filter((each) => isIn(each, time));
}

function monthBefore(months: readonly number[], shift: BaseShift | undefined): Period[] {
  if (shift === "year") return [];
  const moved = months.map((month) => month - months.length);
  return moved.some((month) => month < 1) ? [] : [{ kind: "month-of-year", months: moved }];
}

function isIn(period: DaysPeriod, time: TableTime): boolean {
  const found = periodFilters(period, time);
  return found !== undefined && found.doubts.length === 0;
}

/** The time that is spoken of and the one it is compared with, as the words say it. */
function meantPeriods({ periods }: Scope, isCompared: boolean, local: Period | undefined): Meant {
  const base = periods.find(({ isBase }) => isBase)?.period;
  const mains =
    local === undefined
      ? joined(periods.filter(({ isBase }) => !isBase).map(({ period }) => period))
      : [local];
  const [one, two] = mains;
  if (one === undefined) return { ...(base && { base }), doubts: [] };
  if (two === undefined) return { main: one, ...(base && { base }), doubts: [] };
  if (isCompared && base === undefined && mains.length === 2) {
    const isOrdered = one.kind === "days" && two.kind === "days" && one.from > two.from;
    return isOrdered ? { main: one, base: two, doubts: [] } : { main: two, base: one, doubts: [] };
  }
  return { main: one, ...(base && { base }), doubts: ["several times are named"] };
}

/** `in March, … of 2025` is March 2025. */
function joined(periods: readonly Period[]): Period[] {
  const [one, two] = periods;
  if (one === undefined || two === undefined || periods.length > 2) return [...periods];
  if (JSON.stringify(one) === JSON.stringify(two)) return [one];
  const year = [one, two].find((each) => each.kind === "days" && each.grain === "year");
  const month = [one, two].find((each) => each.kind === "month-of-year");
  if (year?.kind !== "days" || month?.kind !== "month-of-year") return [...periods];
  return [
    wholeMonths(
      Number(year.from.slice(0, 4)),
      month.months[0]!,
      month.months.at(-1)!,
      month.months.length > 1 ? "quarter" : "month",
    ),
  ];
}

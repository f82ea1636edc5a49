import type { Json } from "../../json.ts";

/** A time on an axis: where it comes, and how people write it. */
export type Period = { readonly order: number; readonly label: string };

/** How far apart the times of an axis are. */
export type PeriodStep = "year" | "quarter" | "month" | "day" | "moment";

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const forms: Readonly<Record<PeriodStep, RegExp>> = {
  year: /^(?:1[5-9]|2[01])\d\d$/,
  quarter: /^\d{4}-Q[1-4]$/,
  month: /^\d{4}-(?:0[1-9]|1[0-2])$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  moment: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/,
};

/** What all these values are, where they are times: years, quarters (`2024-Q1`), months (`2024-03`), days or moments. */
export function periodStep(values: readonly Json[]): PeriodStep | undefined {
  const texts = values.filter((value) => value !== null).map(String);
  if (texts.length === 0) return undefined;
  const found = (Object.keys(forms) as PeriodStep[]).find((step) =>
    texts.every((text) => forms[step].test(text)),
  );
  return found === "day" ? stepOfDays(new Set(texts)) : found;
}

/** The first days of months, or the last ones, stand for their months: so are they kept in sheets. */
function stepOfDays(days: ReadonlySet<string>): PeriodStep {
  if (days.size < 2) return "day";
  const all = [...days];
  const areFirst = all.every((day) => day.endsWith("-01"));
  if (areFirst && all.every((day) => day.endsWith("-01-01"))) return "year";
  const isLast = (day: string): boolean =>
    new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).getUTCDate() === 1;
  return areFirst || all.every(isLast) ? "month" : "day";
}

/**
 * Where a time comes (years, quarters and months counted one by one; days and moments in milliseconds) and how it is
 * written: `Mar 2024`.
 */
export function periodOf(value: Json, step: PeriodStep): Period {
  const text = String(value);
  const year = Number(text.slice(0, 4));
  switch (step) {
    case "year":
      return { order: year, label: text.slice(0, 4) };
    case "quarter":
      return numbered(year * 4 + Number(text.slice(-1)) - 1, step);
    case "month":
      return numbered(year * 12 + Number(text.slice(5, 7)) - 1, step);
    case "day":
      return { order: Date.parse(`${text}T00:00Z`), label: dayLabel(text) };
    case "moment":
      return {
        order: Date.parse(`${text.replace(" ", "T")}Z`),
        label: `${dayLabel(text)} ${text.slice(11, 16)}`,
      };
    default:
      return step satisfies never;
  }
}

/** The year, quarter or month of a number that `periodOf` gave. */
export function numbered(order: number, step: "year" | "quarter" | "month"): Period {
  if (step === "year") return { order, label: String(order) };
  if (step === "quarter") return { order, label: `Q${(order % 4) + 1} ${Math.floor(order / 4)}` };
  return { order, label: `${monthNames[order % 12]} ${Math.floor(order / 12)}` };
}

function dayLabel(text: string): string {
  return `${Number(text.slice(8, 10))} ${monthNames[Number(text.slice(5, 7)) - 1]} ${text.slice(0, 4)}`;
}

import { periodOf } from "../ask/chart-periods.ts";
import type { Grain } from "./time-grain.ts";

const seasonsOf: Readonly<Partial<Record<Grain, readonly string[]>>> = {
  month: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  quarter: ["the first quarter", "the second quarter", "the third quarter", "the fourth quarter"],
  day: [
    "on Mondays",
    "on Tuesdays",
    "on Wednesdays",
    "on Thursdays",
    "on Fridays",
    "on Saturdays",
    "on Sundays",
  ],
};

/** A period as people write it: `Mar 2024`, `Q1 2024`, `the week of 4 Mar 2024`. */
export function periodName(period: string, grain: Grain): string {
  if (grain === "month-name") return period;
  if (grain === "week") return `the week of ${periodOf(period, "day").label}`;
  return periodOf(period, grain).label;
}

/** What one period is called: `month`. */
export function grainNoun(grain: Grain): string {
  return grain === "month-name" ? "month" : grain;
}

/** How a season reads in a sentence: `in December`, `on Mondays`. */
export function seasonName(season: number, grain: Grain): string {
  const name = seasonsOf[grain]?.[season] ?? "";
  return grain === "day" ? name : `in ${name}`;
}

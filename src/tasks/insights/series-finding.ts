import type { Series } from "./read-series.ts";
import type { Piece } from "./statement.ts";
import type { Study } from "./study-series.ts";
import { measureName } from "./subjects.ts";
import type { Candidate } from "./types.ts";

/** A finding of a series before it is known which table it is of. */
export type Found = Omit<Candidate, "table">;

/**
 * Smaller effects are not told however sure they are: months have 28 to 31 days, and long tables make everything
 * significant. As parts of the level.
 */
export const leastEffect = { trend: 0.1, step: 0.05, season: 0.15, outlier: 0.1 };

/** What all findings of a series have in common. */
export function base({
  measure,
  axis,
  within,
  values,
  query,
  cells,
}: Series): Pick<Found, "columns" | "n" | "query" | "cells"> {
  return {
    ...(cells !== undefined && { cells }),
    columns: [measure.name, axis.column, ...(within === undefined ? [] : [within.column])],
    n: values.length,
    query,
  };
}

/** What is named in a finding, the only group it is about included. */
export function namesOf({ within }: Series, names: Readonly<Record<string, string>>): Record<string, string> {
  return { ...names, ...(within !== undefined && { within: within.value }) };
}

/** `Amount of North`. */
export function subject({ measure, within }: Series): Piece[] {
  const name: Piece = { name: measureName(measure) };
  return within === undefined ? [name] : [name, " of ", { name: within.value }];
}

/** `line`, or the period of the step. */
export function baselineName({ periods }: Series, { season }: Pick<Study, "season">): string {
  const { baseline = "line" } = season ?? {};
  return baseline === "line" ? baseline : periods[baseline]!;
}

/** What holds for a part of the table only counts less. */
export function weigh({ share, measure }: Series, strength: number): number {
  return strength * measure.weight * Math.sqrt(share);
}

/** A stretch of time from `start` up to, but not with, `end`. */
export type Interval = { readonly start: Date; readonly end: Date };

/** The same in milliseconds, for counting. */
export type Stretch = { readonly start: number; readonly end: number };

/** Stretches in order, those that touch or overlap as one, and only what lies between `from` and `to`. */
export function mergeStretches(stretches: readonly Stretch[], from: number, to: number): Stretch[] {
  const clipped = stretches
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const one of clipped) {
    const last = merged.at(-1);
    if (last !== undefined && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else merged.push({ ...one });
  }
  return merged;
}

/** A stretch of time in milliseconds, from `start` up to, but not with, `end`. */
export type Stretch = { readonly start: number; readonly end: number };

/** In order, with those that touch as one. */
export function unite(stretches: readonly Stretch[]): Stretch[] {
  const united: { start: number; end: number }[] = [];
  for (const one of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = united.at(-1);
    if (one.end <= one.start) continue;
    if (last !== undefined && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else united.push({ start: one.start, end: one.end });
  }
  return united;
}

/** What is in both. Both must be united. */
export function intersect(first: readonly Stretch[], second: readonly Stretch[]): Stretch[] {
  const common: Stretch[] = [];
  for (let a = 0, b = 0; a < first.length && b < second.length; ) {
    const [one, other] = [first[a], second[b]];
    if (one === undefined || other === undefined) break;
    const [start, end] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
    if (start < end) common.push({ start, end });
    if (one.end < other.end) a++;
    else b++;
  }
  return common;
}

/** What is in the first and not in the second. Both must be united. */
export function subtract(first: readonly Stretch[], second: readonly Stretch[]): Stretch[] {
  const gaps: Stretch[] = [];
  let start = Number.NEGATIVE_INFINITY;
  for (const one of second) {
    gaps.push({ start, end: one.start });
    start = one.end;
  }
  return intersect(first, [...gaps, { start, end: Number.POSITIVE_INFINITY }]);
}

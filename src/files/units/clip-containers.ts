import type { CodedTarget, CodedText, SpanCode } from "./types.ts";

/** A stretch of target text that a span covers. */
export type Stretch = { readonly id: string; readonly start: number; readonly end: number };

/**
 * The target's stretches of links and containers, made to nest as in the source: one that holds another covers it, two
 * that are apart in the source are apart, and one that can't be copied has one stretch. A sentence where that can't be.
 */
export function clipContainers(source: CodedText, target: CodedTarget): Stretch[] | string {
  const containers = source.spans.filter(({ kind }) => kind !== "format");
  if (containers.length === 0) return [];
  const parents = parentsOf(containers);
  const stretches = Map.groupBy(target.spans, ({ id }) => id);
  const wanted = new Map(containers.map(({ id }) => [id, merged(stretches.get(id) ?? [], target.text)]));
  for (const span of containers.toReversed()) coverInner(span, parents.get(span), wanted);
  const kept = new Map<SpanCode, readonly Stretch[]>();
  for (const span of byDepth(containers, parents)) {
    const outer = parents.get(span);
    const within = outer && kept.get(outer)!;
    const apart = [...kept].flatMap(([other, taken]) => (areApart(span, other) ? taken : []));
    const own = wanted
      .get(span.id)!
      .flatMap((each) => (within === undefined ? [each] : within.flatMap((limit) => common(each, limit))))
      .flatMap((each) => cutOut(each, apart));
    if (own.length === 0) return `${span.kind} ${span.id} covers no text`;
    if (!span.canCopy && own.length > 1) return `${span.kind} ${span.id} is in several pieces`;
    kept.set(span, own);
  }
  return [...kept.values()].flat();
}

/** Widens the stretches around `span` so that they cover its own. */
function coverInner(span: SpanCode, outer: SpanCode | undefined, wanted: Map<string, Stretch[]>): void {
  const own = wanted.get(span.id)!;
  const whole = span.canCopy ? own : longest(own);
  wanted.set(span.id, whole);
  if (outer === undefined || whole.length === 0) return;
  const all = [...wanted.get(outer.id)!, ...whole.map((each) => ({ ...each, id: outer.id }))];
  wanted.set(outer.id, outer.canCopy ? join(all) : hull(all));
}

/** The innermost container around each, by the order of the source: an outer one stands before those in it. */
function parentsOf(containers: readonly SpanCode[]): Map<SpanCode, SpanCode | undefined> {
  const open: SpanCode[] = [];
  return new Map(
    containers.map((span) => {
      while (open.length > 0 && !(open.at(-1)!.start <= span.start && span.end <= open.at(-1)!.end))
        open.pop();
      const outer = open.at(-1);
      open.push(span);
      return [span, outer];
    }),
  );
}

function areApart(a: SpanCode, b: SpanCode): boolean {
  return a.end <= b.start || b.end <= a.start;
}

function merged(stretches: readonly Stretch[], text: string): Stretch[] {
  return join(
    stretches
      .map(({ id, start, end }) => ({ id, start: Math.max(0, start), end: Math.min(text.length, end) }))
      .filter(({ start, end }) => start < end),
  );
}

/** Stretches of one span in order, those that touch made one. */
function join(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const each of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last === undefined || last.end < each.start) out.push(each);
    else out[out.length - 1] = { ...last, end: Math.max(last.end, each.end) };
  }
  return out;
}

function longest(stretches: readonly Stretch[]): Stretch[] {
  return stretches.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, 1);
}

/** Outer ones first; among those of one depth first the ones that can't be copied, which must keep what they have. */
function byDepth(
  containers: readonly SpanCode[],
  parents: ReadonlyMap<SpanCode, SpanCode | undefined>,
): SpanCode[] {
  const depths = new Map<SpanCode, number>();
  for (const span of containers) depths.set(span, (depths.get(parents.get(span)!) ?? -1) + 1);
  return containers.toSorted(
    (a, b) => depths.get(a)! - depths.get(b)! || Number(a.canCopy) - Number(b.canCopy),
  );
}

function hull(stretches: readonly Stretch[]): Stretch[] {
  if (stretches.length < 2) return [...stretches];
  const start = Math.min(...stretches.map((each) => each.start));
  return [{ id: stretches[0]!.id, start, end: Math.max(...stretches.map((each) => each.end)) }];
}

function common(stretch: Stretch, limit: Stretch): Stretch[] {
  const start = Math.max(stretch.start, limit.start);
  const end = Math.min(stretch.end, limit.end);
  return start < end ? [{ id: stretch.id, start, end }] : [];
}

/** What is left of a stretch when others are cut out of it. */
export function cutOut(stretch: Stretch, others: readonly Stretch[]): Stretch[] {
  let left: Stretch[] = [stretch];
  for (const { start, end } of others)
    left = left.flatMap((each) => {
      if (end <= each.start || each.end <= start) return [each];
      const parts: Stretch[] = [];
      if (each.start < start) parts.push({ ...each, end: start });
      if (end < each.end) parts.push({ ...each, start: end });
      return parts;
    });
  return left;
}

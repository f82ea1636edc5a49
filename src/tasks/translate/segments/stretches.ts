import type { CodedText } from "../../../files/units/types.ts";

/** A stretch of target text that a span covers. */
export type Stretch = { readonly id: string; readonly start: number; readonly end: number };

/** Stretches in the order of their source spans, those of one span that touch made one, empty ones left out. */
export function orderedStretches(source: CodedText, stretches: readonly Stretch[]): Stretch[] {
  const order = new Map(source.spans.map(({ id }, index) => [id, index]));
  const place = ({ id }: Stretch): number => order.get(id) ?? order.size;
  const out: Stretch[] = [];
  for (const each of stretches.toSorted((a, b) => place(a) - place(b) || a.start - b.start)) {
    if (each.start >= each.end) continue;
    const last = out.at(-1);
    if (last?.id !== each.id || last.end < each.start) out.push(each);
    else out[out.length - 1] = { ...last, end: Math.max(last.end, each.end) };
  }
  return out;
}

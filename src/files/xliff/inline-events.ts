/** A stretch of text under a code. */
export type InlineStretch = { readonly id: string; readonly start: number; readonly end: number };

export type InlineEvent =
  | { readonly kind: "open" | "close"; readonly offset: number; readonly stretch: InlineStretch }
  | { readonly kind: "atom"; readonly offset: number; readonly id: string };

/**
 * Starts and ends of stretches and atoms in the order in which they are written. Of an atom at a stretch's edge `within`
 * says whether it stands inside; atoms keep their order.
 */
export function inlineEvents(
  stretches: readonly InlineStretch[],
  atoms: readonly { readonly id: string; readonly offset: number }[],
  within: ReadonlyMap<string, string>,
): InlineEvent[] {
  const offsets = new Set<number>(atoms.map(({ offset }) => offset));
  for (const { start, end } of stretches) offsets.add(start).add(end);
  const events: InlineEvent[] = [];
  let open: InlineStretch[] = [];
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    const closing = open.filter(({ end }) => end === offset).reverse();
    const opening = stretches.filter(({ start }) => start === offset);
    const here = atoms.filter((atom) => atom.offset === offset);
    const isIn = (some: readonly InlineStretch[], id: string): boolean =>
      some.some((stretch) => stretch.id === within.get(id));
    const firstOut = here.findIndex(({ id }) => !isIn(closing, id));
    const inside = here.slice(0, firstOut < 0 ? here.length : firstOut);
    const rest = here.slice(inside.length);
    const firstIn = rest.findIndex(({ id }) => isIn(opening, id));
    const between = firstIn < 0 ? rest : rest.slice(0, firstIn);
    const atom = ({ id }: { readonly id: string }): InlineEvent => ({ kind: "atom", offset, id });
    events.push(...inside.map(atom));
    for (const stretch of closing) events.push({ kind: "close", offset, stretch });
    events.push(...between.map(atom));
    for (const stretch of opening) events.push({ kind: "open", offset, stretch });
    events.push(...rest.slice(between.length).map(atom));
    open = [...open.filter(({ end }) => end !== offset), ...opening];
  }
  return events;
}

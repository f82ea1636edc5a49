const pointsPer: Readonly<Record<string, number>> = {
  pt: 1,
  in: 72,
  cm: 72 / 2.54,
  mm: 72 / 25.4,
  pc: 12,
  pi: 12,
};

/**
 * A measure in points, as a plain number of the attribute's own unit, of which a point has `perPoint`, or with its unit
 * (`0.5in`; 22.9.2.15). Undefined for what is neither.
 */
export function pointsOf(value: string | undefined, perPoint: number): number | undefined {
  const found = /^(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)?$/.exec(value?.trim() ?? "");
  if (found === null) return undefined;
  return Number(found[1]) * (found[2] === undefined ? 1 / perPoint : pointsPer[found[2]]!);
}

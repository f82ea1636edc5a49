import type { CheckFinding } from "./check-types.ts";

/**
 * For each pair, in order: the finding that the same source text is translated in another way elsewhere, where it is. The
 * translation that is used most (the first of several) counts as the usual one.
 */
export function checkConsistency(
  pairs: readonly { readonly source: string; readonly target: string }[],
): (CheckFinding | undefined)[] {
  const uses = new Map<string, Map<string, number>>();
  const key = (text: string): string => text.trim().toLowerCase();
  for (const { source, target } of pairs) {
    const found = uses.get(key(source)) ?? new Map<string, number>();
    found.set(target.trim(), (found.get(target.trim()) ?? 0) + 1);
    uses.set(key(source), found);
  }
  return pairs.map(({ source, target }) => {
    const found = [...uses.get(key(source))!];
    const [usual] = found.reduce((a, b) => (b[1] > a[1] ? b : a));
    if (usual.toLowerCase() === key(target)) return undefined;
    return { kind: "consistency", severity: "minor", text: `elsewhere translated as “${usual}”` };
  });
}

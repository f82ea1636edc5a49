/**
 * How something looks, by the name of what can differ (`bold`, `size`, `spacing before`): effective values, styles
 * included, in words that stay the same when another program writes the formatting in another way.
 */
export type Look = Readonly<Record<string, string>>;

/** How something looks, and how its styles alone would have it look. */
export type StyledLook = { readonly look: Look; readonly base: Look };

/** What in two looks differs, in both; a name that one of them lacks is "" there. */
export function lookDifference(before: Look, after: Look): { readonly before: Look; readonly after: Look } {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isSameValue(name, before[name], after[name]),
  );
  return { before: pickLook(before, names), after: pickLook(after, names) };
}

/** The look with those names only. */
export function pickLook(look: Look, names: readonly string[]): Look {
  return Object.fromEntries(names.map((name) => [name, look[name] ?? ""]));
}

/** True when all that `wanted` names looks so in `look`. */
export function looksLike(look: Look, wanted: Look): boolean {
  return Object.keys(wanted).every((name) => isSameValue(name, look[name], wanted[name]));
}

// Programs that count in hundredths of a millimetre come back with another twentieth of a point.
const tolerance = 2;

function isSameValue(name: string, a = "", b = ""): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  if (!/^(spacing|indent)/.test(name)) return false;
  return Math.abs(Number(a) - Number(b)) <= tolerance;
}

import { BadRequestError, TargetNotFoundError } from "../../errors.ts";

/** A table's place, as a server's catalogue lists it. */
export type TablePlace = { readonly schema: string; readonly name: string; readonly isDefault: boolean };

const mostNamed = 20;

/**
 * The table that a person means by `orders` or `sales.orders`: the one so called, or the only one but for case. Throws
 * `TargetNotFoundError` with those that there are.
 */
export function findTable<Place extends TablePlace>(
  wanted: string,
  places: readonly Place[],
  server: string,
): Place {
  const said = (place: Place): string[] => [
    `${place.schema}.${place.name}`,
    ...(place.isDefault ? [place.name] : []),
  ];
  const exact = places.filter((place) => said(place).includes(wanted));
  if (exact.length > 0) return exact[0]!;
  const folded = places.filter((place) =>
    said(place).some((name) => name.toLowerCase() === wanted.toLowerCase()),
  );
  if (folded.length === 1) return folded[0]!;
  // Without its schema, where only one has a table of that name.
  const elsewhere = places.filter(({ name }) => name === wanted);
  if (elsewhere.length === 1) return elsewhere[0]!;
  throw new TargetNotFoundError(`${server} has no table ${wanted} that this user can see`, {
    hint: listed(places),
  });
}

/** The error where no table was named: all questions are about some. */
export function noTableNamed(places: readonly TablePlace[], server: string): BadRequestError {
  return new BadRequestError(`no table of ${server} was named`, {
    hint: `end the address in ?table=NAME, several with commas; ${listed(places)}`,
  });
}

function listed(places: readonly TablePlace[]): string {
  if (places.length === 0) return "there is no table that this user can see";
  const names = places.map(({ schema, name, isDefault }) => (isDefault ? name : `${schema}.${name}`));
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  return `there are ${names.slice(0, mostNamed).join(", ")}${more}`;
}

import type { ColumnHeader } from "./column-names.ts";
import type { Region } from "./find-regions.ts";
import { currencyOf, scaleOf, unitOfName } from "./units.ts";

/** What a table says once about all of its numbers. */
export type SharedUnit = { readonly scale?: string; readonly currency?: string };

/** The scale and currency in a table's title, in its corner or in a lone unit over one of its columns. */
export function sharedUnit(headers: readonly ColumnHeader[], region: Region): SharedUnit {
  const corner = headers[0];
  const scaled = headers.flatMap(({ unit }) => (unit !== undefined && isScale(unit) ? [`(${unit})`] : []));
  const words = [
    ...(corner?.parts ?? []),
    ...(corner?.unit === undefined ? [] : [corner.unit]),
    ...region.title,
  ];
  const scale = scaleOf([...words, ...scaled]);
  const currency = scale === undefined ? undefined : currencyOf([...words, ...scaled]);
  return { ...(scale !== undefined && { scale }), ...(currency !== undefined && { currency }) };
}

/** Columns of numbers that count nothing, so that "in thousands" is not about them. */
const countsNothing =
  /^(?:.* \/ )?(?:notes?|no\.?|nr\.?|#|id|year|jahr|année|rank|rang|page|seite|pos\.?|index)$/i;

/**
 * The unit of a column of numbers: what its name, its cells (`seen`) or the row of units gives it, with the scale that
 * holds for the whole table: `kg`, `%`, `$ million`. Undefined when nothing says any.
 */
export function columnUnit(
  { name, unit, column }: ColumnHeader,
  seen: string | undefined,
  shared: SharedUnit,
  region: Region,
): string | undefined {
  const own = unitOfName(name);
  if (own !== undefined && !isScale(own)) return own;
  if (seen === "%" || unit === "%") return "%";
  if (column === region.range.firstColumn || countsNothing.test(name)) return own ?? seen ?? unit;
  const said = [own, unit].filter((text) => text !== undefined).map((text) => `(${text})`);
  const scale = scaleOf(said) ?? shared.scale;
  const written = unit !== undefined && !isScale(unit) ? unit : currencyOf(said);
  const currency = seen ?? written ?? shared.currency;
  return [currency, scale].filter((text) => text !== undefined).join(" ") || undefined;
}

function isScale(unit: string): boolean {
  return scaleOf([`(${unit})`]) !== undefined;
}

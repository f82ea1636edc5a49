import type { WrittenFigure } from "../types.ts";

/** A value in the digits of a figure: its decimals, marks and scale, without sign and unit. */
export function writeLike(figure: WrittenFigure, value: number): string {
  const { scale, step, decimalMark, groupMark } = figure;
  const decimals = Math.max(0, Math.round(-Math.log10(step / scale)));
  const scaled = Math.abs(value) / scale;
  const [whole = "", places] = scaled.toFixed(decimals).split(".");
  const mark = groupMark === "" && scaled >= 10_000 && figure.value >= 1000 * scale ? "" : groupMark;
  const grouped = mark === "" ? whole : whole.replace(/\B(?=(\d{3})+$)/g, mark);
  return places === undefined ? grouped : `${grouped}${decimalMark}${places}`;
}

/** A computed value for people, in the words of the figure: `1,234.5 €`, `12.3 %`, `2.1 times`. */
export function showLike(figure: WrittenFigure, value: number): string {
  const rounded = (number: number, digits: number): string =>
    new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(number);
  switch (figure.form) {
    case "percent":
    case "fraction":
      return `${rounded(value, 2)} %`;
    case "points":
      return `${rounded(value, 2)} percentage points`;
    case "multiple":
      return `${rounded(value, 2)} times`;
    case "direction":
      return value > 0
        ? `up by ${rounded(value, 2)}`
        : value < 0
          ? `down by ${rounded(-value, 2)}`
          : "unchanged";
    default: {
      const text = rounded(value, Math.abs(value) < 10 ? 4 : 2);
      return figure.currency === undefined ? text : `${text} ${figure.currency}`;
    }
  }
}

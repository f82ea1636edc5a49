import { displayWidth } from "./wrap-text.ts";

/** Rows as aligned columns, two spaces apart; cells may be styled after padding through `paintCell`. */
export function textTable(
  rows: readonly (readonly string[])[],
  paintCell: (text: string, column: number, row: number) => string = (text) => text,
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    });
  }
  return rows.map((row, index) =>
    row
      .map((cell, column) => {
        const isLast = column === row.length - 1;
        const padding = isLast ? "" : " ".repeat(widths[column]! - displayWidth(cell) + 2);
        return paintCell(cell, column, index) + padding;
      })
      .join("")
      .trimEnd(),
  );
}

/** The text cut to that many columns, with an ellipsis where something is missing. */
export function shorten(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** `1 change`, `2 changes`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * A row of a table as a line of text: `Budget | 40,000 €` is `Budget: 40,000 €`; under a header
 * `Position | Days | EUR` the row `Total | 45 | 900` is `Total: Days 45, EUR 900`. Empty cells are left out, and two
 * columns need no names: the first cell is the name of the second.
 */
export function rowText(row: string, header?: string): string {
  const cells = cellsOf(row);
  const names = header === undefined || cells.length <= 2 ? [] : cellsOf(header);
  const first = (cells[0] ?? "").replace(/:$/u, "");
  const others = cells
    .slice(1)
    .flatMap((cell, index) => (cell === "" ? [] : [`${nameFor(names[index + 1])}${cell}`]));
  if (others.length === 0) return first;
  if (first === "") return others.join(", ");
  return names.length === cells.length || others.length === 1
    ? `${first}: ${others.join(", ")}`
    : [first, ...others].join(" – ");
}

function cellsOf(row: string): string[] {
  return row.split("|").map((cell) => cell.trim());
}

function nameFor(name: string | undefined): string {
  return name === undefined || name === "" ? "" : `${name} `;
}

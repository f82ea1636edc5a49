/** A name as SQL takes it whatever it holds. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL takes it whatever it holds. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name folded as DuckDB compares names: ASCII letters only. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Names that queries can use for these headers, in the same order: white space and control characters as one space,
 * never empty, unique ignoring case. `rowid` is DuckDB's own word for the row, by which results are traced.
 */
export function sqlNames(headers: readonly string[]): string[] {
  const taken = new Set(["rowid"]);
  return headers.map((header, index) => {
    const plain = header.replace(/[\s\p{Cc}]+/gu, " ").trim() || `column ${index + 1}`;
    let name = plain;
    for (let number = 2; taken.has(foldName(name)); number++) name = `${plain} ${number}`;
    taken.add(foldName(name));
    return name;
  });
}

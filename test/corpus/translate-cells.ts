import { decodeXml, type XmlToken, xmlTokens } from "./translate-xml.ts";

/** What a translation named anew in a workbook, old and new name in pairs. */
export type Renamed = {
  readonly sheets: readonly (readonly [string, string])[];
  /** Columns of tables, those that kept their names too. */
  readonly columns: ReadonlySet<string>;
};

/** The names of sheets and table columns of two packages, position by position. */
export function renamedIn(
  old: ReadonlyMap<string, Uint8Array>,
  now: ReadonlyMap<string, Uint8Array>,
): Renamed {
  const sheets: [string, string][] = [];
  const columns = new Set<string>();
  for (const [name, bytes] of old) {
    const other = now.get(name);
    const file = /(workbook\d*|tables[/\\][^/\\]+)\.xml$/i.exec(name)?.[1];
    if (file === undefined || other === undefined) continue;
    const later = namesIn(other);
    for (const [index, each] of namesIn(bytes).entries()) {
      const after = later[index] ?? "";
      if (!/^workbook/i.test(file)) columns.add(columnPair(each, after));
      else if (after !== each) sheets.push([each, after]);
    }
  }
  return { sheets: sheets.sort(([one], [two]) => two.length - one.length), columns };
}

const columnPair = (one: string, other: string): string =>
  [one, other]
    .map((name) =>
      name
        .replaceAll(/_x000a_|\s+/gi, " ")
        .trim()
        .toLowerCase(),
    )
    .join("\0");

function namesIn(bytes: Uint8Array): string[] {
  return xmlTokens(decodeXml(bytes)).flatMap((token) =>
    token.kind === "open" && /^s:(?:sheet|tableColumn)$/.test(token.name)
      ? [token.attributes.get("name") ?? ""]
      : [],
  );
}

type Cell = { readonly type: string; readonly formula: string; readonly value: string };

/** Cells and formulas that say something else, but for the names that were changed. */
export function cellProblems(old: readonly XmlToken[], now: readonly XmlToken[], renamed: Renamed): string[] {
  const [had, has] = [cellsIn(old), cellsIn(now)];
  const problems: string[] = [];
  for (const [address, cell] of had) {
    const after = has.get(address);
    if (after === undefined) problems.push(`${address} is gone`);
    else if (after.type !== cell.type) problems.push(`${address}: ${cell.type} became ${after.type}`);
    else if (!/^(?:s|str|inlineStr)$/.test(cell.type) && after.value !== cell.value)
      problems.push(`${address}: ${cell.value} became ${after.value}`);
    else if (!saysTheSame(cell.formula, after.formula, renamed))
      problems.push(`${address}: ${cell.formula} became ${after.formula}`);
  }
  for (const address of has.keys()) if (!had.has(address)) problems.push(`${address} is new`);
  return problems;
}

const formulas =
  /^(?:s:f|s:formula\d?|s:definedName|c:f|xm:f|s:calculatedColumnFormula|s:totalsRowFormula|x14:formula\d?)$/;

/** Cells by address; formulas outside of cells by their count. */
function cellsIn(tokens: readonly XmlToken[]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const path: string[] = [];
  let [address, type, formula, value] = ["", "", "", ""];
  for (const token of tokens) {
    const name = path.at(-1) ?? "";
    if (token.kind === "text") {
      if (formulas.test(name)) formula += token.text;
      else if (name === "s:v") value += token.text;
    } else if (token.kind === "open") {
      path.push(token.name);
      if (token.name === "s:c" && path.at(-2) === "s:row") {
        address = token.attributes.get("r") ?? `cell ${cells.size}`;
        [type, formula, value] = [token.attributes.get("t") ?? "n", "", ""];
      }
    } else {
      path.pop();
      const isCell = token.name === "s:c" && path.at(-1) === "s:row";
      const isLoose = formulas.test(token.name) && !path.includes("s:c");
      if (isCell) cells.set(address, { type, formula, value });
      else if (isLoose) cells.set(`${token.name} ${cells.size}`, { type: "formula", formula, value: "" });
      if (isCell || isLoose) formula = "";
    }
  }
  return cells;
}

/** True when two formulas differ only in names that were changed, each where it stands. */
function saysTheSame(before: string, after: string, { sheets, columns }: Renamed): boolean {
  if (before === after && sheets.length === 0 && columns.size === 0) return true;
  const [old, now] = [before, after].map((formula, side) => plainFormula(formula, sheets, side as 0 | 1));
  if (old!.plain !== now!.plain) return false;
  // The columns of tables in other files are not known here; they stay.
  return old!.columns.every(
    (name, index) => name === now!.columns[index] || columns.has(columnPair(name, now!.columns[index]!)),
  );
}

/** A formula with every renamed sheet as its number, and the names in brackets taken out. */
function plainFormula(
  formula: string,
  sheets: Renamed["sheets"],
  side: 0 | 1,
): { plain: string; columns: string[] } {
  const columns: string[] = [];
  let plain = formula.replace(/(?<=\[@?)(?:'[\s\S]|[^[\]'@])+(?=\])/g, (name) => {
    columns.push(name.replace(/'([\s\S])/g, "$1"));
    return "";
  });
  sheets.forEach((pair, index) => {
    for (const form of new Set([pair[side], pair[side].replaceAll("'", "''")])) {
      const literal = form.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      const place = new RegExp(`(?<![\\p{L}\\p{N}_.\\]])${literal}(?='?!|:[^!'"(),]*'?!)`, "giu");
      plain = plain.replace(place, `\u0001${index}\u0002`);
    }
  });
  return { plain: plain.replaceAll("'", ""), columns };
}

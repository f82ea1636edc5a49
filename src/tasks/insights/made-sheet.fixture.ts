import { workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import { escapeText } from "../../files/xml/xml-text.ts";

/** A cell: a number, a text, a day as ISO 8601, or nothing. */
export type PlantedCell = number | string | null;

/** Rows that were made, below a header, with the format of each column. */
export type MadeSheet = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly PlantedCell[])[];
  readonly formats: readonly (string | undefined)[];
};

export type Random = {
  readonly next: () => number;
  readonly normal: () => number;
  readonly whole: (from: number, to: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
};

/** A generator of its own (xorshift with a multiplier), not the one that the tests of significance draw from. */
export function randomOf(seed: number): Random {
  let state = (BigInt(seed) * 2_862_933_555_777_941_757n + 3_037_000_493n) & 0xffff_ffff_ffff_ffffn;
  const next = (): number => {
    state ^= state >> 12n;
    state = (state ^ (state << 25n)) & 0xffff_ffff_ffff_ffffn;
    state ^= state >> 27n;
    return Number(((state * 2_685_821_657_736_338_717n) & 0xffff_ffff_ffff_ffffn) >> 11n) / 2 ** 53;
  };
  for (let warm = 0; warm < 20; warm++) next();
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { next, normal, whole, pick: (from) => from[whole(0, from.length - 1)]! };
}

/** `2024-03`, of months counted from the year 0. */
export function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

export function daysIn(month: number): number {
  return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
}

/** A workbook of one sheet. */
export function sheetBytes({ header, rows, formats }: MadeSheet): Uint8Array {
  const codes = [...new Set(formats.filter((code) => code !== undefined))];
  const cell = (value: PlantedCell, row: number, column: number): string => {
    const address = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (value === null) return "";
    const style =
      row === 0 || formats[column] === undefined ? "" : ` s="${codes.indexOf(formats[column]!) + 1}"`;
    if (typeof value === "number") return `<c r="${address}"${style}><v>${value}</v></c>`;
    if (row > 0 && /^\d{4}-\d\d-\d\d$/.test(value))
      return `<c r="${address}"${style}><v>${Date.parse(`${value}T00:00Z`) / 86_400_000 + 25_569}</v></c>`;
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escapeText(value)}</t></is></c>`;
  };
  const line = (values: readonly PlantedCell[], row: number): string =>
    `<row r="${row + 1}">${values.map((value, column) => cell(value, row, column)).join("")}</row>`;
  return workbookFile({
    sheets: [{ name: "Data", rows: [header, ...rows].map(line).join("") }],
    formats: codes,
  });
}

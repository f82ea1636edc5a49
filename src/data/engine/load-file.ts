import type { CsvLayout, EngineRequest } from "../messages.ts";
import { quoteName, quoteText, sqlNames } from "../sql-names.ts";
import { addTable, type Session } from "./session.ts";

type FileMessage = Extract<EngineRequest, { kind: "load-file" }>;
export type LoadedFile = {
  readonly rowCount: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly header: string }[];
};

/** Reads a file whole into a table of this process; only possible before the lock-down. */
export async function loadFile(session: Session, message: FileMessage): Promise<LoadedFile> {
  const { connection } = session;
  const source = message.format === "parquet" ? parquetSource(message) : csvSource(message);
  const probe = await connection.prepare(`SELECT * FROM ${source}`);
  const headers = Array.from({ length: probe.columnCount }, (_, index) => probe.columnName(index));
  const types = headers.map((_, index) => probe.columnType(index).toString());
  probe.destroySync();
  const names = sqlNames(headers);
  const list = names.map((name, index) => `${quoteName(headers[index]!)} AS ${quoteName(name)}`).join(", ");
  const created = await connection.runAndReadAll(
    `CREATE OR REPLACE TABLE ${quoteName(message.table)} AS SELECT ${list} FROM ${source}`,
  );
  const columns = names.map((name, index) => ({ name, type: types[index]!, header: headers[index]! }));
  addTable(session, { name: message.table, columns });
  return { rowCount: Number(created.getRowsJson()[0]?.[0] ?? 0), columns };
}

const parquetSource = ({ path }: FileMessage): string => `read_parquet(${quoteText(literalPath(path))})`;

function csvSource({ path, csv = {} }: FileMessage): string {
  const options = Object.entries(csvOptions(csv)).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} = ${value}`],
  );
  return `read_csv(${[quoteText(literalPath(path)), ...options].join(", ")})`;
}

function csvOptions(csv: CsvLayout): Record<string, string | undefined> {
  const text = (value: string | undefined) => (value === undefined ? undefined : quoteText(value));
  return {
    delim: text(csv.delimiter),
    header: csv.hasHeader === undefined ? undefined : String(csv.hasHeader),
    skip: csv.skip === undefined ? undefined : String(Math.trunc(csv.skip)),
    decimal_separator: text(csv.decimalSeparator),
    dateformat: text(csv.dateFormat),
    timestampformat: text(csv.timestampFormat),
    nullstr: csv.nullTexts && `[${csv.nullTexts.map(quoteText).join(", ")}]`,
    encoding: text(csv.encoding),
    types:
      csv.types &&
      `{${Object.entries(csv.types)
        .map(([name, type]) => `${quoteText(name)}: ${quoteText(type)}`)
        .join(", ")}}`,
    // The whole file decides the types: a column that turns into text at row 30,000 must not fail there.
    sample_size: "-1",
  };
}

/** A path that means this file only, though its name may hold wildcards. */
function literalPath(path: string): string {
  return path.replace(/[*?[]/g, (wildcard) => `[${wildcard}]`);
}

export type { CsvLayout } from "./messages.ts";
export {
  type Database,
  type DatabaseOptions,
  type LoadFileOptions,
  type LoadOptions,
  openDatabase,
} from "./open-database.ts";
export type {
  ColumnsRead,
  Provenance,
  QueryOptions,
  QueryResult,
  SourceRows,
  TableDescription,
} from "./query.ts";
export { quoteName } from "./sql-names.ts";

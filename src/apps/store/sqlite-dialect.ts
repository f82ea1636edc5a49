import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from "kysely";

type Database = Exclude<SqliteDialectConfig["database"], () => unknown>;
type Statement = ReturnType<Database["prepare"]>;

const mostStatements = 200;
const longestWaitMs = 10_000;

/** Kysely over `node:sqlite`. A transaction takes the write lock at once: one that only asks for it later can deadlock. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: Database;

  constructor(file: string) {
    const database = adapt(openDatabase(file));
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

class ImmediateDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: <Row>(query: CompiledQuery) => whenFree(() => connection.executeQuery<Row>(query)),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** SQLITE_BUSY: another connection writes. A statement that was refused this way has done nothing. */
const busy = 5;

/** Waits for other connections without holding up the event loop, which SQLite's own waiting does. */
async function whenFree<T>(run: () => Promise<T>): Promise<T> {
  const end = performance.now() + longestWaitMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 25)) {
    try {
      return await run();
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== busy || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
    }
  }
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2",
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Statements are kept prepared, the most recently used ones. */
function adapt(database: DatabaseSync): Database {
  const kept = new Map<string, Statement>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = kept.get(sql) ?? adaptStatement(database.prepare(sql));
      kept.delete(sql);
      kept.set(sql, statement);
      if (kept.size > mostStatements) kept.delete(kept.keys().next().value!);
      return statement;
    },
  };
}

function adaptStatement(statement: StatementSync): Statement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...(values as SQLInputValue[])),
    run: (values) => statement.run(...(values as SQLInputValue[])),
    iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
  };
}

import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { FileDamagedError, FileUnsupportedError, TandemError } from "../../../errors.ts";

/** Each brings the tables from the version of its index to the next one. Never changed, only added to. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE room (
     id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, active TEXT NOT NULL, closed TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE side (
     room TEXT NOT NULL REFERENCES room ON DELETE CASCADE, id TEXT NOT NULL, position INTEGER NOT NULL,
     name TEXT NOT NULL, domain TEXT, language TEXT NOT NULL, engine TEXT NOT NULL, retention TEXT NOT NULL,
     token_hash TEXT NOT NULL UNIQUE, availability TEXT, wiped TEXT,
     PRIMARY KEY (room, id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE participant (
     room TEXT NOT NULL, id TEXT NOT NULL, side TEXT NOT NULL,
     name TEXT NOT NULL, language TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE,
     PRIMARY KEY (room, id), FOREIGN KEY (room, side) REFERENCES side ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE event (
     room TEXT NOT NULL, side TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (room, side, seq), FOREIGN KEY (room, side) REFERENCES side ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX event_seq ON event (room, seq);`,
];

/**
 * Opens the file that holds the rooms, or makes it, for this process alone. What is committed is on disk; what is deleted is
 * overwritten.
 */
export function openRoomDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // For its owner only; SQLite gives its journal the same rights.
    if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
    database = new DatabaseSync(file);
    database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                   PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;`);
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw openingError(error, file);
  }
}

function migrate(database: DatabaseSync): void {
  // An exclusive lock is only taken by a write: without one a second server would notice too late.
  database.exec("BEGIN EXCLUSIVE");
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > MIGRATIONS.length)
    throw new FileUnsupportedError("the rooms were kept by a newer Tandem", {
      hint: "update Tandem, or name another folder with --data",
    });
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}

function openingError(error: unknown, file: string): unknown {
  if (error instanceof TandemError) return error;
  const { errcode } = error as { errcode?: number };
  // SQLITE_BUSY, and SQLITE_CORRUPT or SQLITE_NOTADB.
  if (errcode === 5)
    return new TandemError("refused", "another server holds the rooms of this folder", {
      cause: error,
      hint: "end it, or name another folder with --data",
    });
  if (errcode === 11 || errcode === 26)
    return new FileDamagedError(`${file} holds no rooms or is damaged`, { cause: error });
  return error;
}

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { FileDamagedError } from "../../errors.ts";
import { codesSignature, memoryKey } from "../../tasks/translate/memory/memory-key.ts";
import type { MemoryEntry, TranslationMemory } from "../../tasks/translate/memory/translation-memory.ts";

/** A translation memory with what its owner may see and do besides. */
export type StoredMemory = TranslationMemory & {
  /** Every entry of a pair, or all, in the order in which they came. */
  readonly entries: (pair?: { readonly from: string; readonly to: string }) => Iterable<MemoryEntry>;
  readonly counts: () => readonly {
    readonly from: string;
    readonly to: string;
    readonly entries: number;
    readonly reviewed: number;
  }[];
};

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY,
    from_tag TEXT NOT NULL, to_tag TEXT NOT NULL,
    key TEXT NOT NULL, source TEXT NOT NULL, signature TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, origin TEXT NOT NULL,
    state TEXT NOT NULL, changed TEXT NOT NULL, content TEXT NOT NULL,
    UNIQUE (from_tag, to_tag, source, signature, before, after, origin)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entry_key ON entry (from_tag, to_tag, key);
  CREATE VIRTUAL TABLE IF NOT EXISTS entry_text USING fts5 (source, content='entry', content_rowid='id', tokenize='trigram');
  CREATE TRIGGER IF NOT EXISTS entry_added AFTER INSERT ON entry BEGIN
    INSERT INTO entry_text (rowid, source) VALUES (new.id, new.source);
  END;
  PRAGMA user_version = 1;
`;

type Row = {
  readonly key: string;
  readonly from_tag: string;
  readonly to_tag: string;
  readonly before: string;
  readonly after: string;
  readonly origin: string;
  readonly state: "checked" | "reviewed";
  readonly changed: string;
  readonly content: string;
};

/** Opens the translation memory in this SQLite file, or makes it; `:memory:` keeps nothing. */
export function openTranslationMemory(file: string): StoredMemory {
  const database = openDatabase(file);
  const byKey = database.prepare(
    "SELECT * FROM entry WHERE from_tag = ? AND to_tag = ? AND key = ? ORDER BY changed DESC, id DESC LIMIT 20",
  );
  const bySearch = database.prepare(
    "SELECT entry.* FROM entry_text JOIN entry ON entry.id = entry_text.rowid WHERE entry_text MATCH ? AND from_tag = ? AND to_tag = ? ORDER BY bm25(entry_text) LIMIT ?",
  );
  const byAge = database.prepare(
    "SELECT * FROM entry WHERE from_tag = ? AND to_tag = ? ORDER BY id DESC LIMIT ?",
  );
  const insert = database.prepare(
    `INSERT INTO entry (from_tag, to_tag, key, source, signature, before, after, origin, state, changed, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, changed = excluded.changed, content = excluded.content
     WHERE excluded.state = 'reviewed' OR entry.state = 'checked'`,
  );
  return {
    withKeys: async (from, to, keys) =>
      new Map(keys.map((key) => [key, rowsOf(byKey, from, to, key).map(entryOf)])),
    similar: async (from, to, text, limit) => {
      const query = searchFor(text);
      return query === "" ? [] : rowsOf(bySearch, query, from, to, limit).map(entryOf);
    },
    latest: async (from, to, limit) => rowsOf(byAge, from, to, limit).map(entryOf),
    add: async (entries) => addAll(database, insert, entries),
    entries: (pair) => allEntries(database, pair),
    counts: () =>
      database
        .prepare(
          "SELECT from_tag AS 'from', to_tag AS 'to', count(*) AS entries, sum(state = 'reviewed') AS reviewed FROM entry GROUP BY 1, 2 ORDER BY 1, 2",
        )
        .all() as unknown as ReturnType<StoredMemory["counts"]>,
    [Symbol.asyncDispose]: async () => database.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file);
    database.exec(schema);
    return database;
  } catch (cause) {
    throw new FileDamagedError(`${file} can't be opened as a translation memory`, {
      hint: "Name another file with --tm, or go without one: --no-tm.",
      cause,
    });
  }
}

function addAll(database: DatabaseSync, insert: StatementSync, entries: readonly MemoryEntry[]): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const { from, to, source, target, before, after, origin, state, changed } of entries) {
      const content = JSON.stringify({ source, target });
      const place = [from, to, memoryKey(source.text), source.text, codesSignature(source)] as const;
      insert.run(...place, before, after, origin, state, changed, content);
    }
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function* allEntries(
  database: DatabaseSync,
  pair: { readonly from: string; readonly to: string } | undefined,
): Iterable<MemoryEntry> {
  const where = pair ? "WHERE from_tag = ? AND to_tag = ?" : "";
  const statement = database.prepare(`SELECT * FROM entry ${where} ORDER BY id`);
  for (const row of statement.iterate(...(pair ? [pair.from, pair.to] : [])))
    yield entryOf(row as unknown as Row);
}

function rowsOf(statement: StatementSync, ...values: (string | number)[]): Row[] {
  return statement.all(...values) as unknown as Row[];
}

function entryOf(row: Row): MemoryEntry {
  const { before, after, origin, state, changed } = row;
  const content = JSON.parse(row.content) as Pick<MemoryEntry, "source" | "target">;
  return { from: row.from_tag, to: row.to_tag, ...content, before, after, origin, state, changed };
}

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** An FTS5 query for texts that share words with this one: its longest words, or groups of three characters. */
function searchFor(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? [];
  const terms = words.flatMap((word) =>
    withoutSpaces.test(word)
      ? Array.from({ length: word.length - 2 }, (_, at) => word.slice(at, at + 3))
      : [word],
  );
  const chosen = [...new Set(terms)].sort((a, b) => b.length - a.length).slice(0, 12);
  return chosen.map((term) => `"${term}"`).join(" OR ");
}

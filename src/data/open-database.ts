import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { BadRequestError, QueryError, TargetNotFoundError } from "../errors.ts";
import type { Table } from "../table.ts";
import { EngineProcess } from "./engine-process.ts";
import { defineTable, fillTable, type PlannedTable, planTable } from "./fill-table.ts";
import type { CsvLayout, EngineReply, EngineRequest, EngineResult, Trace } from "./messages.ts";
import type { Provenance, QueryOptions, QueryResult, TableDescription } from "./query.ts";
import { sheetRanges } from "./sheet-rows.ts";
import { foldName, sqlNames } from "./sql-names.ts";

export type DatabaseOptions = {
  /** Megabytes that tables and queries may take in the engine's process. Defaults to 1024. */
  readonly memoryMb?: number;
};

export type LoadOptions = { readonly signal?: AbortSignal };

export type LoadFileOptions = LoadOptions & {
  /** The table's name in SQL. */
  readonly name: string;
  readonly format: "csv" | "parquet";
  /** How a text file is laid out, where that is known. */
  readonly csv?: CsvLayout;
};

/** What a new engine process has to be given again. */
type Source =
  | { readonly planned: PlannedTable }
  | { readonly file: Extract<EngineRequest, { kind: "load-file" }> };
type Loaded = { readonly source: Source; readonly description: TableDescription };

const DEADLINE_MS = 10_000;
const MOST_ROWS = 10_000;
const MOST_FILLS = 2;
/** How long the engine may take to obey before it is killed. */
const GRACE_MS = 500;

/**
 * Tables in an engine process of their own, open to read-only SQL. Loaded tables stay referenced: when a query takes
 * the process down, the next one starts another and loads them again.
 */
export class Database {
  readonly #memoryMb: number;
  #engine: EngineProcess | undefined;
  #isLocked = false;
  #isClosed = false;
  readonly #loaded: Loaded[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  /** Use `openDatabase`. */
  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb;
    // Whoever opens a database has a file to read first; the engine comes up meanwhile.
    this.#startEngine();
  }

  /**
   * Loads a table; its name and its columns' names are then as `describe` says. The engine gets the values of a column
   * when a query needs them.
   */
  async load(table: Table, options: LoadOptions = {}): Promise<void> {
    const planned = planTable(table);
    await this.#add({ planned }, planned.description.name, options);
  }

  /**
   * Loads a file of the local disk. Files are read before the first query only, as the engine is then shut off from
   * them; afterwards this starts a new engine, which loads everything again.
   */
  async loadFile(path: string, { name, format, csv, signal }: LoadFileOptions): Promise<void> {
    const file = resolve(path);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) throw new TargetNotFoundError(`there is no file ${path}`);
    const table = sqlNames([name])[0]!;
    const request = { kind: "load-file", table, path: file, format, ...(csv ? { csv } : {}) } as const;
    await this.#add({ file: request }, table, signal ? { signal } : {});
  }

  /** The loaded tables with their columns, as queries name them. */
  describe(): readonly TableDescription[] {
    return this.#loaded.map(({ description }) => description);
  }

  /**
   * Runs one SELECT. Rejects with a `QueryError`: `query-refused` for anything else than reading these tables,
   * `query-failed` with the engine's words, `query-timeout`, `query-memory`, `engine-failed`; or with the signal's
   * reason.
   */
  async query(sql: string, options: QueryOptions = {}): Promise<QueryResult> {
    const { deadlineMs = DEADLINE_MS, maxRows = MOST_ROWS, provenance = false, signal } = options;
    const request = { kind: "query", sql, deadlineMs, maxRows, provenance } as const;
    const work = async () => {
      const engine = await this.#ensureEngine();
      signal?.throwIfAborted();
      this.#isLocked = true;
      try {
        const reply = await this.#ask(engine, request, signal);
        // What a stopped query took is not all given back; the next one gets a fresh process.
        const isSpent = reply.kind === "failed" && /^query-(memory|timeout)$/.test(reply.code);
        if (isSpent) void engine.stop();
        return reply;
      } finally {
        if (!engine.isAlive) this.#startEngine();
      }
    };
    const reply = await this.#enqueue(work, signal, () => this.#engine?.cancel(GRACE_MS));
    if (reply.kind === "result") return this.#resultOf(reply);
    throw errorOf(reply);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#engine?.stop();
    await this.#queue;
    await this.#engine?.stop();
  }

  /** The engine's answer, after its tables were filled with what the query reads. */
  async #ask(
    engine: EngineProcess,
    request: Extract<EngineRequest, { kind: "query" }>,
    signal: AbortSignal | undefined,
  ): Promise<EngineReply> {
    for (let turn = 0; ; turn++) {
      const reply = await engine.request(request, request.deadlineMs + GRACE_MS);
      // The columns that it names, then all of them: an engine that asks for more is out of its mind.
      if (reply.kind !== "needs" || turn === MOST_FILLS) return reply;
      for (const { table, columns } of reply.tables) {
        const loaded = this.#loaded.find(({ description }) => description.name === table);
        if (!loaded || !("planned" in loaded.source)) return reply;
        const filled = await fillTable(engine, loaded.source.planned, columns, signal);
        if (filled.kind !== "loaded") return filled;
      }
    }
  }

  async #add(source: Source, name: string, { signal }: LoadOptions): Promise<void> {
    const work = async () => {
      if (this.#loaded.some(({ description }) => foldName(description.name) === foldName(name))) {
        throw new BadRequestError(`there is a table "${name}" already`);
      }
      if ("file" in source && this.#isLocked) await this.#stopEngine();
      const engine = await this.#ensureEngine();
      const description = await loadSource(engine, source);
      // What nobody waits for any more is not kept, here nor there.
      if (signal?.aborted) await this.#stopEngine();
      signal?.throwIfAborted();
      this.#loaded.push({ source, description });
    };
    await this.#enqueue(work, signal, () => {});
  }

  /** One request after the other; an aborted one rejects at once, though the next waits until the engine is free. */
  async #enqueue<Result>(
    work: () => Promise<Result>,
    signal: AbortSignal | undefined,
    cancel: () => void,
  ): Promise<Result> {
    signal?.throwIfAborted();
    const done = this.#queue.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    this.#queue = done.catch(() => {});
    if (!signal) return done;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => {
      cancel();
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await Promise.race([done, aborted]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  async #ensureEngine(): Promise<EngineProcess> {
    if (this.#isClosed) throw new QueryError("engine-failed", "the database is closed");
    if (this.#engine?.isAlive) return this.#engine;
    this.#isLocked = false;
    const engine = await EngineProcess.start(this.#memoryMb);
    this.#engine = engine;
    if (this.#isClosed) await engine.stop();
    // Files first: they can only be read before the first query.
    for (const { source } of this.#loaded) if ("file" in source) await loadSource(engine, source);
    for (const { source } of this.#loaded) if ("planned" in source) await loadSource(engine, source);
    return engine;
  }

  /** Starts an engine before somebody waits for it. */
  #startEngine(): void {
    this.#queue = this.#queue
      .then(() => this.#ensureEngine())
      .catch(() => {
        // The next query says what is wrong.
      });
  }

  async #stopEngine(): Promise<void> {
    await this.#engine?.stop();
    this.#engine = undefined;
  }

  #resultOf({ columns, rows, isTruncated, isCompensated, reads, trace }: EngineResult): QueryResult {
    const result = { columns, rows, isTruncated, isCompensated, reads };
    return trace ? { ...result, provenance: this.#provenanceOf(trace) } : result;
  }

  #provenanceOf(trace: Trace): Provenance {
    if (trace.kind === "columns") return trace;
    const sheetRows = trace.tables.map((table) => {
      const loaded = this.#loaded.find(({ description }) => description.name === table);
      return loaded && "planned" in loaded.source ? loaded.source.planned.table.sheetRows : undefined;
    });
    const rows = trace.rows.map((sources) =>
      sources.map((indexes, index) => ({
        table: trace.tables[index]!,
        ranges: sheetRanges(indexes, sheetRows[index]),
        count: indexes.count,
        isExact: indexes.isExact,
      })),
    );
    return { kind: "rows", rows, columns: trace.columns };
  }
}

/** Starts an engine process and returns its empty database; dispose of it to end the process. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const memoryMb = Math.max(64, Math.floor(options.memoryMb ?? 1024));
  return new Database(memoryMb);
}

/** Gives an engine a source; the values of a table follow when a query needs them. */
async function loadSource(engine: EngineProcess, source: Source): Promise<TableDescription> {
  const reply = await ("file" in source ? engine.request(source.file) : defineTable(engine, source.planned));
  if (reply.kind !== "loaded") throw errorOf(reply);
  if ("planned" in source) return source.planned.description;
  return { name: source.file.table, rowCount: reply.rowCount, columns: reply.columns };
}

function errorOf(reply: EngineReply): QueryError {
  if (reply.kind !== "failed") return new QueryError("engine-failed", "the data engine answered out of turn");
  return new QueryError(reply.code, reply.message, reply.hint === undefined ? {} : { hint: reply.hint });
}

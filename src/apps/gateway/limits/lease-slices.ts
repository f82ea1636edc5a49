import { type Kysely, sql } from "kysely";
import { insertRows, isOneOf } from "../../store/insert-rows.ts";
import type { Store } from "../../store/open-store.ts";
import type {
  CounterTable,
  EstimateFactorTable,
  LeaseTable,
  Schema,
  UsageTable,
} from "../../store/schema.ts";
import { slotMs, windowMs } from "./meter.ts";
import { grantOf } from "./slice-size.ts";

/** What a process reports once: written whole or not at all, and never twice. */
export type Report = {
  readonly number: number;
  readonly usage: readonly UsageTable[];
  readonly spent: readonly CounterTable[];
  readonly factors: readonly EstimateFactorTable[];
};

/** What a process keeps of one limit, and what it would like to have. */
export type SliceAsk = {
  readonly meter: string;
  readonly limit: number;
  /** What it keeps, spent but unreported amounts included. */
  readonly hold: number;
  /** Part of `hold` that calls may take. */
  readonly free: number;
  /** What each of the waiting calls needs, in their order. */
  readonly needs: readonly number[];
  /** What the demand calls for. */
  readonly want: number;
  /** The end of a budget's period, infinite for a window. */
  readonly endsAt: number;
};

export type SliceGrant = {
  readonly granted: number;
  /** What is left for anybody. Below zero when more was used than the limit. */
  readonly left: number;
  /** When enough for the first call that got nothing will have slid out of the window. */
  readonly retryAt?: number;
};

export type LeaseSlicesOptions = {
  readonly process: string;
  readonly report: Report;
  readonly asks: readonly SliceAsk[];
  /** How long a slice may be spent before it has to be renewed. */
  readonly leaseMs: number;
  /** The clock; the server's on PostgreSQL where none is given. */
  readonly now?: number;
};

export type LeaseSlicesReply = { readonly now: number; readonly grants: ReadonlyMap<string, SliceGrant> };

/** Any number that only this transaction locks on. */
const leaseLock = 7_264_101;

/**
 * Writes a report and settles the slices in one transaction; one process at a time. For each limit, what was spent and
 * what processes hold never add up to more than the limit, but for what calls used beyond their estimates.
 */
export async function leaseSlices(store: Store, options: LeaseSlicesOptions): Promise<LeaseSlicesReply> {
  const { process, report, asks, leaseMs } = options;
  return store.db.transaction().execute(async (db) => {
    const target = { db, kind: store.kind };
    const last = await db.selectFrom("process").select("batch").where("id", "=", process).executeTakeFirst();
    const isWritten = (last?.batch ?? 0) >= report.number;
    if (!isWritten) await insertRows(target, "usage", report.usage, { columns: usageColumns });
    const now = await lockAndTime(store, db, options.now);
    if (!isWritten) await writeSpent(target, process, report, now);
    const taken = await takenByOthers(target, process, asks, now);
    const grants = new Map<string, SliceGrant>();
    for (const ask of asks) {
      const left = ask.limit - (taken.get(ask.meter) ?? 0) - ask.hold;
      const granted = grantOf(ask, Math.max(0, left));
      const missing = firstMissing(ask, granted);
      const retryAt =
        missing === undefined || ask.endsAt !== Number.POSITIVE_INFINITY
          ? undefined
          : await freeAt(db, ask.meter, missing - (left - granted), now);
      grants.set(ask.meter, { granted, left: left - granted, ...(retryAt !== undefined && { retryAt }) });
    }
    await writeLeases(target, { process, asks, grants, leaseMs, now });
    return { now, grants };
  });
}

const usageColumns: readonly (keyof UsageTable)[] = [
  "id",
  "at",
  "key_id",
  "project_id",
  "deployment",
  "target",
  "operation",
  "job",
  "status",
  "input_tokens",
  "output_tokens",
  "cached_tokens",
  "reasoning_tokens",
  "cost_nanos",
  "currency",
  "is_estimate",
  "milliseconds",
  "first_byte_ms",
];

type Writing = { readonly db: Kysely<Schema>; readonly kind: Store["kind"] };

/** On SQLite the transaction itself is the lock. */
async function lockAndTime(store: Store, db: Kysely<Schema>, given: number | undefined): Promise<number> {
  if (store.kind === "sqlite") return given ?? Date.now();
  const { rows } = await sql<{ now: number }>`
    select pg_advisory_xact_lock(${leaseLock}), (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(
    db,
  );
  return given ?? rows[0]!.now;
}

async function writeSpent(target: Writing, process: string, report: Report, now: number): Promise<void> {
  await insertRows(target, "counter", report.spent, {
    columns: ["meter", "slot", "amount"],
    onConflict: "on conflict (meter, slot) do update set amount = counter.amount + excluded.amount",
  });
  await insertRows(target, "estimate_factor", report.factors, {
    columns: ["deployment", "factor"],
    onConflict: "on conflict (deployment) do update set factor = excluded.factor",
  });
  await insertRows(target, "process", [{ id: process, batch: report.number, seen_at: now }], {
    columns: ["id", "batch", "seen_at"],
    onConflict: "on conflict (id) do update set batch = excluded.batch, seen_at = excluded.seen_at",
  });
}

/** What counts against each limit, the process's own slices left out. */
async function takenByOthers(
  { db, kind }: Writing,
  process: string,
  asks: readonly SliceAsk[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  if (asks.length === 0) return new Map();
  const isAsked = isOneOf(
    kind,
    "meter",
    asks.map(({ meter }) => meter),
  );
  const { rows } = await sql<{ meter: string; amount: number }>`
    select meter, sum(amount) as amount from (
      select meter, amount from counter where ${isAsked} and slot > ${now - windowMs - slotMs}
      union all
      select meter, amount from lease where ${isAsked} and process <> ${process} and until > ${now}
    ) as taken group by meter`.execute(db);
  return new Map(rows.map(({ meter, amount }) => [meter, amount]));
}

/** How much the first waiting call that gets nothing lacks, or undefined. */
function firstMissing({ free, needs }: SliceAsk, granted: number): number | undefined {
  let rest = free + granted;
  for (const need of needs) {
    if (need > rest) return need - rest;
    rest -= need;
  }
  return undefined;
}

/** When `amount` more will have slid out of the window. */
async function freeAt(
  db: Kysely<Schema>,
  meter: string,
  amount: number,
  now: number,
): Promise<number | undefined> {
  const slots = await db
    .selectFrom("counter")
    .select(["slot", "amount"])
    .where("meter", "=", meter)
    .where("slot", ">", now - windowMs - slotMs)
    .orderBy("slot")
    .execute();
  let freed = 0;
  for (const { slot, amount: spent } of slots) {
    freed += spent;
    if (freed >= amount) return slot + slotMs + windowMs;
  }
  return undefined;
}

async function writeLeases(
  target: Writing,
  {
    process,
    asks,
    grants,
    leaseMs,
    now,
  }: Omit<LeaseSlicesOptions, "report" | "now"> & {
    readonly grants: ReadonlyMap<string, SliceGrant>;
    readonly now: number;
  },
): Promise<void> {
  const rows = asks.map(({ meter, hold, endsAt }): LeaseTable => {
    const until = endsAt === Number.POSITIVE_INFINITY ? now + leaseMs : endsAt;
    return { meter, process, amount: hold + grants.get(meter)!.granted, until: until + windowMs + slotMs };
  });
  await insertRows(
    target,
    "lease",
    rows.filter(({ amount }) => amount > 0),
    {
      columns: ["meter", "process", "amount", "until"],
      onConflict:
        "on conflict (meter, process) do update set amount = excluded.amount, until = excluded.until",
    },
  );
  const given = rows.filter(({ amount }) => amount === 0).map(({ meter }) => meter);
  if (given.length > 0)
    await target.db
      .deleteFrom("lease")
      .where("process", "=", process)
      .where(isOneOf(target.kind, "meter", given))
      .execute();
}

/** Removes what no longer counts. Any process may do it at any time. */
export async function forgetOldSlices(store: Store, now: number): Promise<void> {
  const old = now - 10 * windowMs;
  await store.db.deleteFrom("counter").where("slot", "<", old).execute();
  await store.db.deleteFrom("lease").where("until", "<", old).execute();
  await store.db
    .deleteFrom("process")
    .where("seen_at", "<", now - 24 * 60 * windowMs)
    .execute();
}

/**
 * Gives back what processes held that ended without a word (a crash, a power cut). Until then it counts as spent: what
 * they used of it is unknown, and a budget is never exceeded. Rates need none of this, their window slides on. Gives the
 * number of slices.
 */
export async function reconcileLostSlices(store: Store, now: number): Promise<number> {
  const { numDeletedRows } = await store.db
    .deleteFrom("lease")
    .where("process", "not in", (query) =>
      query
        .selectFrom("process")
        .select("id")
        // A process that holds anything reports every few seconds.
        .where("seen_at", ">=", now - 2 * windowMs),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

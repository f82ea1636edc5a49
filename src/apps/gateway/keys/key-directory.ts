import { timingSafeEqual } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Store } from "../../store/open-store.ts";
import { type LimitSettings, readLimits } from "../limits/limit-settings.ts";
import { hashSecret } from "./secret.ts";

/** A key that may be used, as a running process holds it. */
export type KnownKey = {
  readonly id: string;
  readonly projectId: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly hash: Buffer;
};

/** Every key and limit in memory, read again within a second of a change by any process. */
export type KeyDirectory = {
  /** The key with that secret; undefined when it is unknown, revoked or expired. */
  readonly find: (secret: string) => KnownKey | undefined;
  /** The key of that id, as long as its secret would be taken. */
  readonly findById: (id: string) => KnownKey | undefined;
  readonly limitsOf: (levelAndOwner: string) => LimitSettings | undefined;
  /** Goes up with every change. */
  readonly revision: () => number;
  /** Looks for a change: now, or in a moment where that was done a moment ago. */
  readonly refresh: () => Promise<void>;
  readonly close: () => void;
};

export type KeyDirectoryOptions = {
  readonly now: () => number;
  /** How often to look for changes. Defaults to 1,000 ms. */
  readonly pollMs?: number;
};

/** Unknown secrets make the store be asked, but not more often than this. */
const shortestPauseMs = 200;

export async function openKeyDirectory(
  store: Store,
  { now, pollMs = 1_000 }: KeyDirectoryOptions,
): Promise<KeyDirectory> {
  let keys: ReadonlyMap<string, KnownKey> = new Map();
  let limits: ReadonlyMap<string, LimitSettings> = new Map();
  let revision = 0;
  let lastLook = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  let ids: ReadonlyMap<string, KnownKey> = new Map();

  const look = async (): Promise<void> => {
    lastLook = performance.now();
    const found = await readRevision(store);
    if (found === revision) return;
    [keys, limits] = await Promise.all([readKeys(store), readLimits(store.db)]);
    ids = new Map([...keys.values()].map((key) => [key.id, key]));
    revision = found;
  };
  const lookOnce = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  /** A look that begins after it was asked for: one that is under way may have missed the change. */
  const lookAnew = async (): Promise<void> => {
    await pause(Math.max(0, lastLook + shortestPauseMs - performance.now()));
    waiting = undefined;
    await looking?.catch(() => {});
    await lookOnce();
  };
  await lookOnce();
  // A store that is away for a while leaves what is known in force.
  const timer = setInterval(() => void lookOnce().catch(() => {}), pollMs);
  timer.unref();
  return {
    find: (secret) => {
      const hash = hashSecret(secret);
      const key = keys.get(hash);
      if (key === undefined || key.expiresAt <= now()) return undefined;
      return timingSafeEqual(key.hash, Buffer.from(hash, "latin1")) ? key : undefined;
    },
    findById: (id) => {
      const key = ids.get(id);
      return key === undefined || key.expiresAt <= now() ? undefined : key;
    },
    limitsOf: (levelAndOwner) => limits.get(levelAndOwner),
    revision: () => revision,
    refresh: () => {
      waiting ??= lookAnew();
      return waiting;
    },
    close: () => clearInterval(timer),
  };
}

async function readRevision(store: Store): Promise<number> {
  const row = await store.db
    .selectFrom("setting")
    .select("value")
    .where("name", "=", "revision")
    .executeTakeFirst();
  return row?.value ?? 0;
}

async function readKeys(store: Store): Promise<ReadonlyMap<string, KnownKey>> {
  const rows = await store.db
    .selectFrom("api_key")
    .select(["id", "project_id", "hash", "scopes", "expires_at"])
    .where("revoked_at", "is", null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.hash,
      {
        id: row.id,
        projectId: row.project_id,
        scopes: JSON.parse(row.scopes) as string[],
        expiresAt: row.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(row.expires_at),
        hash: Buffer.from(row.hash, "latin1"),
      },
    ]),
  );
}

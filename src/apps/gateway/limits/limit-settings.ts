import type { Kysely } from "kysely";
import { z } from "zod";
import { BadRequestError } from "../../../errors.ts";
import type { Schema } from "../../store/schema.ts";

/** Who a limit holds for. There is one organisation; its owner's id is `organisation`. */
export type LimitLevel = "organisation" | "project" | "key" | "deployment";

/** What is left out is not limited. Days and months are those of UTC, whoever calls from wherever. */
export type LimitSettings = {
  /** Requests started in any 60 seconds. */
  readonly requestsPerMinute?: number;
  /** Tokens in any 60 seconds. */
  readonly tokensPerMinute?: number;
  readonly tokensPerDay?: number;
  readonly tokensPerMonth?: number;
  /** Money, in the store's currency. */
  readonly budgetPerDay?: number;
  readonly budgetPerMonth?: number;
};

export const organisationId = "organisation";

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional();
/** A thousand-millionth is the smallest amount, so that nine million is the largest that a number counts exactly. */
const money = z.number().nonnegative().max(9_000_000).optional();
const settingsSchema = z.strictObject({
  requestsPerMinute: count,
  tokensPerMinute: count,
  tokensPerDay: count,
  tokensPerMonth: count,
  budgetPerDay: money,
  budgetPerMonth: money,
});

/** Sets the limits of one owner; what `settings` leaves out is no longer limited. Seen by running processes within 2 s. */
export async function setLimits(
  db: Kysely<Schema>,
  { level, owner }: { readonly level: LimitLevel; readonly owner: string },
  settings: LimitSettings,
): Promise<void> {
  const checked = settingsSchema.safeParse(settings);
  if (!checked.success)
    throw new BadRequestError(`these are no limits: ${z.prettifyError(checked.error)}`, {
      hint: "a limit is a whole number of requests or tokens, a budget an amount up to 9,000,000",
    });
  const row = { level, owner, settings: JSON.stringify(checked.data) };
  await db
    .insertInto("limit_setting")
    .values(row)
    .onConflict((conflict) => conflict.columns(["level", "owner"]).doUpdateSet({ settings: row.settings }))
    .execute();
  await raiseRevision(db);
}

/** Every owner's limits, by `level:owner`. */
export async function readLimits(db: Kysely<Schema>): Promise<ReadonlyMap<string, LimitSettings>> {
  const rows = await db.selectFrom("limit_setting").selectAll().execute();
  return new Map(
    rows.map(({ level, owner, settings }) => [`${level}:${owner}`, JSON.parse(settings) as LimitSettings]),
  );
}

/** Tells every process that keys, projects or limits have changed. */
export async function raiseRevision(db: Kysely<Schema>): Promise<void> {
  await db
    .updateTable("setting")
    .set((query) => ({ value: query("value", "+", 1) }))
    .where("name", "=", "revision")
    .execute();
}

import { sql } from "kysely";
import { BadRequestError } from "../../../errors.ts";
import type { Store } from "../../store/open-store.ts";

/** What usage can be added up by; days are those of UTC. */
export type UsageGroup = "key" | "project" | "deployment" | "target" | "job" | "operation" | "day";

export const usageGroups: readonly UsageGroup[] = [
  "key",
  "project",
  "deployment",
  "target",
  "job",
  "operation",
  "day",
];

export type UsageReportOptions = {
  /** Defaults to none: one row for each currency. */
  readonly by?: readonly UsageGroup[];
  /** From this time on. Defaults to the beginning. */
  readonly from?: Date;
  /** Before this time. Defaults to the end. */
  readonly to?: Date;
  /** Only this project's. */
  readonly projectId?: string;
  readonly keyId?: string;
};

/** Usage added up; amounts of different currencies are never added. */
export type UsageSum = {
  /** The values of the groups; null where a call belongs to no job. */
  readonly group: Readonly<Partial<Record<UsageGroup, string | null>>>;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly reasoningTokens: number;
  /** Calls whose tokens are our count, because the answer broke off. */
  readonly estimatedCalls: number;
  readonly currency: string;
  /** Thousand-millionths of the currency. */
  readonly costNanos: number;
};

/** The columns behind the groups; `at` is text, so that its first ten characters are the day. */
const columns: Readonly<Record<UsageGroup, string>> = {
  key: "key_id",
  project: "project_id",
  deployment: "deployment",
  target: "target",
  job: "job",
  operation: "operation",
  day: "substr(at, 1, 10)",
};

type SumRow = {
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cached_tokens: number;
  readonly reasoning_tokens: number;
  readonly estimated_calls: number;
  readonly cost_nanos: number;
  readonly currency: string;
} & Readonly<Record<string, string | number | null>>;

/** Adds up what was used, in the order of the groups. What a gateway used in the last tenth of a second may be missing. */
export async function usageReport(
  store: Store,
  { by = [], from, to, projectId, keyId }: UsageReportOptions = {},
): Promise<readonly UsageSum[]> {
  const unknown = by.find((group) => !usageGroups.includes(group));
  if (unknown !== undefined)
    throw new BadRequestError(`usage can't be added up by ${unknown}`, {
      hint: `it can by ${usageGroups.join(", ")}`,
    });
  const selected = by.map((group, at) => sql`${sql.raw(columns[group])} as ${sql.ref(`group_${at}`)}`);
  const places = sql.join([...by.keys(), by.length].map((at) => sql.lit(at + 1)));
  const { rows } = await sql<SumRow>`
    select ${selected.length > 0 ? sql`${sql.join(selected)},` : sql``} currency, count(*) as calls,
      sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cached_tokens) as cached_tokens,
      sum(reasoning_tokens) as reasoning_tokens, sum(is_estimate) as estimated_calls, sum(cost_nanos) as cost_nanos
    from ${sql.table("usage")}
    where at >= ${from?.toISOString() ?? ""} and at < ${to?.toISOString() ?? "~"}
      ${projectId === undefined ? sql`` : sql`and project_id = ${projectId}`}
      ${keyId === undefined ? sql`` : sql`and key_id = ${keyId}`}
    group by ${places} order by ${places}`.execute(store.db);
  return rows.map((row) => ({
    group: Object.fromEntries(by.map((group, at) => [group, row[`group_${at}`] as string | null])),
    calls: row.calls,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    cachedInputTokens: row.cached_tokens,
    reasoningTokens: row.reasoning_tokens,
    estimatedCalls: row.estimated_calls,
    currency: row.currency,
    costNanos: row.cost_nanos,
  }));
}

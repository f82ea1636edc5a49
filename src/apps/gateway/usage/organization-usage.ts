import { sql } from "kysely";
import type { Store } from "../../store/open-store.ts";

/** A bucket of time as OpenAI's `/v1/organization/usage/*` and `/costs` answer it; times in seconds since 1970. */
export type UsageBucket<Result> = {
  readonly object: "bucket";
  readonly start_time: number;
  readonly end_time: number;
  readonly results: readonly Result[];
};

export type CompletionsUsage = {
  readonly object: "organization.usage.completions.result" | "organization.usage.embeddings.result";
  readonly input_tokens: number;
  readonly output_tokens?: number;
  readonly input_cached_tokens?: number;
  readonly num_model_requests: number;
  readonly project_id: string | null;
  readonly api_key_id: string | null;
  readonly model: string | null;
};

export type CostResult = {
  readonly object: "organization.costs.result";
  readonly amount: { readonly value: number; readonly currency: string };
  readonly project_id: string | null;
};

export type OrganizationUsageOptions = {
  readonly kind: "completions" | "embeddings";
  /** Start of the first bucket, and the end of the last (not included). */
  readonly start: Date;
  readonly end: Date;
  readonly width: "1m" | "1h" | "1d";
  readonly groupBy?: readonly ("project_id" | "api_key_id" | "model")[];
  /** Only this project's. */
  readonly projectId?: string;
};

const lengths = { "1m": 16, "1h": 13, "1d": 10 } as const;
const seconds = { "1m": 60, "1h": 3_600, "1d": 86_400 } as const;
const columnOf = { project_id: "project_id", api_key_id: "key_id", model: "deployment" } as const;

/** Usage in buckets of time, empty ones left out. A `model` is a deployment, as callers name it. */
export async function organizationUsage(
  store: Store,
  { kind, start, end, width, groupBy = [], projectId }: OrganizationUsageOptions,
): Promise<readonly UsageBucket<CompletionsUsage>[]> {
  const names = groupBy.map((name) => sql`, ${sql.ref(columnOf[name])} as ${sql.ref(name)}`);
  const places = sql.join([0, ...groupBy.map((_, at) => at + 1)].map((at) => sql.lit(at + 1)));
  const { rows } = await sql<UsageRow>`
    select substr(at, 1, ${sql.lit(lengths[width])}) as bucket ${sql.join(names, sql` `)}, count(*) as calls,
      sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cached_tokens) as cached_tokens
    from ${sql.table("usage")}
    where at >= ${start.toISOString()} and at < ${end.toISOString()}
      and operation ${kind === "embeddings" ? sql`= 'embeddings'` : sql`in ('chat', 'responses', 'completions')`}
      ${projectId === undefined ? sql`` : sql`and project_id = ${projectId}`}
    group by ${places} order by ${places}`.execute(store.db);
  return bucketsOf(rows, width, (row) => ({
    object: `organization.usage.${kind}.result`,
    input_tokens: row.input_tokens,
    ...(kind === "completions" && {
      output_tokens: row.output_tokens,
      input_cached_tokens: row.cached_tokens,
    }),
    num_model_requests: row.calls,
    project_id: row.project_id ?? null,
    api_key_id: row.api_key_id ?? null,
    model: row.model ?? null,
  }));
}

/** Costs by day, one result for each project (if wanted) and currency. */
export async function organizationCosts(
  store: Store,
  {
    start,
    end,
    groupBy = [],
    projectId,
  }: Pick<OrganizationUsageOptions, "start" | "end" | "projectId"> & {
    readonly groupBy?: readonly "project_id"[];
  },
): Promise<readonly UsageBucket<CostResult>[]> {
  const isByProject = groupBy.includes("project_id");
  const places = sql.raw(isByProject ? "1, 2, 3" : "1, 2");
  const { rows } = await sql<CostRow>`
    select substr(at, 1, 10) as bucket, currency ${isByProject ? sql`, project_id` : sql``}, sum(cost_nanos) as cost_nanos
    from ${sql.table("usage")}
    where at >= ${start.toISOString()} and at < ${end.toISOString()}
      ${projectId === undefined ? sql`` : sql`and project_id = ${projectId}`}
    group by ${places} order by ${places}`.execute(store.db);
  return bucketsOf(rows, "1d", (row) => ({
    object: "organization.costs.result",
    amount: { value: row.cost_nanos / 1e9, currency: row.currency.toLowerCase() },
    project_id: row.project_id ?? null,
  }));
}

type UsageRow = {
  readonly bucket: string;
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cached_tokens: number;
  readonly project_id?: string;
  readonly api_key_id?: string;
  readonly model?: string;
};

type CostRow = {
  readonly bucket: string;
  readonly currency: string;
  readonly cost_nanos: number;
  readonly project_id?: string;
};

function bucketsOf<Row extends { readonly bucket: string }, Result>(
  rows: readonly Row[],
  width: "1m" | "1h" | "1d",
  resultOf: (row: Row) => Result,
): readonly UsageBucket<Result>[] {
  const groups = Map.groupBy(rows, ({ bucket }) => bucket);
  return [...groups].map(([bucket, inside]) => {
    const start_time = Date.parse(`${bucket}${"2000-01-01T00:00:00Z".slice(bucket.length)}`) / 1000;
    const end_time = start_time + seconds[width];
    return { object: "bucket", start_time, end_time, results: inside.map(resultOf) };
  });
}

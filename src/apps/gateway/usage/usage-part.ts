import type { Store } from "../../store/open-store.ts";
import type { ApiAnswer, ApiRequest } from "../gateway-mount.ts";
import { noSuchAddress } from "../wire/no-such-address.ts";
import { WireError } from "../wire/wire-error.ts";
import {
  type OrganizationUsageOptions,
  organizationCosts,
  organizationUsage,
  type UsageBucket,
} from "./organization-usage.ts";

type Width = OrganizationUsageOptions["width"];
type Group = NonNullable<OrganizationUsageOptions["groupBy"]>[number];

/** What follows `/v1/organization/`. */
const KINDS: Readonly<Record<string, OrganizationUsageOptions["kind"] | "costs">> = {
  "usage/completions": "completions",
  "usage/embeddings": "embeddings",
  costs: "costs",
};
/** Buckets of a page: the usual number and the most, as OpenAI has them. */
const PAGE: Readonly<Record<Width, readonly [usual: number, most: number]>> = {
  "1m": [60, 1_440],
  "1h": [24, 168],
  "1d": [7, 31],
};
const COST_PAGE = [7, 180] as const;
const SECONDS: Readonly<Record<Width, number>> = { "1m": 60, "1h": 3_600, "1d": 86_400 };
const GROUPS: readonly Group[] = ["project_id", "api_key_id", "model"];

/** `GET /v1/organization/usage/{completions,embeddings}` and `/costs`: what the whole organisation used. For `admin` keys. */
export function usagePart(
  store: Store,
  { now, flush }: { readonly now: () => Date; readonly flush: () => Promise<void> },
): (request: ApiRequest) => Promise<ApiAnswer> {
  return async ({ method, path, query, admission }) => {
    const kind = KINDS[path.rest.join("/")];
    if (path.shape !== "openai" || method !== "GET" || kind === undefined) throw noSuchAddress();
    if (!admission.caller.scopes.includes("admin")) throw needsAdmin();
    await flush();
    const asked = readQuery(query, kind === "costs", now());
    return { body: kind === "costs" ? await costsOf(store, asked) : await usageOf(store, kind, asked) };
  };
}

type Asked = {
  readonly start: Date;
  readonly end: Date;
  readonly width: Width;
  readonly limit: number;
  readonly groupBy: readonly Group[];
  readonly projectIds: readonly string[];
};

function readQuery(query: URLSearchParams, isCosts: boolean, now: Date): Asked {
  const width = (query.get("bucket_width") ?? "1d") as Width;
  if (!Object.hasOwn(PAGE, width) || (isCosts && width !== "1d"))
    throw invalid("bucket_width", isCosts ? "must be 1d." : "must be 1m, 1h or 1d.");
  const [usual, most] = isCosts ? COST_PAGE : PAGE[width];
  const limit = wholeNumber(query, "limit") ?? usual;
  if (limit < 1 || limit > most) throw invalid("limit", `must be a whole number from 1 to ${most}.`);
  const length = SECONDS[width];
  const after = query.get("page");
  const startTime = after === null ? wholeNumber(query, "start_time") : pageStart(after);
  if (startTime === undefined) throw invalid("start_time", "is missing: seconds since 1970.");
  const endTime = wholeNumber(query, "end_time") ?? Math.ceil(now.getTime() / 1_000);
  const groupBy = values(query, "group_by");
  const group = groupBy.find((each) => !(GROUPS as readonly string[]).includes(each));
  if (group !== undefined || (isCosts && groupBy.some((each) => each !== "project_id")))
    throw invalid("group_by", `can be ${isCosts ? "project_id" : GROUPS.join(", ")}.`);
  return {
    start: new Date((startTime - (startTime % length)) * 1_000),
    end: new Date(Math.max(endTime, startTime) * 1_000),
    width,
    limit,
    groupBy: groupBy as Group[],
    projectIds: values(query, "project_ids"),
  };
}

async function usageOf(store: Store, kind: "completions" | "embeddings", asked: Asked): Promise<object> {
  return paged(asked, (start, end) => {
    const { width, groupBy, projectIds } = asked;
    return inProjects(projectIds, (project) =>
      organizationUsage(store, { kind, start, end, width, groupBy, ...project }),
    );
  });
}

async function costsOf(store: Store, asked: Asked): Promise<object> {
  return paged(asked, (start, end) => {
    const groupBy = asked.groupBy as readonly "project_id"[];
    return inProjects(asked.projectIds, (project) =>
      organizationCosts(store, { start, end, groupBy, ...project }),
    );
  });
}

/** Each project that was named, one after the other; all of them at once where none was. */
async function inProjects<Result>(
  projectIds: readonly string[],
  read: (project: { readonly projectId?: string }) => Promise<readonly UsageBucket<Result>[]>,
): Promise<readonly UsageBucket<Result>[]> {
  if (projectIds.length === 0) return read({});
  const all: UsageBucket<Result>[] = [];
  for (const projectId of projectIds) all.push(...(await read({ projectId })));
  return all;
}

/** OpenAI's page: a bucket for each step of time, also where nothing was used. */
async function paged<Result>(
  { start, end, width, limit }: Asked,
  read: (start: Date, end: Date) => Promise<readonly UsageBucket<Result>[]>,
): Promise<object> {
  const length = SECONDS[width] * 1_000;
  const pageEnd = new Date(Math.min(end.getTime(), start.getTime() + limit * length));
  const found = Map.groupBy(await read(start, pageEnd), ({ start_time }) => start_time);
  const data: UsageBucket<Result>[] = [];
  for (let at = start.getTime(); at < pageEnd.getTime(); at += length) {
    const start_time = at / 1_000;
    const results = (found.get(start_time) ?? []).flatMap((bucket) => bucket.results);
    data.push({ object: "bucket", start_time, end_time: start_time + SECONDS[width], results });
  }
  const hasMore = pageEnd < end;
  return {
    object: "page",
    data,
    has_more: hasMore,
    next_page: hasMore ? `page_${pageEnd.getTime() / 1_000}` : null,
  };
}

function pageStart(page: string): number {
  const seconds = /^page_(\d{1,12})$/.exec(page)?.[1];
  if (seconds === undefined) throw invalid("page", "is not one that was given.");
  return Number(seconds);
}

/** `group_by=a&group_by=b`, `group_by[]=a` and `group_by=a,b` are all in use. */
function values(query: URLSearchParams, name: string): string[] {
  return [...query.getAll(name), ...query.getAll(`${name}[]`)]
    .flatMap((each) => each.split(","))
    .filter((each) => each !== "");
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw invalid(name, "must be a whole number.");
  return Number(text);
}

function invalid(param: string, what: string): WireError {
  return new WireError({ status: 400, code: "invalid_value", message: `"${param}" ${what}`, param });
}

function needsAdmin(): WireError {
  const message =
    "Usage of the organisation can only be read with a key that has the admin scope: tandem keys create NAME --scope admin.";
  return new WireError({ status: 403, code: "permission_denied", message });
}

import { z } from "zod";
import type { Table } from "../../../table.ts";
import { type Calculation, calculationSchema, type Plan } from "../plan.ts";
import { type PlanView, planViews } from "./plan-views.ts";

const side = z.looseObject({
  table: z.string(),
  where: z.array(z.unknown()),
  groupBy: z.array(z.unknown()),
  measures: z.array(z.unknown()),
  having: z.union([z.null(), z.looseObject({ is: z.string(), value: z.number() })]),
  show: z.array(z.string()),
  orderBy: z.array(z.looseObject({ by: z.string(), direction: z.string() })),
  limit: z.union([z.null(), z.number()]),
  over: z.string(),
  beside: z.number(),
});

const proposal = z.object({
  calculation: z.union([
    z.object({ op: z.literal("value"), plan: side }),
    z.object({ op: z.string(), left: side, right: side }),
  ]),
});

/** A model's answer in the form of `planJsonSchema` as a calculation, or what is wrong with it in words. */
export function readProposal(
  answer: unknown,
  tables: readonly Table[],
): { readonly calculation: Calculation } | { readonly problem: string } {
  const parsed = proposal.safeParse(answer);
  if (!parsed.success) return { problem: "the answer has not the form that was asked for" };
  const { calculation: given } = parsed.data;
  const views = planViews(tables);
  const plain =
    "plan" in given
      ? planOf(given.plan, views)
      : { op: given.op, left: planOf(given.left, views), right: planOf(given.right, views) };
  const read = calculationSchema.safeParse(plain);
  if (read.success) return { calculation: read.data };
  return { problem: "the plan is not complete: it needs a table, and measures or columns to show" };
}

/** Neutral values are left out; a measure is named by its place. */
function planOf(given: z.infer<typeof side>, views: readonly PlanView[]): unknown {
  const view = views.find(({ name }) => name === given.table);
  const { having, limit, over, beside, measures, groupBy, where, show } = given;
  const isComputed = measures.length > 0 || groupBy.length > 0;
  // Small models fill in what they don't need; only what makes sense together is taken.
  const orderBy = given.orderBy.flatMap(({ by, direction }): { by: string | number; direction: string }[] => {
    if (by === "measure") return measures.length > 0 ? [{ by: 0, direction }] : [];
    return [{ by, direction }];
  });
  const isOver = over !== "none" && groupBy.length > 0 && measures.length > 0;
  const plan: Record<keyof Plan, unknown> = {
    table: view?.table.name ?? given.table,
    unpivot: view?.unpivot,
    where: some(where),
    groupBy: some(groupBy),
    measures: some(isComputed && measures.length === 0 ? [{ fn: "count" }] : measures),
    having: having === null || groupBy.length === 0 ? undefined : { measure: 0, ...having },
    show: isComputed ? undefined : some(show),
    distinct: undefined,
    orderBy: some(orderBy),
    limit: limit === null || limit < 1 ? undefined : limit,
    ties: limit === 1 && orderBy.length > 0 && !isOver && beside === 0 ? true : undefined,
    beside: beside === 0 || isComputed ? undefined : beside,
    // A model is not offered these.
    elapsed: undefined,
    offset: undefined,
    count: undefined,
    over: isOver ? { measure: 0, as: over } : undefined,
  };
  return Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined));
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

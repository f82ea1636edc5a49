import { WireError } from "./wire-error.ts";

/** Which part of a list is wanted. */
export type Page = {
  readonly after?: string;
  readonly limit: number;
  readonly order: "asc" | "desc";
};

/** A page of a list, as OpenAI writes it. */
export type ListObject<T> = {
  readonly object: "list";
  readonly data: readonly T[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
};

/** Reads `after`, `limit` and `order` (the newest first, unless it is said). */
export function pageOf(
  query: URLSearchParams,
  { most, usual }: { readonly most: number; readonly usual: number },
): Page {
  const limit = Number(query.get("limit") ?? usual);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    const message = `"limit" must be a whole number from 1 to ${most}.`;
    throw new WireError({ status: 400, code: "invalid_value", message, param: "limit" });
  }
  const order = query.get("order") ?? "desc";
  if (order !== "asc" && order !== "desc") {
    throw new WireError({
      status: 400,
      code: "invalid_value",
      message: '"order" must be asc or desc.',
      param: "order",
    });
  }
  const after = query.get("after");
  return { limit, order, ...(after === null ? {} : { after }) };
}

/** A page of things that have ids. */
export function listObject<T extends { readonly id: string }>(
  data: readonly T[],
  hasMore: boolean,
): ListObject<T> {
  return {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}

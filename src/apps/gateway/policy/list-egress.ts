import type { Store } from "../../store/open-store.ts";
import type { EgressTable } from "../../store/schema.ts";

/** One departure as the ledger has it. */
export type EgressEntry = {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The request's id, as its answer's `x-request-id` gave it. */
  readonly call: string;
  readonly job: string | null;
  readonly keyId: string;
  readonly projectId: string;
  readonly deployment: string;
  readonly operation: string;
  readonly provider: string;
  readonly target: string;
  readonly region: string | null;
  readonly bytes: number;
  /** Of the bytes that were sent, in hexadecimal digits. */
  readonly sha256: string;
  readonly policy: string;
  /** Values that were replaced by tokens. */
  readonly masked: number;
};

export type ListEgressOptions = {
  readonly job?: string;
  /** From this time on. */
  readonly since?: Date;
};

/** What left, oldest first. */
export async function listEgress(
  store: Store,
  { job, since }: ListEgressOptions,
): Promise<readonly EgressEntry[]> {
  let query = store.db.selectFrom("egress").selectAll().orderBy("at").orderBy("id");
  if (job !== undefined) query = query.where("job", "=", job);
  if (since !== undefined) query = query.where("at", ">=", since.toISOString());
  return (await query.execute()).map(entryOf);
}

function entryOf({ id: _id, key_id: keyId, project_id: projectId, ...row }: EgressTable): EgressEntry {
  return { ...row, keyId, projectId };
}

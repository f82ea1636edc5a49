import { hash, randomUUID } from "node:crypto";
import { ServerError } from "../../../errors.ts";
import { insertRows } from "../../store/insert-rows.ts";
import type { Store } from "../../store/open-store.ts";
import type { EgressTable } from "../../store/schema.ts";
import type { Departure } from "../gateway.ts";

/** Writes down what leaves: never the text, its length and SHA-256. */
export type EgressLog = {
  /** Call it before the bytes are sent. Throws `ServerError` when too much could not be written. */
  readonly record: (departure: Departure) => void;
  /** Resolves when all that was recorded is in the store. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type EgressLogOptions = {
  readonly now: () => Date;
  /** How long a row may wait, in milliseconds. Defaults to 250. */
  readonly pauseMs?: number;
  /** Rows that may wait for a store that is away; then nothing leaves any more. Defaults to 20,000. */
  readonly mostWaiting?: number;
};

const COLUMNS: readonly (keyof EgressTable)[] = [
  "id",
  "at",
  "call",
  "job",
  "key_id",
  "project_id",
  "deployment",
  "operation",
  "provider",
  "target",
  "region",
  "bytes",
  "sha256",
  "policy",
  "masked",
];

/** The ledger in the store's table `egress`: a row for each attempt, written in batches. Close it before the store. */
export function openEgressLog(store: Store, options: EgressLogOptions): EgressLog {
  const { now, pauseMs = 250, mostWaiting = 20_000 } = options;
  let waiting: EgressTable[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const prefix = randomUUID();
  let count = 0;

  const write = async (): Promise<void> => {
    const rows = waiting;
    waiting = [];
    try {
      await store.db.transaction().execute((db) =>
        // A batch that was written although its commit was not heard of is not written twice.
        insertRows({ db, kind: store.kind }, "egress", rows, {
          columns: COLUMNS,
          onConflict: "on conflict do nothing",
        }),
      );
    } catch (error) {
      waiting = [...rows, ...waiting];
      throw error;
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => {}).then(() => (waiting.length > 0 ? write() : undefined));
    return writing;
  };
  const later = (): void => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      flush().catch(later);
    }, pauseMs);
    timer.unref();
  };
  return {
    record: (departure) => {
      if (waiting.length >= mostWaiting) {
        throw new ServerError("what leaves can't be written down, so nothing leaves", {
          hint: "the store can't be reached or its disk is full",
        });
      }
      waiting.push(rowOf(departure, `${prefix}-${count++}`, now()));
      later();
    },
    flush,
    close: flush,
  };
}

function rowOf(departure: Departure, id: string, at: Date): EgressTable {
  const { call, caller, target, body, policy, masked } = departure;
  return {
    id,
    at: at.toISOString(),
    call: call.id,
    job: call.job ?? null,
    key_id: caller.keyId,
    project_id: caller.projectId,
    deployment: call.deployment,
    operation: call.operation,
    provider: target.provider,
    target: target.id,
    region: target.region ?? null,
    bytes: body.length,
    sha256: hash("sha256", body, "hex"),
    policy,
    masked,
  };
}

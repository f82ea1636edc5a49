import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "../../../json.ts";
import type { DataPolicy, Operation } from "../../../models/deployments/types.ts";
import type { Gateway } from "../gateway.ts";
import { readCall } from "../read-call.ts";
import { serveCall } from "../serve-call.ts";
import { CapturedResponse } from "../upstream/caller-response.ts";
import { WireError, wireErrorBody } from "../wire/wire-error.ts";
import type { BatchLine } from "./batch-lines.ts";

/** A line's answer as it stands in the output file. `ok` comes first: the counts are told by it. */
export type LineResult = {
  readonly ok: boolean;
  readonly row: {
    readonly id: string;
    readonly custom_id: string;
    readonly response: { readonly status_code: number; readonly request_id: string; readonly body: Json };
    readonly error: null;
  };
};

export type RunLineOptions = {
  readonly gateway: Gateway;
  readonly batch: string;
  readonly keyId: string;
  readonly operation: Operation;
  readonly dataPolicy?: DataPolicy;
  readonly signal: AbortSignal;
};

const LONGEST_PAUSE_MS = 60_000;

/** Calls one line with the key that made the batch. Where that key or the providers are at a limit, it waits. */
export async function runLine(line: BatchLine, options: RunLineOptions): Promise<LineResult> {
  const { gateway, batch, keyId, operation, signal, dataPolicy } = options;
  const id = `batch_req_${batch.slice(-24)}_${line.number}`;
  const path = { shape: "openai", operation, rest: [] } as const;
  const body = Buffer.from(JSON.stringify(line.body));
  for (;;) {
    signal.throwIfAborted();
    const response = new CapturedResponse();
    const leave = (): void => void response.destroy();
    signal.addEventListener("abort", leave, { once: true });
    try {
      const read = readCall(id, path, "application/json", body);
      const call = { ...read, job: batch, ...(dataPolicy !== undefined && { dataPolicy }) };
      await serveCall(call, { secret: undefined, keyId }, response, gateway);
      return result(line, id, response.status, bodyOf(response));
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof WireError)) throw thrown;
      const pause = pauseOf(thrown);
      if (pause === undefined) return result(line, id, thrown.status, errorBody(thrown));
      await sleep(pause, undefined, { signal });
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }
}

/** How long to wait before the line is tried again; undefined where that would not help. */
function pauseOf({ status, code, retryAfterMs = 1_000 }: WireError): number | undefined {
  const passes = status === 503 || (status === 429 && code !== "insufficient_quota");
  return passes ? Math.min(Math.max(retryAfterMs, 50), LONGEST_PAUSE_MS) : undefined;
}

function result({ customId }: BatchLine, id: string, status: number, body: Json): LineResult {
  const response = { status_code: status, request_id: id, body };
  return { ok: status < 300, row: { id, custom_id: customId, response, error: null } };
}

function bodyOf({ body }: CapturedResponse): Json {
  return JSON.parse(body.toString("utf8")) as Json;
}

function errorBody(error: WireError): Json {
  return JSON.parse(
    (error.body ?? Buffer.from(JSON.stringify(wireErrorBody(error)))).toString("utf8"),
  ) as Json;
}

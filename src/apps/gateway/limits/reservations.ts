import type { Deployment } from "../../../models/deployments/types.ts";
import type { UsageTable } from "../../store/schema.ts";
import type { KnownKey } from "../keys/key-directory.ts";
import type { Reservation, UsedCall } from "../types.ts";
import { callCost, highestPrice, soundUsage } from "./call-cost.ts";
import { type Amounts, correct, type Meter, slotOf, take } from "./meter.ts";

/** One call that was let in. */
export type ReservedCall = {
  readonly key: KnownKey;
  readonly deployment: Deployment | undefined;
  readonly operation: string;
  readonly job: string | undefined;
  readonly meters: readonly Meter[];
  readonly amounts: Amounts;
  /** Input tokens as they were estimated before anything was learnt; undefined where nothing was. */
  readonly estimated: number | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
};

export type Reservations = {
  /** Takes the amounts from all meters; they must have enough. */
  readonly reserve: (call: ReservedCall) => Reservation;
  /** Gives back what was set aside for calls that nobody has heard of for too long. */
  readonly expire: (now: number) => void;
  readonly open: () => number;
};

export type ReservationsOptions = {
  readonly now: () => number;
  /** How long a call may take before what was set aside for it is given back. */
  readonly longestMs: number;
  readonly touch: (meter: Meter) => void;
  readonly record: (row: UsageTable) => void;
  /** Input tokens as a provider counted them. */
  readonly learn: (call: ReservedCall, inputTokens: number) => void;
  readonly newId: () => string;
  /** Value of one unit of a deployment's currency in the budgets' currency. */
  readonly rateOf: (currency: string) => number;
};

type Open = { readonly call: ReservedCall; amounts: Amounts };

const nothing: Amounts = { requests: 0, tokens: 0, money: 0 };

export function reservations(options: ReservationsOptions): Reservations {
  const { touch, now } = options;
  const open = new Set<Open>();

  /** Makes the call count as `amounts` from now on. */
  const change = (entry: Open, amounts: Amounts): void => {
    const { meters, at } = entry.call;
    const time = now();
    for (const meter of meters) {
      const difference = amounts[meter.metric] - entry.amounts[meter.metric];
      if (difference === 0) continue;
      correct(meter, difference, { slot: slotOf(meter, at), now: time });
      touch(meter);
    }
    entry.amounts = amounts;
  };
  const settle = (entry: Open, used: UsedCall): void => {
    const row = usageRow(entry.call, used, options);
    const money = row.cost_nanos === 0 ? 0 : Math.round(row.cost_nanos * options.rateOf(row.currency));
    change(entry, { requests: 1, tokens: row.input_tokens + row.output_tokens, money });
    options.record(row);
    if (!used.isEstimate) options.learn(entry.call, row.input_tokens);
  };
  return {
    reserve: (call) => {
      const entry: Open = { call, amounts: call.amounts };
      for (const meter of call.meters) {
        take(meter, call.amounts[meter.metric], slotOf(meter, call.at));
        touch(meter);
      }
      open.add(entry);
      let isDone = false;
      const end = (finish: () => void): void => {
        if (isDone) return;
        isDone = true;
        open.delete(entry);
        finish();
      };
      return {
        // A call that settles after it expired is still counted.
        settle: (used) => end(() => settle(entry, used)),
        release: () => end(() => change(entry, nothing)),
      };
    },
    expire: (time) => {
      for (const entry of open) {
        if (time - entry.call.at < options.longestMs) return;
        open.delete(entry);
        change(entry, nothing);
      }
    },
    open: () => open.size,
  };
}

/** The row that a settled call leaves. Its time is when the call was let in: that is the day it counts for. */
function usageRow(
  { key, deployment, operation, job, at }: ReservedCall,
  used: UsedCall,
  { newId }: ReservationsOptions,
): UsageTable {
  const usage = soundUsage(used.usage);
  const target = deployment?.targets.find(({ id }) => id === used.target);
  const price = target === undefined && deployment !== undefined ? highestPrice(deployment) : target?.price;
  return {
    id: newId(),
    at: new Date(at).toISOString(),
    key_id: key.id,
    project_id: key.projectId,
    deployment: deployment?.name ?? "",
    target: used.target,
    operation,
    job: job ?? null,
    status: used.status,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cached_tokens: usage.cachedInputTokens,
    reasoning_tokens: usage.reasoningTokens,
    cost_nanos: callCost(usage, price),
    currency: deployment?.currency ?? "USD",
    is_estimate: used.isEstimate ? 1 : 0,
    milliseconds: wholeMs(used.milliseconds),
    first_byte_ms: used.firstByteMs === undefined ? null : wholeMs(used.firstByteMs),
  };
}

function wholeMs(milliseconds: number): number {
  return Math.min(Math.max(0, Math.round(milliseconds) || 0), 2_000_000_000);
}

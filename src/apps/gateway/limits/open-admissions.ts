import { randomBytes } from "node:crypto";
import { BadRequestError } from "../../../errors.ts";
import type { Deployment } from "../../../models/deployments/types.ts";
import type { Store } from "../../store/open-store.ts";
import { type KnownKey, openKeyDirectory } from "../keys/key-directory.ts";
import { isPermitted } from "../keys/scopes.ts";
import type { Admission, AdmissionRequest, Admissions, Refusal } from "../types.ts";
import { callCost, highestPrice } from "./call-cost.ts";
import { type EstimateFactors, estimateFactors } from "./estimate-factors.ts";
import type { Amounts, Meter } from "./meter.ts";
import { meterChains } from "./meter-chains.ts";
import { limitRefusal, notPermitted, rateState, unknownDeployment, unknownKey } from "./refusals.ts";
import { type ReservedCall, reservations } from "./reservations.ts";
import { openSlicePump } from "./slice-pump.ts";

/** Admissions with a lifetime: what was used is stored in batches, and slices of limits are given back at the end. */
export type OpenAdmissions = Admissions &
  AsyncDisposable & {
    /** Everything settled so far is in the store afterwards. */
    readonly flush: () => Promise<void>;
    /** Sees changes of keys and limits now instead of within a second. */
    readonly refresh: () => Promise<void>;
    /** Calls that were let in and have not been settled or released. */
    readonly open: () => number;
    readonly close: () => Promise<void>;
  };

export type AdmissionsOptions = {
  /** Where deployments are looked up, such as a `Router`. */
  readonly deployments: { readonly find: (name: string) => Deployment | undefined };
  /** Milliseconds since 1970. Defaults to this machine's clock, on PostgreSQL corrected by the server's. */
  readonly now?: () => number;
  /** How often usage is written. Defaults to 100 ms. */
  readonly flushMs?: number;
  /** How long a slice may be spent when the store can't be reached. Defaults to 10,000 ms. */
  readonly leaseMs?: number;
  /** When a call that nobody settled is given back. Defaults to an hour. */
  readonly longestCallMs?: number;
  /** How often to look for changed keys. Defaults to 1,000 ms. */
  readonly keyPollMs?: number;
  /** The budgets' currency. Defaults to `USD`. */
  readonly currency?: string;
  /** Value of one unit of other currencies that deployments are priced in, in the budgets' currency. */
  readonly exchangeRates?: Readonly<Record<string, number>>;
};

/** Operations that cost a scope but no tokens. */
const withoutTokens: ReadonlySet<string> = new Set(["models", "files", "batches", "usage"]);
/** How often a call may be passed over by others before it is refused. */
const mostAttempts = 8;

/** Opens keys, budgets and rates of a store for one process of a gateway. */
export async function openAdmissions(store: Store, options: AdmissionsOptions): Promise<OpenAdmissions> {
  const { deployments, flushMs = 100, leaseMs = 10_000, longestCallMs = 3_600_000 } = options;
  const clock = storeClock(options.now);
  const { now } = clock;
  const process = randomBytes(9).toString("base64url");
  const directory = await openKeyDirectory(store, {
    now,
    ...(options.keyPollMs && { pollMs: options.keyPollMs }),
  });
  const chains = meterChains(directory);
  const factors = await readFactors(store);
  const rateOf = exchange(options);
  const pump = openSlicePump(store, {
    process,
    now,
    isOwnClock: options.now !== undefined,
    heardTime: clock.hear,
    flushMs,
    leaseMs,
    beforeBatch: (time) => calls.expire(time),
  });
  let lastId = 0;
  const calls = reservations({
    now,
    longestMs: longestCallMs,
    touch: pump.touch,
    record: pump.record,
    newId: () => `${process}-${(++lastId).toString(36)}`,
    rateOf,
    learn: (call, counted) => learnFrom(call, counted),
  });
  const learnFrom = ({ deployment, estimated }: ReservedCall, counted: number): void => {
    if (deployment === undefined || estimated === undefined) return;
    const factor = factors.learn(deployment.name, estimated, counted);
    if (factor !== undefined) pump.learn({ deployment: deployment.name, factor: Math.round(factor * 1e6) });
  };

  const admitCall = (
    request: AdmissionRequest,
    key: KnownKey,
    deployment: Deployment | undefined,
  ): Admission | Refusal | Promise<Admission | Refusal> => {
    const at = now();
    const { meters } = chains.chainOf(key, deployment, at);
    const amounts = amountsOf(request, deployment, { factors, rateOf });
    const estimated = request.estimate?.inputTokens;
    const { operation, job } = request;
    const call: ReservedCall = { key, deployment, operation, job, meters, amounts, at, estimated };
    const admit = (time: number): Admission => ({
      kind: "admitted",
      caller: callerOf(key),
      reservation: calls.reserve(time === at ? call : { ...call, at: time }),
      rate: rateState(meters),
    });
    const isFresh = pump.isFresh(at);
    let mustWait = false;
    for (const meter of meters) {
      const need = amounts[meter.metric];
      if (need > meter.limit) return limitRefusal(meter, { amounts, meters, now: at });
      if (meter.waiting === 0 && hasRoom(meter, need, isFresh)) continue;
      const { shortage } = meter;
      if (shortage !== undefined && need >= shortage.need && at < shortage.until)
        return limitRefusal(meter, { amounts, meters, now: at });
      mustWait = true;
    }
    return mustWait ? waitFor(call, admit) : admit(at);
  };

  const waitFor = (call: ReservedCall, admit: (time: number) => Admission): Promise<Admission | Refusal> =>
    new Promise((resolve, reject) => {
      const { meters, amounts } = call;
      let attempts = 0;
      pump.wait({
        needs: meters.map((meter) => ({ meter, amount: amounts[meter.metric] })),
        fail: reject,
        attempt: () => {
          attempts++;
          const time = now();
          const isFresh = pump.isFresh(time);
          const short = meters.find((meter) => !hasRoom(meter, amounts[meter.metric], isFresh));
          if (short === undefined) resolve(admit(time));
          else if (short.shortage !== undefined || attempts >= mostAttempts)
            resolve(limitRefusal(short, { amounts, meters, now: time }));
          else return false;
          return true;
        },
      });
    });

  const decide = (request: AdmissionRequest, key: KnownKey): ReturnType<Admissions["admit"]> => {
    const { operation, deployment: name } = request;
    if (!isPermitted(key.scopes, { operation, deployment: undefined })) return notPermitted(operation);
    if (!isPermitted(key.scopes, { operation, deployment: name })) return notPermitted(`"${name}"`);
    const deployment = name === undefined ? undefined : deployments.find(name);
    if (name !== undefined && deployment === undefined) return unknownDeployment(name);
    if (withoutTokens.has(operation))
      return { kind: "admitted", caller: callerOf(key), reservation: noReservation, rate: {} };
    return admitCall(request, key, deployment);
  };

  const close = async (): Promise<void> => {
    directory.close();
    await pump.close();
  };
  return {
    admit: (request) => {
      const { secret } = request;
      if (secret === undefined || !/^tdm_[\w-]{43}$/.test(secret)) return unknownKey;
      const key = directory.find(secret);
      if (key !== undefined) return decide(request, key);
      // Perhaps it was made a moment ago.
      return directory.refresh().then(() => {
        const found = directory.find(secret);
        return found === undefined ? unknownKey : decide(request, found);
      });
    },
    flush: pump.flush,
    refresh: directory.refresh,
    open: calls.open,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const noReservation: Admission["reservation"] = { settle: () => {}, release: () => {} };

function callerOf(key: KnownKey): Admission["caller"] {
  return { keyId: key.id, projectId: key.projectId, scopes: key.scopes };
}

/** A window's slice can't be spent when it was not renewed in time. */
function hasRoom(meter: Meter, need: number, isFresh: boolean): boolean {
  return need === 0 || (meter.free >= need && (isFresh || meter.period !== "minute"));
}

function amountsOf(
  { estimate }: AdmissionRequest,
  deployment: Deployment | undefined,
  { factors, rateOf }: { readonly factors: EstimateFactors; readonly rateOf: (currency: string) => number },
): Amounts {
  if (deployment === undefined) return { requests: 1, tokens: 1, money: 0 };
  const price = highestPrice(deployment);
  const inputTokens = Math.ceil(sound(estimate?.inputTokens) * factors.of(deployment.name));
  const outputTokens = Math.ceil(sound(estimate?.outputTokens));
  const cost = callCost({ inputTokens, outputTokens }, price) * rateOf(deployment.currency ?? "USD");
  const isPriced = price.input > 0 || price.output > 0;
  // What can't be estimated counts as one, so that a budget that is gone refuses it too.
  return {
    requests: 1,
    tokens: Math.max(1, inputTokens + outputTokens),
    money: isPriced ? Math.max(1, Math.ceil(cost)) : 0,
  };
}

function sound(estimate: number | undefined): number {
  return estimate !== undefined && Number.isFinite(estimate) ? Math.max(0, estimate) : 0;
}

function exchange({ currency = "USD", exchangeRates = {} }: AdmissionsOptions): (currency: string) => number {
  return (other) => {
    if (other === currency) return 1;
    const rate = Object.hasOwn(exchangeRates, other) ? exchangeRates[other] : undefined;
    if (rate === undefined)
      throw new BadRequestError(
        `there is no exchange rate from ${other} to ${currency}, in which budgets are kept`,
        {
          hint: "price the deployment in the budgets' currency, or set an exchange rate",
        },
      );
    return rate;
  };
}

async function readFactors(store: Store): Promise<EstimateFactors> {
  const rows = await store.db.selectFrom("estimate_factor").selectAll().execute();
  return estimateFactors(new Map(rows.map(({ deployment, factor }) => [deployment, factor / 1e6])));
}

type StoreClock = {
  readonly now: () => number;
  /** The store's clock said this while a question took `elapsedMs` until now. */
  readonly hear: (storeNow: number, elapsedMs: number) => void;
};

/**
 * This machine's clock, moved to the store's by as little as it takes: several machines must agree on what a minute is,
 * and an answer that was long on its way must not be taken for a clock that is slow.
 */
function storeClock(given: (() => number) | undefined): StoreClock {
  if (given !== undefined) return { now: given, hear: () => {} };
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    hear: (storeNow, elapsedMs) => {
      const heard = Date.now();
      offset = Math.min(Math.max(offset, storeNow - heard), storeNow - heard + elapsedMs + 1);
    },
  };
}

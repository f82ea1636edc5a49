import { randomBytes } from "node:crypto";
import { BadRequestError } from "../../../errors.ts";
import type { Deployment } from "../../../models/deployments/types.ts";
import type { Store } from "../../store/open-store.ts";
import { type KeyDirectory, type KnownKey, openKeyDirectory } from "../keys/key-directory.ts";
import { isPermitted } from "../keys/scopes.ts";
import type { Admission, AdmissionRequest, Admissions } from "../types.ts";
import { admitCall, callerOf } from "./admit-call.ts";
import { type EstimateFactors, estimateFactors } from "./estimate-factors.ts";
import { meterChains } from "./meter-chains.ts";
import { notPermitted, unknownDeployment, unknownKey } from "./refusals.ts";
import { type ReservedCall, reservations } from "./reservations.ts";
import { SlicePump } from "./slice-pump.ts";

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
  const pump = new SlicePump(store, {
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
    touch: (meter) => pump.touch(meter),
    record: (row) => pump.record(row),
    newId: () => `${process}-${(++lastId).toString(36)}`,
    rateOf,
    learn: (call, counted) => learnFrom(call, counted),
  });
  const learnFrom = ({ deployment, estimated }: ReservedCall, counted: number): void => {
    if (deployment === undefined || estimated === undefined) return;
    const factor = factors.learn(deployment.name, estimated, counted);
    if (factor !== undefined) pump.learn({ deployment: deployment.name, factor: Math.round(factor * 1e6) });
  };

  const limits = { now, pump, chains, calls, factors, rateOf };

  const decide = (request: AdmissionRequest, key: KnownKey): ReturnType<Admissions["admit"]> => {
    const { operation, deployment: name } = request;
    if (!isPermitted(key.scopes, { operation, deployment: undefined })) return notPermitted(operation);
    if (!isPermitted(key.scopes, { operation, deployment: name })) return notPermitted(`"${name}"`);
    const deployment = name === undefined ? undefined : deployments.find(name);
    if (name !== undefined && deployment === undefined) return unknownDeployment(name);
    if (withoutTokens.has(operation))
      return { kind: "admitted", caller: callerOf(key), reservation: noReservation, rate: {} };
    return admitCall(limits, { request, key, deployment });
  };

  const close = async (): Promise<void> => {
    directory.close();
    await pump.close();
  };
  return {
    admit: (request) => {
      const find = keyFinder(request, directory);
      if (find === undefined) return unknownKey;
      const key = find();
      if (key !== undefined) return decide(request, key);
      // Perhaps it was made a moment ago.
      return directory.refresh().then(() => {
        const found = find();
        return found === undefined ? unknownKey : decide(request, found);
      });
    },
    flush: () => pump.flush(),
    refresh: directory.refresh,
    open: calls.open,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** By its secret; by its id only where no secret came with the call, which a caller can't bring about. */
function keyFinder(
  { secret, keyId }: AdmissionRequest,
  directory: KeyDirectory,
): (() => KnownKey | undefined) | undefined {
  if (secret !== undefined) return /^tdm_[\w-]{43}$/.test(secret) ? () => directory.find(secret) : undefined;
  return keyId === undefined ? undefined : () => directory.findById(keyId);
}

const noReservation: Admission["reservation"] = { settle: () => {}, release: () => {} };

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
      offset = Math.min(Math.max(offset, storeNow - heard), storeNow - heard + Math.ceil(elapsedMs) + 1);
    },
  };
}

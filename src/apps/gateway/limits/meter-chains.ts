import type { Deployment } from "../../../models/deployments/types.ts";
import type { KeyDirectory, KnownKey } from "../keys/key-directory.ts";
import { nanosOf } from "./call-cost.ts";
import { type LimitLevel, type LimitSettings, organisationId } from "./limit-settings.ts";
import { type Meter, type Metric, newMeter } from "./meter.ts";
import { dayOf, monthOf, type Period } from "./periods.ts";

/** Every limit that holds for one key's calls of one deployment, widest first. */
export type MeterChain = {
  readonly meters: readonly Meter[];
  /** Milliseconds since 1970: the end of the day. */
  readonly endsAt: number;
  readonly revision: number;
};

export type MeterChains = {
  readonly chainOf: (key: KnownKey, deployment: Deployment | undefined, now: number) => MeterChain;
};

const mostChains = 20_000;

/** Keeps one meter for each limit, whoever shares it. Chains are made anew when limits change and at midnight UTC. */
export function meterChains(directory: Pick<KeyDirectory, "limitsOf" | "revision">): MeterChains {
  const meters = new Map<string, Meter>();
  let chains = new Map<string, Map<Deployment | undefined, MeterChain>>();
  let count = 0;
  let day = "";

  const startDay = (now: number): void => {
    const today = dayOf(now).name;
    if (today === day && count < mostChains) return;
    day = today;
    count = 0;
    chains = new Map();
    // Whoever settles a call of yesterday holds its meters.
    for (const [id, meter] of meters) if (meter.endsAt <= now) meters.delete(id);
  };
  const build = (key: KnownKey, deployment: Deployment | undefined, now: number): MeterChain => {
    startDay(now);
    const found: Meter[] = [];
    for (const [level, owner] of owners(key, deployment)) {
      const settings = settingsOf(directory, level, owner, deployment);
      for (const kind of kinds) {
        const limit = kind.limitIn(settings);
        if (limit !== undefined) found.push(meterOf(meters, { ...kind, level, owner, limit, now }));
      }
    }
    return { meters: found, endsAt: dayOf(now).endsAt, revision: directory.revision() };
  };
  return {
    chainOf: (key, deployment, now) => {
      const known = chains.get(key.id)?.get(deployment);
      if (known !== undefined && now < known.endsAt && known.revision === directory.revision()) return known;
      const chain = build(key, deployment, now);
      const ofKey = chains.get(key.id) ?? new Map<Deployment | undefined, MeterChain>();
      if (!ofKey.has(deployment)) count++;
      chains.set(key.id, ofKey.set(deployment, chain));
      return chain;
    },
  };
}

type Kind = {
  readonly metric: Metric;
  readonly period: Period;
  readonly limitIn: (settings: LimitSettings) => number | undefined;
};

const money = (amount: number | undefined): number | undefined =>
  amount === undefined ? undefined : nanosOf(amount);

const kinds: readonly Kind[] = [
  { metric: "requests", period: "minute", limitIn: (settings) => settings.requestsPerMinute },
  { metric: "tokens", period: "minute", limitIn: (settings) => settings.tokensPerMinute },
  { metric: "tokens", period: "day", limitIn: (settings) => settings.tokensPerDay },
  { metric: "tokens", period: "month", limitIn: (settings) => settings.tokensPerMonth },
  { metric: "money", period: "day", limitIn: (settings) => money(settings.budgetPerDay) },
  { metric: "money", period: "month", limitIn: (settings) => money(settings.budgetPerMonth) },
];

function owners(
  key: KnownKey,
  deployment: Deployment | undefined,
): readonly (readonly [LimitLevel, string])[] {
  return [
    ["organisation", organisationId],
    ["project", key.projectId],
    ["key", key.id],
    ...(deployment === undefined ? [] : [["deployment", deployment.name] as const]),
  ];
}

/** What is set in the store wins over a deployment's own rates. */
function settingsOf(
  directory: Pick<KeyDirectory, "limitsOf">,
  level: LimitLevel,
  owner: string,
  deployment: Deployment | undefined,
): LimitSettings {
  const set = directory.limitsOf(`${level}:${owner}`) ?? {};
  return level === "deployment" ? { ...deployment?.limits, ...set } : set;
}

type WantedMeter = Omit<Kind, "limitIn"> & {
  readonly level: LimitLevel;
  readonly owner: string;
  readonly limit: number;
  readonly now: number;
};

function meterOf(
  meters: Map<string, Meter>,
  { metric, period, level, owner, limit, now }: WantedMeter,
): Meter {
  const span =
    period === "minute"
      ? { name: "minute", endsAt: Number.POSITIVE_INFINITY }
      : period === "day"
        ? dayOf(now)
        : monthOf(now);
  const id = `${level}:${owner}:${metric}:${span.name}`;
  const known = meters.get(id);
  if (known !== undefined) {
    if (known.limit !== limit) {
      known.shortage = undefined;
      // What was fetched under the old limit is not ours under a lower one.
      known.free = Math.min(known.free, 0);
    }
    known.limit = limit;
    return known;
  }
  const meter = newMeter({ id, level, metric, period, endsAt: span.endsAt }, limit);
  meters.set(id, meter);
  return meter;
}

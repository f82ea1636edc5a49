import type { MetricObject, Registry } from "prom-client";

type Labels = Readonly<Record<string, string>>;

/**
 * A counter by labels, added to with one look into a map: it is on the way of every call, where prom-client's own takes
 * several microseconds. `key` stands for the labels, which are only read when it is new.
 */
export type CountSeries = { readonly add: (key: string, labels: () => Labels, amount?: number) => void };

/** Adds a counter to a registry. */
export function countSeries(registry: Registry, name: string, help: string): CountSeries {
  const series = new Map<string, { readonly labels: Labels; value: number }>();
  register(registry, { name, help, type: "counter" }, () =>
    [...series.values()].map(({ labels, value }) => ({ labels, value })),
  );
  return {
    add: (key, labels, amount = 1) => {
      const known = series.get(key);
      if (known === undefined) series.set(key, { labels: labels(), value: amount });
      else known.value += amount;
    },
  };
}

/** Counts of values by how large they are, likewise. */
export type BucketSeries = { readonly observe: (key: string, labels: () => Labels, value: number) => void };

/** Adds a histogram to a registry; `bounds` are upper bounds, ascending. */
export function bucketSeries(
  registry: Registry,
  name: string,
  help: string,
  bounds: readonly number[],
): BucketSeries {
  type Buckets = { readonly labels: Labels; readonly counts: number[]; sum: number };
  const series = new Map<string, Buckets>();
  register(registry, { name, help, type: "histogram" }, () =>
    [...series.values()].flatMap(({ labels, counts, sum }) => {
      let below = 0;
      const buckets = [...bounds, "+Inf"].map((le, index) => {
        below += counts[index] ?? 0;
        return { metricName: `${name}_bucket`, labels: { ...labels, le: String(le) }, value: below };
      });
      const all = { metricName: `${name}_sum`, labels, value: sum };
      return [...buckets, all, { metricName: `${name}_count`, labels, value: below }];
    }),
  );
  return {
    observe: (key, labels, value) => {
      let known = series.get(key);
      if (known === undefined) {
        known = { labels: labels(), counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 };
        series.set(key, known);
      }
      let index = 0;
      while (index < bounds.length && value > bounds[index]!) index++;
      known.counts[index]! += 1;
      known.sum += value;
    },
  };
}

type Value = { readonly metricName?: string; readonly labels: Labels; readonly value: number };

/** A metric that tells its values when it is asked; a registry needs no more of one. */
function register(
  registry: Registry,
  about: { readonly name: string; readonly help: string; readonly type: "counter" | "histogram" },
  values: () => readonly Value[],
): void {
  const metric = { ...about, get: async () => ({ ...about, aggregator: "sum", values: values() }) };
  registry.registerMetric(metric as unknown as MetricObject as never);
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRouter, type RouterOptions } from "./router.ts";
import type { Deployment, RoutedCall, Router, Target } from "./types.ts";

const target = (id: string, more: Partial<Target> = {}): Target => ({
  id,
  provider: "openai-compatible",
  model: "m",
  ...more,
});
const deployment = (targets: readonly Target[], more: Partial<Deployment> = {}): Deployment => ({
  name: "d",
  operations: ["chat"],
  targets,
  ...more,
});

type Clock = { now: number };

/** Numbers in [0, 1) that are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function routerOf(
  of: Deployment,
  more: Partial<RouterOptions> = {},
): { readonly router: Router; readonly clock: Clock; readonly ids: (call?: RoutedCall) => string[] } {
  const clock: Clock = { now: 1_000_000 };
  const router = createRouter([of], { now: () => clock.now, random: seeded(7), ...more });
  const ids = (call: RoutedCall = {}): string[] => {
    const taken = [...router.choose(of, call)].map(({ id }) => id);
    // Nothing was tried: give them back.
    for (const id of taken) router.report("d", id, { kind: "failed", isTargetFault: false });
    return taken;
  };
  return { router, clock, ids };
}

const first = (of: Deployment, call: RoutedCall, router: Router): string => {
  const [one] = router.choose(of, call);
  if (one === undefined) return "none";
  router.report("d", one.id, { kind: "answered", milliseconds: 1 });
  return one.id;
};

describe("the router", () => {
  it("goes by order first and never to a weight of 0", () => {
    const { ids } = routerOf(
      deployment([
        target("c", { order: 2 }),
        target("z", { weight: 0 }),
        target("a"),
        target("b", { order: 1 }),
      ]),
    );
    expect(ids()).toEqual(["a", "b", "c"]);
  });

  it("finds deployments by name, also those that are added later", () => {
    let list = [deployment([target("a")])];
    const router = createRouter(() => list, { now: () => 0 });
    expect(router.find("e")).toBeUndefined();
    list = [...list, deployment([target("b")], { name: "e" })];
    expect(router.find("e")?.targets[0]?.id).toBe("b");
    expect(router.deployments).toHaveLength(2);
  });

  it.each([undefined, "sticky"])("holds the weights within chance (affinity %s)", (affinity) => {
    const of = deployment([
      target("a", { weight: 7 }),
      target("b", { weight: 2 }),
      target("c", { weight: 1 }),
    ]);
    const { router } = routerOf(of);
    const counts: Record<string, number> = {};
    const calls = 20_000;
    for (let index = 0; index < calls; index += 1) {
      const id = first(of, affinity === undefined ? {} : { affinity: `key-${index}` }, router);
      counts[id] = (counts[id] ?? 0) + 1;
    }
    // Three standard deviations of a share of 0.7 over 20,000 calls are 1 %.
    expect(counts.a! / calls).toBeCloseTo(0.7, 1.6);
    expect(Math.abs(counts.a! / calls - 0.7)).toBeLessThan(0.012);
    expect(Math.abs(counts.b! / calls - 0.2)).toBeLessThan(0.012);
    expect(Math.abs(counts.c! / calls - 0.1)).toBeLessThan(0.012);
  });

  it("keeps a caller's target, and a change of weight moves callers only to or from that target", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 }),
        fc.nat(5),
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.string(), { minLength: 1, maxLength: 50 }),
        (weights, at, changed, callers) => {
          const moved = at % weights.length;
          const before = deployment(weights.map((weight, index) => target(`t${index}`, { weight })));
          const after = deployment(
            weights.map((weight, index) =>
              target(`t${index}`, { weight: index === moved ? changed : weight }),
            ),
          );
          for (const affinity of callers) {
            const old = first(before, { affinity }, routerOf(before).router);
            expect(first(before, { affinity }, routerOf(before, { random: seeded(99) }).router)).toBe(old);
            const now = first(after, { affinity }, routerOf(after).router);
            if (now !== old) expect([old, now]).toContain(`t${moved}`);
            if (now !== old) expect(changed > weights[moved]! ? now : old).toBe(`t${moved}`);
          }
        },
      ),
    );
  });

  it("leaves an open breaker out, gives its callers their second choice, and takes them back", () => {
    const of = deployment([target("a"), target("b")]);
    const { router, clock } = routerOf(of, { breaker: { faultsInARow: 2, openMs: 1_000 } });
    const affinity = Array.from({ length: 50 }, (_, index) => `k${index}`).find(
      (key) => first(of, { affinity: key }, router) === "a",
    );
    const failOnce = (): void => {
      for (const each of router.choose(of, affinity === undefined ? {} : { affinity })) {
        const isA = each.id === "a";
        router.report(
          "d",
          each.id,
          isA ? { kind: "failed", status: 503, isTargetFault: true } : { kind: "answered", milliseconds: 10 },
        );
        if (!isA) break;
      }
    };
    failOnce();
    failOnce();
    expect(router.states("d")[0]).toMatchObject({
      breaker: "open",
      retryAt: new Date(1_001_000),
      failures: 2,
      lastFailure: { reason: "HTTP 503", at: new Date(1_000_000) },
      inFlight: 0,
    });
    expect(first(of, { affinity: affinity! }, router)).toBe("b");
    clock.now += 1_000;
    expect(router.states("d")[0]?.breaker).toBe("half-open");
    const probe = router.choose(of, { affinity: affinity! })[Symbol.iterator]();
    expect(probe.next().value?.id).toBe("a");
    expect(router.states("d")[0]?.inFlight).toBe(1);
    // The one probe is out: everybody else goes on to the other target.
    for (let index = 0; index < 10; index += 1) expect(first(of, { affinity: affinity! }, router)).toBe("b");
    router.report("d", "a", { kind: "answered", milliseconds: 20 });
    expect(first(of, { affinity: affinity! }, router)).toBe("a");
    expect(router.states("d")[0]).toMatchObject({ breaker: "closed", failures: 0 });
  });

  it("does not hold a refused request or a caller that left against a target", () => {
    const of = deployment([target("a")]);
    const { router, ids } = routerOf(of, { breaker: { faultsInARow: 1 } });
    for (const status of [400, 422, undefined]) {
      const [one] = router.choose(of, {});
      router.report("d", one!.id, {
        kind: "failed",
        isTargetFault: false,
        ...(status === undefined ? {} : { status }),
      });
    }
    expect(ids()).toEqual(["a"]);
    expect(router.states("d")[0]?.lastFailure).toBeUndefined();
  });

  it("honours retry-after as not before, and pauses a moment where a limit came without", () => {
    const of = deployment([target("a")]);
    const { router, clock, ids } = routerOf(of);
    const limited = (retryAfterMs?: number): void => {
      const [one] = router.choose(of, {});
      const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
      router.report("d", one!.id, { kind: "failed", status: 429, isTargetFault: false, ...wait });
    };
    limited(2_500);
    clock.now += 2_499;
    expect(ids()).toEqual([]);
    clock.now += 1;
    expect(ids()).toEqual(["a"]);
    limited();
    expect(ids()).toEqual([]);
    clock.now += 1_000;
    expect(ids()).toEqual(["a"]);
  });

  it("keeps a target under its own requests and tokens in any 60 seconds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 10, max: 100 }),
        fc.array(fc.record({ wait: fc.nat(40_000), tokens: fc.integer({ min: 1, max: 10 }) }), {
          maxLength: 60,
        }),
        (requestsPerMinute, tokensPerMinute, calls) => {
          const of = deployment([target("a", { limits: { requestsPerMinute, tokensPerMinute } })]);
          const { router, clock } = routerOf(of);
          const sent: { readonly at: number; readonly tokens: number }[] = [];
          for (const { wait, tokens } of calls) {
            clock.now += wait;
            if (first(of, { tokens }, router) === "a") sent.push({ at: clock.now, tokens });
            const recent = sent.filter(({ at }) => at > clock.now - 60_000);
            expect(recent.length).toBeLessThanOrEqual(requestsPerMinute);
            expect(recent.reduce((sum, each) => sum + each.tokens, 0)).toBeLessThanOrEqual(tokensPerMinute);
          }
          clock.now += 61_000;
          expect(first(of, { tokens: 1 }, router)).toBe("a");
        },
      ),
    );
  });

  it("yields no target that the policies forbid or whose context is too small, and every other one", () => {
    const policy = fc.constantFrom("any", "redact", "local-only") as fc.Arbitrary<
      "any" | "redact" | "local-only"
    >;
    const place = fc.record({
      isLocal: fc.boolean(),
      contextTokens: fc.integer({ min: 10, max: 100 }),
      weight: fc.integer({ min: 0, max: 3 }),
      order: fc.nat(2),
    });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 6 }),
        policy,
        policy,
        fc.integer({ min: 1, max: 110 }),
        fc.option(fc.string(), { nil: undefined }),
        (places, own, asked, tokens, affinity) => {
          const of = deployment(
            places.map((each, index) => target(`t${index}`, each)),
            { dataPolicy: own },
          );
          const { ids } = routerOf(of);
          const call = { tokens, dataPolicy: asked, ...(affinity === undefined ? {} : { affinity }) };
          const isLocalOnly = own === "local-only" || asked === "local-only";
          const expected = of.targets
            .filter((each) => each.weight !== 0 && each.contextTokens! >= tokens)
            .filter((each) => !isLocalOnly || each.isLocal);
          expect(ids(call).toSorted()).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
  });

  it("always finds a closed healthy target, whatever happened to the others", () => {
    const happening = fc.record({ wait: fc.nat(5_000), status: fc.constantFrom(500, 429, 0) });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
        const of = deployment([target("bad", { weight: 9 }), target("worse", { weight: 9 }), target("good")]);
        const { router, clock } = routerOf(of, { breaker: { faultsInARow: 2 } });
        for (const { wait, status } of happenings) {
          clock.now += wait;
          let isAnswered = false;
          for (const each of router.choose(of, {})) {
            if (each.id === "good") {
              router.report("d", "good", { kind: "answered", milliseconds: 5 });
              isAnswered = true;
              break;
            }
            const isTargetFault = status !== 429;
            router.report("d", each.id, {
              kind: "failed",
              isTargetFault,
              ...(status === 0 ? {} : { status }),
            });
          }
          expect(isAnswered).toBe(true);
        }
        expect(router.states("d").map(({ inFlight }) => inFlight)).toEqual([0, 0, 0]);
      }),
    );
  });
});

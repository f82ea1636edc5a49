import { describe, expect, it } from "vitest";
import type { Deployment, Price } from "../../models/deployments/types.ts";
import { readOrigins } from "./cross-origin.ts";
import { readMoney } from "./money-settings.ts";
import { startTracing } from "./telemetry/start-tracing.ts";

const price: Price = { input: 1, output: 2 };
const deployment = (currency?: string, own?: Price): Deployment => ({
  name: "d",
  operations: ["chat"],
  targets: [{ id: "a", provider: "openai", model: "m", ...(own && { price: own }) }],
  ...(currency !== undefined && { currency }),
});

describe("readMoney", () => {
  it("keeps budgets in the one currency that prices have", () => {
    const money = readMoney([deployment("EUR", price), deployment()], {});
    expect(money.currency).toBe("EUR");
    expect(money.deployments.map((each) => each.currency)).toEqual(["EUR", "EUR"]);
    expect(readMoney([], {}).currency).toBe("USD");
    expect(readMoney([deployment(undefined, price)], {}).currency).toBe("USD");
  });

  it("wants a rate for every other currency, before anybody calls", () => {
    const both = [deployment("EUR", price), deployment("GBP", price)];
    expect(() => readMoney(both, {})).toThrow(/prices are in EUR, GBP, budgets in USD/);
    const env = { TANDEM_CURRENCY: "EUR", TANDEM_EXCHANGE_RATES: "GBP=1.17" };
    expect(readMoney(both, env)).toMatchObject({ currency: "EUR", exchangeRates: { GBP: 1.17 } });
    for (const wrong of ["GBP", "GBP=0", "gbp=1", "GBP=1,2"])
      expect(() => readMoney(both, { ...env, TANDEM_EXCHANGE_RATES: wrong })).toThrow(
        /TANDEM_EXCHANGE_RATES/,
      );
    expect(() => readMoney([], { TANDEM_CURRENCY: "euro" })).toThrow(/TANDEM_CURRENCY/);
  });
});

describe("readOrigins", () => {
  it("takes origins and says what is none", () => {
    expect(readOrigins(undefined)).toEqual({ origins: [], wrong: [] });
    expect(readOrigins("https://a.example/, http://localhost:8080 null *")).toEqual({
      origins: ["https://a.example", "http://localhost:8080", "null", "*"],
      wrong: [],
    });
    const wrong = ["a.example", "https://a.example/path", "https://*.a.example", "https://u:p@a.example"];
    expect(readOrigins(wrong.join(","))).toEqual({ origins: [], wrong });
  });
});

describe("startTracing", () => {
  it("does nothing unasked, and says so where the SDK is missing", async () => {
    let loads = 0;
    const missing = async (): Promise<never> => {
      loads++;
      throw new Error("not installed");
    };
    expect(await startTracing({}, missing)).not.toHaveProperty("note");
    expect(loads).toBe(0);
    const { note, stop } = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318" }, missing);
    expect(note).toContain("npm install");
    await stop();
  });

  it("starts the SDK and stops it, also when the collector is away", async () => {
    const did: string[] = [];
    class NodeSDK {
      constructor(options: { readonly serviceName?: string }) {
        did.push(`made ${options.serviceName}`);
      }
      start(): void {
        did.push("started");
      }
      async shutdown(): Promise<void> {
        did.push("stopped");
        throw new Error("no collector");
      }
    }
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318" };
    const { note, stop } = await startTracing(env, async () => ({ NodeSDK }));
    expect(note).not.toContain("http://c:4318");
    await stop();
    expect(did).toEqual(["made tandem", "started", "stopped"]);
  });
});

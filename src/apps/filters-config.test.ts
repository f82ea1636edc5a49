import { describe, expect, it } from "vitest";
import { readFilters } from "./filters-config.ts";

const from = "tandem.config.json";

describe("readFilters", () => {
  it("opens what the nearest config names, through the sender it is given", async () => {
    const sent: string[] = [];
    const send: typeof fetch = async (input) => {
      sent.push(String(input));
      return Response.json({
        results: [{ categories: { violence: true }, category_scores: { violence: 0.9 } }],
      });
    };
    const moderations = { baseUrl: "https://filter.example/v1", apiKeyEnv: "KEY" };
    const configs = [
      { from, config: {} },
      { from, config: { filters: { moderations } } },
    ];
    const filters = readFilters(configs, { KEY: "secret" })!(send);
    expect(filters.areLocal).toBe(false);
    expect(filters.injections).toBeUndefined();
    const [verdicts] = await filters.texts!.judge(["a knife"]);
    expect(verdicts).toContainEqual({ category: "violence", severity: "high" });
    expect(sent).toEqual(["https://filter.example/v1/moderations"]);
    const here = { ...moderations, baseUrl: "http://127.0.0.1:9000/v1" };
    expect(
      readFilters([{ from, config: { filters: { moderations: here } } }], { KEY: "k" })!(send).areLocal,
    ).toBe(true);
  });

  it("is nothing where no config names any", () => {
    expect(readFilters([{ from, config: {} }], {})).toBeUndefined();
  });

  it("names the place of what is wrong, and a key that is missing", () => {
    const promptShield = { endpoint: "https://a.example" };
    expect(() => readFilters([{ from, config: { filters: { promptShield } } }], {})).toThrow(
      /AZURE_CONTENT_SAFETY_KEY/,
    );
    expect(() =>
      readFilters([{ from, config: { filters: { moderations: { baseUrl: "ftp://x" } } } }], {}),
    ).toThrow(/filters\.moderations\.baseUrl/);
    expect(() => readFilters([{ from, config: { filters: { other: 1 } } }], {})).toThrow(/filters/);
  });
});

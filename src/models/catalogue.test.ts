import { describe, expect, it } from "vitest";
import { CATALOGUE, chooseModel, findEntry, smallestEntry } from "./catalogue.ts";

const GB = 1_000_000_000;

describe("the catalogue", () => {
  it("goes from small to large, with unique ids and file names", () => {
    const memory = CATALOGUE.map((entry) => entry.memoryBytes);
    expect(memory).toEqual([...memory].sort((a, b) => a - b));
    expect(new Set(CATALOGUE.map((entry) => entry.id)).size).toBe(CATALOGUE.length);
    expect(new Set(CATALOGUE.map((entry) => entry.fileName)).size).toBe(CATALOGUE.length);
    for (const entry of CATALOGUE) {
      expect(entry.memoryBytes).toBeGreaterThan(entry.fileBytes);
      expect(entry.sources.length).toBeGreaterThan(0);
    }
  });

  it("chooses by memory and never nothing", () => {
    expect(chooseModel(0.1 * GB).id).toBe("smollm2-135m-instruct");
    expect(chooseModel(3 * GB).id).toBe("qwen3.5-0.8b");
    expect(chooseModel(6 * GB).id).toBe("qwen3.5-4b");
    expect(chooseModel(12 * GB).id).toBe("qwen3.5-9b");
    expect(chooseModel(24 * GB).id).toBe("gpt-oss-20b");
    expect(chooseModel(500 * GB).id).toBe("qwen3.6-35b-a3b");
  });

  it("finds an entry by its id in any case", () => {
    expect(findEntry("SmolLM2-135M-Instruct")).toBe(smallestEntry());
    expect(findEntry("gpt-9")).toBeUndefined();
  });
});

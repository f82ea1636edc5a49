import { describe, expect, it } from "vitest";
import { type ProofResult, runBeside, runProof } from "./run-proof.fixture.ts";
import { developed, heldBack } from "./wordings.fixture.ts";

const texts = (list: ProofResult["missed"]): string[] =>
  list.map(
    ({ sentence, finding }) => `${sentence.wrong ?? "right"}: ${sentence.text} -> ${finding?.note ?? ""}`,
  );

describe("the figures of sentences in five languages", () => {
  it("are contradicted where they were made wrong, and not where they are right", async () => {
    const result = await runProof(developed, 3, 7);
    expect(result.wrong + result.right).toBeGreaterThan(1000);
    expect(texts(result.missed)).toEqual([]);
    expect(texts(result.falseAlarms)).toEqual([]);
    expect(texts(result.unconfirmed)).toEqual([]);
  }, 240_000);

  it("are caught in other words as well", async () => {
    const result = await runProof(heldBack, 2, 41);
    expect(texts(result.missed)).toEqual([]);
    expect(texts(result.falseAlarms)).toEqual([]);
  }, 240_000);

  it("are not contradicted where the tables know nothing of them", async () => {
    expect((await runBeside(7)).map(({ place }) => place.sentence)).toEqual([]);
  }, 60_000);
});

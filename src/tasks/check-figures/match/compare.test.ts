import { describe, expect, it } from "vitest";
import { readSentences } from "../read/read-sentence.ts";
import type { WrittenFigure } from "../types.ts";
import { holds } from "./compare.ts";
import { writeLike } from "./write-like.ts";

function figure(text: string): WrittenFigure {
  const piece = readSentences(text, "en")[0]!.pieces.find((each) => each.kind === "figure");
  if (piece?.kind !== "figure") throw new Error(`no figure in ${text}`);
  return piece.figure;
}

describe("a figure holds", () => {
  it("as closely as it is written", () => {
    expect(holds(figure("1.2 million"), 1_234_567)).toBe(true);
    expect(holds(figure("1.2 million"), 1_260_000)).toBe(false);
    expect(holds(figure("12 %"), 12.49)).toBe(true);
    expect(holds(figure("12 %"), 12.6)).toBe(false);
    expect(holds(figure("1,234"), 1235)).toBe(false);
  });

  it("within the reach of its bound", () => {
    expect(holds(figure("about 1,200"), 1234)).toBe(true);
    expect(holds(figure("more than 1 million"), 1_100_000)).toBe(true);
    expect(holds(figure("more than 1 million"), 990_000)).toBe(false);
    expect(holds(figure("more than 1 million"), 10_000_000)).toBe(false);
    expect(holds(figure("nearly 500"), 480)).toBe(true);
    expect(holds(figure("half of it"), 51)).toBe(true);
    expect(holds(figure("half of it"), 56)).toBe(false);
  });
});

describe("a value is written", () => {
  it("with the decimals, marks and scale of the figure it replaces", () => {
    expect(writeLike(figure("1,234.50 €"), 99_876.543)).toBe("99,876.54");
    expect(writeLike(figure("1.2 million"), 2_345_678)).toBe("2.3");
    expect(writeLike(figure("12 %"), 8.6)).toBe("9");
  });
});

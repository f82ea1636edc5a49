import fc from "fast-check";
import { expect, it } from "vitest";
import { numbersIn, unboundNumbers } from "./bound-numbers.ts";

it("reads numbers with separators, signs, decimals and scale words", () => {
  const values = (text: string): number[] => numbersIn(text).map(({ value }) => value);
  expect(values("1,234.50 € in 12 months, −3 % and 1.2 million")).toEqual([1234.5, 12, -3, 1_200_000]);
  expect(values("Q3 of A4:B9 and v2.1")).toEqual([]);
});

it("lets a rounded value through and nothing else", () => {
  const unbound = (text: string): string[] =>
    unboundNumbers(text, [1234.567, -0.0421], ["sales of 2024"]).map((each) => each.text);
  expect(unbound("In 2024 it was 1,234.57, about 1,235 or 1.2 thousand")).toEqual([]);
  expect(unbound("It was 1,234.58 and fell by 0.042")).toEqual(["1,234.58"]);
  expect(unbound("It grew to 1,300")).toEqual(["1,300"]);
});

it("finds every number that was put in wrong", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e6 }), (value, error) => {
      expect(unboundNumbers(`The total is ${value}.`, [value])).toEqual([]);
      expect(unboundNumbers(`The total is ${value + error}.`, [value])).toHaveLength(1);
    }),
  );
});

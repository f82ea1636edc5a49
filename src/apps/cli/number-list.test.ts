import { expect, it } from "vitest";
import { BadRequestError } from "../../errors.ts";
import { parseNumberList } from "./number-list.ts";

it("reads numbers, ranges and all", () => {
  expect(parseNumberList("ALL")).toBe("all");
  expect(parseNumberList("3, 5-7,1")).toEqual(new Set([3, 5, 6, 7, 1]));
});

it.each(["", "0", "4-2", "x", "1,,2", "-3", "1.5", "99999999"])("refuses %j", (text) => {
  expect(() => parseNumberList(text)).toThrow(BadRequestError);
});

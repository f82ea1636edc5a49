import { expect } from "vitest";
import { applyStyleToText } from "./apply-style.ts";
import { parseHouseStyle } from "./parse-house-style.ts";
import type { HouseRule } from "./types.ts";

/** The rules of these lines, which must all be understood. */
export function rulesOf(...lines: readonly string[]): readonly HouseRule[] {
  const { rules, problems } = parseHouseStyle(
    lines.map((line) => (line.startsWith("#") ? line : `- ${line}`)).join("\n"),
  );
  expect(problems).toEqual([]);
  return rules;
}

/** The text with every change that code knows; a second pass must find none. */
export function styled(text: string, ...lines: readonly string[]): string {
  const rules = rulesOf(...lines);
  const once = applyStyleToText(text, rules).text;
  expect(applyStyleToText(once, rules).edits).toEqual([]);
  return once;
}

/** What code found and left, as `rule: quote`. */
export function openIn(text: string, ...lines: readonly string[]): readonly string[] {
  return applyStyleToText(text, rulesOf(...lines)).open.map(({ rule, quote }) => `${rule.id}: ${quote}`);
}

import type { UsageGroup, UsageSum } from "./usage-report.ts";

/** An amount of money with all its places and no rounding: `0.002`. */
export function moneyText(nanos: number): string {
  const digits = Math.abs(nanos).toString().padStart(10, "0");
  const places = digits.slice(-9).replace(/0+$/, "");
  return `${nanos < 0 ? "-" : ""}${digits.slice(0, -9)}${places === "" ? "" : `.${places}`}`;
}

/** Usage as CSV (RFC 4180), with a header. */
export function usageCsv(sums: readonly UsageSum[], by: readonly UsageGroup[]): string {
  const header = [
    ...by,
    "calls",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "reasoning_tokens",
    "estimated_calls",
    "cost",
    "currency",
  ];
  const lines = sums.map((sum) => [
    ...by.map((group) => sum.group[group] ?? ""),
    sum.calls,
    sum.inputTokens,
    sum.outputTokens,
    sum.cachedInputTokens,
    sum.reasoningTokens,
    sum.estimatedCalls,
    moneyText(sum.costNanos),
    sum.currency,
  ]);
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** A name that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

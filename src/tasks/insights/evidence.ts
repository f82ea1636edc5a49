import type { Finding } from "./types.ts";

/** How a finding was tested, in a line: `Mann-Kendall, slope by Theil and Sen; n = 36, p < 0.001, tau 0.62`. */
export function evidenceOf({ test, n, p, adjustedP, effect, also }: Finding): string {
  const more = also.length === 0 ? [] : [`the same in ${also.join(", ")}`];
  if (test === undefined) return [`counted over ${wholeNumber(n)} values`, ...more].join("; ");
  const shown = adjustedP ?? p ?? 1;
  return [
    test,
    `n = ${wholeNumber(n)}, ${pText(shown)}, ${effect.name} ${effectText(effect.value)}`,
    ...more,
  ].join("; ");
}

/** `p = 0.012`, `p < 0.001`; adjusted for all tests of the file. */
function pText(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}

function effectText(value: number): string {
  if (!Number.isFinite(value)) return "beyond measure";
  const size = Math.abs(value);
  return size >= 1_000 ? wholeNumber(Math.round(value)) : String(Number(value.toPrecision(2)));
}

function wholeNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Faults of the data, which distort whatever is computed from it. */
export function isFault({ kind }: Pick<Finding, "kind">): boolean {
  return (
    kind === "missing" ||
    kind === "duplicates" ||
    kind === "constant" ||
    kind === "mixed-types" ||
    kind === "unit-change" ||
    kind === "label-variants" ||
    kind === "stray-dates" ||
    kind === "total-mismatch"
  );
}

/** Findings worth a person's time: at most `most`, and none that says next to nothing. */
export function worthTelling(findings: readonly Finding[], most = 8): Finding[] {
  return findings.filter(({ score }) => score >= 0.15).slice(0, most);
}

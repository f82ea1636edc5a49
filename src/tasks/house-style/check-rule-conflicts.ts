import { planEdits } from "./plan-edits.ts";
import { plainText } from "./style-text.ts";
import type { HouseRule, RuleCheck, StyleProblem } from "./types.ts";

/** Kinds of which a style can have one rule only. */
const SINGLE: ReadonlySet<RuleCheck["kind"]> = new Set<RuleCheck["kind"]>([
  "thousands",
  "decimal",
  "percent-space",
  "unit-space",
  "currency",
  "spell-out",
  "date",
  "sentence-length",
  "quotation-marks",
  "apostrophe",
  "sign-space",
  "ellipsis",
  "dash",
  "serial-comma",
  "heading-case",
]);

const SHORTEST_STEM = 3;

/** Leaves out rules that say the contrary of an earlier one, each with its problem; the text would never come to rest. */
export function checkRuleConflicts(rules: readonly HouseRule[]): {
  readonly rules: readonly HouseRule[];
  readonly problems: readonly StyleProblem[];
} {
  const kept: HouseRule[] = [];
  const problems: StyleProblem[] = [];
  for (const rule of rules) {
    const conflict = conflictWith(rule, kept);
    if (conflict === undefined) kept.push(rule);
    else problems.push({ kind: "error", line: rule.line, text: rule.text, message: conflict });
  }
  return { rules: kept, problems };
}

function conflictWith(rule: HouseRule, earlier: readonly HouseRule[]): string | undefined {
  const { check } = rule;
  const same = SINGLE.has(check.kind) ? earlier.find((each) => each.check.kind === check.kind) : undefined;
  if (same !== undefined)
    return JSON.stringify(same.check) === JSON.stringify(check)
      ? `says the same as ${same.id} (line ${same.line}); left out`
      : `contradicts ${same.id} (line ${same.line}); left out`;
  const signs = earlier.find(
    (each) =>
      (each.check.kind === "thousands" && check.kind === "decimal" && each.check.sign === check.sign) ||
      (each.check.kind === "decimal" && check.kind === "thousands" && each.check.sign === check.sign),
  );
  if (signs !== undefined)
    return `the same sign for decimals and thousands as in ${signs.id} (line ${signs.line}); left out`;
  if (check.kind !== "term") return undefined;
  const use = check.use.toLowerCase();
  const mayTouch = earlier.some(
    (each) =>
      each.check.kind === "term" &&
      each.check.avoid.some((words) => use.includes(words.toLowerCase().slice(0, SHORTEST_STEM))),
  );
  if (!mayTouch) return undefined;
  const terms = [...earlier.filter((each) => each.check.kind === "term"), rule];
  const culprit = [check.use, ...check.avoid].find((words) => !planEdits(plainText(words), terms).isStable);
  return culprit === undefined
    ? undefined
    : "its words and those of an earlier rule replace each other; left out";
}

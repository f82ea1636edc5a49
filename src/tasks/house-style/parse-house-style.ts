import { checkRuleConflicts } from "./check-rule-conflicts.ts";
import { readItems, type StyleItem } from "./read-items.ts";
import { readRule } from "./read-rule.ts";
import type { HouseRule, HouseStyle, RuleSection, StyleProblem } from "./types.ts";

const LETTERS: Readonly<Record<RuleSection, string>> = {
  terms: "T",
  forbidden: "F",
  voice: "V",
  numbers: "N",
  dates: "D",
  punctuation: "P",
  headings: "H",
  abbreviations: "A",
  other: "R",
};

/**
 * Reads a house style: Markdown with a list item (or a row of a table) a rule, in English, German, French, Spanish or
 * Portuguese. What can't be understood is in `problems`, by its line. See docs/house-style.md.
 */
export function parseHouseStyle(text: string): HouseStyle {
  const { items, problems } = readItems(text);
  const found = [...problems];
  const rules: HouseRule[] = [];
  const taken = new Set(items.flatMap((item) => splitId(item.text.slice(0, LONGEST_RULE)).id ?? []));
  for (const item of items) {
    const read = readItem(item);
    if ("message" in read) {
      found.push({ kind: "error", line: item.line, text: item.text, message: read.message });
      continue;
    }
    const id = freeId(read.id, item.section, rules, taken);
    if (read.id !== undefined && id !== read.id)
      found.push({
        kind: "note",
        line: item.line,
        text: item.text,
        message: `${read.id} is taken; called ${id}`,
      });
    rules.push({ ...read.rule, id, line: item.line, section: item.section });
  }
  if (rules.length === 0 && found.length === 0)
    found.push({ kind: "error", line: 1, text: "", message: "there is no rule in this file" });
  const checked = checkRuleConflicts(rules);
  return {
    rules: checked.rules,
    problems: [...found, ...checked.problems].toSorted((a, b) => a.line - b.line),
  } satisfies { rules: readonly HouseRule[]; problems: readonly StyleProblem[] };
}

type Read =
  | { readonly id: string | undefined; readonly rule: Pick<HouseRule, "text" | "reason" | "check"> }
  | { readonly message: string };

const LONGEST_RULE = 2_000;

function readItem(item: StyleItem): Read {
  if (item.text.length > LONGEST_RULE) return { message: "the rule is too long to be one" };
  const { id, rest } = splitId(item.text);
  const { text, reason } = splitReason(rest);
  const check = readRule(text, item.section);
  return "message" in check ? check : { id, rule: { text, reason, check } };
}

function splitId(text: string): { readonly id: string | undefined; readonly rest: string } {
  const plain = text.replaceAll("**", "").trim();
  const match =
    /^(?:\[(\p{Lu}{1,4}-?\d{1,3}[a-z]?)\]|\((\p{Lu}{1,4}-?\d{1,3}[a-z]?)\)|(\p{Lu}{1,4}-?\d{1,3}[a-z]?)(?=\s*[:.)–—-]\s))\s*[:.)–—-]?\s*/u.exec(
      plain,
    );
  const id = match?.[1] ?? match?.[2] ?? match?.[3];
  return { id, rest: plain.slice(match?.[0].length ?? 0) };
}

const REASON =
  /(?:^|[\s,;.])(?:(?:reason|why|grund|warum|raison|motif|motivo|razón|razão)\s*:|(?:because|weil|denn|parce que|porque)(?=\s))\s*(.*)$/iu;

/** The reason is what follows "because" or "reason:", or stands in the last brackets, outside quotation marks. */
function splitReason(rule: string): { readonly text: string; readonly reason: string } {
  const bracketed = /^(.*\S)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*\.?$/u.exec(rule);
  const said = REASON.exec(rule);
  if (said !== null && !isInQuotes(rule, said.index))
    return { text: rule.slice(0, said.index).trim(), reason: (said[1] ?? "").replace(/[.)]$/u, "").trim() };
  const isPartOfRule = /^(?:use|write|say|not|but|verwende|schreibe|utilise|usa|use)\p{L}*\s.*["“„«]/iu.test(
    bracketed?.[2] ?? "",
  );
  if (bracketed !== null && !isPartOfRule)
    return { text: bracketed[1] ?? "", reason: (bracketed[2] ?? "").trim() };
  const dashed = /^(.*["”“»`*])\s+[–—-]{1,2}\s+([^"“„«]+)$/u.exec(rule);
  if (dashed !== null) return { text: dashed[1] ?? "", reason: (dashed[2] ?? "").trim() };
  return { text: rule.trim(), reason: "" };
}

function isInQuotes(text: string, at: number): boolean {
  return (text.slice(0, at).match(/["“”„]/gu)?.length ?? 0) % 2 === 1;
}

function freeId(
  wanted: string | undefined,
  section: RuleSection,
  rules: readonly HouseRule[],
  taken: ReadonlySet<string>,
): string {
  const used = new Set(rules.map((rule) => rule.id));
  if (wanted !== undefined) {
    if (!used.has(wanted)) return wanted;
    for (let number = 2; ; number++) if (!used.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
  }
  for (let number = 1; ; number++) {
    const id = `${LETTERS[section]}${number}`;
    if (!used.has(id) && !taken.has(id)) return id;
  }
}

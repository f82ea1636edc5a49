import type { Token } from "./text-tokens.ts";
import { stemOf } from "./word-stems.ts";

/**
 * A word that changes what a statement claims without being its matter: a negation, a permission, a duty, a condition,
 * a limit. `name` is one for all wordings that mean the same.
 */
export type Operator = {
  readonly name: string;
  /**
   * `binding`: must stand in any rewrite; `scoped`: must stand as long as the word it governs does;
   * `quantity`: may go, must not come.
   */
  readonly force: "binding" | "scoped" | "quantity";
  readonly at: number;
  /** Keys of the content that follows in the same sentence, nearest first. */
  readonly scope: readonly string[];
  readonly text: string;
};

type Pattern = {
  readonly words: readonly string[];
  readonly name: string;
  readonly force: Operator["force"];
};

const PATTERNS: readonly Pattern[] = [
  ...patterns(
    "binding",
    "not",
    "not, never, no, none, nor, neither, without, nobody, nothing, nowhere, nicht, kein, keine, keinen, keiner, keinem, niemals, nie, ohne, ne, pas, jamais, sans, não, nunca, sem, sin",
  ),
  ...patterns("binding", "unless", "unless"),
  ...patterns(
    "binding",
    "if",
    "if, in the event that, in the event of, in case, in the case of, provided that, providing that, as long as, on condition that",
  ),
  ...patterns("binding", "until", "until, till"),
  ...patterns("binding", "before", "before, prior to"),
  ...patterns("binding", "after", "after, upon, once, subsequent to"),
  ...patterns("binding", "when", "when, whenever"),
  ...patterns("binding", "except", "except, excluding, with the exception of, apart from"),
  ...patterns("binding", "subject to", "subject to"),
  ...patterns("binding", "only", "only, solely, exclusively"),
  ...patterns(
    "binding",
    "must",
    "must, shall, have to, has to, required to, obliged to, muss, müssen, soll, sollen, doit, doivent, debe, deben, deve, devem",
  ),
  ...patterns(
    "binding",
    "may",
    "may, might, could, possibly, perhaps, darf, dürfen, kann, können, peut, peuvent, puede, pueden, pode, podem",
  ),
  ...patterns("scoped", "can", "can, able to"),
  ...patterns("scoped", "should", "should, ought to"),
  ...patterns("scoped", "will", "will, going to"),
  ...patterns("scoped", "would", "would"),
  ...patterns("scoped", "expected", "expected, expect, expects, anticipated, likely, probably, presumably"),
  ...patterns(
    "scoped",
    "planned",
    "planned, plan to, plans to, planning to, intention, intend, intends, intended, aim to, aims to, aim, hope to, hopes to",
  ),
  ...patterns("scoped", "estimated", "estimated, estimate"),
  ...patterns("scoped", "proposed", "proposed, propose, proposes, suggested"),
  ...patterns(
    "scoped",
    "most",
    "most, mostly, mainly, majority, usually, generally, normally, typically, as a rule, as a general rule",
  ),
  ...patterns("scoped", "some", "some, several, few, sometimes, partly, partially, often, occasionally"),
  ...patterns("scoped", "either", "either"),
  ...patterns("scoped", "half", "half"),
  ...patterns("scoped", "or", "or"),
  ...patterns("quantity", "example", "such as, for example, for instance, e g"),
  ...patterns("quantity", "all", "all, every, each, always, any"),
  ...patterns("quantity", "both", "both"),
  ...patterns("quantity", "many", "many, much"),
  ...patterns("quantity", "more", "more"),
  ...patterns("quantity", "less", "less, fewer"),
];
const BY_FIRST_WORD: ReadonlyMap<string, readonly Pattern[]> = Map.groupBy(
  PATTERNS,
  (pattern) => pattern.words[0] ?? "",
);

function patterns(force: Operator["force"], name: string, list: string): readonly Pattern[] {
  return list.split(", ").map((words) => ({ words: words.split(" "), name, force }));
}

/** Every operator of a text, longest wording first at each place; comparisons with a number are left to `comparisonOf`. */
export function operatorsIn(tokens: readonly Token[]): readonly Operator[] {
  const words = tokens.map((token) => (token.lower === "cannot" ? "can" : token.lower));
  const found: Operator[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) continue;
    const comparison = comparisonAt(words, at);
    if (
      comparison !== undefined &&
      tokens.slice(at + comparison.length, at + comparison.length + 4).some((next) => next.kind === "number")
    ) {
      at += comparison.length - 1;
      continue;
    }
    if (token.isSentenceStart && token.lower === "should") {
      found.push(operator(tokens, at, 1, { words: ["should"], name: "if", force: "binding" }));
      continue;
    }
    // "Not only … but also" denies and limits nothing.
    if (token.lower === "not" && words[at + 1] === "only") {
      at++;
      continue;
    }
    // "Once a month" counts; "once the test is done" is a condition.
    if (token.lower === "once" && /^(?:a|an|per|in|every|each|more|again)$/u.test(words[at + 1] ?? ""))
      continue;
    const best = (BY_FIRST_WORD.get(words[at] ?? "") ?? [])
      .filter((pattern) => pattern.words.every((word, offset) => words[at + offset] === word))
      .toSorted((a, b) => b.words.length - a.words.length)[0];
    if (best !== undefined && !isMonth(token)) found.push(operator(tokens, at, best.words.length, best));
    if (token.lower === "cannot")
      found.push(operator(tokens, at, 1, { words: ["not"], name: "not", force: "binding" }));
    if (best !== undefined) at += best.words.length - 1;
  }
  return found;
}

function isMonth(token: Token): boolean {
  return token.text === "May" && !token.isSentenceStart;
}

function operator(tokens: readonly Token[], at: number, length: number, pattern: Pattern): Operator {
  const sentence = tokens[at]?.sentence;
  const scope = tokens
    .slice(at + length)
    .filter((token) => token.sentence === sentence && token.kind !== "function" && token.kind !== "mark")
    .slice(0, 4)
    .map((token) => token.key);
  return { name: pattern.name, force: pattern.force, at, scope, text: pattern.words.join(" ") };
}

const COMPARISONS: readonly (readonly [string, readonly string[]])[] = (
  [
    [
      "at most",
      "no more than, not more than, at most, up to, a maximum of, maximum of, not exceeding, no later than, not later than, within, limited to, to a maximum of",
    ],
    ["below", "less than, fewer than, under, below, before, until, prior to"],
    [
      "at least",
      "at least, no less than, not less than, no fewer than, not fewer than, a minimum of, minimum of, no earlier than, not earlier than",
    ],
    ["above", "more than, over, above, exceeding, greater than, after, since"],
    ["about", "about, approximately, around, roughly, circa, nearly, almost, some, an estimated"],
    ["by", "by"],
  ] as const
).map(([name, list]) => [name, list.split(", ")] as const);
const COMPARISON_WORDS: ReadonlyMap<
  string,
  readonly { readonly words: readonly string[]; readonly name: string }[]
> = Map.groupBy(
  COMPARISONS.flatMap(([name, list]) => list.map((words) => ({ words: words.split(" "), name }))),
  (each) => each.words[0] ?? "",
);

function comparisonAt(
  words: readonly string[],
  at: number,
): { readonly name: string; readonly length: number } | undefined {
  const best = (COMPARISON_WORDS.get(words[at] ?? "") ?? [])
    .filter((each) => each.words.every((word, offset) => words[at + offset] === word))
    .toSorted((a, b) => b.words.length - a.words.length)[0];
  return best && { name: best.name, length: best.words.length };
}

/** How the number at this place is compared (`at most`, `about`, …), or "" for the plain number. */
export function comparisonOf(tokens: readonly Token[], at: number): string {
  const words = tokens.map((token) => token.lower);
  for (let from = at - 1; from >= Math.max(0, at - 5); from--) {
    const token = tokens[from];
    if (
      token === undefined ||
      token.kind === "number" ||
      token.kind === "mark" ||
      token.sentence !== tokens[at]?.sentence
    )
      break;
    const found = longestEndingNear(words, from, at);
    if (found !== undefined) return found;
  }
  const tail = words.slice(at + 1, at + 6).join(" ");
  if (/\bor more\b|\bat least\b/u.test(tail)) return "at least";
  if (/\bor (?:less|fewer|earlier)\b|\bat the latest\b/u.test(tail)) return "at most";
  return "";
}

/** The comparison that covers `from` and reaches to at most three words before the number. */
function longestEndingNear(words: readonly string[], from: number, at: number): string | undefined {
  for (let start = Math.max(0, from - 3); start <= from; start++) {
    const found = comparisonAt(words, start);
    if (found !== undefined && start + found.length > from && at - (start + found.length) <= 3)
      return found.name;
  }
  return undefined;
}

/** Words of role whose object must stay the same: who does it, who gets it, where it comes from. */
export const ROLE_WORDS: ReadonlySet<string> = new Set([
  "by",
  "to",
  "from",
  "against",
  "between",
  "for",
  "on",
  "of",
]);

/**
 * Pairs of a role word and a key it governs, as `by supplier`. With `reach` above 1 also the content words after the
 * first one, so that `to individual postings` covers `to postings`.
 */
export function rolesIn(
  tokens: readonly Token[],
  reach: number,
): readonly { readonly role: string; readonly key: string }[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== "function" || !ROLE_WORDS.has(token.lower)) return [];
    const pairs: { readonly role: string; readonly key: string }[] = [];
    for (let next = at + 1; next < tokens.length && pairs.length < reach; next++) {
      const object = tokens[next];
      if (
        object === undefined ||
        object.kind === "mark" ||
        (object.kind === "function" && ROLE_WORDS.has(object.lower))
      )
        break;
      // An adverb after the object belongs to the verb: "to the customer monthly".
      if (pairs.length > 0 && object.lower.endsWith("ly")) break;
      if (object.kind !== "function") pairs.push({ role: token.lower, key: object.key });
    }
    return pairs;
  });
}

/** Keys of hedges and limits, which are checked as operators and so are no claims of their own. */
export const OPERATOR_KEYS: ReadonlySet<string> = new Set(
  PATTERNS.flatMap((pattern) => pattern.words).map(stemOf),
);

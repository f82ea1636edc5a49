import type { Comparison, Objection } from "./check-candidate.ts";
import { isFact } from "./check-facts.ts";
import { OPERATOR_KEYS, operatorsIn, rolesIn } from "./operators.ts";
import { isAnaphor, type Token } from "./text-tokens.ts";
import { stemOf } from "./word-stems.ts";

// Part of the words that may be new, by kind, when wording is free.
const NEW_WORDS = {
  shorten: 0.25,
  simplify: 0.55,
  grammar: 0.15,
  formal: 0.5,
  friendly: 0.5,
  free: 0.6,
} as const;
// Part of the words that must be left.
const KEPT_STRICT = {
  shorten: 0.75,
  simplify: 0.75,
  grammar: 0.9,
  formal: 0.7,
  friendly: 0.7,
  free: 0,
} as const;
const KEPT_LOOSE = {
  shorten: 0.3,
  simplify: 0.3,
  grammar: 0.8,
  formal: 0.35,
  friendly: 0.35,
  free: 0.2,
} as const;
/** A sentence with a duty or a right changes its wording only; what it says stays. */
const KEPT_BINDING = 0.85;
// Words that promise or praise; where the source has none, none may come.
const STRONG: ReadonlySet<string> = new Set(
  (
    "guarantee ensure assure promise immediate instant full complete total entire absolute perfect free legal illegal liable certified " +
    "secure safe proven best leading unique critical mandatory optional exclusive permanent unlimited automatic double triple confirm approve"
  )
    .split(" ")
    .map(stemOf),
);
const PERSONS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ["I", new Set(["i", "me", "my", "mine"])],
  ["we", new Set(["we", "us", "our", "ours"])],
  ["you", new Set(["you", "your", "yours"])],
  ["he", new Set(["he", "him", "his"])],
  ["she", new Set(["she", "her", "hers"])],
];
const PAST: ReadonlySet<string> = new Set(["was", "were", "has", "have", "had", "been", "did"]);

/** What the candidate says: only what the source says, about the same things, and most of it. */
export function checkClaims(comparison: Comparison): readonly Objection[] {
  const shared = [...checkSupport(comparison), ...checkKept(comparison)];
  if (!comparison.isStrict) return shared;
  return [
    ...shared,
    ...checkOrder(comparison),
    ...checkSubjects(comparison),
    ...checkRoles(comparison),
    ...checkVoice(comparison),
  ];
}

function isMatter(token: Token): boolean {
  return token.kind !== "function" && token.kind !== "mark" && token.kind !== "held";
}

function keysOf(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(tokens.filter(isMatter).map((token) => token.key));
}

function checkSupport({
  source,
  tight,
  candidate,
  allowed,
  kind,
  isStrict,
  names,
}: Comparison): readonly Objection[] {
  const known = keysOf([...source, ...tight, ...allowed]);
  const matter = candidate.filter((token, at) => isMatter(token) && !isFact(candidate, at, names));
  const fresh = matter.filter(
    (token) => !known.has(token.key) && !(kind === "grammar" && isCorrection(token, source, candidate)),
  );
  // Hedges and limits are weighed as operators; as words they are common property.
  const claims = fresh.filter((token) => isStrict || !OPERATOR_KEYS.has(token.key));
  const strong = kind === "free" ? [] : claims.filter((token) => STRONG.has(token.key));
  const tooMany = isStrict ? claims.length > 0 : claims.length > Math.max(1, matter.length * NEW_WORDS[kind]);
  const wrong = tooMany ? claims : strong;
  return wrong.length === 0
    ? []
    : [
        {
          code: "new-claim",
          detail: wrong
            .slice(0, 4)
            .map((token) => token.text)
            .join(", "),
        },
      ];
}

/** A word that mends the spelling of one that is gone. */
function isCorrection(token: Token, source: readonly Token[], candidate: readonly Token[]): boolean {
  const left = new Set(candidate.map((each) => each.lower));
  const most = token.lower.length < 5 ? 1 : 2;
  return source.some(
    (each) => isMatter(each) && !left.has(each.lower) && distance(each.lower, token.lower, most) <= most,
  );
}

/** Edits between two words, given up above `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most + 1;
}

/** Part of the source's distinct words, empty phrases left aside, that a candidate keeps; 0 to 1. */
export function keptPart(tight: readonly Token[], candidate: readonly Token[]): number {
  const wanted = [...keysOf(tight)].filter((key) => !OPERATOR_KEYS.has(key));
  if (wanted.length === 0) return 1;
  const left = keysOf(candidate);
  return wanted.filter((key) => left.has(key)).length / wanted.length;
}

function checkKept({ tight, candidate, kind, isStrict }: Comparison): readonly Objection[] {
  const kept = keptPart(tight, candidate);
  const isBinding =
    isStrict && operatorsIn(tight).some((each) => each.name === "must" || each.name === "may");
  const least = isStrict ? (isBinding ? KEPT_BINDING : KEPT_STRICT[kind]) : KEPT_LOOSE[kind];
  return kept >= least
    ? []
    : [{ code: "lost-content", detail: `${Math.round(kept * 100)} % of the words are left` }];
}

/** A rewrite by leaving out keeps the order; words that change places often change who does what. */
function checkOrder({ source, candidate, names }: Comparison): readonly Objection[] {
  const sourceKeys = source.filter(isMatter).map((token) => token.key);
  const words = candidate.flatMap((token, at) =>
    isMatter(token) ? [{ token, fact: isFact(candidate, at, names) }] : [],
  );
  const kept = commonOrder(
    sourceKeys,
    words.map((each) => each.token.key),
  );
  const moved = words.filter((_, at) => !kept.has(at));
  const most = Math.max(1, Math.floor(words.length / 12));
  const isWrong = moved.length > most || moved.length > words.length * 0.2 || moved.some((each) => each.fact);
  return isWrong
    ? [
        {
          code: "who-does-what",
          detail: `other order: ${moved
            .map((each) => each.token.text)
            .slice(0, 4)
            .join(", ")}`,
        },
      ]
    : [];
}

/** Positions in `wanted` of one longest common subsequence with `source`. */
function commonOrder(source: readonly string[], wanted: readonly string[]): ReadonlySet<number> {
  const lengths = Array.from({ length: source.length + 1 }, () => new Uint16Array(wanted.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = source.length - 1; i >= 0; i--) {
    for (let j = wanted.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = source[i] === wanted[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found = new Set<number>();
  for (let i = 0, j = 0; i < source.length && j < wanted.length; ) {
    if (source[i] === wanted[j]) {
      found.add(j);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

/**
 * What a clause of the source says must stay with its subject: when two of its words or a fact are used, one of the
 * first two must be there too, or another subject has taken its place.
 */
function checkSubjects({ tight, candidate, names }: Comparison): readonly Objection[] {
  const used = keysOf(candidate);
  const clauses = Map.groupBy(
    tight.map((token, at) => ({ token, at })),
    (each) => each.token.clause,
  );
  return [...clauses.values()].flatMap((clause): readonly Objection[] => {
    const first = clause.find(
      (each) =>
        each.token.kind !== "mark" && !/^(?:and|but|or|so|while|whereas|then)$/u.test(each.token.lower),
    );
    const matter = clause.filter((each) => isMatter(each.token));
    if (first === undefined || matter.length < 3 || isAnaphor(first.token.lower)) return [];
    const head = matter.slice(0, 2);
    const rest = matter.slice(2).filter((each) => used.has(each.token.key));
    const counts = rest.length >= 2 || rest.some((each) => isFact(tight, each.at, names));
    if (!counts || head.some((each) => used.has(each.token.key))) return [];
    return [{ code: "who-does-what", detail: `without ${head.map((each) => each.token.text).join(" ")}` }];
  });
}

function checkRoles({ source, tight, candidate }: Comparison): readonly Objection[] {
  const known = new Set(
    [source, tight].flatMap((tokens) => rolesIn(tokens, 4)).map((each) => `${each.role} ${each.key}`),
  );
  const wrong = rolesIn(candidate, 1).filter(
    (each) => !/^[\d#]/u.test(each.key) && !known.has(`${each.role} ${each.key}`),
  );
  return wrong.map((each) => ({ code: "who-does-what", detail: `${each.role} ${each.key}` }));
}

/** Who speaks and whether it has happened already. */
function checkVoice({ source, tight, candidate }: Comparison): readonly Objection[] {
  const has = (tokens: readonly Token[], words: ReadonlySet<string>): boolean =>
    tokens.some((token) => words.has(token.lower) && token.kind === "function");
  const known = [...source, ...tight];
  const objections: Objection[] = PERSONS.filter(
    ([, words]) => has(candidate, words) && !has(known, words),
  ).map(([person]) => ({
    code: "who-does-what",
    detail: `"${person}" speaks`,
  }));
  if (has(candidate, PAST) && !has(known, PAST))
    objections.push({ code: "modality", detail: "it speaks of the past" });
  return objections;
}

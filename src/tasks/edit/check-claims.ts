import type { Comparison, Objection } from "./check-candidate.ts";
import { isFact } from "./check-facts.ts";
import { OPERATOR_KEYS, operatorsIn } from "./operators.ts";
import type { Token } from "./text-tokens.ts";
import { stemOf } from "./word-stems.ts";

// Part of the words that may be new, by kind, when wording is free.
const NEW_WORDS = {
  shorten: 0.25,
  simplify: 0.55,
  grammar: 0.15,
  formal: 0.7,
  friendly: 0.7,
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
// How a thing has to be done: small words that a contract turns on.
const FORMALITIES: ReadonlySet<string> = new Set(
  "written prior beforehand jointly severally solely irrevocably exclusively immediately promptly gross net"
    .split(" ")
    .map(stemOf),
);
/** A sentence with a duty or a right changes its wording only; what it says stays. */
const KEPT_BINDING = 0.9;
// Words that promise or praise; where the source has none, none may come.
const STRONG: ReadonlySet<string> = new Set(
  (
    "guarantee ensure assure promise immediate instant full complete total entire absolute perfect free legal illegal liable certified " +
    "secure safe proven best leading unique critical mandatory optional exclusive permanent unlimited automatic double triple confirm approve"
  )
    .split(" ")
    .map(stemOf),
);
const LEAST_OF_CLAUSE = 0.6;
const AUXILIARIES: ReadonlySet<string> = new Set(
  "is are was were be been has have had will would shall should must may might can could cannot does do did".split(
    " ",
  ),
);

/** What the candidate says: only what the source says, about the same things, and most of it. */
export function checkClaims(comparison: Comparison): readonly Objection[] {
  const shared = [...checkSupport(comparison), ...checkKept(comparison)];
  if (!comparison.isStrict) return shared;
  return [...shared, ...checkOrder(comparison), ...checkSubjects(comparison)];
}

/** Whether a token says something: a word with meaning, a number, a name, an address. */
export function isMatter(token: Token): boolean {
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
  const fresh = matter.filter((token) => !known.has(token.key));
  // Hedges and limits are weighed as operators; as words they are common property.
  const claims = fresh.filter((token) => isStrict || !OPERATOR_KEYS.has(token.key));
  const strong = kind === "free" ? [] : claims.filter((token) => STRONG.has(token.key));
  const tooMany = isStrict
    ? claims.length > 0
    : claims.length > Math.max(1, candidate.filter(isMatter).length * NEW_WORDS[kind]);
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

/** Part of the source's distinct words, empty phrases left aside, that a candidate keeps; 0 to 1. */
export function keptPart(tight: readonly Token[], candidate: readonly Token[]): number {
  // "A maximum of 3" and "at most 3" are one: the comparison is checked with its number.
  const wanted = [...keysOf(tight)].filter((key) => key !== "maximum" && key !== "minimum");
  if (wanted.length === 0) return 1;
  const left = keysOf(candidate);
  return wanted.filter((key) => left.has(key)).length / wanted.length;
}

function checkKept({ tight, candidate, kind, isStrict }: Comparison): readonly Objection[] {
  const left = keysOf(candidate);
  const lost =
    kind === "free" ? undefined : tight.find((token) => FORMALITIES.has(token.key) && !left.has(token.key));
  if (lost !== undefined) return [{ code: "lost-content", detail: lost.text }];
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
export function commonOrder(source: readonly string[], wanted: readonly string[]): ReadonlySet<number> {
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
 * What a clause of the source says must stay with its subject and its verb: when the rest of the clause is used and
 * they are not, something else has taken their place. A clause of which only scraps are left is a lost statement.
 */
function checkSubjects({ tight, candidate, names }: Comparison): readonly Objection[] {
  const used = keysOf(candidate);
  const places = tight.map((token, at) => ({ token, at }));
  return [...Map.groupBy(places, (place) => place.token.clause).values()].flatMap(
    (clause): readonly Objection[] => {
      const matter = clause.filter((place) => isMatter(place.token));
      if (matter.length < 2) return [];
      const head = headOf(clause);
      const rest = matter.filter((place) => !head.includes(place));
      const usedRest = rest.filter((place) => used.has(place.token.key));
      const counts =
        usedRest.length >= Math.min(2, rest.length) ||
        usedRest.some((place) => isFact(tight, place.at, names));
      const missing = head.filter((place) => !used.has(place.token.key));
      if (usedRest.length > 0 && counts && missing.length > Math.max(0, head.length - 3)) {
        return [
          { code: "who-does-what", detail: `without ${missing.map((place) => place.token.text).join(" ")}` },
        ];
      }
      const kept = matter.filter((place) => used.has(place.token.key)).length;
      if (kept < matter.length * LEAST_OF_CLAUSE) {
        return [
          {
            code: "lost-content",
            detail: clause
              .map((place) => place.token.text)
              .slice(0, 6)
              .join(" "),
          },
        ];
      }
      return [];
    },
  );
}

type Place = { readonly token: Token; readonly at: number };

/** The words of a clause's subject, up to the first word that ends it, and the verb after the first auxiliary. */
function headOf(clause: readonly Place[]): readonly Place[] {
  const first = clause.findIndex((place) => isMatter(place.token));
  const length = clause
    .slice(first)
    .findIndex((place) => place.token.kind === "function" || place.token.kind === "mark");
  const auxiliary = clause.findIndex(
    (place) => AUXILIARIES.has(place.token.lower) && place.token.kind === "function",
  );
  const verb = auxiliary < 0 ? undefined : clause.slice(auxiliary).find((place) => isMatter(place.token));
  // A clause that begins with its verb ("which is …") has its subject elsewhere.
  const subject =
    auxiliary >= 0 && auxiliary < first ? [] : clause.slice(first, length < 0 ? undefined : first + length);
  return verb === undefined || subject.includes(verb) ? subject : [...subject, verb];
}

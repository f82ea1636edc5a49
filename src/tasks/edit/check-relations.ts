import type { Comparison, Objection } from "./check-candidate.ts";
import { isMatter } from "./check-claims.ts";
import { ROLE_WORDS, rolesIn } from "./operators.ts";
import type { Token } from "./text-tokens.ts";
import { isParticiple } from "./word-stems.ts";

const PERSONS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ["I", new Set(["i", "me", "my", "mine"])],
  ["we", new Set(["we", "us", "our", "ours"])],
  ["you", new Set(["you", "your", "yours"])],
  ["he", new Set(["he", "him", "his"])],
  ["she", new Set(["she", "her", "hers"])],
];
const PAST: ReadonlySet<string> = new Set(["was", "were", "has", "have", "had", "been", "did"]);
const CONNECTIVES: readonly (readonly [string, ReadonlySet<string>])[] = [
  [
    "contrast",
    new Set(["but", "however", "although", "though", "whereas", "nevertheless", "despite", "yet"]),
  ],
  ["cause", new Set(["because", "therefore", "thus", "hence", "so", "consequently", "due"])],
];
const RELATIVES: ReadonlySet<string> = new Set(["which", "who", "whose", "whom", "where", "whereby"]);

/** How the words of the candidate hang together: who does it to whom, when, one or several. For strict checks. */
export function checkRelations(comparison: Comparison): readonly Objection[] {
  return [
    ...checkRoles(comparison),
    ...checkVoice(comparison),
    ...checkNumerus(comparison),
    ...checkAuxiliaries(comparison),
    ...checkPromotion(comparison),
    ...checkRelatives(comparison),
    ...checkConnectives(comparison),
  ];
}

function checkRoles({ source, tight, candidate, kind }: Comparison): readonly Objection[] {
  const mended = kind === "grammar" ? source.map(mendRole) : source;
  const known = new Set(
    [mended, source, tight].flatMap((tokens) => rolesIn(tokens, 3)).map((each) => `${each.role} ${each.key}`),
  );
  const wrong = rolesIn(candidate, 1).filter(
    (each) => !/^[\d#]/u.test(each.key) && !known.has(`${each.role} ${each.key}`),
  );
  return wrong.map((each) => ({ code: "who-does-what", detail: `${each.role} ${each.key}` }));
}

const MISSPELLED_ROLES: ReadonlyMap<string, string> = new Map([
  ["too", "to"],
  ["off", "of"],
  ["form", "from"],
]);

function mendRole(token: Token): Token {
  const lower = MISSPELLED_ROLES.get(token.lower);
  return lower === undefined ? token : { ...token, lower, kind: "function" };
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

/** One thing must not become several, nor several one. */
function checkNumerus({ source, tight, candidate, kind }: Comparison): readonly Objection[] {
  if (kind === "grammar") return [];
  const forms = new Set([...source, ...tight].map((token) => token.lower));
  const changed = candidate.filter(({ kind: tokenKind, lower }) => {
    if (tokenKind !== "content" || forms.has(lower)) return false;
    return forms.has(`${lower}s`) || (lower.endsWith("s") && forms.has(lower.slice(0, -1)));
  });
  return changed.length === 0
    ? []
    : [{ code: "quantity", detail: changed.map((token) => token.text).join(", ") }];
}

type AuxiliaryClass = "past" | "present" | "perfect";

const AUXILIARY_CLASSES: ReadonlyMap<string, AuxiliaryClass> = new Map(
  (
    [
      ["past", "was were did"],
      ["present", "is are am does do"],
      ["perfect", "has have had"],
    ] as const
  ).flatMap(([name, words]) => words.split(" ").map((word): [string, AuxiliaryClass] => [word, name])),
);
const TO_BE: ReadonlySet<string> = new Set(["is", "are", "was", "were", "be", "been", "being"]);

/** A verb keeps its tense, and what is done to a thing is not done by it: "is supported" never becomes "supports". */
function checkAuxiliaries({ source, tight, candidate, kind }: Comparison): readonly Objection[] {
  if (kind === "grammar") return [];
  const known = [source, tight];
  return candidate.flatMap((token, at): readonly Objection[] => {
    if (token.kind !== "content") return [];
    const places = known.flatMap((tokens) =>
      tokens.flatMap((each, index) => (each.key === token.key ? [{ tokens, index, lower: each.lower }] : [])),
    );
    const tense = tenseAt(candidate, at);
    const tenses = places
      .map((place) => tenseAt(place.tokens, place.index))
      .filter((each) => each !== undefined);
    if (tense !== undefined && tenses.length > 0 && !tenses.includes(tense))
      return [{ code: "modality", detail: `another tense: ${token.text}` }];
    if (places.length === 0 || places.some((place) => place.lower === token.lower)) return [];
    const wasPassive = places.every((place) => isPassive(place.tokens, place.index));
    return wasPassive && !isParticiple(token.lower)
      ? [{ code: "who-does-what", detail: `"${places[0]?.lower}" became "${token.lower}"` }]
      : [];
  });
}

function tenseAt(tokens: readonly Token[], at: number): AuxiliaryClass | undefined {
  for (let before = at - 1; before >= Math.max(0, at - 3); before--) {
    const token = tokens[before];
    if (token === undefined || token.kind !== "function") return undefined;
    const found = AUXILIARY_CLASSES.get(token.lower);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPassive(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - 2), at);
  return isParticiple(tokens[at]?.lower ?? "") && before.some((token) => TO_BE.has(token.lower));
}

/**
 * "Offers space for 420 people" must not become "offers 420 people": where words between two others go, the
 * preposition that tied the second one to them has to go with it or stay.
 */
function checkPromotion({ tight, candidate }: Comparison): readonly Objection[] {
  const matter = candidate.flatMap((token, at) => (isMatter(token) ? [{ key: token.key, at }] : []));
  let from = 0;
  let last: { readonly place: number; readonly at: number } | undefined;
  for (const { key, at } of matter) {
    const place = tight.findIndex((token, index) => index >= from && token.key === key);
    if (place < 0) continue;
    if (last !== undefined) {
      const tie = tieOf(tight.slice(last.place + 1, place));
      const words = candidate.slice(last.at + 1, at).map((token) => token.lower);
      if (tie !== undefined && !words.some((word) => word === tie || ROLE_WORDS.has(word))) {
        return [{ code: "who-does-what", detail: `without "${tie}" before ${candidate[at]?.text}` }];
      }
      if (tie !== undefined && tie === "for" && !words.includes("for")) {
        return [{ code: "who-does-what", detail: `without "for" before ${candidate[at]?.text}` }];
      }
    }
    last = { place, at };
    from = place + 1;
  }
  return [];
}

/** The last preposition of a stretch of which content was left out before it. */
function tieOf(between: readonly Token[]): string | undefined {
  const dropped = between.findLastIndex(isMatter);
  if (dropped < 0 || between.some((token) => token.kind === "mark")) return undefined;
  return between.slice(dropped + 1).find((token) => token.kind === "function" && ROLE_WORDS.has(token.lower))
    ?.lower;
}

/** A new "which" makes a statement about whatever stands before it. */
function checkRelatives({ source, candidate }: Comparison): readonly Objection[] {
  const count = (tokens: readonly Token[]): number =>
    tokens.filter((token) => RELATIVES.has(token.lower)).length;
  const extra = candidate.find((token) => RELATIVES.has(token.lower));
  return count(candidate) > count(source)
    ? [{ code: "who-does-what", detail: `a new "${extra?.lower}"` }]
    : [];
}

/** A new "but" or "therefore" claims a relation between two statements. */
function checkConnectives({ source, tight, candidate }: Comparison): readonly Objection[] {
  return CONNECTIVES.flatMap(([name, words]): readonly Objection[] => {
    const extra = candidate.find((token) => words.has(token.lower));
    if (extra === undefined || [...source, ...tight].some((token) => words.has(token.lower))) return [];
    return [{ code: "new-claim", detail: `a ${name}: ${extra.text}` }];
  });
}

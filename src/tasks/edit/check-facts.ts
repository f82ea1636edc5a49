import type { Comparison, Objection, ObjectionCode } from "./check-candidate.ts";
import { comparisonOf } from "./operators.ts";
import type { Token } from "./text-tokens.ts";
import { stemOf } from "./word-stems.ts";

const MONTHS_AND_DAYS: ReadonlySet<string> = new Set(
  (
    "january february march april may june july august september october november december " +
    "monday tuesday wednesday thursday friday saturday sunday"
  )
    .split(" ")
    .map(stemOf),
);
const TIME_WORDS: ReadonlySet<string> = new Set(
  (
    "today tomorrow yesterday second minute hour day week fortnight month quarter year decade night morning noon afternoon " +
    "evening midnight weekend daily hourly weekly monthly quarterly annually nightly biweekly utc gmt cet am pm clock"
  )
    .split(" ")
    .map(stemOf),
);

/** Names, numbers, dates and addresses: none may come, none may go, and a number keeps its unit and its comparison. */
export function checkFacts(comparison: Comparison): readonly Objection[] {
  return [...checkNew(comparison), ...checkLost(comparison), ...checkNumberContext(comparison)];
}

/** Whether the token names somebody or something, by its capitals or because the document says so. */
export function isName(tokens: readonly Token[], at: number, names: ReadonlySet<string>): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (token.kind === "code") return true;
  if (token.kind !== "content" || !token.isCapital) return false;
  if (!token.isSentenceStart) return true;
  const next = tokens[at + 1];
  return names.has(token.lower) || (next?.kind === "content" && next.isCapital);
}

/** Whether a rewrite must hold on to this token because it is a fact. */
export function isFact(tokens: readonly Token[], at: number, names: ReadonlySet<string>): boolean {
  const kind = tokens[at]?.kind;
  return kind === "number" || kind === "address" || kind === "held" || isName(tokens, at, names);
}

function checkNew({
  language,
  source,
  candidate,
  allowed,
  names,
  isStrict,
  kind,
}: Comparison): readonly Objection[] {
  const known = countKeys([...source, ...allowed]);
  const used = new Map<string, number>();
  const objections: Objection[] = [];
  for (const [at, token] of candidate.entries()) {
    const isTime = TIME_WORDS.has(token.key) && token.kind === "content";
    if (!isFact(candidate, at, names) && !isTime) continue;
    if (token.kind === "held") continue;
    const count = (used.get(token.key) ?? 0) + 1;
    used.set(token.key, count);
    const there = known.get(token.key) ?? 0;
    // Said once more than in the source, a fact has found a second statement to belong to.
    const isExtra =
      isStrict &&
      kind !== "free" &&
      !(language === "de" && token.kind === "content") &&
      there > 0 &&
      count > there;
    if (there === 0 || isExtra)
      objections.push({
        code: factCode("new", token),
        detail: isExtra ? `${token.text} once more` : token.text,
      });
  }
  return objections;
}

function checkLost({
  language,
  source,
  tight,
  candidate,
  names,
  kind,
  isStrict,
}: Comparison): readonly Objection[] {
  if (kind === "free") return [];
  // German writes every noun with a capital: only codes are surely names.
  const isHeldName = (at: number): boolean => language !== "de" || source[at]?.kind !== "content";
  const there = countKeys(candidate);
  const seen = new Set<string>();
  const objections: Objection[] = [];
  const inTight = countKeys(tight);
  for (const [at, token] of source.entries()) {
    const isTime = TIME_WORDS.has(token.key) && token.kind === "content";
    if (
      token.kind === "held" ||
      seen.has(token.key) ||
      (!(isFact(source, at, names) && isHeldName(at)) && !isTime)
    )
      continue;
    // A time word in an empty phrase ("at the end of the day") is no time.
    if (isTime && !inTight.has(token.key)) continue;
    seen.add(token.key);
    const left = there.get(token.key) ?? 0;
    const needed = isStrict && token.kind === "number" ? (inTight.get(token.key) ?? 1) : 1;
    if (left < needed) objections.push({ code: factCode("lost", token), detail: token.text });
  }
  return objections;
}

function checkNumberContext({ source, tight, candidate, allowed, kind }: Comparison): readonly Objection[] {
  return candidate.flatMap((token, at): readonly Objection[] => {
    if (token.kind !== "number") return [];
    if (kind === "free" && allowed.some((each) => each.key === token.key)) return [];
    const places = [source, tight].flatMap((tokens) =>
      tokens.flatMap((each, index) =>
        each.kind === "number" && each.key === token.key ? [{ tokens, index }] : [],
      ),
    );
    if (places.length === 0) return [];
    const compared = comparisonOf(candidate, at);
    const neighbour = neighbourOf(candidate, at);
    const fits = places.some(
      ({ tokens, index }) =>
        comparisonOf(tokens, index) === compared &&
        (neighbour === undefined || nearKeys(tokens, index).has(neighbour)),
    );
    return fits
      ? []
      : [{ code: "number-context", detail: `${compared} ${token.text} ${neighbour ?? ""}`.trim() }];
  });
}

/** What the number counts: the next word that carries meaning, or the one before at a clause's end. */
function neighbourOf(tokens: readonly Token[], at: number): string | undefined {
  const next = tokens.slice(at + 1, at + 4);
  const stop = next.findIndex((token) => token.kind === "mark");
  const after = (stop < 0 ? next : next.slice(0, stop)).find(
    (token) => token.kind === "content" || token.kind === "code",
  );
  if (after !== undefined) return after.key;
  return tokens
    .slice(Math.max(0, at - 3), at)
    .findLast((token) => token.kind === "content" || token.kind === "code")?.key;
}

function nearKeys(tokens: readonly Token[], at: number): ReadonlySet<string> {
  const sentence = tokens[at]?.sentence;
  return new Set(
    tokens
      .slice(Math.max(0, at - 5), at + 6)
      .filter((token) => token.sentence === sentence)
      .map((token) => token.key),
  );
}

function factCode(direction: "new" | "lost", token: Token): ObjectionCode {
  if (token.kind === "address") return `${direction}-address`;
  const isDate =
    MONTHS_AND_DAYS.has(token.key) ||
    TIME_WORDS.has(token.key) ||
    /^(?:19|20)\d\d$|^\d{1,2}[:/]\d/u.test(token.key);
  if (isDate) return `${direction}-date`;
  return token.kind === "number" ? `${direction}-number` : `${direction}-name`;
}

function countKeys(tokens: readonly Token[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of tokens) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

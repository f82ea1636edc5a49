import type { Comparison, Objection, ObjectionCode } from "./check-candidate.ts";
import { type Operator, operatorsIn } from "./operators.ts";
import type { Token } from "./text-tokens.ts";

const CONDITIONS: ReadonlySet<string> = new Set([
  "if",
  "unless",
  "until",
  "before",
  "after",
  "when",
  "except",
  "subject to",
  "only",
]);
const QUANTITIES: ReadonlySet<string> = new Set([
  "all",
  "both",
  "many",
  "more",
  "less",
  "most",
  "some",
  "either",
  "half",
  "or",
  "example",
]);
// What even a free wording must not bring in or lose.
const HELD_IN_LOOSE: ReadonlySet<string> = new Set([
  "not",
  "must",
  "may",
  "if",
  "unless",
  "except",
  "only",
  "subject to",
  "until",
]);

/** Negations, duties, permissions, conditions and limits: each stays with the words it governs. */
export function checkOperators(comparison: Comparison): readonly Objection[] {
  const { source, tight, candidate, allowed, isStrict, kind } = comparison;
  const before = operatorsIn(tight);
  const alsoBefore = operatorsIn(source);
  const after = operatorsIn(candidate);
  if (!isStrict)
    return checkLoosely(alsoBefore, after, kind === "free" ? operatorsIn(allowed) : [], kind === "free");
  const keys = new Set(candidate.map((token) => token.key));
  const added = after.filter(
    (each) => ![...before, ...alsoBefore].some((other) => governsAlike(other, each)),
  );
  const lost = before.filter((each) => {
    if (after.some((other) => governsAlike(each, other)) || each.force === "quantity") return false;
    if (each.force === "binding" || each.scope[0] === undefined) return true;
    return (
      keys.has(each.scope[0]) &&
      !after.some((other) => reaches(other, each.name, each.scope[0] ?? "", candidate))
    );
  });
  return [
    ...added.map((each) => ({ code: codeOf(each), detail: `"${each.text}" was added` })),
    ...lost.map((each) => ({ code: codeOf(each), detail: `"${each.text}" was lost` })),
  ];
}

function checkLoosely(
  before: readonly Operator[],
  after: readonly Operator[],
  allowed: readonly Operator[],
  mayLose: boolean,
): readonly Objection[] {
  const names = (operators: readonly Operator[]): ReadonlySet<string> =>
    new Set(operators.map((each) => each.name));
  const known = names([...before, ...allowed]);
  const left = names(after);
  return [
    ...after
      .filter((each) => !known.has(each.name) && HELD_IN_LOOSE.has(each.name))
      .map((each) => ({ code: codeOf(each), detail: `"${each.text}" was added` })),
    ...before
      .filter((each) => !mayLose && !left.has(each.name) && HELD_IN_LOOSE.has(each.name))
      .map((each) => ({ code: codeOf(each), detail: `"${each.text}" was lost` })),
  ];
}

/** One "will" serves several verbs: "will meet and report". */
function reaches(operator: Operator, name: string, key: string, tokens: readonly Token[]): boolean {
  if (operator.name !== name || name === "or") return false;
  const clause = tokens[operator.at]?.clause;
  return tokens.slice(operator.at).some((token) => token.clause === clause && token.key === key);
}

/** Same operator on the same words: what comes first after one comes soon after the other. */
function governsAlike(source: Operator, candidate: Operator): boolean {
  if (source.name !== candidate.name) return false;
  const [first] = source.scope;
  const [candidateFirst] = candidate.scope;
  if (first === undefined || candidateFirst === undefined) return first === candidateFirst;
  return candidate.scope.slice(0, 2).includes(first) && source.scope.slice(0, 3).includes(candidateFirst);
}

function codeOf(operator: Operator): ObjectionCode {
  if (operator.name === "not") return "negation";
  if (CONDITIONS.has(operator.name)) return "condition";
  return QUANTITIES.has(operator.name) ? "quantity" : "modality";
}

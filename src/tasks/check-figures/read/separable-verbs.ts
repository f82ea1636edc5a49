import type { Concept } from "./concept.ts";
import type { Token } from "./tokens.ts";

/** German verbs that part: `legte … zu`, `ging … zurück`; what stands at the end of the clause, and what both mean. */
const verbs: readonly (readonly [verb: RegExp, particle: RegExp, concept: Concept])[] = [
  [/^(zog|zogen|zieht|ziehen|stieg|stiegen|steigt|steigen|wuchs|wuchsen|schwoll|schwollen)$/, /^an$/, "up"],
  [/^(legte|legten|legt|legen|nahm|nahmen|nimmt|nehmen)$/, /^zu$/, "up"],
  [/^(holte|holten|holt|holen)$/, /^auf$/, "up"],
  [/^(weitete|weiteten|weitet|baute|bauten|baut)$/, /^aus$/, "up"],
  [/^(ging|gingen|geht|gehen|fiel|fielen|fallt|fallen|bildete|bildeten)$/, /^zuruck$/, "down"],
  [
    /^(nahm|nahmen|nimmt|nehmen|fiel|fielen|fallt|sackte|sackten|rutschte|rutschten|flachte|flachten|schwachte|schwachten|baute|bauten)$/,
    /^ab$/,
    "down",
  ],
  [/^(gab|gaben|gibt|geben|liess|liessen)$/, /^nach$/, "down"],
  [/^(brach|brachen|bricht|brechen|busste|bussten|knickte|knickten)$/, /^ein$/, "down"],
  [/^(setzte|setzten|setzt|setzen)$/, /^um$/, "be"],
];

/** Duties of tokens that a parted verb has, by their indexes. */
export function separableVerbs(tokens: readonly Token[]): Map<number, Concept> {
  const found = new Map<number, Concept>();
  tokens.forEach((token, index) => {
    if (token.kind !== "word" || !isAtEnd(tokens[index + 1])) return;
    for (const [verb, particle, concept] of verbs) {
      if (!particle.test(token.plain)) continue;
      const at = tokens.findLastIndex((each, place) => place < index && verb.test(each.plain));
      if (at < 0 || at === index - 1) continue;
      found.set(at, concept);
      found.set(index, "small");
      return;
    }
  });
  return found;
}

function isAtEnd(next: Token | undefined): boolean {
  return next === undefined || /^([.,;:!?)]|als|wie|und|wahrend)$/.test(next.plain);
}

import type { ActionCandidate } from "./find-actions.ts";
import { callNames, hasName } from "./people.ts";
import type { Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";

/** The one person that `him` or `her` can mean, and where the name was said. */
export type Antecedent = { readonly name: string; readonly sentence: Sentence };

const REACH = 2;
const LONGEST_CONTEXT = 25;

/** The sentence an action's first words stand in, and those before it in the same cue. */
function placeOf(
  candidate: ActionCandidate,
  speech: Speech,
): { readonly at: number; readonly cue: readonly Sentence[] } {
  const cue = speech.sentences[candidate.cue] ?? [];
  const quote = candidate.evidence[0]?.quote ?? "";
  return { at: cue.findIndex((one) => one.text === quote || one.text.includes(quote)), cue };
}

/**
 * Who `him` or `her` in a deed is. Certain enough only between two people, when exactly one other person was named in
 * the cue or the two before it.
 */
export function findAntecedent(candidate: ActionCandidate, speech: Speech): Antecedent | undefined {
  if (!/\b(?:him|her)\b/iu.test(candidate.deed) || speech.people.speakers.length !== 2) return undefined;
  const { at, cue } = placeOf(candidate, speech);
  if (at < 0) return undefined;
  const near = [
    ...speech.sentences.slice(Math.max(0, candidate.cue - REACH), candidate.cue).flat(),
    ...cue.slice(0, at + 1),
  ];
  const absent = [
    ...speech.otherPeople,
    ...speech.people.participants
      .filter((one) => one.turns === 0)
      .flatMap((one) => callNames(one, speech.people.participants)),
  ];
  const found = near.flatMap((sentence) =>
    absent.filter((name) => hasName(sentence.text, name)).map((name) => ({ name, sentence })),
  );
  // `Johan` and `Johan Berg` are one person; two first names are two.
  const firsts = new Set(found.map((one) => one.name.split(" ")[0]));
  return firsts.size === 1 ? found.at(-1) : undefined;
}

/** The sentence before, when it is short and states something: what `it` and `their` point at. */
export function findContext(candidate: ActionCandidate, speech: Speech): Sentence | undefined {
  const { at, cue } = placeOf(candidate, speech);
  const before = cue[at - 1];
  if (before === undefined || before.isQuestion) return undefined;
  const words = before.plain.split(/\s+/u).length;
  return words >= 5 && words <= LONGEST_CONTEXT ? before : undefined;
}

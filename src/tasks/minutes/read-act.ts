import { callNames, hasName } from "./people.ts";
import type { Clause, Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Obliged, SpeechForm, SpeechPatterns } from "./speech-patterns.ts";

/** What a clause hands out or takes on, by its form alone. */
export type Act = {
  readonly obliged: Obliged | "named";
  readonly force: SpeechForm["force"];
  readonly deed: string;
  readonly isReversed: boolean;
  /** Set for `named`. */
  readonly name?: string;
  /** True for `you should`, `you can`: advice more often than a request. */
  readonly isAdvice: boolean;
};

/** An act with the place it stands in and who spoke it. */
export type SpokenAct = {
  readonly act: Act;
  readonly sentence: Sentence;
  readonly clause: Clause;
  readonly speaker: string;
};

const ADVICE = /(?<!\bif )\byou (?:should|need to|have to|must|ought to|'ve got to|can|could)\b/iu;

/** The act of a clause, if it is one. */
export function readAct(clause: Clause, speech: Speech): Act | undefined {
  return readForm(clause, speech.patterns) ?? readNamed(clause, speech);
}

/** The first form that fits a clause. */
function readForm(clause: Clause, patterns: SpeechPatterns): Act | undefined {
  for (const form of patterns.forms) {
    const match = form.pattern.exec(clause.plain);
    const deed = match?.groups?.deed ?? match?.groups?.deed2 ?? match?.groups?.deed3;
    if (match === null || deed === undefined) continue;
    const before = clause.plain.slice(0, match.index);
    if (!patterns.deed.test(deed) || patterns.inCall.test(deed)) continue;
    if (
      patterns.negation.test(before) ||
      (patterns.language !== "en" && patterns.negation.test(clause.plain))
    )
      return undefined;
    if (
      patterns.reported.test(before.replace(/\bbecause\b/giu, form.obliged === "nobody" ? "" : "because")) &&
      !/\bif $/iu.test(before + clause.plain.slice(match.index, match.index + 3))
    )
      return undefined;
    if (
      form.force === "request" &&
      form.obliged === "addressee" &&
      /^(?:if|when|once|whether|what|how|where|why)\b/iu.test(clause.plain) &&
      !/^if you (?:could|would)\b/iu.test(clause.plain)
    )
      return undefined;
    return {
      obliged: form.obliged,
      force: form.force,
      deed,
      isReversed: form.reversed === true,
      isAdvice: ADVICE.test(match[0]),
    };
  }
  return undefined;
}

/** `Daniel will send …`: a person by name, of the call or mentioned in it as a person. */
function readNamed(clause: Clause, speech: Speech): Act | undefined {
  const { people, patterns } = speech;
  const names = [
    ...people.participants.flatMap((one) =>
      callNames(one, people.participants).map((called) => ({ called, name: one.name })),
    ),
    ...[...speech.otherPeople].map((called) => ({ called, name: called })),
  ].sort((a, b) => b.called.length - a.called.length);
  for (const { called, name } of names) {
    if (!hasName(clause.plain, called)) continue;
    const at = clause.plain.search(
      new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(called)}(?![\\p{L}\\p{N}])`, "u"),
    );
    const before = clause.plain.slice(0, at);
    const after = clause.plain
      .slice(at + called.length)
      .replace(
        /^ (?:from|in|at|of|on|von|aus|de|da|do) [\p{L}' ]{2,30}?(?=(?: will| is| has| wird|'ll| va | vai ))/u,
        "",
      );
    const match = patterns.namedForm.exec(after);
    const deed = match?.groups?.deed;
    if (match === null || deed === undefined || !patterns.deed.test(deed) || patterns.inCall.test(deed))
      continue;
    if (
      patterns.reported.test(before) ||
      patterns.negation.test(before) ||
      (patterns.language !== "en" && patterns.negation.test(after))
    )
      continue;
    if (/\b(?:the|a|an|this|that|our|their|his|her|my|your)\s*$/iu.test(before)) continue;
    if (
      /\b(?:and|or|und|oder|et|ou|y|e|with|for|to|from|of|by|by the time)\s*$/iu.test(before) &&
      !/^(?:and|und|et|y|e)\s*$/iu.test(before)
    )
      continue;
    return { obliged: "named", force: "firm", deed, isReversed: false, name, isAdvice: false };
  }
  return undefined;
}

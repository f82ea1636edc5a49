import { generateJson } from "../../models/index.ts";
import { checkCandidate, type Objection } from "../edit/check-candidate.ts";
import { cleanCandidate } from "../edit/check-form.ts";
import type { ModelCalls } from "../edit/model-calls.ts";
import { checkTexts } from "./check-style.ts";
import type { StyleEdit } from "./compose-edits.ts";
import { editedText, planEdits } from "./plan-edits.ts";
import { styleMessages, styleSchema } from "./style-prompt.ts";
import { rewriteEdits, type StyleSentence } from "./style-sentence.ts";
import { plainText } from "./style-text.ts";
import type { HouseRule } from "./types.ts";

export type RewriteOptions = {
  readonly rules: readonly HouseRule[];
  readonly calls: ModelCalls;
  /** Lower-case words that are names in the document. */
  readonly names: ReadonlySet<string>;
  readonly chunkTokens: number;
  readonly countTokens: (text: string) => Promise<number>;
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal;
};

/** What became of one sentence: edits of its text, or why the model's words were not taken. */
export type SentenceOutcome = { readonly sentence: StyleSentence } & (
  | { readonly kind: "rewritten"; readonly edits: readonly StyleEdit[]; readonly rules: readonly HouseRule[] }
  | { readonly kind: "refused"; readonly rules: readonly HouseRule[]; readonly reason: string }
  /** The model found nothing to change, or gave no answer. */
  | { readonly kind: "left" }
);

type Asked = {
  readonly id: string;
  readonly sentence: StyleSentence;
  readonly note?: string;
  readonly refused?: SentenceOutcome;
};
type Answer = {
  readonly rewrites: readonly {
    readonly id: string;
    readonly rules: readonly string[];
    readonly text: string;
  }[];
};

const ROUNDS = 2;

/** Has a capable model rewrite sentences by the rules; code checks facts and every rule it can, and refuses the rest. */
export async function rewriteSentences(
  sentences: readonly StyleSentence[],
  options: RewriteOptions,
): Promise<readonly SentenceOutcome[]> {
  const outcomes: SentenceOutcome[] = [];
  let done = 0;
  const asked = sentences.map((sentence, index): Asked => ({ id: `s${index + 1}`, sentence }));
  for (const chunk of await chunksOf(asked, options)) {
    let open: readonly Asked[] = chunk;
    for (let round = 0; round < ROUNDS && open.length > 0; round++) {
      const answer = await ask(open, options);
      const again: Asked[] = [];
      for (const each of open) {
        const outcome = answer === undefined ? keptFrom(each) : judge(each, answer, options);
        if (outcome.kind === "refused" && round < ROUNDS - 1)
          again.push({ ...each, note: outcome.reason, refused: outcome });
        else outcomes.push(outcome.kind === "left" ? keptFrom(each) : outcome);
      }
      open = again;
    }
    done += chunk.length;
    options.onProgress(done);
  }
  return outcomes;
}

function keptFrom({ sentence, refused }: Asked): SentenceOutcome {
  return refused ?? { sentence, kind: "left" };
}

async function chunksOf(
  asked: readonly Asked[],
  { chunkTokens, countTokens }: RewriteOptions,
): Promise<readonly (readonly Asked[])[]> {
  const chunks: Asked[][] = [];
  let used = Infinity;
  for (const each of asked) {
    const tokens = (await countTokens(each.sentence.text)) + 30;
    if (used + tokens > chunkTokens) {
      chunks.push([]);
      used = 0;
    }
    chunks.at(-1)?.push(each);
    used += tokens;
  }
  return chunks;
}

async function ask(
  asked: readonly Asked[],
  { rules, calls, chunkTokens, signal }: RewriteOptions,
): Promise<Answer | undefined> {
  const judged = rules.filter((rule) => rule.check.kind === "model").map((rule) => rule.id);
  const messages = styleMessages({
    rules,
    judged,
    sentences: asked.map(({ id, sentence, note }) => ({
      id,
      text: sentence.text,
      broken: [...new Set(sentence.findings.map((each) => each.rule.id))],
      ...(note !== undefined && { note }),
    })),
    held: [...new Set(asked.flatMap(({ sentence }) => sentence.held))].slice(0, 40),
    marker: crypto.randomUUID().slice(0, 8),
  });
  const schema = styleSchema(
    asked.map((each) => each.id),
    rules.map((rule) => rule.id),
  );
  return calls.attempt((model) =>
    generateJson<Answer>(model, {
      messages,
      schema,
      maxTokens: Math.ceil(chunkTokens * 1.5) + 200,
      ...(signal && { signal }),
    }),
  );
}

function judge({ id, sentence }: Asked, answer: Answer, options: RewriteOptions): SentenceOutcome {
  const rewrite = answer.rewrites.find((each) => each.id === id);
  if (rewrite === undefined) return { sentence, kind: "left" };
  const text = cleanCandidate(rewrite.text, sentence.text);
  if (text === sentence.text) return { sentence, kind: "left" };
  const named = options.rules.filter((rule) => rewrite.rules.includes(rule.id) && isAsked(rule, sentence));
  const broken = sentence.findings.map((each) => each.rule);
  const rules = [...new Set([...broken, ...named])];
  if (rules.length === 0) return { sentence, kind: "left" };
  const objections = checkCandidate(sentence.text, text, {
    kind: "formal",
    strictness: "loose",
    held: sentence.held,
    names: options.names,
  }).filter((objection) => !isUnmovedYear(objection, sentence.text, text));
  if (objections.length > 0) return { sentence, kind: "refused", rules, reason: listed(objections) };
  return styled(sentence, text, rules, options);
}

/** A year counts nothing: with the same word before it, it may stand anywhere in the sentence ("in 2026"). */
function isUnmovedYear({ code, detail }: Objection, before: string, after: string): boolean {
  const year = /^((?:19|20)\d\d)\s/u.exec(detail)?.[1];
  if (code !== "number-context" || year === undefined) return false;
  const places = (text: string): string =>
    [...text.matchAll(new RegExp(`(\\S+) ${year}(?!\\d)`, "gu"))]
      .map((match) => match[1]?.toLowerCase())
      .join(" ");
  return places(before) !== "" && places(before) === places(after);
}

function isAsked(rule: HouseRule, sentence: StyleSentence): boolean {
  return sentence.judged.includes(rule) || sentence.findings.some((each) => each.rule === rule);
}

/** Checks the model's words against every rule that code can check, and mends what code can mend. */
function styled(
  sentence: StyleSentence,
  text: string,
  rules: readonly HouseRule[],
  options: RewriteOptions,
): SentenceOutcome {
  const { source } = sentence;
  const checked = options.rules.filter((rule) => rule.check.kind !== "abbreviation");
  const candidate = {
    ...plainText(text, { known: source.known }),
    kind: source.kind,
    language: source.language,
  };
  const mended = planEdits(candidate, checked);
  const edits = rewriteEdits(sentence, mended.text, rules);
  if (edits === undefined || !mended.isStable)
    return { sentence, kind: "refused", rules, reason: "it does not fit the place" };
  const before = openRules(
    checkTexts([source], checked).filter(
      (each) => each.start >= sentence.range.start && each.end <= sentence.range.end,
    ),
  );
  const after = openRules(
    checkTexts([editedText(source, edits)], checked).filter((each) => touches(each, sentence, edits)),
  );
  const solved = new Set(sentence.findings.map((each) => each.rule.id));
  const worse = [...after]
    .filter(([id, count]) => solved.has(id) || count > (before.get(id) ?? 0))
    .map(([id]) => id);
  if (worse.length > 0) return { sentence, kind: "refused", rules, reason: `it breaks ${worse.join(", ")}` };
  return { sentence, kind: "rewritten", edits, rules };
}

/** Whether a finding in the edited text lies in what the sentence has become. */
function touches(
  finding: { readonly start: number; readonly end: number },
  { range }: StyleSentence,
  edits: readonly StyleEdit[],
): boolean {
  const grown = edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
  return finding.start < range.end + grown && finding.end > range.start;
}

function openRules(findings: readonly { readonly rule: HouseRule }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}

function listed(objections: readonly Objection[]): string {
  return [...new Set(objections.map(({ code, detail }) => `${code} (${detail})`))].slice(0, 4).join("; ");
}

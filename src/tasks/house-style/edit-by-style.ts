import { BadRequestError } from "../../errors.ts";
import type { Change, WordDocument } from "../../files/index.ts";
import { isSmallModel, type ModelCalls, modelCalls } from "../edit/model-calls.ts";
import { namesIn } from "../edit/rewritable.ts";
import type { TaskContext } from "../task.ts";
import { checkTexts } from "./check-style.ts";
import { composeEdits } from "./compose-edits.ts";
import { editedText, planAllEdits, planEdits } from "./plan-edits.ts";
import { rewriteSentences, type SentenceOutcome } from "./rewrite-sentences.ts";
import {
  currentText,
  type StyleChanges,
  type StyleWork,
  styleChanges,
  type UnmarkedPlace,
} from "./style-changes.ts";
import { styleSentences } from "./style-sentence.ts";
import { documentTexts } from "./style-text.ts";
import type { HouseRule, HouseStyle, StyleProblem } from "./types.ts";

/** What checking a document against a house style came to. */
export type StyleSummary = {
  readonly rules: { readonly byCode: number; readonly byModel: number };
  /** For each rule that was broken: how many places were replaced, and how many got a comment only. */
  readonly broken: readonly {
    readonly rule: string;
    readonly replaced: number;
    readonly commented: number;
  }[];
  /** Sentences in a model's words, and those whose new words code refused. */
  readonly rewritten: number;
  readonly refused: number;
  /** Rules that nothing looked at because no capable model is there. */
  readonly left: readonly string[];
  /** Places in headers and footers, where Word holds no comment, that a person has to look at. */
  readonly unmarked: readonly UnmarkedPlace[];
  /** Places that have their comment from an earlier run. */
  readonly marked: number;
  readonly problems: readonly StyleProblem[];
  readonly failedCalls: number;
  /** Sentences for the person. */
  readonly notes: readonly string[];
};

const MOST_CHUNK_TOKENS = 3_000;

/**
 * Turns a house style into changes of a document: replacements that code knows, rewrites by a capable model that pass
 * every check, and comments for the rest. Each says which rule and why. Throws `BadRequestError` when there is no rule.
 */
export async function editByStyle(
  document: WordDocument,
  style: HouseStyle,
  context: TaskContext,
): Promise<{ readonly changes: readonly Change[]; readonly summary: StyleSummary }> {
  const { rules, problems } = style;
  if (rules.length === 0)
    throw new BadRequestError("the house style has no rule that could be read", {
      hint:
        problems[0] === undefined
          ? 'write a rule a line: - T1: "utilise" -> "use" (plain words)'
          : `line ${problems[0].line}: ${problems[0].message}`,
    });
  const inText = rules.filter((rule) => rule.check.kind !== "abbreviation");
  const sources = documentTexts(document);
  const works = planAllEdits(sources, inText).map(
    (planned, index): StyleWork => ({ source: sources[index]!, ...planned }),
  );
  const rewriting = await rewriteByModel(works, rules, document, context);
  const edited = works.map((work) => withRewrites(work, rewriting.outcomes, inText));
  const abbreviations = checkTexts(
    edited.map(currentText),
    rules.filter((rule) => rule.check.kind === "abbreviation"),
  );
  const complete = edited.map((work) => ({
    ...work,
    open: [...work.open, ...abbreviations.filter((each) => each.paragraph === work.source.paragraph)],
  }));
  const made = styleChanges(document, complete, rewriting.outcomes);
  return { changes: made.changes, summary: summaryOf(rules, problems, made, rewriting) };
}

type Rewriting = {
  readonly outcomes: readonly SentenceOutcome[];
  readonly calls?: ModelCalls;
  readonly left: readonly string[];
};

async function rewriteByModel(
  works: readonly StyleWork[],
  rules: readonly HouseRule[],
  document: WordDocument,
  context: TaskContext,
): Promise<Rewriting> {
  const { model } = context;
  const judged = rules.filter((rule) => rule.check.kind === "model").map((rule) => rule.id);
  if (model === undefined || isSmallModel(model)) return { outcomes: [], left: judged };
  const sentences = works.flatMap((work) => styleSentences(currentText(work), work.open, rules));
  const calls = modelCalls(model, context.signal);
  if (sentences.length === 0) return { outcomes: [], calls, left: [] };
  context.emit({ kind: "step-started", step: "rewrite", total: sentences.length });
  const outcomes = await rewriteSentences(sentences, {
    rules,
    calls,
    names: namesIn(document),
    chunkTokens: Math.max(200, Math.min(MOST_CHUNK_TOKENS, Math.floor(model.contextTokens * 0.3))),
    countTokens: (text) => model.countTokens(text),
    onProgress: (done) =>
      context.emit({ kind: "step-progressed", step: "rewrite", done, total: sentences.length }),
    ...(context.signal && { signal: context.signal }),
  });
  return { outcomes, calls, left: [] };
}

/** The model's sentences put into the text, and the text checked once more as a whole. */
function withRewrites(
  work: StyleWork,
  outcomes: readonly SentenceOutcome[],
  rules: readonly HouseRule[],
): StyleWork {
  const rewrites = outcomes.flatMap((outcome) =>
    outcome.kind === "rewritten" && outcome.sentence.source.paragraph === work.source.paragraph
      ? outcome.edits
      : [],
  );
  if (rewrites.length === 0) return work;
  const edits = composeEdits(work.source.text, work.edits, rewrites);
  const now = editedText(work.source, edits);
  const again = planEdits(now, rules);
  return { source: work.source, edits: composeEdits(work.source.text, edits, again.edits), open: again.open };
}

function summaryOf(
  rules: readonly HouseRule[],
  problems: readonly StyleProblem[],
  made: StyleChanges,
  { outcomes, calls, left }: Rewriting,
): StyleSummary {
  const byModel = rules.filter((rule) => rule.check.kind === "model").length;
  const refused = outcomes.filter((each) => each.kind === "refused").length;
  const rewritten = outcomes.filter((each) => each.kind === "rewritten").length;
  const failedCalls = calls?.failed() ?? 0;
  const errors = problems.filter((problem) => problem.kind === "error").length;
  const notes: string[] = [];
  if (errors > 0) notes.push(`${errors} lines of the style could not be read; nothing checks them`);
  if (left.length > 0) notes.push(`not checked, as they need a larger language model: ${left.join(", ")}`);
  if (refused > 0)
    notes.push(`code refused ${refused} of the model's sentences; they have a comment instead`);
  if (made.unmarked.length > 0)
    notes.push(`${made.unmarked.length} places in headers and footers can't hold a comment`);
  if (made.marked > 0) notes.push(`${made.marked} places have their comment already`);
  return {
    rules: { byCode: rules.length - byModel, byModel },
    broken: rules
      .map((rule) => ({
        rule: rule.id,
        replaced: made.replaced.filter((edit) => edit.rules.includes(rule)).length,
        commented: made.commented.filter((each) => each === rule).length,
      }))
      .filter((each) => each.replaced + each.commented > 0),
    rewritten,
    refused,
    left,
    unmarked: made.unmarked,
    marked: made.marked,
    problems,
    failedCalls,
    notes,
  };
}

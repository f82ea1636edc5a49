import { BadRequestError } from "../../errors.ts";
import {
  type Change,
  comments,
  type Paragraph,
  paragraphText,
  type WordDocument,
} from "../../files/index.ts";
import { isSmallModel, type ModelCalls, modelCalls } from "../edit/model-calls.ts";
import { namesIn } from "../edit/rewritable.ts";
import type { TaskContext } from "../task.ts";
import { checkTexts } from "./check-style.ts";
import { beforeEdits, composeEdits, type StyleEdit } from "./compose-edits.ts";
import { editedText, planAllEdits, planEdits } from "./plan-edits.ts";
import { rewriteSentences, type SentenceOutcome } from "./rewrite-sentences.ts";
import { type StyleSentence, styleSentences } from "./style-sentence.ts";
import { documentTexts, type StyleText } from "./style-text.ts";
import type { Finding, HouseRule, HouseStyle, StyleProblem, TextRange } from "./types.ts";

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
  readonly unmarked: readonly { readonly rule: string; readonly quote: string; readonly message: string }[];
  /** Places that have their comment from an earlier run. */
  readonly marked: number;
  readonly problems: readonly StyleProblem[];
  readonly failedCalls: number;
  /** Sentences for the person. */
  readonly notes: readonly string[];
};

/** A paragraph's text with what has been done to it so far. */
type Work = {
  readonly source: StyleText;
  readonly edits: readonly StyleEdit[];
  readonly open: readonly Finding[];
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
    (planned, index): Work => ({ source: sources[index]!, ...planned }),
  );
  const rewriting = await rewriteByModel(works, rules, document, context);
  const edited = works.map((work) => withRewrites(work, rewriting.outcomes, inText));
  const abbreviations = checkTexts(
    edited.map(current),
    rules.filter((rule) => rule.check.kind === "abbreviation"),
  );
  const complete = edited.map((work) => ({
    ...work,
    open: [...work.open, ...abbreviations.filter((each) => each.paragraph === work.source.paragraph)],
  }));
  const made = changesOf(document, complete, rewriting.outcomes);
  return { changes: made.changes, summary: summaryOf(rules, problems, made, rewriting) };
}

type Rewriting = {
  readonly outcomes: readonly SentenceOutcome[];
  readonly calls?: ModelCalls;
  readonly left: readonly string[];
};

async function rewriteByModel(
  works: readonly Work[],
  rules: readonly HouseRule[],
  document: WordDocument,
  context: TaskContext,
): Promise<Rewriting> {
  const { model } = context;
  const judged = rules.filter((rule) => rule.check.kind === "model").map((rule) => rule.id);
  if (model === undefined || isSmallModel(model)) return { outcomes: [], left: judged };
  const sentences = works.flatMap((work) => styleSentences(current(work), work.open, rules));
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

function current({ source, edits }: Work): StyleText {
  return editedText(source, edits);
}

/** The model's sentences put into the text, and the text checked once more as a whole. */
function withRewrites(work: Work, outcomes: readonly SentenceOutcome[], rules: readonly HouseRule[]): Work {
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

type Made = {
  readonly changes: readonly Change[];
  readonly replaced: readonly StyleEdit[];
  readonly commented: readonly HouseRule[];
  readonly unmarked: StyleSummary["unmarked"];
  readonly marked: number;
};

/** A remark without a change: what a rule says about a stretch of the paragraph as it was. */
type Remark = TextRange & { readonly rule: HouseRule; readonly text: string; readonly message: string };

function changesOf(
  document: WordDocument,
  works: readonly Work[],
  outcomes: readonly SentenceOutcome[],
): Made {
  const changes: Change[] = [];
  const commented: HouseRule[] = [];
  const unmarked: StyleSummary["unmarked"][number][] = [];
  const paragraphs = new Map(document.paragraphs.map((each) => [each.id, each]));
  // An earlier run's comment may stand around more words than the finding: it is known by what it says.
  const there = Map.groupBy(comments(document), (each) => `${each.paragraph}\n${each.text}`);
  const isThere = (paragraph: string, text: string): boolean =>
    there.get(`${paragraph}\n${text}`)?.pop() !== undefined;
  const numbers = new Map<string, number>();
  let marked = 0;
  const nextId = (rule: HouseRule): string => {
    const number = (numbers.get(rule.id) ?? 0) + 1;
    numbers.set(rule.id, number);
    return `${rule.id}.${number}`;
  };
  for (const work of works) {
    const paragraph = paragraphs.get(work.source.paragraph ?? "");
    if (paragraph === undefined) continue;
    const canComment = paragraph.story.kind !== "header" && paragraph.story.kind !== "footer";
    const remarks = remarksOn(work, outcomes);
    for (const place of [
      ...work.edits.map((edit) => ({ edit })),
      ...remarks.map((remark) => ({ remark })),
    ].toSorted((a, b) => startOf(a) - startOf(b))) {
      if ("edit" in place) {
        const { edit } = place;
        const comment = canComment ? { comment: edit.rules.map((rule) => reasonOf(rule)).join("\n") } : {};
        changes.push({
          kind: "replace",
          id: nextId(edit.rules[0]!),
          at: anchorOf(paragraph, edit),
          text: edit.text,
          ...comment,
        });
        continue;
      }
      const { remark } = place;
      const at = anchorOf(paragraph, remark);
      if (!canComment) unmarked.push({ rule: remark.rule.id, quote: at.quote, message: remark.message });
      else if (isThere(paragraph.id, remark.text)) marked++;
      else {
        changes.push({ kind: "comment", id: nextId(remark.rule), at, text: remark.text });
        commented.push(remark.rule);
      }
    }
  }
  return { changes, replaced: works.flatMap((work) => work.edits), commented, unmarked, marked };
}

type Place = { readonly edit: StyleEdit } | { readonly remark: Remark };

function startOf(place: Place): number {
  return "edit" in place ? place.edit.start : place.remark.start;
}

function remarksOn(work: Work, outcomes: readonly SentenceOutcome[]): readonly Remark[] {
  const found = work.open.map(
    (each): Remark => ({
      ...beforeEdits(work.edits, each),
      rule: each.rule,
      message: each.message,
      text: reasonOf(each.rule, each.message),
    }),
  );
  // What a model would have changed for a rule that only it judges, and code refused.
  const refused = outcomes.flatMap((outcome): Remark[] => {
    if (outcome.kind !== "refused" || outcome.sentence.source.paragraph !== work.source.paragraph) return [];
    const place = stillThere(outcome.sentence, work);
    if (place === undefined) return [];
    return outcome.rules
      .filter((rule) => rule.check.kind === "model")
      .map((rule) => {
        const message = `${rule.text}: this sentence may break it; a rewrite was refused because it was not safe`;
        return { ...place, rule, message, text: reasonOf(rule, message) };
      });
  });
  return [...found, ...refused];
}

/** The refused sentence's place in the paragraph as it was; other sentences may have been rewritten since. */
function stillThere({ source, range }: StyleSentence, work: Work): TextRange | undefined {
  const sentence = source.text.slice(range.start, range.end);
  const start = current(work).text.indexOf(sentence);
  return start < 0 ? undefined : beforeEdits(work.edits, { start, end: start + sentence.length });
}

function anchorOf(
  paragraph: Paragraph,
  { start, end }: TextRange,
): { paragraph: string; start: number; end: number; quote: string } {
  return { paragraph: paragraph.id, start, end, quote: paragraphText(paragraph).slice(start, end) };
}

/** The comment beside a change: the rule's id, the rule, the reason. */
function reasonOf({ id, text, reason }: HouseRule, message: string = text): string {
  return `${id}: ${message}.${reason === "" ? "" : ` Reason: ${reason}.`}`.replace(/\.\.$/u, ".");
}

function summaryOf(
  rules: readonly HouseRule[],
  problems: readonly StyleProblem[],
  made: Made,
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

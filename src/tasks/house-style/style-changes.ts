import {
  type Anchor,
  type Change,
  comments,
  type Paragraph,
  paragraphText,
  type WordDocument,
} from "../../files/index.ts";
import { beforeEdits, type StyleEdit } from "./compose-edits.ts";
import { editedText } from "./plan-edits.ts";
import type { SentenceOutcome } from "./rewrite-sentences.ts";
import type { StyleSentence } from "./style-sentence.ts";
import type { StyleText } from "./style-text.ts";
import type { Finding, HouseRule, TextRange } from "./types.ts";

/** A paragraph's text with what has been done to it so far. */
export type StyleWork = {
  readonly source: StyleText;
  readonly edits: readonly StyleEdit[];
  readonly open: readonly Finding[];
};

/** The text as it is after the edits. */
export function currentText({ source, edits }: StyleWork): StyleText {
  return editedText(source, edits);
}

/** The changes of a document, and what has none. */
export type StyleChanges = {
  readonly changes: readonly Change[];
  readonly replaced: readonly StyleEdit[];
  readonly commented: readonly HouseRule[];
  readonly unmarked: readonly UnmarkedPlace[];
  readonly marked: number;
};

/** A place in a header or footer, where Word holds no comment. */
export type UnmarkedPlace = { readonly rule: string; readonly quote: string; readonly message: string };

/** A remark without a change: what a rule says about a stretch of the paragraph as it was. */
type Remark = TextRange & { readonly rule: HouseRule; readonly text: string; readonly message: string };

/** One thing to do or to say in a paragraph. */
type Entry =
  | {
      readonly kind: "replace";
      readonly at: Anchor;
      readonly rule: HouseRule;
      readonly text: string;
      readonly comment?: string;
    }
  | {
      readonly kind: "comment" | "unmarked";
      readonly at: Anchor;
      readonly rule: HouseRule;
      readonly text: string;
      readonly message: string;
    };

/** The changes that the works come to: replacements with their rules as comments, and comments for what is left. */
export function styleChanges(
  document: WordDocument,
  works: readonly StyleWork[],
  outcomes: readonly SentenceOutcome[],
): StyleChanges {
  const paragraphs = new Map(document.paragraphs.map((each) => [each.id, each]));
  const entries = works.flatMap((work) => {
    const paragraph = paragraphs.get(work.source.paragraph ?? "");
    return paragraph === undefined ? [] : entriesOf(paragraph, work, outcomes);
  });
  const isNew = newComments(document);
  const said = entries.filter((entry) => entry.kind === "comment");
  const left = new Set<Entry>(said.filter((entry) => !isNew(entry.at.paragraph, entry.text)));
  const numbers = new Map<HouseRule, number>();
  return {
    changes: entries.flatMap((entry): Change[] => {
      if (entry.kind === "unmarked" || left.has(entry)) return [];
      const number = (numbers.get(entry.rule) ?? 0) + 1;
      numbers.set(entry.rule, number);
      const { at, text } = entry;
      const id = `${entry.rule.id}.${number}`;
      if (entry.kind !== "replace") return [{ kind: "comment", id, at, text }];
      const comment = entry.comment === undefined ? {} : { comment: entry.comment };
      return [{ kind: "replace", id, at, text, ...comment }];
    }),
    replaced: works.flatMap((work) => work.edits),
    commented: said.filter((entry) => !left.has(entry)).map((entry) => entry.rule),
    unmarked: entries.flatMap((entry) =>
      entry.kind === "unmarked"
        ? [{ rule: entry.rule.id, quote: entry.at.quote, message: entry.message }]
        : [],
    ),
    marked: left.size,
  };
}

/**
 * Tells the comments that are not there from those of an earlier run, one for one. They are known by what they say:
 * an earlier one may stand around more words.
 */
function newComments(document: WordDocument): (paragraph: string, text: string) => boolean {
  const there = new Map<string, number>();
  const keyOf = (paragraph: string | undefined, text: string): string => `${paragraph}\n${text}`;
  for (const { paragraph, text } of comments(document)) {
    const key = keyOf(paragraph, text);
    there.set(key, (there.get(key) ?? 0) + 1);
  }
  return (paragraph, text) => {
    const key = keyOf(paragraph, text);
    const count = there.get(key) ?? 0;
    there.set(key, count - 1);
    return count <= 0;
  };
}

function entriesOf(
  paragraph: Paragraph,
  work: StyleWork,
  outcomes: readonly SentenceOutcome[],
): readonly Entry[] {
  const canComment = paragraph.story.kind !== "header" && paragraph.story.kind !== "footer";
  const edits = work.edits.flatMap((edit): Entry[] => {
    const [rule] = edit.rules;
    if (rule === undefined) return [];
    const comment = edit.rules.map((each) => commentOf(each)).join("\n");
    return [
      {
        kind: "replace",
        rule,
        at: anchorOf(paragraph, edit),
        text: edit.text,
        ...(canComment && { comment }),
      },
    ];
  });
  const remarks = remarksOn(work, outcomes).map(
    ({ rule, text, message, ...range }): Entry => ({
      kind: canComment ? "comment" : "unmarked",
      rule,
      at: anchorOf(paragraph, range),
      text,
      message,
    }),
  );
  return [...edits, ...remarks].toSorted((a, b) => a.at.start - b.at.start);
}

function remarksOn(work: StyleWork, outcomes: readonly SentenceOutcome[]): readonly Remark[] {
  const found = work.open.map(
    (each): Remark => ({
      ...beforeEdits(work.edits, each),
      rule: each.rule,
      message: each.message,
      text: commentOf(each.rule, each.message),
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
        return { ...place, rule, message, text: commentOf(rule, message) };
      });
  });
  return [...found, ...refused];
}

/** The refused sentence's place in the paragraph as it was; other sentences may have been rewritten since. */
function stillThere({ source, range }: StyleSentence, work: StyleWork): TextRange | undefined {
  const sentence = source.text.slice(range.start, range.end);
  const start = currentText(work).text.indexOf(sentence);
  return start < 0 ? undefined : beforeEdits(work.edits, { start, end: start + sentence.length });
}

function anchorOf(paragraph: Paragraph, { start, end }: TextRange): Anchor {
  return { paragraph: paragraph.id, start, end, quote: paragraphText(paragraph).slice(start, end) };
}

/** The comment beside a change: the rule's id, the rule, the reason. */
function commentOf({ id, text, reason }: HouseRule, message: string = text): string {
  return `${id}: ${message}.${reason === "" ? "" : ` Reason: ${reason}.`}`.replace(/\.\.$/u, ".");
}

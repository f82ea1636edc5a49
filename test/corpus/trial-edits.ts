import { canonicalPart } from "../../src/apps/cli/canonical-part.ts";
import { comparePackages } from "../../src/apps/cli/compare-packages.ts";
import {
  type Change,
  comments,
  openFile,
  openPackage,
  type Paragraph,
  paragraphText,
  planChanges,
  type RefusalCode,
  readPart,
  settleChanges,
  type WordDocument,
  wholeParagraph,
} from "../../src/files/index.ts";
import { decodePart } from "../../src/files/opc/part-text.ts";
import { type DrawnEdit, randomFrom } from "./draw-edit.ts";

/** What came of one trial edit: `failures` says in words what is not as it should be. */
export type Trial = {
  readonly kind: string;
  readonly refusal?: string;
  readonly code?: RefusalCode;
  readonly bytes?: Uint8Array;
  readonly failures: readonly string[];
};

/** Nobody else's changes carry this name, so that ours can be settled alone. */
export const author = "Tandem corpus test 5e1c";
const date: Date = new Date("2026-01-02T03:04:05Z");

/** A tracked replacement: the other entries untouched, rejecting gives the source, accepting the intended text. */
export function tryReplacement(document: WordDocument, source: Uint8Array, edit: DrawnEdit): Trial {
  const { paragraph, anchor, text } = edit;
  return attempt("replace", document, { kind: "replace", at: anchor, text }, (bytes, failures) => {
    expectOnly(source, bytes, (part) => part === paragraph.part.toLowerCase(), failures);
    expectRejected(document, source, bytes, failures);
    const old = paragraphText(paragraph);
    const wanted = old.slice(0, anchor.start) + text + old.slice(anchor.end);
    const texts = finalTexts(document).map((each, index) =>
      storyParagraphs(document)[index] === paragraph ? wanted : each,
    );
    expectSame("accepting", texts, finalTexts(settled(bytes, "accept")), failures);
  });
}

/** Deleting a whole paragraph drawn by seed, in the body. */
export function tryDeletion(document: WordDocument, source: Uint8Array, seed: number): Trial {
  return firstMade(bodyParagraphs(document, seed), (paragraph) =>
    attempt("delete", document, { kind: "delete", at: wholeParagraph(paragraph) }, (bytes, failures) => {
      expectOnly(source, bytes, (part) => part === paragraph.part.toLowerCase(), failures);
      expectRejected(document, source, bytes, failures);
      // The mark may have to stay (the last of a cell): then the paragraph is empty instead of gone. Its text boxes go.
      const old = storyParagraphs(document);
      const emptied = old.map((each) => (each === paragraph ? "" : paragraphText(each)));
      const staying = old
        .filter((each) => each !== paragraph && !each.isInTextBox)
        .map((each) => paragraphText(each));
      const found = finalTexts(settled(bytes, "accept"));
      if (!isSubsequence(found, emptied) || !isSubsequence(staying, found))
        failures.push("accepting gives other text");
    }),
  );
}

/** Two new paragraphs after one drawn by seed, in the body. */
export function tryInsertion(document: WordDocument, source: Uint8Array, seed: number): Trial {
  const lines = ["A new paragraph & its <text>.", "And a second one."];
  return firstMade(bodyParagraphs(document, seed), (paragraph) =>
    attempt(
      "insert-after",
      document,
      { kind: "insert-after", at: wholeParagraph(paragraph), text: lines.join("\n") },
      (bytes, failures) => {
        expectOnly(source, bytes, (part) => part === paragraph.part.toLowerCase(), failures);
        expectRejected(document, source, bytes, failures);
        const found = finalTexts(settled(bytes, "accept"));
        const at = found.indexOf(lines[0]!);
        if (found[at + 1] !== lines[1]) failures.push("the new paragraphs are not there in order");
        found.splice(at, 2);
        expectSame("taking the new paragraphs away", finalTexts(document), found, failures);
      },
    ),
  );
}

/** A comment on a paragraph drawn by seed, an answer to it, and then it is resolved. */
export function tryComments(document: WordDocument, source: Uint8Array, seed: number): Trial {
  const text = "Is this <still> right?";
  return firstMade(bodyParagraphs(document, seed), (paragraph) =>
    attempt(
      "comment",
      document,
      { kind: "comment", at: wholeParagraph(paragraph), text },
      (bytes, failures) => {
        expectOnly(source, bytes, isCommentPart(paragraph.part.toLowerCase()), failures);
        const first = openFile(bytes);
        expectSame("commenting", finalTexts(document), finalTexts(first), failures);
        const made = comments(first).find((each) => each.author === author && each.text === text);
        if (made === undefined || made.quote !== paragraphText(paragraph)) {
          failures.push("the comment or its quote is not there");
          return undefined;
        }
        return answerAndResolve(first, made.id, failures);
      },
    ),
  );
}

function answerAndResolve(document: WordDocument, id: string, failures: string[]): Uint8Array | undefined {
  const answer = "Yes.";
  const plan = planChanges(
    document,
    [
      { kind: "reply", to: id, text: answer },
      { kind: "resolve", comment: id, resolved: true },
    ],
    { author, date },
  );
  if (plan.refused.length > 0) {
    failures.push(`reply or resolve refused: ${plan.refused[0]!.reason}`);
    return undefined;
  }
  const { bytes } = plan.save();
  const all = comments(openFile(bytes));
  if (!all.some((each) => each.text === answer && each.replyTo === id))
    failures.push("the answer is not there");
  if (all.find((each) => each.id === id)?.isResolved !== true) failures.push("the comment is not resolved");
  return bytes;
}

/** Makes one change and checks what it gave; `check` may hand on the bytes of a further step. */
export function attempt(
  kind: string,
  document: WordDocument,
  change: Change,
  // biome-ignore lint/suspicious/noConfusingVoidType: a check hands on bytes or nothing
  check: (bytes: Uint8Array, failures: string[]) => Uint8Array | undefined | void,
): Trial {
  const failures: string[] = [];
  try {
    const plan = planChanges(document, [change], { author, date });
    const refusal = plan.refused[0];
    if (refusal !== undefined) return { kind, refusal: refusal.reason, code: refusal.code, failures };
    const { bytes } = plan.save();
    return { kind, bytes: check(bytes, failures) ?? bytes, failures };
  } catch (error) {
    return { kind, failures: [`throws ${error instanceof Error ? error.message : String(error)}`] };
  }
}

/** Tries one paragraph after the other until a change is not refused; the last refusal when all are. */
function firstMade(paragraphs: readonly Paragraph[], trial: (paragraph: Paragraph) => Trial): Trial {
  let last: Trial = { kind: "none", refusal: "there is no paragraph with text", failures: [] };
  for (const paragraph of paragraphs) {
    last = trial(paragraph);
    if (last.refusal === undefined) return last;
  }
  return last;
}

function bodyParagraphs(document: WordDocument, seed: number): Paragraph[] {
  const random = randomFrom(seed);
  return document.paragraphs
    .filter((each) => each.story.kind === "body" && !each.isInTextBox && paragraphText(each).trim() !== "")
    .map((paragraph) => ({ paragraph, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, 8)
    .map(({ paragraph }) => paragraph);
}

/** Only parts that may change do. */
export function expectOnly(
  source: Uint8Array,
  bytes: Uint8Array,
  mayChange: (part: string) => boolean,
  failures: string[],
): void {
  for (const { name, difference } of comparePackages(source, bytes)) {
    if (!mayChange(name)) failures.push(`${name} is ${difference}`);
  }
}

function isCommentPart(part: string): (name: string) => boolean {
  const others =
    /^\/(\[content_types\]\.xml|word\/(_rels\/.*\.rels|comments.*\.xml|people.*\.xml))$|\/_rels\/[^/]*\.rels$|\/(comments|people)[^/]*\.xml$/;
  return (name) => name === part || others.test(name);
}

/**
 * Rejecting ours gives the source, other people's changes included: in text, and in XML but for run cuts. `mayStay`
 * names parts that a rejected picture leaves behind.
 */
export function expectRejected(
  document: WordDocument,
  source: Uint8Array,
  bytes: Uint8Array,
  failures: string[],
  mayStay: (part: string) => boolean = () => false,
): void {
  const rejected = settleChanges(openFile(bytes), {
    action: "reject",
    which: (each) => each.revision.author === author,
  });
  expectSame("rejecting", markupTexts(document), markupTexts(openFile(rejected)), failures);
  for (const { name, difference } of comparePackages(source, rejected, { canonical: true })) {
    if (mayStay(name)) continue;
    if (difference === "changed" && canonicalText(source, name) === canonicalText(rejected, name)) continue;
    failures.push(`after rejecting, ${name} is ${difference}`);
  }
}

/**
 * Where paragraph marks come and go, the ids of paragraphs and saving sessions and empty properties may as well; how
 * properties and empty paragraphs are laid out is nothing either.
 */
function canonicalText(bytes: Uint8Array, part: string): string {
  const { text } = decodePart(readPart(openPackage(bytes), part), part);
  const plain = text
    .replace(/\s[\w-]+:(rsid\w*|paraId|textId)="[^"]*"/g, "")
    .replace(/\s+>/g, ">")
    .replace(/<((?:[\w-]+:)?[rp]Pr)>[\s\S]*?<\/\1>/g, (properties) => properties.replace(/\s+(?=[<>/])/g, ""))
    .replace(/<([\w-]+:)?rPr\s*(\/>|><\/([\w-]+:)?rPr>)/g, "")
    .replace(/<([\w-]+:)?pPr\s*(\/>|><\/([\w-]+:)?pPr>)/g, "")
    .replace(/<((?:[\w-]+:)?p)((?:\s[^>]*)?)(?<!\/)><\/\1>/g, "<$1$2/>");
  return canonicalPart(plain);
}

export function settled(bytes: Uint8Array, action: "accept" | "reject"): WordDocument {
  return openFile(
    settleChanges(openFile(bytes), { action, which: (each) => each.revision.author === author }),
  );
}

export function storyParagraphs(document: WordDocument): Paragraph[] {
  return document.paragraphs.filter((each) => each.story.kind !== "comment");
}

export function finalTexts(document: WordDocument): string[] {
  return storyParagraphs(document).map((each) => paragraphText(each));
}

/** Empty notes say nothing: separators, and what is left of a note when the text with its reference is refused. */
function markupTexts(document: WordDocument): string[] {
  return storyParagraphs(document)
    .map((each) => ({ kind: each.story.kind, text: paragraphText(each, "markup") }))
    .filter(({ kind, text }) => kind !== "footnote" || text.trim() !== "")
    .map(({ text }) => text);
}

export function expectSame(
  step: string,
  wanted: readonly string[],
  found: readonly string[],
  failures: string[],
): void {
  if (sameTexts(wanted, found)) return;
  const index = wanted.findIndex((text, at) => text !== found[at]);
  failures.push(
    `${step} gives other text (paragraph ${index + 1} of ${wanted.length}, ${found.length} found)`,
  );
}

function sameTexts(wanted: readonly string[], found: readonly string[]): boolean {
  return wanted.length === found.length && wanted.every((text, index) => text === found[index]);
}

export function isSubsequence(found: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const text of all) if (text === found[at]) at++;
  return at === found.length;
}

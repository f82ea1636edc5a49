import type { TrackedChange } from "../files/index.ts";
import { describeLook } from "./issued-looks.ts";
import { isTouched } from "./issued-stories.ts";
import type { IssuedChange } from "./ledger.ts";
import type { IssuedLook, IssuedStory, IssuedText } from "./ledger-types.ts";
import { revisionKey } from "./revision-key.ts";

/** What a suggestion is called: the id and kind of the change it was made from, and its words before and after. */
export type SuggestionName = Pick<IssuedChange, "id" | "before" | "after"> & { readonly kind: string };

/**
 * Which change each group of revisions was made from: the one with its second, or where no seconds are known the next
 * one with such words. A change that left no revision (an edit of a pending insertion, a comment) is passed over.
 */
export function nameGroups(
  groups: readonly (readonly TrackedChange[])[],
  stories: readonly IssuedStory[],
  applied: readonly IssuedChange[],
): SuggestionName[] {
  const taken = new Set(applied.map(({ id }) => id));
  const hasDates = applied.some(({ date }) => date !== undefined);
  let next = 0;
  return groups.map((group, index) => {
    const made = madeOf(stories, index);
    const at = hasDates
      ? applied.findIndex((change) => isOfSecond(change, group))
      : applied.findIndex((change, position) => position >= next && fits(made, change));
    if (at >= 0) {
      next = at + 1;
      const { id, kind = kindOf(group, made), before, after } = applied[at]!;
      return { id, kind, before, after };
    }
    let id = `change-${index + 1}`;
    while (applied.length > 0 && taken.has(id)) id = `${id}-`;
    return { id, kind: kindOf(group, made), ...wordsOf(made) };
  });
}

function isOfSecond({ kind, date }: IssuedChange, [first]: readonly TrackedChange[]): boolean {
  if (date === undefined || isOnlyComment(kind)) return false;
  return revisionKey({ ...first!.revision, date }) === revisionKey(first!.revision);
}

function isOnlyComment(kind: string | undefined): boolean {
  return kind === "comment" || kind === "reply" || kind === "resolve";
}

/** What a suggestion takes away and puts in, in order, and what it formats. */
type Made = {
  readonly old: readonly string[];
  readonly new: readonly string[];
  readonly looks: readonly IssuedLook[];
  readonly pictures: readonly string[];
};

function madeOf(stories: readonly IssuedStory[], suggestion: number): Made {
  const made = {
    old: [] as string[],
    new: [] as string[],
    looks: [] as IssuedLook[],
    pictures: [] as string[],
  };
  for (const { paragraph } of touchedTexts(stories)) {
    made.looks.push(...(paragraph.looks ?? []).filter(({ of }) => of === suggestion));
    for (const { text, side, of, looks = [], picture } of paragraph.segments) {
      made.looks.push(...looks.filter((look) => look.of === suggestion));
      if (of !== suggestion || side === undefined) continue;
      if (picture === undefined) made[side].push(text);
      else made.pictures.push(picture.altText);
    }
  }
  return made;
}

/** The paragraphs that suggestions are in. */
export function* touchedTexts(
  stories: readonly IssuedStory[],
): Generator<{ readonly story: number; readonly index: number; readonly paragraph: IssuedText }> {
  for (const [story, { paragraphs }] of stories.entries())
    for (const [index, paragraph] of paragraphs.entries())
      if (typeof paragraph !== "string" && isTouched(paragraph)) yield { story, index, paragraph };
}

function fits(made: Made, change: IssuedChange): boolean {
  if (isOnlyComment(change.kind)) return false;
  const holds = (text: string, pieces: readonly string[]): boolean =>
    pieces.every((each) => text.includes(each));
  return holds(change.before, made.old) && holds(change.after.replace(/\r\n?/g, "\n"), made.new);
}

function wordsOf({ old, new: fresh, looks, pictures }: Made): { before: string; after: string } {
  if (old.length > 0 || fresh.length > 0) return { before: old.join(""), after: fresh.join("") };
  if (pictures.length > 0) return { before: "", after: pictures.join(", ") };
  const [look] = looks;
  return { before: describeLook(look?.before ?? {}), after: describeLook(look?.after ?? {}) };
}

const kinds: readonly (readonly [TrackedChange["kind"], string])[] = [
  ["inserted-row", "insert-row"],
  ["deleted-row", "delete-row"],
  ["inserted-cell", "insert-column"],
  ["deleted-cell", "delete-column"],
];

function kindOf(group: readonly TrackedChange[], made: Made): string {
  const has = (kind: TrackedChange["kind"]): boolean => group.some((change) => change.kind === kind);
  const structure = kinds.find(([kind]) => has(kind));
  if (structure !== undefined) return structure[1];
  if (made.old.length > 0 && made.new.length === 0) return "delete";
  if (made.new.length > 0) {
    const isWhole = made.old.length === 0 && group.some(({ text }) => text.endsWith("¶"));
    return isWhole ? "insert-after" : "replace";
  }
  if (made.pictures.length > 0) return "insert-image";
  const isMark = group.some(({ text }) => text === "¶");
  if (isMark && (has("insertion") || has("inserted-mark"))) return "split";
  if (isMark && (has("deletion") || has("deleted-mark"))) return "merge";
  if (has("run-formatting")) return "format";
  return has("paragraph-formatting") ? "format-paragraph" : group[0]!.kind;
}

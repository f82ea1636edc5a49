import { diffArrays } from "diff";
import { canonicalChildren } from "../../files/docx/edit/canonical-xml.ts";
import type { StoryPart, WordDocument } from "../../files/docx/types.ts";
import type { XmlTree } from "../../files/xml/scan-xml.ts";
import {
  attribute,
  attributesOf,
  childrenOf,
  descendantsNamed,
  nameOf,
  textOf,
} from "../../files/xml/xml-tree.ts";
import type { PartRecord, PlaceRecord } from "./certificate.ts";

/** True for a part that holds text, comments left out. */
export function isStoryPart(document: WordDocument, part: string): boolean {
  return document.stories.some((story) => story.name === part && story.kind !== "comments");
}

/** The places in the changed stories that are not as they were, once all new tracked changes are rejected. */
export function storyPlaces(
  old: WordDocument,
  rejected: WordDocument,
  parts: readonly PartRecord[],
): PlaceRecord[] {
  const changed = new Set(parts.filter(({ state }) => state === "changed").map(({ name }) => name));
  const kept = idsOf(old);
  return old.stories.flatMap((story) => {
    if (!changed.has(story.name)) return [];
    const other = rejected.stories.find((each) => each.name === story.name);
    if (other === undefined) return [place(story, "the part is no longer used as before")];
    return story.kind === "comments" ? commentStory(story, other) : comparedStory(story, other, kept);
  });
}

function place(story: StoryPart, what: string, text = ""): PlaceRecord {
  return { part: story.name, kind: "direct", what, ...(text !== "" && { text: text.slice(0, 200) }) };
}

type OldIds = { readonly comments: ReadonlySet<string>; readonly notes: ReadonlySet<string> };

function idsOf(document: WordDocument): OldIds {
  const ids = (kinds: readonly string[], names: readonly string[]): Set<string> =>
    new Set(
      document.stories
        .filter(({ kind }) => kinds.includes(kind))
        .flatMap(({ kind, tree }) =>
          names.flatMap((name) =>
            descendantsNamed(tree, 0, name).map((each) => `${kind} ${attribute(tree, each, "w:id")}`),
          ),
        ),
    );
  return {
    comments: ids(["comments"], ["w:comment"]),
    notes: ids(["footnotes", "endnotes"], ["w:footnote", "w:endnote"]),
  };
}

/** New comments are left where they are, and notes to which nothing refers once the changes are rejected. */
function ignoring(story: StoryPart, tree: XmlTree, kept: OldIds): (element: number) => boolean {
  return (element) => {
    const name = nameOf(tree, element);
    const id = (): string => attribute(tree, element, "w:id") ?? "";
    if (/^w:comment(RangeStart|RangeEnd|Reference)$/.test(name))
      return !kept.comments.has(`comments ${id()}`);
    if (name === "w:footnote" || name === "w:endnote") return !kept.notes.has(`${story.kind} ${id()}`);
    // Word's note of where it last broke the page.
    return name === "w:lastRenderedPageBreak";
  };
}

function comparedStory(story: StoryPart, other: StoryPart, kept: OldIds): PlaceRecord[] {
  const places: PlaceRecord[] = [];
  if (outside(story.tree) !== outside(other.tree))
    places.push(place(story, "something outside the text changed"));
  const [ignoresOld, ignoresNew] = [ignoring(story, story.tree, kept), ignoring(story, other.tree, kept)];
  const canonical = canonicalChildren(story.tree, 0, ignoresOld);
  if (canonical === canonicalChildren(other.tree, 0, ignoresNew)) return places;
  const found = paragraphPlaces(story, other, ignoresOld, ignoresNew);
  if (found.length > 0) return [...places, ...found];
  return [...places, place(story, "a table, section or other property between paragraphs changed")];
}

/** What stands before the root and in its tag, and remarks: nothing of it shows, and none of it may change. */
function outside(tree: XmlTree): string {
  const remarks = tree.source.match(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g) ?? [];
  const attributes = attributesOf(tree, 0).filter(({ name }) => !name.startsWith("xmlns"));
  return JSON.stringify([
    nameOf(tree, 0),
    attributes.map(({ name, value }) => [name, value]).sort(),
    remarks,
  ]);
}

type Shown = { readonly key: string; readonly text: string; readonly ordinal: number };

function paragraphsOf(tree: XmlTree, ignores: (element: number) => boolean): Shown[] {
  return descendantsNamed(tree, 0, "w:p").map((element, ordinal) => ({
    key: canonicalChildren(tree, element, ignores),
    text: descendantsNamed(tree, element, "w:t")
      .map((each) => textOf(tree, each))
      .join(""),
    ordinal,
  }));
}

function paragraphPlaces(
  story: StoryPart,
  other: StoryPart,
  ignoresOld: (element: number) => boolean,
  ignoresNew: (element: number) => boolean,
): PlaceRecord[] {
  const old = paragraphsOf(story.tree, ignoresOld);
  const fresh = paragraphsOf(other.tree, ignoresNew);
  const parts = diffArrays(
    old.map(({ key }) => key),
    fresh.map(({ key }) => key),
  );
  const places: PlaceRecord[] = [];
  let [i, j] = [0, 0];
  let gone: Shown[] = [];
  const flush = (): void => {
    places.push(...gone.map((each) => place(story, `paragraph ${each.ordinal + 1} removed`, each.text)));
    gone = [];
  };
  for (const { added, removed, value } of parts) {
    if (removed) {
      flush();
      gone = old.slice(i, i + value.length);
      i += value.length;
    } else if (added) {
      for (const each of fresh.slice(j, j + value.length)) {
        const before = gone.shift();
        const number = each.ordinal + 1;
        if (before === undefined) places.push(place(story, `paragraph ${number} added`, each.text));
        else if (before.text !== each.text)
          places.push(place(story, `text of paragraph ${number} changed`, each.text));
        else places.push(place(story, `formatting or content of paragraph ${number} changed`, each.text));
      }
      j += value.length;
    } else {
      flush();
      i += value.length;
      j += value.length;
    }
  }
  flush();
  return places;
}

/** The comments that were there must be there, as they were. Their state and new ones are told elsewhere. */
function commentStory(story: StoryPart, other: StoryPart): PlaceRecord[] {
  const byId = (tree: XmlTree): Map<string, string> =>
    new Map(
      childrenOf(tree, 0).map((comment) => [
        attribute(tree, comment, "w:id") ?? "",
        JSON.stringify(attributesOf(tree, comment).map(({ name, value }) => [name, value])) +
          canonicalChildren(tree, comment, () => false),
      ]),
    );
  const fresh = byId(other.tree);
  return [...byId(story.tree)].flatMap(([id, content]) =>
    fresh.get(id) === content ? [] : [place(story, `comment ${id} changed`)],
  );
}

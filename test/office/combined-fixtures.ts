import { openFile, planChanges, type WordDocument } from "../../src/files/index.ts";
import { edits } from "./edits.ts";
import { type FixtureStories, fixtureFile, references } from "./fixture-file.ts";
import { date, editPlace, type Fixture, nameOf } from "./fixtures.ts";
import { author, places } from "./places.ts";

/** One edit made in all places at once, in a document that has them all. */
export type CombinedFixture = {
  readonly name: string;
  readonly source: Uint8Array;
  readonly edited: Uint8Array;
};

/** For each edit all places in which it was made alone: for checks that take long for one file each. */
export function combineFixtures(made: readonly Fixture[]): CombinedFixture[] {
  const names = new Set(made.map(({ name }) => name));
  const source = fixtureFile(allStories());
  const document = openFile(source);
  // Whole sections go into a document one at a time.
  return edits
    .filter(({ kind }) => kind !== "insert-content")
    .map((edit) => {
      const changes = places.flatMap((place, index) =>
        names.has(nameOf(edit, place))
          ? [edit.change(editPlace(document, paragraphIn(document, index)))]
          : [],
      );
      const plan = planChanges(document, changes, { author, date });
      if (plan.refused.length > 0) throw new Error(`${edit.name} together: ${plan.refused[0]!.reason}`);
      return { name: edit.name, source, edited: plan.save().bytes };
    });
}

/** The stories of all places one after the other; each place's sentence says its number. */
function allStories(): FixtureStories {
  const kinds = ["body", "header", "footer", "footnote", "endnote"] as const;
  const numbered = places.map(({ name, stories }, index) => ({
    name,
    stories: numberStories(stories, index),
  }));
  const order = (name: string): number =>
    name.startsWith("first paragraph of") ? -1 : name.startsWith("last paragraph of") ? 1 : 0;
  numbered.sort((a, b) => order(a.name) - order(b.name));
  const joined = kinds.map((kind) => [kind, numbered.map(({ stories }) => stories[kind] ?? "").join("")]);
  const all = Object.fromEntries(joined) as Required<FixtureStories>;
  // Every place has the paragraph with the notes' numbers; one is enough.
  return { ...all, body: references + all.body.replaceAll(references, "") };
}

function numberStories(stories: FixtureStories, index: number): FixtureStories {
  const number = (xml: string): string =>
    xml
      .replaceAll("within", numberedWord(index))
      .replace(/ w:id="(\d+)"/g, (_, id) => ` w:id="${1000 * (index + 1) + Number(id)}"`)
      .replace(/<wp:docPr id="1"/g, `<wp:docPr id="${index + 1}"`)
      .replace(/"Term"/g, `"Term${index}"`);
  const entries = Object.entries(stories).map(([kind, xml]) => [
    kind,
    xml.split(references).map(number).join(references),
  ]);
  return Object.fromEntries(entries) as FixtureStories;
}

const numberedWord = (index: number): string => `within ${index}`;

function paragraphIn(document: WordDocument, index: number): string {
  const isThere = (text: string): boolean => text.includes(`${numberedWord(index)} `);
  return document.paragraphs.find(({ spans }) => isThere(spans.map(({ text }) => text).join("")))!.id;
}

import { openPackage } from "../../opc/opc-package.ts";
import { corePropertiesPart, elementTextSite, propertySites } from "../../units/property-units.ts";
import type { ListUnitsOptions, TextUnit } from "../../units/types.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import type { UnitSite } from "../../units/unit-site.ts";
import { childNamed } from "../../xml/xml-tree.ts";
import { openWord } from "../open-word.ts";
import type { WordDocument } from "../types.ts";
import { attributeSites } from "./attribute-sites.ts";
import { propertyTexts } from "./bound-properties.ts";
import { chartSites, type DrawingParts, readDrawingParts } from "./drawing-part-sites.ts";
import { type ParagraphSite, paragraphSites } from "./paragraph-sites.ts";
import { type TextStory, textStories } from "./word-stories.ts";

/** All that a Word file has to translate, with what writing it needs. */
export type WordUnits = {
  readonly document: WordDocument;
  readonly stories: readonly StoryUnits[];
  readonly drawings: DrawingParts;
  readonly properties: readonly UnitSite[];
};

export type StoryUnits = {
  readonly story: TextStory;
  readonly paragraphs: readonly ParagraphSite[];
  readonly attributes: readonly UnitSite[];
};

/** Reads a file's units. Throws the errors of `openFile`. */
export function readWordUnits(bytes: Uint8Array, options: ListUnitsOptions): WordUnits {
  const document = openWord(openPackage(bytes));
  const properties = options.properties === false ? [] : documentProperties(document);
  const shown = { withHidden: options.hidden ?? false, properties: propertyTexts(properties) };
  const stories = textStories(document, {
    comments: options.comments ?? false,
    untranslatedStyles: options.untranslatedStyles ?? [],
  }).map(
    (story): StoryUnits => ({
      story,
      paragraphs: paragraphSites(story, shown),
      attributes: attributeSites(story.tree, story.name),
    }),
  );
  const drawings = readDrawingParts(
    document.package,
    stories.map(({ story }) => story),
  );
  return { document, stories, drawings, properties };
}

function documentProperties({ package: opc }: WordDocument): UnitSite[] {
  const part = corePropertiesPart(opc);
  const tree = xmlPart(opc, part);
  if (part === undefined || tree === undefined) return [];
  const category = childNamed(tree, 0, "cp:category");
  const about = { kind: "property", place: "document category" } as const;
  return [
    ...propertySites(tree, part),
    ...(category < 0 ? [] : elementTextSite(tree, part, category, about)),
  ];
}

/** The units in reading order: a part's paragraphs and attributes as they stand in it, part by part. */
export function unitsOf({ stories, drawings, properties }: WordUnits): TextUnit[] {
  const own = stories.flatMap(({ paragraphs, attributes }) =>
    [
      ...paragraphs.map(({ unit, element }) => ({ unit, element })),
      ...attributes.map(({ unit }) => ({ unit, element: elementOf(unit) })),
    ]
      .sort((a, b) => a.element - b.element)
      .map(({ unit }) => unit),
  );
  const others = [...drawings.charts.flatMap(chartSites), ...drawings.diagrams, ...properties];
  return [...own, ...others.map(({ unit }) => unit)];
}

/** The element that an attribute's id names (`/word/document.xml#17@descr`). */
function elementOf({ id }: TextUnit): number {
  return Number.parseInt(id.slice(id.indexOf("#") + 1), 10);
}
